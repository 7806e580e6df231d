package com.example;

import io.github.cdkekspodidentity.PodIdentityAssociation;
import io.github.cdkekspodidentity.PodIdentityRole;
import java.util.List;
import java.util.Map;
import software.amazon.awscdk.Stack;
import software.amazon.awscdk.services.dynamodb.Attribute;
import software.amazon.awscdk.services.dynamodb.AttributeType;
import software.amazon.awscdk.services.dynamodb.Table;
import software.amazon.awscdk.services.eks_v2.Cluster;
import software.amazon.awscdk.services.eks_v2.ClusterAttributes;
import software.amazon.awscdk.services.eks_v2.ICluster;
import software.amazon.awscdk.services.iam.Grant;
import software.amazon.awscdk.services.iam.GrantOnPrincipalOptions;
import software.amazon.awscdk.services.kms.Key;
import software.amazon.awscdk.services.s3.Bucket;
import software.constructs.Construct;

/** One role, one bucket and one table for all tenants; each tenant's pods see their own part only. */
public class TenantsStack extends Stack {
    final Bucket bucket;
    private final Key key;
    private final ICluster cluster;
    private final Table table;
    private final PodIdentityRole role;

    public TenantsStack(Construct scope, String id) {
        super(scope, id);
        cluster = Cluster.fromClusterAttributes(this, "Cluster", ClusterAttributes.builder().clusterName("prod").build());
        key = Key.Builder.create(this, "Key").enableKeyRotation(true).build();
        bucket = Bucket.Builder.create(this, "Data")
                .encryptionKey(key)
                .bucketKeyEnabled(true)
                .enforceSsl(true)
                .build();
        table = Table.Builder.create(this, "Items")
                .partitionKey(Attribute.builder().name("tenant").type(AttributeType.STRING).build())
                .build();

        // The role may do everything that any tenant needs.
        role = new PodIdentityRole(this, "TenantRole");
        bucket.grantReadWrite(role);
        table.grantReadWriteData(role);
    }

    /** The pods of one tenant: objects below its prefix, items with its key. */
    public PodIdentityAssociation addTenant(String tenant) {
        PodIdentityAssociation pods = PodIdentityAssociation.Builder.create(this, tenant)
                .cluster(cluster)
                .namespace(tenant)
                .serviceAccount("app")
                .role(role)
                .build();

        String objects = tenant + "/*";
        bucket.grantPut(pods, objects); // and the key, to encrypt
        key.grantDecrypt(pods);
        bucket.grantDelete(pods, objects);
        Grant.addToPrincipal(GrantOnPrincipalOptions.builder()
                .grantee(pods)
                .actions(List.of("s3:GetObject"))
                .resourceArns(List.of(bucket.arnForObjects(objects)))
                .build());
        Grant.addToPrincipal(GrantOnPrincipalOptions.builder()
                .grantee(pods)
                .actions(List.of("s3:ListBucket"))
                .resourceArns(List.of(bucket.getBucketArn()))
                .conditions(Map.of("StringLike", Map.of("s3:prefix", objects)))
                .build());
        Grant.addToPrincipal(GrantOnPrincipalOptions.builder()
                .grantee(pods)
                .actions(List.of("dynamodb:GetItem", "dynamodb:PutItem", "dynamodb:Query", "dynamodb:UpdateItem"))
                .resourceArns(List.of(table.getTableArn()))
                .conditions(Map.of("ForAllValues:StringEquals", Map.of("dynamodb:LeadingKeys", List.of(tenant))))
                .build());
        return pods;
    }
}
