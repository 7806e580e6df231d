"""What a Python user tests of their stack, and the rest of the library's API: `python -m unittest`."""

import unittest

from aws_cdk import Acknowledgment, App, RemovalPolicy, Stack, Validations
from aws_cdk import aws_eks_v2 as eks
from aws_cdk import aws_iam as iam
from aws_cdk import aws_s3 as s3
from cdk_eks_pod_identity import (
    FindingSeverity,
    GrantsTo,
    PodIdentityAssertions,
    PodIdentityAssociation,
    PodIdentityRole,
    PodIdentityValidation,
    RolePermissions,
    SessionPolicy,
)
from tenants_stack import TenantsStack

ANY_OBJECT = "arn:aws:s3:::reports/*"
READ_REPORTS = {
    "Version": "2012-10-17",
    "Statement": [{"Effect": "Allow", "Action": "s3:GetObject", "Resource": ANY_OBJECT}],
}


class TenantsTest(unittest.TestCase):
    """Assertions: what the pods of a tenant may do."""

    @classmethod
    def setUpClass(cls) -> None:
        app = App()
        cls.stack = TenantsStack(app, "Tenants")
        cls.stack.add_tenant("alpha")
        cls.stack.add_tenant("beta")
        cls.pods = PodIdentityAssertions.from_app(app).service_account("alpha", "app")

    def test_allows_its_own_objects(self) -> None:
        self.pods.allows("s3:GetObject", self.stack.bucket.arn_for_objects("alpha/*"))
        self.pods.allows(
            "s3:ListBucket", self.stack.bucket.bucket_arn, conditions={"StringEquals": {"s3:prefix": "alpha/2026"}}
        )

    def test_denies_the_objects_of_others(self) -> None:
        self.pods.denies("s3:*", self.stack.bucket.arn_for_objects("beta/*"))
        self.pods.denies("sqs:*")

    def test_says_why_an_assertion_fails(self) -> None:
        with self.assertRaisesRegex(RuntimeError, "Tenants/alpha.*are not allowed s3:GetObject.*no statement of the session policy"):
            self.pods.allows("s3:GetObject", self.stack.bucket.arn_for_objects("beta/*"))

    def test_shows_the_effective_permissions(self) -> None:
        effective = self.pods.effective_permissions()
        self.assertEqual(effective.document["Version"], "2012-10-17")
        self.assertIn("s3:GetObject", str(effective.document["Statement"]))
        self.assertEqual(effective.omitted, [])


