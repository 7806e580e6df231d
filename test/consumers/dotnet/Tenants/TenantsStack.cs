using Amazon.CDK;
using Amazon.CDK.AWS.DynamoDB;
using Amazon.CDK.AWS.EKSv2;
using Amazon.CDK.AWS.IAM;
using Amazon.CDK.AWS.KMS;
using Amazon.CDK.AWS.S3;
using CdkEksPodIdentity;
using Constructs;
using Attribute = Amazon.CDK.AWS.DynamoDB.Attribute;

namespace Example;

/// <summary>One role, one bucket and one table for all tenants; each tenant's pods see their own part only.</summary>
public class TenantsStack : Stack
{
    public Bucket Bucket { get; }
    private readonly ICluster cluster;
    private readonly Key key;
    private readonly Table table;
    private readonly PodIdentityRole role;

    public TenantsStack(Construct scope, string id) : base(scope, id)
    {
        cluster = Cluster.FromClusterAttributes(this, "Cluster", new ClusterAttributes { ClusterName = "prod" });
        key = new Key(this, "Key", new KeyProps { EnableKeyRotation = true });
        Bucket = new Bucket(this, "Data", new BucketProps
        {
            EncryptionKey = key, BucketKeyEnabled = true, EnforceSSL = true,
        });
        table = new Table(this, "Items", new TableProps
        {
            PartitionKey = new Attribute { Name = "tenant", Type = AttributeType.STRING },
        });

        // The role may do everything that any tenant needs.
        role = new PodIdentityRole(this, "TenantRole");
        Bucket.GrantReadWrite(role);
        table.GrantReadWriteData(role);
    }

    /// <summary>The pods of one tenant: objects below its prefix, items with its key.</summary>
    public PodIdentityAssociation AddTenant(string tenant)
    {
        var pods = new PodIdentityAssociation(this, tenant, new PodIdentityAssociationProps
        {
            Cluster = cluster,
            Namespace = tenant,
            ServiceAccount = "app",
            Role = role,
        });

        var objects = $"{tenant}/*";
        Bucket.GrantPut(pods, objects); // and the key, to encrypt
        key.GrantDecrypt(pods);
        Bucket.GrantDelete(pods, objects);
        Grant.AddToPrincipal(new GrantOnPrincipalOptions
        {
            Grantee = pods,
            Actions = ["s3:GetObject"],
            ResourceArns = [Bucket.ArnForObjects(objects)],
        });
        Grant.AddToPrincipal(new GrantOnPrincipalOptions
        {
            Grantee = pods,
            Actions = ["s3:ListBucket"],
            ResourceArns = [Bucket.BucketArn],
            Conditions = new Dictionary<string, IDictionary<string, object>>
            {
                ["StringLike"] = new Dictionary<string, object> { ["s3:prefix"] = objects },
            },
        });
        Grant.AddToPrincipal(new GrantOnPrincipalOptions
        {
            Grantee = pods,
            Actions = ["dynamodb:GetItem", "dynamodb:PutItem", "dynamodb:Query", "dynamodb:UpdateItem"],
            ResourceArns = [table.TableArn],
            Conditions = new Dictionary<string, IDictionary<string, object>>
            {
                ["ForAllValues:StringEquals"] = new Dictionary<string, object> { ["dynamodb:LeadingKeys"] = new[] { tenant } },
            },
        });
        return pods;
    }
}
