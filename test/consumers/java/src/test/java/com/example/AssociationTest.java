package com.example;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.cdkekspodidentity.FindingSeverity;
import io.github.cdkekspodidentity.GrantsTo;
import io.github.cdkekspodidentity.IPodIdentityAssociation;
import io.github.cdkekspodidentity.KnownRolePermissions;
import io.github.cdkekspodidentity.PodIdentityAssertions;
import io.github.cdkekspodidentity.PodIdentityAssociation;
import io.github.cdkekspodidentity.PodIdentityAssociationAttributes;
import io.github.cdkekspodidentity.PodIdentityRole;
import io.github.cdkekspodidentity.PodIdentityValidation;
import io.github.cdkekspodidentity.RolePermissions;
import io.github.cdkekspodidentity.SessionPolicy;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;
import software.amazon.awscdk.Acknowledgment;
import software.amazon.awscdk.App;
import software.amazon.awscdk.RemovalPolicy;
import software.amazon.awscdk.Stack;
import software.amazon.awscdk.StageSynthesisOptions;
import software.amazon.awscdk.Validations;
import software.amazon.awscdk.services.eks_v2.Cluster;
import software.amazon.awscdk.services.eks_v2.ClusterAttributes;
import software.amazon.awscdk.services.eks_v2.ICluster;
import software.amazon.awscdk.services.iam.Effect;
import software.amazon.awscdk.services.iam.IRole;
import software.amazon.awscdk.services.iam.PolicyDocument;
import software.amazon.awscdk.services.iam.PolicyStatement;
import software.amazon.awscdk.services.iam.Role;
import software.amazon.awscdk.services.s3.Bucket;

/** The rest of the library's API. */
class AssociationTest {
    private static final String ANY_REPORT = "arn:aws:s3:::reports/*";
    private static final Map<String, Object> READ_REPORTS = Map.of(
            "Version", "2012-10-17",
            "Statement", List.of(Map.of("Effect", "Allow", "Action", "s3:GetObject", "Resource", ANY_REPORT)));

    private final App app = new App();
    private final Stack stack = new Stack(app, "Reports");
    private final ICluster cluster =
            Cluster.fromClusterAttributes(stack, "Cluster", ClusterAttributes.builder().clusterName("prod").build());

    private PodIdentityAssociation.Builder associate(String id) {
        return PodIdentityAssociation.Builder.create(stack, id)
                .cluster(cluster).namespace("reports").serviceAccount(id.toLowerCase());
    }

    @Test
    void grantsGoWhereTheyAreSent() {
        Bucket bucket = new Bucket(stack, "Bucket");
        PodIdentityAssociation toRole = associate("Role").build();
        bucket.grantRead(toRole);
        assertTrue(toRole.getSessionPolicy().getIsEmpty());

        PodIdentityAssociation toBoth = associate("Both")
                .role(new PodIdentityRole(stack, "Shared"))
                .grantsTo(GrantsTo.SESSION_POLICY_AND_ROLE)
                .tags(Map.of("team", "reports"))
                .removalPolicy(RemovalPolicy.RETAIN)
                .build();
        bucket.grantRead(toBoth, "2026/*");
        assertFalse(toBoth.getSessionPolicy().getIsEmpty());
        app.synth();
    }

    @Test
    void sessionPoliciesFromStatementsJsonAndDocuments() {
        PolicyStatement statement = PolicyStatement.Builder.create()
                .actions(List.of("s3:GetObject")).resources(List.of(ANY_REPORT)).build();
        List<SessionPolicy> policies = List.of(
                SessionPolicy.fromStatements(statement),
                SessionPolicy.fromJson(READ_REPORTS),
                SessionPolicy.fromDocument(PolicyDocument.Builder.create().statements(List.of(statement)).build()));
        for (SessionPolicy policy : policies) {
            assertEquals(117, policy.getSize().getMinimum());
            assertEquals(117, policy.getSize().getMaximum());
        }
        policies.get(0).addStatements(PolicyStatement.Builder.create()
                .effect(Effect.DENY).actions(List.of("s3:*")).resources(List.of("*")).build());
        assertTrue(policies.get(0).getSize().getMinimum().intValue() > 117);
        failsWith("SessionPolicy.fromJson: EKS would reject this session policy",
                () -> SessionPolicy.fromJson(Map.of("Statement", List.of(Map.of("Effect", "Maybe")))));
    }

