// The examples of docs/languages/go.md, as they are on the page.
package tenants

import (
	"testing"

	"github.com/aws/aws-cdk-go/awscdk/v2"
	eks "github.com/aws/aws-cdk-go/awscdk/v2/awseksv2"
	"github.com/aws/aws-cdk-go/awscdk/v2/awsiam"
	"github.com/aws/aws-cdk-go/awscdk/v2/awss3"
	"github.com/aws/jsii-runtime-go"
	podidentity "github.com/cdk-eks-pod-identity/cdk-eks-pod-identity-go/cdkekspodidentity"
)

func start() (awscdk.App, awscdk.Stack, eks.ICluster, awss3.Bucket) {
	app := awscdk.NewApp(nil)
	stack := awscdk.NewStack(app, jsii.String("Tenants"), nil)
	cluster := eks.Cluster_FromClusterAttributes(stack, jsii.String("Cluster"), &eks.ClusterAttributes{ClusterName: jsii.String("prod")})
	return app, stack, cluster, awss3.NewBucket(stack, jsii.String("Data"), nil)
}

func shareARole(stack awscdk.Stack, cluster eks.ICluster, bucket awss3.Bucket) {
	role := podidentity.NewPodIdentityRole(stack, jsii.String("SharedRole"), nil)
	for _, tenant := range []string{"alpha", "beta"} {
		pods := podidentity.NewPodIdentityAssociation(stack, jsii.String(tenant), &podidentity.PodIdentityAssociationProps{
			Cluster:        cluster,
			Namespace:      jsii.String(tenant),
			ServiceAccount: jsii.String("app"),
			Role:           role,
			GrantsTo:       podidentity.GrantsTo_SESSION_POLICY_AND_ROLE,
		})
		bucket.GrantReadWrite(pods, jsii.String(tenant+"/*"))
	}
}

func TestALoopOnASharedRoleAndItsUnitTest(t *testing.T) {
	app, stack, cluster, bucket := start()
	shareARole(stack, cluster, bucket)

	pods := podidentity.PodIdentityAssertions_FromApp(app).ServiceAccount(jsii.String("alpha"), jsii.String("app"), nil)
	pods.Allows(jsii.String("s3:GetObject"), bucket.ArnForObjects(jsii.String("alpha/*")), nil)
	pods.Denies(jsii.String("s3:*"), bucket.ArnForObjects(jsii.String("beta/*")), nil)
}

func TestAnImportedRole(t *testing.T) {
	app, stack, cluster, _ := start()

	role := awsiam.Role_FromRoleArn(stack, jsii.String("TeamRole"), jsii.String("arn:aws:iam::111122223333:role/team"), nil)
	reports := jsii.Strings("arn:aws:s3:::reports/*")
	policy := awsiam.NewPolicyDocument(&awsiam.PolicyDocumentProps{
		Statements: &[]awsiam.PolicyStatement{
			awsiam.NewPolicyStatement(&awsiam.PolicyStatementProps{Actions: jsii.Strings("s3:*Object"), Resources: reports}),
		},
	})
	permissions := podidentity.RolePermissions_OfRole(role, &podidentity.KnownRolePermissions{
		IdentityPolicies: &[]awsiam.PolicyDocument{policy},
	})
	pods := podidentity.NewPodIdentityAssociation(stack, jsii.String("Reader"), &podidentity.PodIdentityAssociationProps{
		Cluster:         cluster,
		Namespace:       jsii.String("reports"),
		ServiceAccount:  jsii.String("reader"),
		Role:            role,
		RolePermissions: &[]podidentity.RolePermissions{permissions},
	})
	awsiam.Grant_AddToPrincipal(&awsiam.GrantOnPrincipalOptions{
		Grantee: pods, Actions: jsii.Strings("s3:GetObject"), ResourceArns: reports,
	})

	podidentity.PodIdentityAssertions_FromApp(app).
		ServiceAccount(jsii.String("reports"), jsii.String("reader"), nil).
		Allows(jsii.String("s3:GetObject"), (*reports)[0], nil)
}

func TestAnAcknowledgement(t *testing.T) {
	app, stack, cluster, bucket := start()
	role := podidentity.NewPodIdentityRole(stack, jsii.String("Role"), nil)
	bucket.GrantRead(role, nil)
	pods := podidentity.NewPodIdentityAssociation(stack, jsii.String("Pods"), &podidentity.PodIdentityAssociationProps{
		Cluster: cluster, Namespace: jsii.String("alpha"), ServiceAccount: jsii.String("app"), Role: role,
	})
	bucket.GrantReadWrite(pods, nil)
	panics(t, "Validation failed", func() { app.Synth(nil) })

	awscdk.Validations_Of(pods).Acknowledge(&awscdk.Acknowledgment{
		Id:     jsii.String("PodIdentity::SessionPolicyExceedsRole"),
		Reason: jsii.String("The bucket policy, which the storage team deploys, grants this to the role"),
	})

	app.Synth(&awscdk.StageSynthesisOptions{Force: jsii.Bool(true)})
}

func TestOptionsOfThePlugin(t *testing.T) {
	app, stack, cluster, bucket := start()
	shareARole(stack, cluster, bucket)

	awscdk.Validations_Of(app).AddPlugins(podidentity.NewPodIdentityValidation(&podidentity.PodIdentityValidationProps{
		Strict:     jsii.Bool(true),
		Severities: &map[string]podidentity.FindingSeverity{"UnscopedAssociation": podidentity.FindingSeverity_OFF},
	}))

	app.Synth(nil)
}
