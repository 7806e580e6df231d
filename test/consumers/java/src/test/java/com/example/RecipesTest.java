package com.example;

import static org.junit.jupiter.api.Assertions.assertThrows;

import io.github.cdkekspodidentity.FindingSeverity;
import io.github.cdkekspodidentity.GrantsTo;
import io.github.cdkekspodidentity.KnownRolePermissions;
import io.github.cdkekspodidentity.PodIdentityAssertions;
import io.github.cdkekspodidentity.PodIdentityAssociation;
import io.github.cdkekspodidentity.PodIdentityRole;
import io.github.cdkekspodidentity.PodIdentityValidation;
import io.github.cdkekspodidentity.PodPermissions;
import io.github.cdkekspodidentity.RolePermissions;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import software.amazon.awscdk.Acknowledgment;
import software.amazon.awscdk.App;
import software.amazon.awscdk.Stack;
import software.amazon.awscdk.StageSynthesisOptions;
import software.amazon.awscdk.Validations;
import software.amazon.awscdk.services.eks_v2.Cluster;
import software.amazon.awscdk.services.eks_v2.ClusterAttributes;
import software.amazon.awscdk.services.eks_v2.ICluster;
import software.amazon.awscdk.services.iam.Grant;
import software.amazon.awscdk.services.iam.GrantOnPrincipalOptions;
import software.amazon.awscdk.services.iam.IRole;
import software.amazon.awscdk.services.iam.PolicyDocument;
import software.amazon.awscdk.services.iam.PolicyStatement;
import software.amazon.awscdk.services.iam.Role;
import software.amazon.awscdk.services.s3.Bucket;

/** The examples of docs/languages/java.md, as they are on the page. */
class RecipesTest {
    private final App app = new App();
    private final Stack stack = new Stack(app, "Tenants");
    private final ICluster cluster =
            Cluster.fromClusterAttributes(stack, "Cluster", ClusterAttributes.builder().clusterName("prod").build());
    private final Bucket bucket = new Bucket(stack, "Data");

    private void shareARole() {
        PodIdentityRole role = new PodIdentityRole(stack, "SharedRole");
        for (String tenant : List.of("alpha", "beta")) {
            PodIdentityAssociation pods = PodIdentityAssociation.Builder.create(stack, tenant)
                    .cluster(cluster)
                    .namespace(tenant)
                    .serviceAccount("app")
                    .role(role)
                    .grantsTo(GrantsTo.SESSION_POLICY_AND_ROLE)
                    .build();
            bucket.grantReadWrite(pods, tenant + "/*");
        }
    }

    @Test
    void aLoopOnASharedRoleAndItsUnitTest() {
        shareARole();

        PodPermissions pods = PodIdentityAssertions.fromApp(app).serviceAccount("alpha", "app");
        pods.allows("s3:GetObject", bucket.arnForObjects("alpha/*"));
        pods.denies("s3:*", bucket.arnForObjects("beta/*"));
    }

    @Test
    void anImportedRole() {
        IRole role = Role.fromRoleArn(stack, "TeamRole", "arn:aws:iam::111122223333:role/team");
        List<String> reports = List.of("arn:aws:s3:::reports/*");
        PolicyDocument policy = PolicyDocument.Builder.create()
                .statements(List.of(PolicyStatement.Builder.create().actions(List.of("s3:*Object")).resources(reports).build()))
                .build();
        RolePermissions permissions = RolePermissions.ofRole(
                role, KnownRolePermissions.builder().identityPolicies(List.of(policy)).build());
        PodIdentityAssociation pods = PodIdentityAssociation.Builder.create(stack, "Reader")
                .cluster(cluster)
                .namespace("reports")
                .serviceAccount("reader")
                .role(role)
                .rolePermissions(List.of(permissions))
                .build();
        Grant.addToPrincipal(GrantOnPrincipalOptions.builder()
                .grantee(pods)
                .actions(List.of("s3:GetObject"))
                .resourceArns(reports)
                .build());

        PodIdentityAssertions.fromApp(app).serviceAccount("reports", "reader").allows("s3:GetObject", reports.get(0));
    }

    @Test
    void anAcknowledgement() {
        PodIdentityRole role = new PodIdentityRole(stack, "Role");
        bucket.grantRead(role);
        PodIdentityAssociation pods = PodIdentityAssociation.Builder.create(stack, "Pods")
                .cluster(cluster).namespace("alpha").serviceAccount("app").role(role).build();
        bucket.grantReadWrite(pods);
        assertThrows(RuntimeException.class, () -> app.synth());

        Validations.of(pods).acknowledge(Acknowledgment.builder()
                .id("PodIdentity::SessionPolicyExceedsRole")
                .reason("The bucket policy, which the storage team deploys, grants this to the role")
                .build());

        app.synth(StageSynthesisOptions.builder().force(true).build());
    }

    @Test
    void optionsOfThePlugin() {
        shareARole();

        Validations.of(app).addPlugins(PodIdentityValidation.Builder.create()
                .strict(true)
                .severities(Map.of("UnscopedAssociation", FindingSeverity.OFF))
                .build());

        app.synth();
    }
}
