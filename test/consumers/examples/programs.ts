/**
 * Programs that run the examples, one function each, in a stack that has what the examples take for granted: `app`, `cluster`, `role`,
 * `bucket` and `table`, as in rosetta/default.ts-fixture, and an association of `tenant-a/app` if an example asks what its pods may do.
 */
import { Example } from './tablet';

export interface Program {
  /** The file, relative to the folder of the app. */
  readonly file: string;
  readonly text: string;
}

const indented = (text: string, indent: string) => text.replace(/^(?=.)/gm, indent);

/** Whether an example asserts what pods may do, so that there have to be some. */
const asserts = (example: Example) => /PodIdentityAssertions/.test(example.typescript);

const PYTHON = (examples: readonly Example[]) => `import unittest

from aws_cdk import App, Mixins, Stack, Validations
from aws_cdk import aws_dynamodb as dynamodb
from aws_cdk import aws_eks_v2 as eks
from aws_cdk import aws_iam as iam
from aws_cdk import aws_s3 as s3
from cdk_eks_pod_identity import (
    FindingSeverity,
    GrantsTo,
    NarrowingVerdict,
    OrganizationPolicies,
    PodIdentityAgent,
    PodIdentityAssertions,
    PodIdentityAssociation,
    PodIdentityRole,
    PodIdentityValidation,
    ResourcePermissions,
    RolePermissions,
    SessionPolicy,
    SessionPolicyMixin,
)


class Example(Stack):
    def __init__(self, with_pods):
        self.app = App()
        super().__init__(self.app, "Example")
        fixture = Stack(self.app, "Fixture")
        cluster = eks.Cluster.from_cluster_attributes(fixture, "Cluster", cluster_name="prod")
        role = PodIdentityRole(fixture, "Role")
        bucket = s3.Bucket(fixture, "Bucket")
        table = dynamodb.Table(
            fixture, "Table", partition_key=dynamodb.Attribute(name="id", type=dynamodb.AttributeType.STRING)
        )
        if with_pods:
            pods = PodIdentityAssociation(
                fixture, "Pods", cluster=cluster, namespace="tenant-a", service_account="app", role=role
            )
            bucket.grant_read(role)
            bucket.grant_read(pods, "tenant-a/*")
        self.run(self.app, cluster, role, bucket, table)


class ExamplesTest(unittest.TestCase):
${examples.map((example, index) => `
    def test_${index}(self):
        """${example.name}"""

        class This(Example):
            def run(self, app, cluster, role, bucket, table):
${indented(example.translations.python, '                ')}

        This(${asserts(example) ? 'True' : 'False'})
`).join('')}`;

const JAVA = (examples: readonly Example[]) => `package com.example;

import io.github.cdkekspodidentity.*;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import software.amazon.awscdk.*;
import software.amazon.awscdk.services.dynamodb.Attribute;
import software.amazon.awscdk.services.dynamodb.AttributeType;
import software.amazon.awscdk.services.dynamodb.ITable;
import software.amazon.awscdk.services.dynamodb.Table;
import software.amazon.awscdk.services.eks_v2.Cluster;
import software.amazon.awscdk.services.eks_v2.ClusterAttributes;
import software.amazon.awscdk.services.eks_v2.ICluster;
import software.amazon.awscdk.services.iam.*;
import software.amazon.awscdk.services.s3.Bucket;
import software.amazon.awscdk.services.s3.BucketGrants;
import software.amazon.awscdk.services.s3.IBucket;

class ExamplesTest {
    static class Example extends Stack {
        final App app;
        final ICluster cluster;
        final IRole role;
        final IBucket bucket;
        final ITable table;

        Example(App app, boolean withPods) {
            super(app, "Example");
            this.app = app;
            Stack fixture = new Stack(app, "Fixture");
            cluster = Cluster.fromClusterAttributes(
                    fixture, "Cluster", ClusterAttributes.builder().clusterName("prod").build());
            role = new PodIdentityRole(fixture, "Role");
            bucket = new Bucket(fixture, "Bucket");
            table = Table.Builder.create(fixture, "Table")
                    .partitionKey(Attribute.builder().name("id").type(AttributeType.STRING).build()).build();
            if (withPods) {
                PodIdentityAssociation pods = PodIdentityAssociation.Builder.create(fixture, "Pods")
                        .cluster(cluster).namespace("tenant-a").serviceAccount("app").role(role).build();
                bucket.grantRead(role);
                bucket.grantRead(pods, "tenant-a/*");
            }
        }
    }
${examples.map((example, index) => `
    /** ${example.name} */
    static class Example${index} extends Example {
        Example${index}() {
            super(new App(), ${asserts(example)});
        }

        void run() {
${indented(example.translations.java, '            ')}
        }
    }

    @Test
    void example${index}() {
        new Example${index}().run();
    }
`).join('')}}
`;

/** In Go, a variable that is declared has to be used. */
const usesOf = (go: string) => [...go.matchAll(/^(\w+) := /gm)].map(([, name]) => `_ = ${name}\n`).join('');

