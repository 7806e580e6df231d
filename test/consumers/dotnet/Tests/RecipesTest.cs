using Amazon.CDK;
using Amazon.CDK.AWS.EKSv2;
using Amazon.CDK.AWS.IAM;
using Amazon.CDK.AWS.S3;
using CdkEksPodIdentity;
using Xunit;

/// <summary>The examples of docs/languages/dotnet.md, as they are on the page.</summary>
public class RecipesTest
{
    private readonly App app = new();
    private readonly Stack stack;
    private readonly ICluster cluster;
    private readonly Bucket bucket;

    public RecipesTest()
    {
        stack = new Stack(app, "Tenants");
        cluster = Cluster.FromClusterAttributes(stack, "Cluster", new ClusterAttributes { ClusterName = "prod" });
        bucket = new Bucket(stack, "Data");
    }

    private void ShareARole()
    {
        var role = new PodIdentityRole(stack, "SharedRole");
        foreach (var tenant in new[] { "alpha", "beta" })
        {
            var pods = new PodIdentityAssociation(stack, tenant, new PodIdentityAssociationProps
            {
                Cluster = cluster,
                Namespace = tenant,
                ServiceAccount = "app",
                Role = role,
                GrantsTo = GrantsTo.SESSION_POLICY_AND_ROLE,
            });
            bucket.GrantReadWrite(pods, $"{tenant}/*");
        }
    }

    [Fact]
    public void ALoopOnASharedRoleAndItsUnitTest()
    {
        ShareARole();

        var pods = PodIdentityAssertions.FromApp(app).ServiceAccount("alpha", "app");
        pods.Allows("s3:GetObject", bucket.ArnForObjects("alpha/*"));
        pods.Denies("s3:*", bucket.ArnForObjects("beta/*"));
    }

    [Fact]
    public void AnImportedRole()
    {
        var role = Role.FromRoleArn(stack, "TeamRole", "arn:aws:iam::111122223333:role/team");
        const string reports = "arn:aws:s3:::reports/*";
        var policy = new PolicyDocument(new PolicyDocumentProps
        {
            Statements = [new PolicyStatement(new PolicyStatementProps { Actions = ["s3:*Object"], Resources = [reports] })],
        });
        var pods = new PodIdentityAssociation(stack, "Reader", new PodIdentityAssociationProps
        {
            Cluster = cluster,
            Namespace = "reports",
            ServiceAccount = "reader",
            Role = role,
            RolePermissions = [RolePermissions.OfRole(role, new KnownRolePermissions { IdentityPolicies = [policy] })],
        });
        Grant.AddToPrincipal(new GrantOnPrincipalOptions { Grantee = pods, Actions = ["s3:GetObject"], ResourceArns = [reports] });

        PodIdentityAssertions.FromApp(app).ServiceAccount("reports", "reader").Allows("s3:GetObject", reports);
    }

    [Fact]
    public void AnAcknowledgement()
    {
        var role = new PodIdentityRole(stack, "Role");
        bucket.GrantRead(role);
        var pods = new PodIdentityAssociation(stack, "Pods", new PodIdentityAssociationProps
        {
            Cluster = cluster, Namespace = "alpha", ServiceAccount = "app", Role = role,
        });
        bucket.GrantReadWrite(pods);
        Assert.ThrowsAny<Exception>(() => app.Synth());

        Validations.Of(pods).Acknowledge(new Acknowledgment
        {
            Id = "PodIdentity::SessionPolicyExceedsRole",
            Reason = "The bucket policy, which the storage team deploys, grants this to the role",
        });

        app.Synth(new StageSynthesisOptions { Force = true });
    }

    [Fact]
    public void OptionsOfThePlugin()
    {
        ShareARole();

        Validations.Of(app).AddPlugins(new PodIdentityValidation(new PodIdentityValidationProps
        {
            Strict = true,
            Severities = new Dictionary<string, FindingSeverity> { ["UnscopedAssociation"] = FindingSeverity.OFF },
        }));

        app.Synth();
    }
}
