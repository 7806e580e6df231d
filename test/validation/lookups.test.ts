/** Apps whose context lacks what their lookups ask for, as in unit tests and in the first of the CLI's syntheses. */
import { App, ContextProvider, Stack, Validations } from 'aws-cdk-lib';
import * as ec2 from 'aws-cdk-lib/aws-ec2';
import * as ecr from 'aws-cdk-lib/aws-ecr';
import * as eks from 'aws-cdk-lib/aws-eks-v2';
import * as iam from 'aws-cdk-lib/aws-iam';
import * as kms from 'aws-cdk-lib/aws-kms';
import * as rds from 'aws-cdk-lib/aws-rds';
import * as route53 from 'aws-cdk-lib/aws-route53';
import * as ssm from 'aws-cdk-lib/aws-ssm';
import {
  PodIdentityAssertions, PodIdentityAssociation, PodIdentityAssociationProps, PodIdentityRole, PodIdentityValidation,
  SessionPolicy,
} from '../../lib';
import { synthesize } from '../synthesize';

const env = { account: '111122223333', region: 'us-east-1' };
const allow = (actions: string[], resources: string[], conditions?: object) => (
  new iam.PolicyStatement({ actions, resources, conditions: conditions as Record<string, unknown> | undefined }));

let app: App;
let stack: Stack;
beforeEach(() => {
  app = new App();
  stack = new Stack(app, 'Stack', { env });
});

const parameter = (name: string) => ssm.StringParameter.valueFromLookup(stack, name);

function associate(props: Partial<PodIdentityAssociationProps> = {}, id = 'Pods') {
  return new PodIdentityAssociation(stack, id, {
    cluster: eks.Cluster.fromClusterAttributes(stack, `${id}Cluster`, { clusterName: 'shop' }),
    namespace: 'shop',
    serviceAccount: id.toLowerCase(),
    ...props,
  });
}

/** A role with these permissions. */
const roleOf = (...statements: iam.PolicyStatement[]) => new PodIdentityRole(stack, 'Role', {
  inlinePolicies: { Access: new iam.PolicyDocument({ statements }) },
});
const session = (...statements: iam.PolicyStatement[]) => SessionPolicy.fromStatements(...statements);

/** What is found: nothing that ends the synthesis. */
const rulesOf = () => {
  const { failed, findings } = synthesize(app);
  expect(failed).toBe(false);
  return findings.map(({ ruleName }) => ruleName);
};

const UNKNOWN = ['NarrowingUndetermined'];