const GO = (examples: readonly Example[]) => `package examples

import (
	"testing"

	"github.com/aws/aws-cdk-go/awscdk/v2"
	dynamodb "github.com/aws/aws-cdk-go/awscdk/v2/awsdynamodb"
	eks "github.com/aws/aws-cdk-go/awscdk/v2/awseksv2"
	iam "github.com/aws/aws-cdk-go/awscdk/v2/awsiam"
	s3 "github.com/aws/aws-cdk-go/awscdk/v2/awss3"
	"github.com/aws/aws-cdk-go/awscdk/v2/interfaces/interfacesawseks"
	"github.com/aws/aws-cdk-go/awscdk/v2/interfaces/interfacesawsiam"
	"github.com/aws/jsii-runtime-go"
	"github.com/cdk-eks-pod-identity/cdk-eks-pod-identity-go/cdkekspodidentity"
)

// An import has to be used, too.
var _ interfacesawseks.IClusterRef
var _ interfacesawsiam.IRoleRef

func newExample(withPods bool) (awscdk.Stack, awscdk.App, eks.ICluster, iam.IRole, s3.IBucket, dynamodb.ITable) {
	app := awscdk.NewApp(nil)
	fixture := awscdk.NewStack(app, jsii.String("Fixture"), nil)
	cluster := eks.Cluster_FromClusterAttributes(fixture, jsii.String("Cluster"), &eks.ClusterAttributes{
		ClusterName: jsii.String("prod"),
	})
	role := cdkekspodidentity.NewPodIdentityRole(fixture, jsii.String("Role"), nil)
	bucket := s3.NewBucket(fixture, jsii.String("Bucket"), nil)
	table := dynamodb.NewTable(fixture, jsii.String("Table"), &dynamodb.TableProps{
		PartitionKey: &dynamodb.Attribute{Name: jsii.String("id"), Type: dynamodb.AttributeType_STRING},
	})
	if withPods {
		pods := cdkekspodidentity.NewPodIdentityAssociation(fixture, jsii.String("Pods"), &cdkekspodidentity.PodIdentityAssociationProps{
			Cluster:        cluster,
			Namespace:      jsii.String("tenant-a"),
			ServiceAccount: jsii.String("app"),
			Role:           role,
		})
		bucket.GrantRead(role, nil)
		bucket.GrantRead(pods, jsii.String("tenant-a/*"))
	}
	return awscdk.NewStack(app, jsii.String("Example"), nil), app, cluster, role, bucket, table
}
${examples.map((example, index) => `
// ${example.name}
func TestExample${index}(t *testing.T) {
	this, app, cluster, role, bucket, table := newExample(${asserts(example)})
	_, _, _, _, _, _ = this, app, cluster, role, bucket, table
	{
${indented(example.translations.go, '\t\t')}
${indented(usesOf(example.translations.go), '\t\t')}	}
}
`).join('')}`;

const CSHARP = (examples: readonly Example[]) => `using Amazon.CDK;
using Amazon.CDK.AWS.EKSv2;
using Amazon.CDK.AWS.IAM;
using Amazon.CDK.AWS.S3;
using CdkEksPodIdentity;
using Xunit;
using DynamoDB = Amazon.CDK.AWS.DynamoDB;

public class ExamplesTest
{
    private class Example : Stack
    {
        protected readonly App app;
        protected readonly ICluster cluster;
        protected readonly IRole role;
        protected readonly IBucket bucket;
        protected readonly DynamoDB.ITable table;

        protected Example(App app, bool withPods) : base(app, "Example")
        {
            this.app = app;
            var fixture = new Stack(app, "Fixture");
            cluster = Cluster.FromClusterAttributes(fixture, "Cluster", new ClusterAttributes { ClusterName = "prod" });
            role = new PodIdentityRole(fixture, "Role");
            bucket = new Bucket(fixture, "Bucket");
            table = new DynamoDB.Table(fixture, "Table", new DynamoDB.TableProps
            {
                PartitionKey = new DynamoDB.Attribute { Name = "id", Type = DynamoDB.AttributeType.STRING },
            });
            if (withPods)
            {
                var pods = new PodIdentityAssociation(fixture, "Pods", new PodIdentityAssociationProps
                {
                    Cluster = cluster, Namespace = "tenant-a", ServiceAccount = "app", Role = role,
                });
                bucket.GrantRead(role);
                bucket.GrantRead(pods, "tenant-a/*");
            }
        }
    }
${examples.map((example, index) => `
    /// <summary>${example.name}</summary>
    private class Example${index} : Example
    {
        public Example${index}() : base(new App(), ${asserts(example)}) {}

        public void Run()
        {
${indented(example.translations.csharp, '            ')}
        }
    }

    [Fact]
    public void Runs${index}() => new Example${index}().Run();
`).join('')}}
`;

/** By the names of pages in docs/languages. */
export const PROGRAMS: { readonly [language: string]: (examples: readonly Example[]) => Program } = {
  python: (examples) => ({ file: 'test_examples.py', text: PYTHON(examples) }),
  java: (examples) => ({ file: 'src/test/java/com/example/ExamplesTest.java', text: JAVA(examples) }),
  go: (examples) => ({ file: 'examples/examples_test.go', text: GO(examples) }),
  dotnet: (examples) => ({ file: 'Tests/ExamplesTest.cs', text: CSHARP(examples) }),
};
