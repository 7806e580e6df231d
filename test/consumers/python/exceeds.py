from aws_cdk import App
from aws_cdk import aws_s3 as s3
from tenants_stack import TenantsStack

app = App()
stack = TenantsStack(app, "Tenants")
stack.add_tenant("alpha")
beta = stack.add_tenant("beta")

# The mistake: the role knows nothing of this bucket, so beta's pods would be denied.
reports = s3.Bucket(stack, "Reports")
reports.grant_read(beta)
app.synth()
