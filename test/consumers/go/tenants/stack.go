// Package tenants has one role, one bucket and one table for all tenants; each tenant's pods see their own part only.
package tenants

import (
	"github.com/aws/aws-cdk-go/awscdk/v2"
	"github.com/aws/aws-cdk-go/awscdk/v2/awsdynamodb"
	eks "github.com/aws/aws-cdk-go/awscdk/v2/awseksv2"
	"github.com/aws/aws-cdk-go/awscdk/v2/awsiam"
	"github.com/aws/aws-cdk-go/awscdk/v2/awskms"
	"github.com/aws/aws-cdk-go/awscdk/v2/awss3"
	"github.com/aws/constructs-go/constructs/v10"
	"github.com/aws/jsii-runtime-go"
	podidentity "github.com/cdk-eks-pod-identity/cdk-eks-pod-identity-go/cdkekspodidentity"
)

type Stack struct {
	Stack   awscdk.Stack
	Bucket  awss3.Bucket
	cluster eks.ICluster
	key     awskms.Key
	table   awsdynamodb.Table
	role    podidentity.PodIdentityRole
}

func NewStack(scope constructs.Construct, id string) *Stack {
	stack := awscdk.NewStack(scope, &id, nil)
	cluster := eks.Cluster_FromClusterAttributes(stack, jsii.String("Cluster"), &eks.ClusterAttributes{
		ClusterName: jsii.String("prod"),
	})
	key := awskms.NewKey(stack, jsii.String("Key"), &awskms.KeyProps{EnableKeyRotation: jsii.Bool(true)})
	bucket := awss3.NewBucket(stack, jsii.String("Data"), &awss3.BucketProps{
		EncryptionKey:    key,
		BucketKeyEnabled: jsii.Bool(true),
		EnforceSSL:       jsii.Bool(true),
	})
	table := awsdynamodb.NewTable(stack, jsii.String("Items"), &awsdynamodb.TableProps{
		PartitionKey: &awsdynamodb.Attribute{Name: jsii.String("tenant"), Type: awsdynamodb.AttributeType_STRING},
	})

	// The role may do everything that any tenant needs.
	role := podidentity.NewPodIdentityRole(stack, jsii.String("TenantRole"), nil)
	bucket.GrantReadWrite(role, nil)
	table.GrantReadWriteData(role)
	return &Stack{Stack: stack, Bucket: bucket, cluster: cluster, key: key, table: table, role: role}
}

// AddTenant makes the pods of one tenant: objects below its prefix, items with its key.
func (s *Stack) AddTenant(tenant string) podidentity.PodIdentityAssociation {
	pods := podidentity.NewPodIdentityAssociation(s.Stack, &tenant, &podidentity.PodIdentityAssociationProps{
		Cluster:        s.cluster,
		Namespace:      &tenant,
		ServiceAccount: jsii.String("app"),
		Role:           s.role,
	})

	objects := jsii.String(tenant + "/*")
	s.Bucket.GrantPut(pods, objects) // and the key, to encrypt
	s.key.GrantDecrypt(pods)
	s.Bucket.GrantDelete(pods, objects)
	awsiam.Grant_AddToPrincipal(&awsiam.GrantOnPrincipalOptions{
		Grantee:      pods,
		Actions:      jsii.Strings("s3:GetObject"),
		ResourceArns: &[]*string{s.Bucket.ArnForObjects(objects)},
	})
	awsiam.Grant_AddToPrincipal(&awsiam.GrantOnPrincipalOptions{
		Grantee:      pods,
		Actions:      jsii.Strings("s3:ListBucket"),
		ResourceArns: &[]*string{s.Bucket.BucketArn()},
		Conditions:   &map[string]*map[string]any{"StringLike": {"s3:prefix": objects}},
	})
	awsiam.Grant_AddToPrincipal(&awsiam.GrantOnPrincipalOptions{
		Grantee:      pods,
		Actions:      jsii.Strings("dynamodb:GetItem", "dynamodb:PutItem", "dynamodb:Query", "dynamodb:UpdateItem"),
		ResourceArns: &[]*string{s.table.TableArn()},
		Conditions:   &map[string]*map[string]any{"ForAllValues:StringEquals": {"dynamodb:LeadingKeys": []string{tenant}}},
	})
	return pods
}
