/** The example of the README: its bucket has the resource policies that many buckets have, and no finding. */
import { App } from 'aws-cdk-lib';
import { Match, Template } from 'aws-cdk-lib/assertions';
import * as s3 from 'aws-cdk-lib/aws-s3';
import type { TenantsStack } from '../../examples/tenants/tenants-stack';
import { NarrowingVerdict, PodIdentityAssertions } from '../../lib';
import { synthesize } from '../synthesize';

jest.mock('cdk-eks-pod-identity', () => jest.requireActual('../../lib'), { virtual: true });

function tenants(): TenantsStack {
  const { TenantsStack: Stack } = jest.requireActual('../../examples/tenants/tenants-stack');
  const stack: TenantsStack = new Stack(new App(), 'Tenants');
  for (const tenant of ['alpha', 'beta']) { stack.addTenant(tenant); }
  return stack;
}

test('has no finding', () => {
  expect(synthesize(tenants().node.root as App)).toMatchObject({ failed: false, findings: [], suppressed: [] });
});

test('has a bucket with a customer key, whose policy denies requests without TLS', () => {
  const template = Template.fromStack(tenants());
  template.resourceCountIs('AWS::KMS::Key', 1);
  template.hasResourceProperties('AWS::S3::Bucket', {
    BucketEncryption: {
      ServerSideEncryptionConfiguration: [{ ServerSideEncryptionByDefault: { SSEAlgorithm: 'aws:kms' } }],
    },
  });
  template.hasResourceProperties('AWS::S3::BucketPolicy', {
    PolicyDocument: {
      Statement: [Match.objectLike({ Effect: 'Deny', Condition: { Bool: { 'aws:SecureTransport': 'false' } } })],
    },
  });
});

test('its tenants may use the key and their own objects', () => {
  const stack = tenants();
  const bucket = stack.node.findChild('Data') as s3.Bucket;
  const pods = PodIdentityAssertions.fromApp(stack.node.root as App).serviceAccount('alpha', 'app');
  expect(pods.sessionPolicy()?.verdict).toBe(NarrowingVerdict.NARROWS);
  pods.allows('kms:Decrypt', bucket.encryptionKey!.keyArn);
  pods.allows('kms:GenerateDataKey', bucket.encryptionKey!.keyArn);
  pods.denies('kms:PutKeyPolicy');
  pods.allows('s3:GetObject', bucket.arnForObjects('alpha/*'));
  pods.denies('s3:*', bucket.arnForObjects('beta/*'));
});