test.each<[string, () => unknown, string[]]>([
  ['a namespace', () => associate({ namespace: parameter('/ns') }), []],
  ['a part of a namespace', () => associate({ namespace: `team-${parameter('/ns')}` }), []],
  ['a service account', () => associate({ serviceAccount: parameter('/sa') }), []],
  ['two namespaces', () => [
    associate({ namespace: parameter('/a'), serviceAccount: 'app' }),
    associate({ namespace: parameter('/b'), serviceAccount: 'app' }, 'Other'),
  ], []],
  ['a role', () => associate({ role: iam.Role.fromLookup(stack, 'Role', { roleName: 'pods' }) }), []],
  ['a role that is narrowed', () => associate({
    role: iam.Role.fromLookup(stack, 'Role', { roleName: 'pods' }), sessionPolicy: session(allow(['s3:*'], ['*'])),
  }), UNKNOWN],
  ['two roles, of which one is narrowed', () => [
    associate({
      role: iam.Role.fromLookup(stack, 'A', { roleName: 'a' }), sessionPolicy: session(allow(['s3:*'], ['*'])),
    }),
    associate({ role: iam.Role.fromLookup(stack, 'B', { roleName: 'b' }) }, 'Other'),
  ], UNKNOWN],
  ['the ARN of a role, with a default', () => {
    const arn = ssm.StringParameter.valueFromLookup(stack, '/role', 'arn:aws:iam::000000000000:role/default');
    associate({ role: iam.Role.fromRoleArn(stack, 'Role', arn) });
  }, []],
  ['a target role', () => associate({ targetRole: iam.Role.fromLookup(stack, 'Role', { roleName: 'data' }) }), []],
  ['the ARN of a bucket', () => associate({
    role: roleOf(allow(['s3:GetObject'], ['arn:aws:s3:::data/*'])),
    sessionPolicy: session(allow(['s3:GetObject'], [parameter('/bucket')])),
  }), UNKNOWN],
  ['the ARN of a bucket in a document', () => associate({
    role: roleOf(allow(['s3:GetObject'], ['arn:aws:s3:::data/*'])),
    sessionPolicy: SessionPolicy.fromJson({
      Version: '2012-10-17', Statement: { Effect: 'Allow', Action: 's3:GetObject', Resource: parameter('/bucket') },
    }),
  }), UNKNOWN],
  ['the name of a bucket', () => associate({
    role: roleOf(allow(['s3:GetObject'], ['arn:aws:s3:::data/*'])),
    sessionPolicy: session(allow(['s3:GetObject'], [`arn:aws:s3:::${parameter('/bucket')}/*`])),
  }), UNKNOWN],
  ['the name of a bucket of the role, too', () => associate({
    role: roleOf(allow(['s3:GetObject'], [`arn:aws:s3:::${parameter('/bucket')}/*`])),
    sessionPolicy: session(allow(['s3:GetObject'], [`arn:aws:s3:::${parameter('/bucket')}/a/*`])),
  }), []],
  ['a key', () => kms.Key.fromLookup(stack, 'Key', { aliasName: 'alias/data' }).grantDecrypt(associate({
    role: roleOf(allow(['kms:Decrypt'], [
      'arn:aws:kms:us-east-1:111122223333:key/aaaabbbb-12ab-34cd-56ef-1234567890ab',
    ])),
  })), UNKNOWN],
  ['a repository', () => {
    const repository = ecr.Repository.fromLookup(stack, 'Repository', { repositoryName: 'shop' });
    repository.grantRead(associate({
      role: roleOf(allow(['ecr:*'], ['arn:aws:ecr:us-east-1:111122223333:repository/shop'])),
    }));
  }, UNKNOWN],
  ['a hosted zone', () => {
    const zone = route53.HostedZone.fromLookup(stack, 'Zone', { domainName: 'example.com' });
    const resource = `arn:aws:route53:::hostedzone/${zone.hostedZoneId}`;
    return associate({
      role: roleOf(allow(['route53:*'], ['arn:aws:route53:::hostedzone/Z148QEXAMPLE8V'])),
      sessionPolicy: session(allow(['route53:ListResourceRecordSets'], [resource])),
    });
  }, UNKNOWN],
  ['a VPC in a condition', () => {
    const { vpcId } = ec2.Vpc.fromLookup(stack, 'Vpc', { vpcId: 'vpc-0a1b2c3d' });
    const vpc = { StringEquals: { 'aws:SourceVpc': vpcId } };
    return associate({
      role: roleOf(allow(['s3:GetObject'], ['*'], { StringEquals: { 'aws:SourceVpc': 'vpc-0a1b2c3d' } })),
      sessionPolicy: session(allow(['s3:GetObject'], ['arn:aws:s3:::data/*'], vpc)),
    });
  }, UNKNOWN],
  ['a database', () => {
    const database = rds.DatabaseInstance.fromLookup(stack, 'Database', { instanceIdentifier: 'shop' });
    const resource = `arn:aws:rds-db:us-east-1:111122223333:dbuser:${database.instanceResourceId}/app`;
    return associate({
      role: roleOf(allow(['rds-db:connect'], ['arn:aws:rds-db:us-east-1:111122223333:dbuser:db-ABC/app'])),
      sessionPolicy: session(allow(['rds-db:connect'], [resource])),
    });
  }, UNKNOWN],
  ['a provider of somebody', () => {
    const query = { provider: 'plugin', dummyValue: 'Made Up', props: { pluginName: 'names' } };
    return associate({ namespace: ContextProvider.getValue(stack, query).value });
  }, []],
])('%s', (_name, make, expected) => {
  make();
  expect(rulesOf()).toEqual(expected);
});

