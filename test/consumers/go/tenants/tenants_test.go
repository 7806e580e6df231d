// What a Go user tests of their stack, and the rest of the library's API: `go test ./...`.
package tenants

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"github.com/aws/aws-cdk-go/awscdk/v2"
	eks "github.com/aws/aws-cdk-go/awscdk/v2/awseksv2"
	"github.com/aws/aws-cdk-go/awscdk/v2/awsiam"
	"github.com/aws/aws-cdk-go/awscdk/v2/awss3"
	"github.com/aws/jsii-runtime-go"
	podidentity "github.com/cdk-eks-pod-identity/cdk-eks-pod-identity-go/cdkekspodidentity"
)

var anyReport = jsii.String("arn:aws:s3:::reports/*")

func readReports() map[string]any {
	return map[string]any{
		"Version":   "2012-10-17",
		"Statement": []any{map[string]any{"Effect": "Allow", "Action": "s3:GetObject", "Resource": *anyReport}},
	}
}

// Assertions: what the pods of a tenant may do.
func TestPodsOfATenant(t *testing.T) {
	app := awscdk.NewApp(nil)
	stack := NewStack(app, "Tenants")
	stack.AddTenant("alpha")
	stack.AddTenant("beta")
	pods := podidentity.PodIdentityAssertions_FromApp(app).ServiceAccount(jsii.String("alpha"), jsii.String("app"), nil)
	theirs := stack.Bucket.ArnForObjects(jsii.String("beta/*"))

	t.Run("are allowed what is theirs", func(t *testing.T) {
		pods.Allows(jsii.String("s3:GetObject"), stack.Bucket.ArnForObjects(jsii.String("alpha/*")), nil)
		pods.Allows(jsii.String("s3:ListBucket"), stack.Bucket.BucketArn(), &podidentity.PodRequestOptions{
			Conditions: &map[string]any{"StringEquals": map[string]any{"s3:prefix": "alpha/2026"}},
		})
	})
	t.Run("are denied what is not", func(t *testing.T) {
		pods.Denies(jsii.String("s3:*"), theirs, nil)
		pods.Denies(jsii.String("sqs:*"), nil, nil)
	})
	t.Run("an assertion that fails says why", func(t *testing.T) {
		panics(t, "are not allowed s3:GetObject", func() { pods.Allows(jsii.String("s3:GetObject"), theirs, nil) })
	})
	t.Run("have effective permissions", func(t *testing.T) {
		effective := pods.EffectivePermissions()
		if !strings.Contains(fmt.Sprint(effective.Document), "s3:GetObject") || len(*effective.Omitted) != 0 {
			t.Errorf("%v, without %v", effective.Document, effective.Omitted)
		}
	})
}

func TestGrantsGoWhereTheyAreSent(t *testing.T) {
	r := newReports()
	bucket := awss3.NewBucket(r.stack, jsii.String("Bucket"), nil)
	toRole := r.associate("Role", podidentity.PodIdentityAssociationProps{})
	bucket.GrantRead(toRole, nil)
	toBoth := r.associate("Both", podidentity.PodIdentityAssociationProps{
		Role:          podidentity.NewPodIdentityRole(r.stack, jsii.String("Shared"), nil),
		GrantsTo:      podidentity.GrantsTo_SESSION_POLICY_AND_ROLE,
		Tags:          &map[string]*string{"team": jsii.String("reports")},
		RemovalPolicy: awscdk.RemovalPolicy_RETAIN,
	})
	bucket.GrantRead(toBoth, jsii.String("2026/*"))
	if !*toRole.SessionPolicy().IsEmpty() || *toBoth.SessionPolicy().IsEmpty() {
		t.Error("the grants went elsewhere")
	}
	r.app.Synth(nil)
}

func TestSessionPoliciesFromStatementsJsonAndDocuments(t *testing.T) {
	statement := awsiam.NewPolicyStatement(&awsiam.PolicyStatementProps{
		Actions: jsii.Strings("s3:GetObject"), Resources: &[]*string{anyReport},
	})
	document := awsiam.NewPolicyDocument(&awsiam.PolicyDocumentProps{Statements: &[]awsiam.PolicyStatement{statement}})
	policies := []podidentity.SessionPolicy{
		podidentity.SessionPolicy_FromStatements(statement),
		podidentity.SessionPolicy_FromJson(readReports()),
		podidentity.SessionPolicy_FromDocument(document),
	}
	for _, policy := range policies {
		if size := policy.Size(); *size.Minimum != 117 || *size.Maximum != 117 {
			t.Errorf("the size is %v to %v", *size.Minimum, *size.Maximum)
		}
	}
	policies[0].AddStatements(awsiam.NewPolicyStatement(&awsiam.PolicyStatementProps{
		Effect: awsiam.Effect_DENY, Actions: jsii.Strings("s3:*"), Resources: jsii.Strings("*"),
	}))
	if *policies[0].Size().Minimum <= 117 {
		t.Error("the statement was not added")
	}
	panics(t, "SessionPolicy.fromJson: EKS would reject this session policy", func() {
		podidentity.SessionPolicy_FromJson(map[string]any{"Statement": []any{map[string]any{"Effect": "Maybe"}}})
	})
}

func TestImports(t *testing.T) {
	r := newReports()
	arn := jsii.String("arn:aws:eks:eu-west-1:111122223333:podidentityassociation/prod/a-abcdefghijklmnop1")
	byArn := podidentity.PodIdentityAssociation_FromPodIdentityAssociationArn(r.stack, jsii.String("Imported"), arn)
	equal(t, *byArn.AssociationId(), "a-abcdefghijklmnop1")
	byAttributes := podidentity.PodIdentityAssociation_FromPodIdentityAssociationAttributes(r.stack, jsii.String("ImportedToo"),
		&podidentity.PodIdentityAssociationAttributes{AssociationArn: arn, AssociationId: jsii.String("a-1")})
	equal(t, *byAttributes.AssociationId(), "a-1")
	panics(t, "Reports/No: 'prod' is not the ARN of a Pod Identity association", func() {
		podidentity.PodIdentityAssociation_FromPodIdentityAssociationArn(r.stack, jsii.String("No"), jsii.String("prod"))
	})
}

