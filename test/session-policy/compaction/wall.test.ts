import { App, Stack } from 'aws-cdk-lib';
import * as dynamodb from 'aws-cdk-lib/aws-dynamodb';
import * as iam from 'aws-cdk-lib/aws-iam';
import * as kms from 'aws-cdk-lib/aws-kms';
import * as s3 from 'aws-cdk-lib/aws-s3';
import * as secretsmanager from 'aws-cdk-lib/aws-secretsmanager';
import * as sqs from 'aws-cdk-lib/aws-sqs';
import { Json, Layer, parsePolicy, policyDocument, Reason } from '../../../lib/engine';
import { meaningOf } from '../../../lib/session-policy/compaction/catalog';
import { compact, Compacted, CompactionMode } from '../../../lib/session-policy/compaction/compact';
import { readingsOf } from '../../../lib/session-policy/compaction/readings';
import { ResolvedStatement } from '../../../lib/session-policy/minimize';
import { ReferencedElements } from '../../../lib/session-policy/referenced-elements';
import { renderedLength } from '../../../lib/session-policy/size';

/** A service with a bucket, a key, a table, two queues and a secret: its grants do not fit into a session policy for certain. */

const stack = new Stack(new App(), 'Service');
const role = new iam.Role(stack, 'Role', { assumedBy: new iam.ServicePrincipal('pods.eks.amazonaws.com') });
new s3.Bucket(stack, 'Bucket').grantReadWrite(role);
new kms.Key(stack, 'Key').grantEncryptDecrypt(role);
const partitionKey = { name: 'id', type: dynamodb.AttributeType.STRING };
new dynamodb.Table(stack, 'Table', { partitionKey }).grantReadWriteData(role);
new sqs.Queue(stack, 'Out').grantSendMessages(role);
new sqs.Queue(stack, 'In').grantConsumeMessages(role);
new secretsmanager.Secret(stack, 'Secret').grantRead(role);

const elements = new ReferencedElements();
const { document } = role.node.findChild('DefaultPolicy') as iam.Policy;
const WRITTEN: ResolvedStatement[] = elements.resolve(document.toJSON().Statement, stack);
const templates = elements.templates(stack);
const place = { templates, stack: templates.stackWithId(stack.node.path)! };
const [read] = readingsOf(WRITTEN, place);

/** The role has the same grants. */
const LAYERS: readonly Layer[] = layersOf(read(WRITTEN));

function layersOf(statements: unknown): Layer[] {
  const { policy } = parsePolicy(policyDocument(statements) as Json, 'role');
  return [{ name: 'identity policies', policies: [policy], gaps: [] }];
}

function actionsIn({ statements }: Compacted): unknown[] {
  return statements.flatMap(({ Action }) => Action);
}

function lengthIn(mode: CompactionMode): number {
  const { statements } = compact(WRITTEN, mode, { place, layers: LAYERS });
  return renderedLength(statements, stack).maximum!;
}

test('it fits with the reference data, and with room in the role', () => {
  expect(lengthIn('none')).toBeGreaterThan(2048);
  expect(lengthIn('lossless')).toBeLessThanOrEqual(lengthIn('none'));
  expect(lengthIn('catalog')).toBeLessThan(2048);
  expect(lengthIn('role')).toBeLessThan(1024);
});

test('catalog: actions of services that do not meet are in one statement', () => {
  const { statements, mode, reason, assumptions } = compact(WRITTEN, 'catalog', { place });
  expect({ mode, reason }).toEqual({ mode: 'catalog' });
  expect(assumptions).toEqual([expect.stringMatching(/after \d{4}-\d\d-\d\d/)]);
  expect(statements.map(({ Action }) => Action)).toMatchInlineSnapshot(`
[
  [
    "dynamodb:*Item",
    "dynamodb:*Records",
    "dynamodb:*Shard*",
    "dynamodb:DescribeTable",
    "dynamodb:Query",
    "dynamodb:Scan",
    "kms:*Data*",
    "kms:*Encrypt*",
    "kms:Decrypt",
    "s3:*Hold",
    "s3:*Object*Tagging",
    "s3:Abort*",
    "s3:DeleteObject*",
    "s3:GetBucket*",
    "s3:GetObject*",
    "s3:List*",
    "s3:Put*Retention",
    "s3:PutObject",
    "secretsmanager:Describe*",
    "secretsmanager:Get*Value",
    "sqs:Change*",
    "sqs:DeleteMessage",
    "sqs:Get*",
    "sqs:Receive*",
  ],
  [
    "sqs:Get*",
    "sqs:Send*",
  ],
]
`);
  expect(statements.map(({ Resource }) => (Array.isArray(Resource) ? Resource.length : 1))).toEqual([6, 1]);
});

test('role: only what the role has counts', () => {
  const result = compact(WRITTEN, 'role', { place, layers: LAYERS });
  expect(result.statements).toMatchInlineSnapshot(`
[
  {
    "Action": [
      "dynamodb:*",
      "kms:*",
      "s3:*",
      "secretsmanager:*",
      "sqs:*",
    ],
    "Effect": "Allow",
    "Resource": "*",
  },
]
`);
  expect(result.mode).toBe('role');
  expect(result.assumptions).toEqual([expect.anything(), expect.stringContaining('role')]);
});

test('role: a wildcard takes in what the role has elsewhere, and nothing that it has there', () => {
  const allow = (Action: unknown, Resource: unknown) => ({ Effect: 'Allow', Action, Resource });
  const objects = 'arn:aws:s3:::b/*';
  const roleWith = (...statements: unknown[]) => layersOf(statements);
  const written = [allow(['s3:GetObject', 's3:PutObject', 's3:DeleteObject'], objects)];
  const run = (layers: Layer[]) => compact(written, 'role', { layers }).statements;
  const three = ['s3:DeleteObject', 's3:GetObject', 's3:PutObject'];
  expect(run(roleWith(allow(three, '*')))).toEqual([allow('s3:*', objects)]);
  expect(run(roleWith(allow(three, objects)))).toEqual([allow('s3:*', '*')]);
  const more = [...three, 's3:GetObjectAcl', 's3:ListBucket'];
  expect(run(roleWith(allow(more, '*')))).toEqual([allow('s3:*Object', objects)]);
  expect(run(roleWith(allow('s3:*', '*')))).toEqual([allow(three, objects)]);
});

test('nothing is known of resources without their templates: wildcards match no other action at all', () => {
  const result = compact(WRITTEN, 'catalog');
  expect(result.statements).toHaveLength(6);
  expect(actionsIn(result)).toContain('dynamodb:*Item');
  const matched = (actions: readonly unknown[]) => (
    new Set(actions.flatMap((action) => meaningOf(action)!.names.map((name) => `${meaningOf(action)!.service}:${name}`))));
  expect(matched(actionsIn(result))).toEqual(matched(WRITTEN.flatMap(({ Action }) => Action)));
});

const GAP: Reason = { code: 'IncompleteRole', message: 'a policy is missing', resolution: '' };

test.each<[string, Layer[], RegExp]>([
  ['no layers', [], /not known/],
  ['a gap', [{ ...LAYERS[0], gaps: [GAP] }], /a policy is missing/],
])('role fails closed: %s', (_name, layers, expected) => {
  const result = compact(WRITTEN, 'role', { place, layers });
  expect(result).toEqual({ ...compact(WRITTEN, 'catalog', { place }), reason: expect.stringMatching(expected) });
});
