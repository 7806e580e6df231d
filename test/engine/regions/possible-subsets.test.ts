import { COMPLETE, contextFor } from './principals';
import { read, requestSetsIn } from './request-sets';
import { Assumption, AwsAction, RequestCatalog } from '../../../lib/engine';
import { possibleSubsets } from '../../../lib/engine/regions/possible-subsets';
import { DecisionContext } from '../../../lib/engine/regions/request-set';

const BUCKETS = 'arn:${Partition}:s3:::${BucketName}';
const OBJECTS = 'arn:${Partition}:s3:::${BucketName}/${ObjectName}';
const QUEUES = 'arn:${Partition}:sqs:${Region}:${Account}:${QueueName}';
const ANY_QUEUE = 'arn:${Partition}:sqs:${AnyRegion}:${AnyAccount}:*';
const STREAMS = 'arn:${Partition}:logs:${Region}:${Account}:log-group:${Group}:log-stream:${Stream}';

const CATALOG: RequestCatalog = {
  asOf: '2026-11-01',
  services: new Map<string, readonly AwsAction[]>([
    ['s3', [
      { name: 'GetObject', resources: [OBJECTS], presenceOf: (key) => (key === 's3:prefix' ? 'never' : undefined) },
      { name: 'ListBucket', resources: [BUCKETS] },
      { name: 'ListAllMyBuckets', resources: [] },
    ]],
    ['sqs', [
      { name: 'SendMessage', resources: [QUEUES] },
      { name: 'TagQueue', resources: [QUEUES], alsoWithoutResource: true },
      { name: 'ListQueues', resources: [], doubtfulResources: [ANY_QUEUE] },
      { name: 'Ping', resources: [], needsNoPermission: true },
    ]],
    ['logs', [{ name: 'PutLogEvents', resources: [STREAMS] }]],
  ]),
};

/** The actions of the subsets: `?` if they are doubtful, `??` if nothing documents the requests. */
function actionsOf(text: string, context = contextFor(COMPLETE), wanted?: (action: string) => boolean): string[] {
  const sets = requestSetsIn(read(text), context);
  const subsets = sets.flatMap((set) => [...possibleSubsets(set, CATALOG, context, wanted)]);
  return subsets.map(({ action = 'any', requests, isUndocumented }) => (
    `${action}${isUndocumented ? '??' : requests ? '' : '?'}`));
}

test.each<[string, string, string[]]>([
  ['an action on an ARN of its form', 's3:GetObject arn:aws:s3:::b/k', ['s3:GetObject']],
  ['an action on an ARN of another form', 's3:GetObject arn:aws:s3:::b', []],
  ['a pattern of ARNs of both forms', 's3:* arn:aws:s3:::b*', ['s3:GetObject', 's3:ListBucket']],
  ['a pattern of actions', 's3:List* arn:aws:s3:::*', ['s3:ListBucket']],
  ['all actions but some', '!s3:*|logs:*|sqs:Tag*|sqs:List* arn:aws:sqs:*:*:q', ['sqs:SendMessage']],
  ['an action that the catalog does not have', 's3:GetObjects arn:aws:s3:::b/k', []],
  ['a service that it does not have', 'new:Act arn:aws:new:::x', ['any']],
  ['`*`, without a resource type', 's3:ListAllMyBuckets *', ['s3:ListAllMyBuckets']],
  ['an ARN, without a resource type', 's3:ListAllMyBuckets arn:aws:s3:::*', []],
  ['`*`, with a resource type', 's3:GetObject *', ['s3:GetObject']], // the ARNs
  ['`*` and ARNs', 'sqs:TagQueue *', ['sqs:TagQueue', 'sqs:TagQueue']],
  ['an action that needs no permission', 'sqs:Ping *', []],
  ['an ARN that nothing documents', 'sqs:ListQueues arn:aws:sqs:eu-west-1:111122223333:', ['sqs:ListQueues??']],
  ['an ARN of another service', 'sqs:ListQueues arn:aws:sns:eu-west-1:111122223333:t', []],
  ['fields that cannot be told apart', 's3:GetObject arn:aws:s3*/k', ['s3:GetObject?']],
  ['fields that cannot be told apart, of another service', 's3:GetObject arn:aws:sqs*', []],
  ['a form that is met only across colons', 'logs:PutLogEvents arn:aws:logs:*:log-stream:s', ['logs:PutLogEvents?']],
  ['a form that is not met across colons, either', 'logs:PutLogEvents arn:aws:logs:*:log-group:g', []],
  ['a condition on a key that its requests never have',
    's3:GetObject arn:aws:s3:::b/k if StringEquals s3:prefix a', []],
  ['a condition that the missing key meets',
    's3:GetObject arn:aws:s3:::b/k if StringNotEquals s3:prefix a', ['s3:GetObject']],
  ['a region that is not that of the ARN',
    'sqs:SendMessage arn:aws:sqs:eu-west-1:*:q if StringEquals aws:RequestedRegion us-east-1', []],
])('%s: %s', (_name, text, expected) => {
  expect(actionsOf(text)).toEqual(expected);
});

