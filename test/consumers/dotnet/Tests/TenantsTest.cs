using Amazon.CDK;
using CdkEksPodIdentity;
using Example;
using Xunit;

/// <summary>What a C# user tests of their stack: what the pods of a tenant may do.</summary>
public class TenantsTest
{
    private readonly TenantsStack stack;
    private readonly PodPermissions pods;

    public TenantsTest()
    {
        var app = new App();
        stack = new TenantsStack(app, "Tenants");
        stack.AddTenant("alpha");
        stack.AddTenant("beta");
        pods = PodIdentityAssertions.FromApp(app).ServiceAccount("alpha", "app");
    }

    [Fact]
    public void AllowsWhatIsTheirs()
    {
        pods.Allows("s3:GetObject", stack.Bucket.ArnForObjects("alpha/*"));
        pods.Allows("s3:ListBucket", stack.Bucket.BucketArn, new PodRequestOptions
        {
            Conditions = new Dictionary<string, object> { ["StringEquals"] = new Dictionary<string, object> { ["s3:prefix"] = "alpha/2026" } },
        });
    }

    [Fact]
    public void DeniesWhatIsNot()
    {
        pods.Denies("s3:*", stack.Bucket.ArnForObjects("beta/*"));
        pods.Denies("sqs:*");
    }

    [Fact]
    public void SaysWhyAnAssertionFails()
    {
        var error = Assert.ThrowsAny<Exception>(() => pods.Allows("s3:GetObject", stack.Bucket.ArnForObjects("beta/*")));
        Assert.Contains("(Tenants/alpha) are not allowed s3:GetObject", error.Message);
    }

    [Fact]
    public void ShowsTheEffectivePermissions()
    {
        Assert.Empty(pods.EffectivePermissions().Omitted);
    }
}
