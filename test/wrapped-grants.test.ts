import { App, Size, Stack, Validations } from 'aws-cdk-lib';
import { Annotations, Match, Template } from 'aws-cdk-lib/assertions';
import * as ec2 from 'aws-cdk-lib/aws-ec2';
import * as eks from 'aws-cdk-lib/aws-eks-v2';
import * as iam from 'aws-cdk-lib/aws-iam';
import * as kms from 'aws-cdk-lib/aws-kms';
import * as s3 from 'aws-cdk-lib/aws-s3';
import * as secretsmanager from 'aws-cdk-lib/aws-secretsmanager';
import { GrantsTo, PodIdentityAssociation, PodIdentityAssociationProps, PodIdentityRole } from '../lib';
import { synthesize } from './synthesize';
import { associationsIn, sessionPolicyOf } from './templates';

const env = { account: '111122223333', region: 'eu-west-1' };
const KEY = 'arn:aws:kms:eu-west-1:111122223333:key/12345678-1234-1234-1234-123456789012';
const SECRET = 'arn:aws:secretsmanager:eu-west-1:111122223333:secret:app-AbCdEf';
const VIA_SECRETS = { StringEquals: { 'kms:ViaService': 'secretsmanager.eu-west-1.amazonaws.com' } };
const VIA_EC2 = { StringEquals: { 'kms:ViaService': 'ec2.eu-west-1.amazonaws.com' } };

let app: App;
let stack: Stack;
let role: iam.Role;

beforeEach(() => {
  app = new App();
  stack = new Stack(app, 'Stack', { env });
  role = new PodIdentityRole(stack, 'Role');
  role.addToPolicy(new iam.PolicyStatement({ actions: ['ec2:DescribeTags'], resources: ['*'] }));
});

function associate(props: Partial<PodIdentityAssociationProps> = {}, id = 'Pods'): PodIdentityAssociation {
  const cluster = eks.Cluster.fromClusterAttributes(stack, `${id}Cluster`, { clusterName: 'prod' });
  return new PodIdentityAssociation(stack, id, {
    cluster, namespace: 'ns', serviceAccount: id.toLowerCase(), role, ...props,
  });
}

const ownKey = () => new kms.Key(stack, 'Key');
const importedKey = () => kms.Key.fromKeyArn(stack, 'Key', KEY);

/** Each grants something of a service by a principal around the grantee. */
const GRANTS: { [name: string]: (grantee: iam.IGrantable) => void } = {
  'a secret, read with a key of the app': (g) => (
    new secretsmanager.Secret(stack, 'Secret', { encryptionKey: ownKey() }).grantRead(g)),
  'a secret, written with a key of the app': (g) => (
    new secretsmanager.Secret(stack, 'Secret', { encryptionKey: ownKey() }).grantWrite(g)),
  'a version stage of a secret': (g) => (
    new secretsmanager.Secret(stack, 'Secret', { encryptionKey: ownKey() }).grantRead(g, ['AWSCURRENT'])),
  'an imported secret, read with an imported key': (g) => (
    secretsmanager.Secret.fromSecretAttributes(stack, 'Secret', {
      secretCompleteArn: SECRET, encryptionKey: importedKey(),
    }).grantRead(g)),
  'a key, for a service': (g) => (
    ownKey().grantEncryptDecrypt(new kms.ViaServicePrincipal('ec2.eu-west-1.amazonaws.com', g.grantPrincipal))),
  'a key, for a service and under a condition': (g) => ownKey().grantDecrypt(
    new kms.ViaServicePrincipal('ec2.eu-west-1.amazonaws.com', g.grantPrincipal)
      .withConditions({ StringEquals: { 'kms:CallerAccount': '111122223333' } })),
  'a bucket, under a condition': (g) => new s3.Bucket(stack, 'Bucket').grantRead(asGrantee(
    new iam.PrincipalWithConditions(g.grantPrincipal, { Bool: { 'aws:SecureTransport': 'true' } }))),
  'a bucket, under conditions inside and outside': (g) => new s3.Bucket(stack, 'Bucket').grantRead(asGrantee(
    new iam.SessionTagsPrincipal(new iam.PrincipalWithConditions(
      new iam.PrincipalWithConditions(g.grantPrincipal, { Bool: { 'aws:SecureTransport': 'true' } }),
      { StringEquals: { 'aws:SourceVpc': 'vpc-1' } },
    )))),
  'a bucket, with session tags': (g) => new s3.Bucket(stack, 'Bucket').grantRead(asGrantee(
    new iam.SessionTagsPrincipal(g.grantPrincipal))),
  'a volume by tags, encrypted': (g) => new ec2.Volume(stack, 'Volume', {
    availabilityZone: 'eu-west-1a', size: Size.gibibytes(1), encrypted: true, encryptionKey: ownKey(),
  }).grantAttachVolumeByResourceTag(g, [stack]),
};

function asGrantee(principal: iam.IPrincipal): iam.IGrantable {
  return principal;
}

function sessionStatements(): any[] {
  return sessionPolicyOf(associationsIn(Template.fromStack(stack).toJSON())[0]).Statement;
}