test('the part of the action has its form, and the place says which', () => {
  const context = contextFor(COMPLETE);
  const [subset] = requestSetsIn(read('s3:* arn:aws:s3:::b*'), context)
    .flatMap((set) => [...possibleSubsets(set, CATALOG, context)]);
  expect(subset.place.form?.whole.source).toBe(OBJECTS);
  const again = [...possibleSubsets(subset.requests!, CATALOG, context)];
  expect(again.map(({ action }) => action)).toEqual(['s3:GetObject']);
});

test('only wanted actions are yielded, by their names in lower case', () => {
  expect(actionsOf('s3:* arn:aws:s3:::b*', undefined, (name) => name === 's3:listbucket')).toEqual(['s3:ListBucket']);
});

describe('the partition of the role', () => {
  test.each<[string, string, string[]]>([
    ['its own', 's3:GetObject arn:aws:s3:::b/k', ['s3:GetObject']],
    ['any', 's3:GetObject arn:*:s3:::b/k', ['s3:GetObject']],
    ['another', 's3:GetObject arn:aws-cn:s3:::b/k', []],
    ['another, across colons', 'logs:PutLogEvents arn:aws-cn:logs:*:log-stream:s', ['logs:PutLogEvents?']], // not proven
  ])('%s: %s', (_name, text, expected) => {
    expect(actionsOf(text)).toEqual(expected);
  });

  test('a role of an unknown partition may meet any ARN', () => {
    expect(actionsOf('s3:GetObject arn:aws-cn:s3:::b/k', contextFor({ ...COMPLETE, partition: undefined })))
      .toEqual(['s3:GetObject']);
  });

  test.each<[string, string, number]>([
    ['ARNs that name it need no assumption', 's3:GetObject arn:aws:s3:::b/k', 0],
    ['ARNs of another partition', 's3:GetObject arn:aws-cn:s3:::b/k', 1],
    ['ARNs of any partition', 's3:GetObject arn:*:s3:::b/k', 1],
  ])('an assumed partition is recorded where a proof relies on it: %s', (_name, text, times) => {
    const reliedOn: Array<Assumption | undefined> = [];
    const assumption: Assumption = { code: 'Principal', message: 'the role is in the partition aws' };
    const context = contextFor(COMPLETE, [], reliedOn);
    actionsOf(text, { ...context, partition: { name: 'aws', assumption } });
    expect(reliedOn).toEqual(new Array(times).fill(assumption));
  });
});

test('each action that is compared costs a step', () => {
  const steps: number[] = [];
  const context = contextFor(COMPLETE);
  const budget = { ...context.budget, spend: (count: number) => { steps.push(count); } } as DecisionContext['budget'];
  actionsOf('s3:GetObject arn:aws:s3:::b/k', { ...context, budget });
  expect(steps.length).toBeGreaterThanOrEqual(3); // of S3
});
