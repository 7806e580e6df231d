"""One role, one bucket and one table for all tenants; each tenant's pods see their own part only."""

from aws_cdk import Stack
from aws_cdk import aws_dynamodb as dynamodb
from aws_cdk import aws_eks_v2 as eks
from aws_cdk import aws_iam as iam
from aws_cdk import aws_kms as kms
from aws_cdk import aws_s3 as s3
from cdk_eks_pod_identity import PodIdentityAssociation, PodIdentityRole
from constructs import Construct


class TenantsStack(Stack):
    def __init__(self, scope: Construct, construct_id: str, **kwargs) -> None:
        super().__init__(scope, construct_id, **kwargs)
        self.cluster = eks.Cluster.from_cluster_attributes(self, "Cluster", cluster_name="prod")
        self.key = kms.Key(self, "Key", enable_key_rotation=True)
        self.bucket = s3.Bucket(self, "Data", encryption_key=self.key, bucket_key_enabled=True, enforce_ssl=True)
        self.table = dynamodb.Table(
            self, "Items", partition_key=dynamodb.Attribute(name="tenant", type=dynamodb.AttributeType.STRING)
        )

        # The role may do everything that any tenant needs.
        self.role = PodIdentityRole(self, "TenantRole")
        self.bucket.grant_read_write(self.role)
        self.table.grant_read_write_data(self.role)

    def add_tenant(self, tenant: str) -> PodIdentityAssociation:
        """The pods of one tenant: objects below its prefix, items with its key."""
        pods = PodIdentityAssociation(
            self, tenant, cluster=self.cluster, namespace=tenant, service_account="app", role=self.role
        )

        self.bucket.grant_put(pods, f"{tenant}/*")  # and the key, to encrypt
        self.key.grant_decrypt(pods)
        self.bucket.grant_delete(pods, f"{tenant}/*")
        iam.Grant.add_to_principal(
            grantee=pods,
            actions=["s3:GetObject"],
            resource_arns=[self.bucket.arn_for_objects(f"{tenant}/*")],
        )
        iam.Grant.add_to_principal(
            grantee=pods,
            actions=["s3:ListBucket"],
            resource_arns=[self.bucket.bucket_arn],
            conditions={"StringLike": {"s3:prefix": f"{tenant}/*"}},
        )
        iam.Grant.add_to_principal(
            grantee=pods,
            actions=["dynamodb:GetItem", "dynamodb:PutItem", "dynamodb:Query", "dynamodb:UpdateItem"],
            resource_arns=[self.table.table_arn],
            conditions={"ForAllValues:StringEquals": {"dynamodb:LeadingKeys": [tenant]}},
        )
        return pods
