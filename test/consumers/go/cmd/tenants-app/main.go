package main

import (
	"example.com/app/tenants"
	"github.com/aws/aws-cdk-go/awscdk/v2"
	"github.com/aws/jsii-runtime-go"
)

func main() {
	defer jsii.Close()

	app := awscdk.NewApp(nil)
	stack := tenants.NewStack(app, "Tenants")
	for _, tenant := range []string{"alpha", "beta", "gamma"} {
		stack.AddTenant(tenant)
	}
	app.Synth(nil)
}