class AssociationTest(unittest.TestCase):
    def setUp(self) -> None:
        self.app = App()
        self.stack = Stack(self.app, "Reports")
        self.cluster = eks.Cluster.from_cluster_attributes(self.stack, "Cluster", cluster_name="prod")

    def associate(self, construct_id: str, **props) -> PodIdentityAssociation:
        props = {"namespace": "reports", "service_account": construct_id.lower(), **props}
        return PodIdentityAssociation(self.stack, construct_id, cluster=self.cluster, **props)

    def test_grants_go_where_they_are_sent(self) -> None:
        bucket = s3.Bucket(self.stack, "Bucket")
        to_role = self.associate("Role")
        bucket.grant_read(to_role)
        self.assertTrue(to_role.session_policy.is_empty)

        to_both = self.associate(
            "Both",
            role=PodIdentityRole(self.stack, "Shared"),
            grants_to=GrantsTo.SESSION_POLICY_AND_ROLE,
            tags={"team": "reports"},
            removal_policy=RemovalPolicy.RETAIN,
        )
        bucket.grant_read(to_both, "2026/*")
        self.assertFalse(to_both.session_policy.is_empty)
        self.app.synth()

    def test_session_policies_from_statements_json_and_documents(self) -> None:
        statement = iam.PolicyStatement(actions=["s3:GetObject"], resources=[ANY_OBJECT])
        policies = [
            SessionPolicy.from_statements(statement),
            SessionPolicy.from_json(READ_REPORTS),
            SessionPolicy.from_document(iam.PolicyDocument(statements=[statement])),
        ]
        self.assertEqual([policy.size.minimum for policy in policies], [117, 117, 117])
        self.assertEqual(policies[0].size.maximum, 117)
        policies[0].add_statements(iam.PolicyStatement(effect=iam.Effect.DENY, actions=["s3:*"], resources=["*"]))
        self.assertGreater(policies[0].size.minimum, 117)
        with self.assertRaisesRegex(RuntimeError, "SessionPolicy.fromJson: EKS would reject this session policy"):
            SessionPolicy.from_json({"Version": "2012-10-17", "Statement": [{"Effect": "Maybe"}]})

    def test_imports(self) -> None:
        arn = "arn:aws:eks:eu-west-1:111122223333:podidentityassociation/prod/a-abcdefghijklmnop1"
        by_arn = PodIdentityAssociation.from_pod_identity_association_arn(self.stack, "Imported", arn)
        self.assertEqual(by_arn.association_id, "a-abcdefghijklmnop1")
        by_attributes = PodIdentityAssociation.from_pod_identity_association_attributes(
            self.stack, "ImportedToo", association_arn=arn, association_id="a-1"
        )
        self.assertEqual(by_attributes.association_id, "a-1")
        with self.assertRaisesRegex(RuntimeError, "Reports/No: 'prod' is not the ARN of a Pod Identity association"):
            PodIdentityAssociation.from_pod_identity_association_arn(self.stack, "No", "prod")

    def test_an_imported_role_whose_permissions_are_told(self) -> None:
        role = iam.Role.from_role_arn(self.stack, "Theirs", "arn:aws:iam::111122223333:role/reports")
        told = RolePermissions.of_role(role, identity_policies=[iam.PolicyDocument.from_json(READ_REPORTS)])
        pods = self.associate("Pods", role=role, role_permissions=[told], session_policy=SessionPolicy.from_json(READ_REPORTS))
        self.assertEqual(pods.role.role_ref.role_arn, "arn:aws:iam::111122223333:role/reports")
        PodIdentityAssertions.from_stack(self.stack).service_account("reports", "pods").allows("s3:GetObject", ANY_OBJECT)

    def test_a_target_role(self) -> None:
        theirs = iam.Role.from_role_arn(self.stack, "Theirs", "arn:aws:iam::444455556666:role/reports")
        statements = self.associate("Pods", target_role=theirs).target_role_trust_statements()
        self.assertEqual([statement.actions for statement in statements], [["sts:AssumeRole"], ["sts:TagSession"]])

    def test_a_finding_that_is_acknowledged(self) -> None:
        pods = self.associate(
            "Pods", role=PodIdentityRole(self.stack, "Role"), session_policy=SessionPolicy.from_json(READ_REPORTS)
        )
        with self.assertRaisesRegex(RuntimeError, "Validation failed"):
            self.app.synth()
        reason = "The policy of the bucket allows it to the role"
        Validations.of(pods).acknowledge(Acknowledgment(id="PodIdentity::NoEffectivePermissions", reason=reason))
        self.app.synth(force=True)

    def test_the_plugin_with_options(self) -> None:
        role = PodIdentityRole(self.stack, "Role")
        self.associate("Narrowed", role=role, session_policy=SessionPolicy.from_json(READ_REPORTS))
        plugin = PodIdentityValidation(strict=True, severities={"NoEffectivePermissions": FindingSeverity.OFF})
        self.assertIn("NoEffectivePermissions", plugin.rule_ids)
        Validations.of(self.app).add_plugins(plugin)
        self.app.synth()

    def test_mistakes_are_named(self) -> None:
        with self.assertRaisesRegex(RuntimeError, "Reports/Pods: namespace 'Shop_1'.*lower case letters, digits and hyphens"):
            self.associate("Pods", namespace="Shop_1")
        with self.assertRaisesRegex(RuntimeError, "severities has 'Narrowing', which is not a rule"):
            PodIdentityValidation(severities={"Narrowing": FindingSeverity.OFF})


if __name__ == "__main__":
    unittest.main()