func TestAnImportedRoleWhosePermissionsAreTold(t *testing.T) {
	r := newReports()
	role := awsiam.Role_FromRoleArn(r.stack, jsii.String("Theirs"), jsii.String("arn:aws:iam::111122223333:role/reports"), nil)
	told := podidentity.RolePermissions_OfRole(role, &podidentity.KnownRolePermissions{
		IdentityPolicies: &[]awsiam.PolicyDocument{awsiam.PolicyDocument_FromJson(readReports())},
	})
	pods := r.associate("Pods", podidentity.PodIdentityAssociationProps{
		Role:            role,
		RolePermissions: &[]podidentity.RolePermissions{told},
		SessionPolicy:   podidentity.SessionPolicy_FromJson(readReports()),
	})
	equal(t, *pods.Role().RoleRef().RoleArn, "arn:aws:iam::111122223333:role/reports")
	podidentity.PodIdentityAssertions_FromStack(r.stack).
		ServiceAccount(jsii.String("reports"), jsii.String("pods"), nil).
		Allows(jsii.String("s3:GetObject"), anyReport, nil)
}

func TestATargetRole(t *testing.T) {
	r := newReports()
	theirs := awsiam.Role_FromRoleArn(r.stack, jsii.String("Theirs"), jsii.String("arn:aws:iam::444455556666:role/reports"), nil)
	pods := r.associate("Pods", podidentity.PodIdentityAssociationProps{TargetRole: theirs})
	statements := *pods.TargetRoleTrustStatements()
	equal(t, *(*statements[0].Actions())[0], "sts:AssumeRole")
	equal(t, *(*statements[1].Actions())[0], "sts:TagSession")
}

func TestAFindingThatIsAcknowledged(t *testing.T) {
	r := newReports()
	pods := r.associate("Pods", podidentity.PodIdentityAssociationProps{
		Role:          podidentity.NewPodIdentityRole(r.stack, jsii.String("Role"), nil),
		SessionPolicy: podidentity.SessionPolicy_FromJson(readReports()),
	})
	panics(t, "Validation failed", func() { r.app.Synth(nil) })
	awscdk.Validations_Of(pods).Acknowledge(&awscdk.Acknowledgment{
		Id:     jsii.String("PodIdentity::NoEffectivePermissions"),
		Reason: jsii.String("The policy of the bucket allows it to the role"),
	})
	r.app.Synth(&awscdk.StageSynthesisOptions{Force: jsii.Bool(true)})
}

func TestThePluginWithOptions(t *testing.T) {
	r := newReports()
	r.associate("Pods", podidentity.PodIdentityAssociationProps{
		Role:          podidentity.NewPodIdentityRole(r.stack, jsii.String("Role"), nil),
		SessionPolicy: podidentity.SessionPolicy_FromJson(readReports()),
	})
	plugin := podidentity.NewPodIdentityValidation(&podidentity.PodIdentityValidationProps{
		Strict:     jsii.Bool(true),
		Severities: &map[string]podidentity.FindingSeverity{"NoEffectivePermissions": podidentity.FindingSeverity_OFF},
	})
	if !slices.ContainsFunc(*plugin.RuleIds(), func(id *string) bool { return *id == "NoEffectivePermissions" }) {
		t.Errorf("the rules are %v", plugin.RuleIds())
	}
	awscdk.Validations_Of(r.app).AddPlugins(plugin)
	r.app.Synth(nil)
}

func TestMistakesAreNamed(t *testing.T) {
	panics(t, "Reports/Pods: namespace 'Shop_1'", func() {
		newReports().associate("Pods", podidentity.PodIdentityAssociationProps{Namespace: jsii.String("Shop_1")})
	})
	panics(t, "severities has 'Narrowing', which is not a rule", func() {
		podidentity.NewPodIdentityValidation(&podidentity.PodIdentityValidationProps{
			Severities: &map[string]podidentity.FindingSeverity{"Narrowing": podidentity.FindingSeverity_OFF},
		})
	})
}

type reports struct {
	app     awscdk.App
	stack   awscdk.Stack
	cluster eks.ICluster
}

func newReports() reports {
	app := awscdk.NewApp(nil)
	stack := awscdk.NewStack(app, jsii.String("Reports"), nil)
	cluster := eks.Cluster_FromClusterAttributes(stack, jsii.String("Cluster"), &eks.ClusterAttributes{ClusterName: jsii.String("prod")})
	return reports{app, stack, cluster}
}

func (r reports) associate(id string, props podidentity.PodIdentityAssociationProps) podidentity.PodIdentityAssociation {
	props.Cluster = r.cluster
	if props.Namespace == nil {
		props.Namespace = jsii.String("reports")
	}
	props.ServiceAccount = jsii.String(strings.ToLower(id))
	return podidentity.NewPodIdentityAssociation(r.stack, &id, &props)
}

func equal(t *testing.T, actual, expected string) {
	t.Helper()
	if actual != expected {
		t.Errorf("%s is not %s", actual, expected)
	}
}

// An error of the CDK is a panic in Go.
func panics(t *testing.T, expected string, action func()) {
	t.Helper()
	defer func() {
		t.Helper()
		if message := fmt.Sprint(recover()); !strings.Contains(message, expected) {
			t.Errorf("%s does not contain %s", message, expected)
		}
	}()
	action()
}
