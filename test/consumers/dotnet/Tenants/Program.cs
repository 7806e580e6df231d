using Amazon.CDK;
using Example;

var app = new App();
var stack = new TenantsStack(app, "Tenants");
foreach (var tenant in new[] { "alpha", "beta", "gamma" })
{
    stack.AddTenant(tenant);
}
app.Synth();
