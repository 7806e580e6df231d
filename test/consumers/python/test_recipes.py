"""The examples of docs/languages/python.md, as they are on the page."""

import unittest

from aws_cdk import Acknowledgment, Validations
from aws_cdk import App, Stack
from aws_cdk import Validations
from aws_cdk import aws_eks_v2 as eks
from aws_cdk import aws_iam as iam
from aws_cdk import aws_s3 as s3
from cdk_eks_pod_identity import FindingSeverity, PodIdentityValidation
from cdk_eks_pod_identity import GrantsTo, PodIdentityAssociation, PodIdentityRole
from cdk_eks_pod_identity import PodIdentityAssertions
from cdk_eks_pod_identity import PodIdentityAssociation, RolePermissions


class RecipesTest(unittest.TestCase):
    def setUp(self) -> None:
        self.app = App()
        self.stack = Stack(self.app, "Tenants")
        self.cluster = eks.Cluster.from_cluster_attributes(self.stack, "Cluster", cluster_name="prod")
        self.bucket = s3.Bucket(self.stack, "Data")

    def share_a_role(self) -> None:
        stack, cluster, bucket = self.stack, self.cluster, self.bucket

        role = PodIdentityRole(stack, "SharedRole")
        for tenant in ["alpha", "beta"]:
            pods = PodIdentityAssociation(
                stack,
                tenant,
                cluster=cluster,
                namespace=tenant,
                service_account="app",
                role=role,
                grants_to=GrantsTo.SESSION_POLICY_AND_ROLE,
            )
            bucket.grant_read_write(pods, f"{tenant}/*")

    def test_a_loop_on_a_shared_role_and_its_unit_test(self) -> None:
        self.share_a_role()
        app, bucket = self.app, self.bucket

        pods = PodIdentityAssertions.from_app(app).service_account("alpha", "app")
        pods.allows("s3:GetObject", bucket.arn_for_objects("alpha/*"))
        pods.denies("s3:*", bucket.arn_for_objects("beta/*"))

    def test_an_imported_role(self) -> None:
        stack, cluster = self.stack, self.cluster

        role = iam.Role.from_role_arn(stack, "TeamRole", "arn:aws:iam::111122223333:role/team")
        reports = "arn:aws:s3:::reports/*"
        policy = iam.PolicyDocument(statements=[iam.PolicyStatement(actions=["s3:*Object"], resources=[reports])])
        pods = PodIdentityAssociation(
            stack,
            "Reader",
            cluster=cluster,
            namespace="reports",
            service_account="reader",
            role=role,
            role_permissions=[RolePermissions.of_role(role, identity_policies=[policy])],
        )
        iam.Grant.add_to_principal(grantee=pods, actions=["s3:GetObject"], resource_arns=[reports])

        PodIdentityAssertions.from_app(self.app).service_account("reports", "reader").allows("s3:GetObject", reports)

    def test_an_acknowledgement(self) -> None:
        role = PodIdentityRole(self.stack, "Role")
        self.bucket.grant_read(role)
        pods = PodIdentityAssociation(
            self.stack, "Pods", cluster=self.cluster, namespace="alpha", service_account="app", role=role
        )
        self.bucket.grant_read_write(pods)
        with self.assertRaisesRegex(RuntimeError, "Validation failed"):
            self.app.synth()

        Validations.of(pods).acknowledge(
            Acknowledgment(
                id="PodIdentity::SessionPolicyExceedsRole",
                reason="The bucket policy, which the storage team deploys, grants this to the role",
            )
        )

        self.app.synth(force=True)

    def test_options_of_the_plugin(self) -> None:
        self.share_a_role()
        app = self.app

        Validations.of(app).add_plugins(
            PodIdentityValidation(strict=True, severities={"UnscopedAssociation": FindingSeverity.OFF})
        )

        self.app.synth()


if __name__ == "__main__":
    unittest.main()