test('a statement that is added to an association', () => {
  const pods = associate({ role: roleOf(allow(['s3:*'], ['*'])) });
  const query = { provider: 'plugin', dummyValue: 'Made Up', props: { pluginName: 'arns' } };
  pods.sessionPolicy.addStatements(allow(['s3:GetObject'], [ContextProvider.getValue(stack, query).value]));
  expect(rulesOf()).toEqual([]);
});

test('the ARN of an association', () => {
  const imported = PodIdentityAssociation.fromPodIdentityAssociationArn(stack, 'Pods', parameter('/association'));
  expect(imported.associationArn).toBe('dummy-value-for-/association');
});

test('a message names what was looked up', () => {
  associate({
    role: iam.Role.fromLookup(stack, 'Role', { roleName: 'pods' }), sessionPolicy: session(allow(['s3:*'], ['*'])),
  });
  const [{ description }] = synthesize(app).findings;
  expect(description).toContain('${resolve:lookup:pods}');
  expect(description).not.toContain('DUMMY');
});

test('strict waits for the context', () => {
  Validations.of(app).addPlugins(new PodIdentityValidation({ strict: true }));
  associate({
    role: roleOf(allow(['s3:GetObject'], ['arn:aws:s3:::data/*'])),
    sessionPolicy: session(allow(['s3:GetObject'], [parameter('/bucket')])),
  });
  expect(rulesOf()).toEqual(UNKNOWN);
});

test('what does not depend on the context is found', () => {
  ec2.Vpc.fromLookup(stack, 'Vpc', { isDefault: true });
  associate({
    role: roleOf(allow(['s3:GetObject'], ['arn:aws:s3:::data/*'])),
    sessionPolicy: session(allow(['s3:GetObject', 's3:PutObject'], ['arn:aws:s3:::data/*'])),
  });
  associate({ namespace: 'Not_A_Name' }, 'Bad');
  const { failed, findings } = synthesize(app);
  expect(failed).toBe(true);
  expect(findings.map(({ ruleName }) => ruleName).sort())
    .toEqual(['InvalidKubernetesName', 'SessionPolicyExceedsRole']);
});

test('PodIdentityAssertions read what the lookups do not change', () => {
  const name = parameter('/bucket');
  associate({
    role: roleOf(allow(['s3:GetObject'], [`arn:aws:s3:::${name}/*`])),
    sessionPolicy: session(allow(['s3:GetObject'], [`arn:aws:s3:::${name}/a/*`])),
  });
  const pods = PodIdentityAssertions.fromStack(stack).serviceAccount('shop', 'pods');
  expect(() => pods.allows('s3:GetObject', `arn:aws:s3:::${name}/a/b`)).not.toThrow();
});

describe('with the context', () => {
  const QUERY = 'account=111122223333:exactIdentifier=pods:propertiesToReturn.0=Arn:region=us-east-1';

  beforeEach(() => {
    app = new App({
      context: {
        'ssm:account=111122223333:parameterName=/ns:region=us-east-1': 'Not A Name',
        [`cc-api-provider:${QUERY}:typeName=AWS$:$:IAM$:$:Role`]: [{ Arn: 'arn:aws:iam::444455556666:role/pods' }],
      },
    });
    stack = new Stack(app, 'Stack', { env });
  });

  test('a bad name throws', () => {
    expect(() => associate({ namespace: parameter('/ns') }))
      .toThrow("namespace 'Not A Name' is not a valid Kubernetes name");
  });

  test('a role of another account is found', () => {
    associate({ role: iam.Role.fromLookup(stack, 'Role', { roleName: 'pods' }) });
    expect(synthesize(app).findings.map(({ ruleName }) => ruleName)).toEqual(['RoleInAnotherAccount']);
  });
});