    @Test
    void imports() {
        String arn = "arn:aws:eks:eu-west-1:111122223333:podidentityassociation/prod/a-abcdefghijklmnop1";
        IPodIdentityAssociation byArn = PodIdentityAssociation.fromPodIdentityAssociationArn(stack, "Imported", arn);
        assertEquals("a-abcdefghijklmnop1", byArn.getAssociationId());
        IPodIdentityAssociation byAttributes = PodIdentityAssociation.fromPodIdentityAssociationAttributes(stack, "ImportedToo",
                PodIdentityAssociationAttributes.builder().associationArn(arn).associationId("a-1").build());
        assertEquals("a-1", byAttributes.getAssociationId());
        failsWith("Reports/No: 'prod' is not the ARN of a Pod Identity association",
                () -> PodIdentityAssociation.fromPodIdentityAssociationArn(stack, "No", "prod"));
    }

    @Test
    void anImportedRoleWhosePermissionsAreTold() {
        IRole role = Role.fromRoleArn(stack, "Theirs", "arn:aws:iam::111122223333:role/reports");
        RolePermissions told = RolePermissions.ofRole(role, KnownRolePermissions.builder()
                .identityPolicies(List.of(PolicyDocument.fromJson(READ_REPORTS)))
                .build());
        PodIdentityAssociation pods = associate("Pods")
                .role(role).rolePermissions(List.of(told)).sessionPolicy(SessionPolicy.fromJson(READ_REPORTS)).build();
        assertEquals("arn:aws:iam::111122223333:role/reports", pods.getRole().getRoleRef().getRoleArn());
        PodIdentityAssertions.fromStack(stack).serviceAccount("reports", "pods").allows("s3:GetObject", ANY_REPORT);
    }

    @Test
    void aTargetRole() {
        IRole theirs = Role.fromRoleArn(stack, "Theirs", "arn:aws:iam::444455556666:role/reports");
        List<PolicyStatement> statements = associate("Pods").targetRole(theirs).build().targetRoleTrustStatements();
        assertEquals(List.of("sts:AssumeRole"), statements.get(0).getActions());
        assertEquals(List.of("sts:TagSession"), statements.get(1).getActions());
    }

    @Test
    void aFindingThatIsAcknowledged() {
        PodIdentityAssociation pods = associate("Pods")
                .role(new PodIdentityRole(stack, "Role")).sessionPolicy(SessionPolicy.fromJson(READ_REPORTS)).build();
        failsWith("Validation failed", () -> app.synth());
        Validations.of(pods).acknowledge(Acknowledgment.builder()
                .id("PodIdentity::NoEffectivePermissions")
                .reason("The policy of the bucket allows it to the role")
                .build());
        app.synth(StageSynthesisOptions.builder().force(true).build());
    }

    @Test
    void thePluginWithOptions() {
        associate("Pods").role(new PodIdentityRole(stack, "Role")).sessionPolicy(SessionPolicy.fromJson(READ_REPORTS)).build();
        PodIdentityValidation plugin = PodIdentityValidation.Builder.create()
                .strict(true)
                .severities(Map.of("NoEffectivePermissions", FindingSeverity.OFF))
                .build();
        assertTrue(plugin.getRuleIds().contains("NoEffectivePermissions"));
        Validations.of(app).addPlugins(plugin);
        app.synth();
    }

    @Test
    void mistakesAreNamed() {
        failsWith("Reports/Pods: namespace 'Shop_1'", () -> associate("Pods").namespace("Shop_1").build());
        failsWith("severities has 'Narrowing', which is not a rule",
                () -> PodIdentityValidation.Builder.create().severities(Map.of("Narrowing", FindingSeverity.OFF)).build());
    }

    private static void failsWith(String expected, Executable action) {
        RuntimeException error = assertThrows(RuntimeException.class, action);
        assertTrue(error.getMessage().contains(expected), error.getMessage());
    }
}
