package main

import (
	"example.com/app/tenants"
	"github.com/aws/aws-cdk-go/awscdk/v2"
	"github.com/aws/aws-cdk-go/awscdk/v2/awss3"
	"github.com/aws/jsii-runtime-go"
)

func main() {
	defer jsii.Close()

	app := awscdk.NewApp(nil)
	stack := tenants.NewStack(app, "Tenants")
	stack.AddTenant("alpha")
	beta := stack.AddTenant("beta")

	// The mistake: the role knows nothing of this bucket, so beta's pods would be denied.
	reports := awss3.NewBucket(stack.Stack, jsii.String("Reports"), nil)
	reports.GrantRead(beta, nil)
	app.Synth(nil)
}
