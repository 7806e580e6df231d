using Amazon.CDK;
using Amazon.CDK.AWS.S3;
using Example;

var app = new App();
var stack = new TenantsStack(app, "Tenants");
stack.AddTenant("alpha");
var beta = stack.AddTenant("beta");

// The mistake: the role knows nothing of this bucket, so beta's pods would be denied.
var reports = new Bucket(stack, "Reports");
reports.GrantRead(beta);
app.Synth();