describe.each(Object.entries(GRANTS))('%s', (_name, grant) => {
  test('lands in the session policy, with its conditions', () => {
    Validations.of(app).acknowledge(
      { id: 'PodIdentity::NoEffectivePermissions', reason: 'the role has nothing here' },
      { id: 'PodIdentity::SessionPolicyExceedsRole', reason: 'the role has nothing here' },
    );
    grant(associate());
    expect(sessionStatements()).toMatchSnapshot();
  });

  test('to both session policy and role, it narrows', () => {
    grant(associate({ grantsTo: GrantsTo.SESSION_POLICY_AND_ROLE }));
    expect(synthesize(app)).toMatchObject({ failed: false, findings: [] });
  });

  test('to the role only, it does what the CDK does for a role', () => {
    const resourcesWith = (grantee: () => iam.IGrantable) => {
      app = new App();
      stack = new Stack(app, 'Stack', { env });
      role = new PodIdentityRole(stack, 'Role');
      grant(grantee());
      return Object.entries<any>(Template.fromStack(stack).toJSON().Resources)
        .filter(([, { Type: type }]) => type !== 'AWS::EKS::PodIdentityAssociation');
    };
    expect(resourcesWith(() => associate({ grantsTo: GrantsTo.ROLE }))).toEqual(resourcesWith(() => role));
  });
});

test('wrappers of a role do what they did before there was an association', () => {
  associate().grantPrincipal.policyFragment; // extends the wrappers
  const add = (principal: iam.IPrincipal) => {
    const statement = new iam.PolicyStatement({ actions: ['kms:Decrypt'], resources: [KEY] });
    return [principal.addToPrincipalPolicy(statement).statementAdded, statement.toStatementJson().Condition];
  };
  expect(add(new kms.ViaServicePrincipal('ec2.eu-west-1.amazonaws.com', role))).toEqual([false, undefined]);
  expect(add(new kms.ViaServicePrincipal('ec2.eu-west-1.amazonaws.com'))).toEqual([false, undefined]);
  expect(add(new iam.PrincipalWithConditions(role, VIA_EC2))).toEqual([true, undefined]);
  expect(add(new iam.SessionTagsPrincipal(role))).toEqual([true, undefined]);
  expect(add(new iam.ServicePrincipal('ec2.amazonaws.com').withSessionTags())).toEqual([false, undefined]);
});

test('the key policy names the role, as it does for a role itself', () => {
  GRANTS['a secret, read with a key of the app'](associate({ grantsTo: GrantsTo.SESSION_POLICY_AND_ROLE }));
  Template.fromStack(stack).hasResourceProperties('AWS::KMS::Key', {
    KeyPolicy: {
      Statement: Match.arrayWith([{
        Action: 'kms:Decrypt',
        Effect: 'Allow',
        Principal: { AWS: { 'Fn::GetAtt': [stack.getLogicalId(role.node.defaultChild as any), 'Arn'] } },
        Resource: '*',
        Condition: VIA_SECRETS,
      }]),
    },
  });
});

test('on a shared role that was granted the same, it narrows: the key policy allows decryption to the role', () => {
  const secret = new secretsmanager.Secret(stack, 'Secret', { encryptionKey: ownKey() });
  secret.grantRead(role);
  secret.grantRead(associate());
  expect(synthesize(app)).toMatchObject({ failed: false, findings: [] });
});

test('it reaches only the association that it was granted to', () => {
  const secret = new secretsmanager.Secret(stack, 'Secret', { encryptionKey: ownKey() });
  secret.grantRead(role);
  secret.grantRead(associate());
  role.addToPolicy(new iam.PolicyStatement({ actions: ['s3:GetObject'], resources: ['arn:aws:s3:::data/*'] }));
  associate({}, 'Others').sessionPolicy.addStatements(
    new iam.PolicyStatement({ actions: ['s3:GetObject'], resources: ['arn:aws:s3:::data/*'] }),
  );
  const [first, second] = associationsIn(Template.fromStack(stack).toJSON()).map((one) => JSON.stringify(one));
  expect([first.includes('kms:Decrypt'), second.includes('kms:Decrypt')]).toEqual([true, false]);
});

test('a condition that the grant has, too, with another value, is an error instead of the wider of both', () => {
  const principal = new iam.PrincipalWithConditions(associate().grantPrincipal, VIA_SECRETS);
  const grant = (conditions: typeof VIA_EC2) => iam.Grant.addToPrincipal({
    grantee: asGrantee(principal), actions: ['kms:Decrypt'], resourceArns: [KEY], conditions,
  });
  expect(() => grant(VIA_EC2)).toThrow("both have a condition StringEquals on 'kms:ViaService', with different values");
  expect(() => grant(VIA_SECRETS)).not.toThrow();
});

test('tags that must be left out are said for a wrapped grant, too', () => {
  const pods = associate({ disableSessionTags: false });
  const principal = new kms.ViaServicePrincipal('ec2.eu-west-1.amazonaws.com', pods.grantPrincipal);
  expect(() => ownKey().grantDecrypt(asGrantee(principal))).toThrow('Stack/Pods: disableSessionTags is false');
});

test('an immutable role: the key policy names it, so nothing is lost', () => {
  const pods = associate({ role: role.withoutPolicyUpdates(), grantsTo: GrantsTo.SESSION_POLICY_AND_ROLE });
  ownKey().grantDecrypt(asGrantee(new kms.ViaServicePrincipal('ec2.eu-west-1.amazonaws.com', pods.grantPrincipal)));
  expect(sessionStatements()).toEqual([
    { Action: 'kms:Decrypt', Condition: VIA_EC2, Effect: 'Allow', Resource: '${Key961B73FD.Arn}' },
  ]);
  expect(Annotations.fromStack(stack).findWarning('*', Match.anyValue())).toEqual([]);
});
