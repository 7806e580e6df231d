from aws_cdk import App
from tenants_stack import TenantsStack

app = App()
stack = TenantsStack(app, "Tenants")
for tenant in ["alpha", "beta", "gamma"]:
    stack.add_tenant(tenant)
app.synth()
