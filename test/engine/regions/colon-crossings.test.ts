import { RequestCatalog } from '../../../lib/engine';
import { mayCrossColonsIn } from '../../../lib/engine/regions/colon-crossings';
import { actionPattern, resourcePattern } from '../../../lib/engine/strings/pattern';
import { StringSet, stringsMatching } from '../../../lib/engine/strings/string-set';
import { UNLIMITED } from '../make';

const GROUPS = 'arn:${Partition}:logs:${Region}:${Account}:log-group:${LogGroupName}';
const STREAMS = `${GROUPS}:log-stream:\${LogStreamName}`;
const QUEUES = 'arn:${Partition}:sqs:${Region}:${Account}:${QueueName}';

const CATALOG: RequestCatalog = {
  asOf: '2026-11-01',
  services: new Map([
    ['logs', [{ name: 'TagGroup', resources: [GROUPS] }, { name: 'PutLogEvents', resources: [STREAMS] }]],
    ['sqs', [
      { name: 'SendMessage', resources: [QUEUES] },
      { name: 'ListQueues', resources: [], doubtfulResources: ['arn:${Partition}:sqs:${Region}:${Account}:*'] },
    ]],
  ]),
};

/** Whether one of the actions may be asked about on an ARN of `from` that the pattern matches only across colons. */
function mayCross(pattern: string, actions: string, from = 'arn:aws:*:*:*:*'): boolean {
  const set: StringSet = stringsMatching(actions.split('|').map((action) => actionPattern(action).elements));
  return mayCrossColonsIn(CATALOG, resourcePattern(pattern, true), set, resourcePattern(from, true), UNLIMITED);
}

test.each<[string, string, string, string | undefined, boolean]>([
  // what it shows, a pattern, actions, the other pattern, whether wildcards may cross colons
  ['a log stream', 'arn:aws:logs:*:log-stream:s', 'logs:PutLogEvents', undefined, true],
  ['the action has no log streams', 'arn:aws:logs:*:log-stream:s', 'logs:TagGroup', undefined, false],
  ['the action in another case', 'arn:aws:logs:*:log-stream:s', 'LOGS:TAGGROUP', undefined, false],
  ['one of several actions has', 'arn:aws:logs:*:log-stream:s', 'logs:*', undefined, true],
  ['a list of actions counts as all of the service',
    'arn:aws:logs:*:log-stream:s', 'logs:TagGroup|logs:TagX', undefined, true],
  ['an action that the catalog does not have: any of the service',
    'arn:aws:logs:*:log-stream:s', 'logs:New', undefined, true],
  ['a service that the catalog does not have', 'arn:aws:new:*:x', 'new:Act', undefined, true],
  ['any action', 'arn:aws:logs:*:log-stream:s', '*', undefined, true],
  ['a form without colons in its resource part', 'arn:aws:sqs:*:*:q', 'sqs:SendMessage', undefined, false],
  ['another service', 'arn:aws:sqs:*:log-stream:s', 'sqs:SendMessage', undefined, false],
  ['no wildcard that could', 'arn:aws:logs:eu-west-1:1:log-group:*', 'logs:PutLogEvents', undefined, false],
  ['no ARN in common with the other pattern',
    'arn:aws:logs:*:log-stream:s', 'logs:PutLogEvents', 'arn:aws:logs:*:*:log-group:*:log-stream:t', false],
  ['an ARN in common with it',
    'arn:aws:logs:*:log-stream:s', 'logs:PutLogEvents', 'arn:aws:logs:eu-west-1:1:log-group:g:log-stream:*', true],
  ['a wildcard that crosses colons only in ARNs of another service',
    'arn:aws:*:1:log-stream:s', 'sqs:SendMessage', undefined, false],
  ['what nothing documents has no such colons', 'arn:aws:sqs:*:1:a', 'sqs:ListQueues', undefined, false],
])('%s: %s for %s', (_name, pattern, actions, from, expected) => {
  expect(mayCross(pattern, actions, from)).toBe(expected);
});

test('a longer pattern crosses in no more ARNs than a shorter one', () => {
  const patterns = ['*', '*:log-stream:*', '*:log-stream:s', '*:x:s'];
  expect(patterns.map((end) => mayCross(`arn:aws:logs:${end}`, 'logs:PutLogEvents'))).toEqual([true, true, true, false]);
});
