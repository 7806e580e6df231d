using Amazon.CDK;
using Amazon.CDK.AWS.EKSv2;
using Amazon.CDK.AWS.IAM;
using Amazon.CDK.AWS.S3;
using CdkEksPodIdentity;
using Xunit;

/// <summary>The rest of the library's API.</summary>
public class AssociationTest
{
    private const string AnyReport = "arn:aws:s3:::reports/*";
    private static readonly Dictionary<string, object> ReadReports = new()
    {
        ["Version"] = "2012-10-17",
        ["Statement"] = new[]
        {
            new Dictionary<string, object> { ["Effect"] = "Allow", ["Action"] = "s3:GetObject", ["Resource"] = AnyReport },
        },
    };

    private readonly App app = new();
    private readonly Stack stack;
    private readonly ICluster cluster;

    public AssociationTest()
    {
        stack = new Stack(app, "Reports");
        cluster = Cluster.FromClusterAttributes(stack, "Cluster", new ClusterAttributes { ClusterName = "prod" });
    }

    [Fact]
    public void GrantsGoWhereTheyAreSent()
    {
        var bucket = new Bucket(stack, "Bucket");
        var toRole = new PodIdentityAssociation(stack, "Role", new PodIdentityAssociationProps
        {
            Cluster = cluster, Namespace = "reports", ServiceAccount = "role",
        });
        bucket.GrantRead(toRole);
        Assert.True(toRole.SessionPolicy.IsEmpty);

        var toBoth = new PodIdentityAssociation(stack, "Both", new PodIdentityAssociationProps
        {
            Cluster = cluster,
            Namespace = "reports",
            ServiceAccount = "both",
            Role = new PodIdentityRole(stack, "Shared"),
            GrantsTo = GrantsTo.SESSION_POLICY_AND_ROLE,
            Tags = new Dictionary<string, string> { ["team"] = "reports" },
            RemovalPolicy = RemovalPolicy.RETAIN,
        });
        bucket.GrantRead(toBoth, "2026/*");
        Assert.False(toBoth.SessionPolicy.IsEmpty);
        app.Synth();
    }

    [Fact]
    public void SessionPoliciesFromStatementsJsonAndDocuments()
    {
        var statement = new PolicyStatement(new PolicyStatementProps { Actions = ["s3:GetObject"], Resources = [AnyReport] });
        var policies = new[]
        {
            SessionPolicy.FromStatements(statement),
            SessionPolicy.FromJson(ReadReports),
            SessionPolicy.FromDocument(new PolicyDocument(new PolicyDocumentProps { Statements = [statement] })),
        };
        Assert.All(policies, policy => Assert.Equal((117, 117), (policy.Size.Minimum, policy.Size.Maximum)));
        policies[0].AddStatements(new PolicyStatement(new PolicyStatementProps { Effect = Effect.DENY, Actions = ["s3:*"], Resources = ["*"] }));
        Assert.True(policies[0].Size.Minimum > 117);
    }

    [Fact]
    public void Imports()
    {
        const string arn = "arn:aws:eks:eu-west-1:111122223333:podidentityassociation/prod/a-abcdefghijklmnop1";
        Assert.Equal("a-abcdefghijklmnop1", PodIdentityAssociation.FromPodIdentityAssociationArn(stack, "Imported", arn).AssociationId);
        var byAttributes = PodIdentityAssociation.FromPodIdentityAssociationAttributes(stack, "ImportedToo", new PodIdentityAssociationAttributes
        {
            AssociationArn = arn, AssociationId = "a-1",
        });
        Assert.Equal("a-1", byAttributes.AssociationId);
        FailsWith("Reports/No: 'prod' is not the ARN", () => PodIdentityAssociation.FromPodIdentityAssociationArn(stack, "No", "prod"));
    }

    [Fact]
    public void AnImportedRoleWhosePermissionsAreTold()
    {
        var role = Role.FromRoleArn(stack, "Theirs", "arn:aws:iam::111122223333:role/reports");
        var told = RolePermissions.OfRole(role, new KnownRolePermissions { IdentityPolicies = [PolicyDocument.FromJson(ReadReports)] });
        _ = new PodIdentityAssociation(stack, "Pods", new PodIdentityAssociationProps
        {
            Cluster = cluster,
            Namespace = "reports",
            ServiceAccount = "pods",
            Role = role,
            RolePermissions = [told],
            SessionPolicy = SessionPolicy.FromJson(ReadReports),
        });
        PodIdentityAssertions.FromStack(stack).ServiceAccount("reports", "pods").Allows("s3:GetObject", AnyReport);
    }

    [Fact]
    public void ATargetRole()
    {
        var pods = new PodIdentityAssociation(stack, "Pods", new PodIdentityAssociationProps
        {
            Cluster = cluster,
            Namespace = "reports",
            ServiceAccount = "pods",
            TargetRole = Role.FromRoleArn(stack, "Theirs", "arn:aws:iam::444455556666:role/reports"),
        });
        var statements = pods.TargetRoleTrustStatements();
        Assert.Equal(["sts:AssumeRole"], statements[0].Actions);
        Assert.Equal(["sts:TagSession"], statements[1].Actions);
    }

    [Fact]
    public void AFindingThatIsAcknowledged()
    {
        var pods = new PodIdentityAssociation(stack, "Pods", new PodIdentityAssociationProps
        {
            Cluster = cluster,
            Namespace = "reports",
            ServiceAccount = "pods",
            Role = new PodIdentityRole(stack, "Role"),
            SessionPolicy = SessionPolicy.FromJson(ReadReports),
        });
        FailsWith("Validation failed", () => app.Synth());
        Validations.Of(pods).Acknowledge(new Acknowledgment
        {
            Id = "PodIdentity::NoEffectivePermissions", Reason = "The policy of the bucket allows it to the role",
        });
        app.Synth(new StageSynthesisOptions { Force = true });
    }

    [Fact]
    public void ThePluginWithOptions()
    {
        var plugin = new PodIdentityValidation(new PodIdentityValidationProps
        {
            Strict = true,
            Severities = new Dictionary<string, FindingSeverity> { ["NoEffectivePermissions"] = FindingSeverity.OFF },
        });
        Assert.Contains("NoEffectivePermissions", plugin.RuleIds!);
        Validations.Of(app).AddPlugins(plugin);
        app.Synth();
    }

    private static void FailsWith(string expected, Action action)
    {
        Assert.Contains(expected, Assert.ThrowsAny<Exception>(action).Message);
    }
}
