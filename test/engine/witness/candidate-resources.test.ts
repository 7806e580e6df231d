import { SymbolicString } from '../../../lib/engine';
import { RequestSet, requestSetsOf, subtract } from '../../../lib/engine/regions/request-set';
import { pairsOf } from '../../../lib/engine/regions/targets';
import { isMetBy } from '../../../lib/engine/strings/find-string';
import { literalElements, resourcePattern } from '../../../lib/engine/strings/pattern';
import { candidateResources, sameKind } from '../../../lib/engine/witness/candidate-resources';
import { allow, BUCKET, statement, UNLIMITED, variable } from '../make';
import { DECISION_CONTEXT } from '../regions/request-sets';

type Asked = { readonly usual?: string[]; readonly near?: Array<string | SymbolicString> };

/** The request set of all ARNs that the pattern matches, without those of other patterns. */
function requestSetOf(
  pattern: string | SymbolicString, without: ReadonlyArray<string | SymbolicString> = [],
): RequestSet | undefined {
  const arns = pairsOf(statement(allow('s3:Get', pattern)))
    .flatMap((pair) => requestSetsOf(pair, [], DECISION_CONTEXT))
    .filter((r) =>
      r.resource.type !== 'star');
  return without.map((resource) => statement(allow('*', resource))).reduce((left, taken) =>
    left.flatMap((r) => subtract(r, taken, DECISION_CONTEXT)), arns)[0];
}

function candidates(of: RequestSet | undefined, action: string, { usual = [], near = [] }: Asked = {}) {
  const statements = near.map((resource) => statement(allow('*', resource)));
  return of ? [...candidateResources(of, action, usual, statements, DECISION_CONTEXT)] : [];
}

/** The first, and what marks it as made up. */
function first(
  pattern: string | SymbolicString, action: string, asked?: Asked, without?: ReadonlyArray<string | SymbolicString>,
): string {
  const [found] = candidates(requestSetOf(pattern, without), action, asked);
  return found ? `${found.resource.source}${found.invented ? ' (made up)' : ''}` : 'none';
}

describe('the first candidate', () => {
  test.each<[string, string | SymbolicString, string, string]>([
    ['an ARN is its own', 'arn:aws:s3:::b/x', 's3:Get', 'arn:aws:s3:::b/x'],
    ['a wildcard behind a beginning', 'arn:aws:s3:::b/*', 's3:Get', 'arn:aws:s3:::b/example'],
    ['? is one character', 'arn:aws:s3:::b?', 's3:Get', 'arn:aws:s3:::bx'],
    ['S3 has no kinds of resources', 'arn:aws:s3:::*', 's3:Get', 'arn:aws:s3:::example'],
    ['other services have', 'arn:aws:sqs:*:*:*', 'sqs:Send', 'arn:aws:sqs:us-east-1:111122223333:example (made up)'],
    ['a kind that is written', 'arn:aws:dynamodb:*:*:table/*', 'dynamodb:GetItem',
      'arn:aws:dynamodb:us-east-1:111122223333:table/example'],
    ['a region that is written', 'arn:aws:sqs:eu-west-1:*:q', 'sqs:Send', 'arn:aws:sqs:eu-west-1:111122223333:q'],
    ['a part of a region', 'arn:aws:sqs:eu-*:*:q', 'sqs:Send', 'arn:aws:sqs:eu-west-1:111122223333:q'],
    ['an account that is written', 'arn:aws:sqs:*:222233334444:q', 'sqs:Send', 'arn:aws:sqs:us-east-1:222233334444:q'],
    ['IAM has no regions', 'arn:aws:iam::*:role/*', 'iam:PassRole', 'arn:aws:iam::111122223333:role/example'],
    ['not even if the pattern would match one', 'arn:aws:iam:*:*:role/*', 'iam:PassRole',
      'arn:aws:iam::111122223333:role/example'],
    ['Route 53 has no accounts, either', 'arn:aws:route53:*:*:hostedzone/*', 'route53:Get',
      'arn:aws:route53:::hostedzone/example'],
    ['a region that is written, although IAM has none: the caller checks', 'arn:aws:iam:us-east-1:*:role/*',
      'iam:PassRole',
      'arn:aws:iam:us-east-1:111122223333:role/example'],
    ['no region of IAM but some', 'arn:aws:iam:*-1:*:role/*', 'iam:PassRole', 'none'],
    ['the service of the action', 'arn:aws:*:*:*:table/*', 'dynamodb:GetItem',
      'arn:aws:dynamodb:us-east-1:111122223333:table/example'],
    ['another partition', 'arn:aws-cn:s3:::b/*', 's3:Get', 'arn:aws-cn:s3:::b/example'],
    ['any partition', 'arn:*:s3:::b/*', 's3:Get', 'arn:aws:s3:::b/example'],
    ['a name that the app generates', SymbolicString.of('arn:aws:s3:::', variable('B', BUCKET), '/*'), 's3:Get',
      'arn:aws:s3:::${B}/example'],
    ['a pattern whose fields cannot be told apart', 'arn:aws:s3*x', 's3:Get', 'arn:aws:s3examplex (made up)'],
  ])('%s: %s for %s', (_name, pattern, action, expected) => {
    expect(first(pattern, action)).toBe(expected);
  });

  test.each<[string, string, string[], string]>([
    ['another name than the usual one', 'arn:aws:s3:::*', ['arn:aws:s3:::example'], 'arn:aws:s3:::another-example'],
    ['another region than the usual one', 'arn:aws:sqs:*:1:q', ['arn:aws:sqs:us-*:*:*'], 'arn:aws:sqs:eu-west-1:1:q'],
    ['a name that is longer than those that are out', 'arn:aws:s3:::b*',
      ['arn:aws:s3:::bexample', 'arn:aws:s3:::banother*'], 'arn:aws:s3:::bx'],
    ['none if nothing is left', 'arn:aws:s3:::b*', ['arn:aws:s3:::*'], 'none'],
  ])('%s', (_name, pattern, without, expected) => {
    expect(first(pattern, `${pattern.split(':')[2]}:Get`, {}, without)).toBe(expected);
  });

  test.each<[string, string, Asked, string]>([
    // what it shows, a pattern, what is known, the first candidate
    ['a usual resource', 'arn:aws:sqs:*:*:*', { usual: ['arn:aws:sqs:eu-west-1:444455556666:orders'] },
      'arn:aws:sqs:eu-west-1:444455556666:orders'],
    ['a usual resource of which only the kind fits', 'arn:aws:sqs:us-east-1:*:*',
      { usual: ['arn:aws:sqs:eu-west-1:444455556666:orders'] },
      'arn:aws:sqs:us-east-1:444455556666:orders'],
    ['a usual resource that has colons', 'arn:aws:sqs:*:*:*', { usual: ['arn:aws:sqs:us-east-1:1:group:x'] },
      'arn:aws:sqs:us-east-1:1:group:x'],
    ['a kind that the role names', 'arn:aws:sqs:*:*:*', { near: ['arn:aws:sqs:*:*:queue/orders'] },
      'arn:aws:sqs:us-east-1:111122223333:queue/example'],
    ['a kind with a colon', 'arn:aws:sqs:*:*:*', { near: ['arn:aws:sqs:*:*:queue:orders'] },
      'arn:aws:sqs:us-east-1:111122223333:queue:example'],
    ['a kind only if the pattern has none', 'arn:aws:sqs:*:*:topic/*', { near: ['arn:aws:sqs:*:*:queue/orders'] },
      'arn:aws:sqs:us-east-1:111122223333:topic/example'],
    ['a wildcard does not name a kind', 'arn:aws:sqs:*:*:*', { near: ['arn:aws:sqs:*:*:*', '*'] },
      'arn:aws:sqs:us-east-1:111122223333:example (made up)'],
  ])('%s', (_name, pattern, asked, expected) => {
    expect(first(pattern, 'sqs:Send', asked)).toBe(expected);
  });
});

test.each<[string, string[], string[]]>([
  ['nothing is known of the action', [], ['*']],
  ['it is used without a resource', ['*'], ['*']],
  ['it is used with and without', ['arn:aws:s3:::b', '*'], ['*']],
  ['it is used on ARNs', ['arn:aws:s3:::b'], []],
])('the resource *, where %s', (_name, usual, expected) => {
  const star = requestSetsOf(pairsOf(statement(allow('s3:Get', '*')))[0], [],
    DECISION_CONTEXT).find((r) => r.resource.type === 'star');
  expect(candidates(star, 's3:Get', { usual }).map(({ resource, invented }) => [resource.source, invented]))
    .toEqual(expected.map((e) => [e, false]));
});

test.each<[string, string, string[]]>([
  ['s3:Get', 'arn:aws:s3:::*', []],
  ['s3:Get', 'arn:aws:s3:::b/*/c', ['arn:aws:s3:::b/example/c']],
  ['sqs:Send', 'arn:*:sqs:*:*:*', []],
  ['sqs:Send', 'arn:aws:sqs:??-east-*:1111*:q?', ['arn:aws:sqs:us-east-1:111122223333:qexample']],
  ['iam:PassRole', 'arn:*:iam::*:role/*', ['arn:aws:iam::111122223333:role/example']],
  ['logs:Put', 'arn:aws:logs:*:*:log-group:g*:log-stream:*', []],
])('every candidate for %s on %s is in the request set, and an ARN of six fields without wildcards',
  (action, pattern, taken) => {
    const of = requestSetOf(pattern, taken);
    const all = candidates(of, action, { near: ['arn:aws:sqs:*:*:queue/orders', 'arn:aws:logs:*:*:log-group:x'] });
    expect(all.length).toBeGreaterThan(0);
    for (const { resource } of all) {
      const arn = resource.source as string;
      expect(arn).toMatch(/^arn:aws[a-z-]*:[a-z0-9]+:[a-z0-9-]*:\d*:[^*?]+$/);
      const fields = [...arn.split(':').slice(0, 5), arn.split(':').slice(5).join(':')];
      if (of!.resource.type !== 'arns') { throw new Error('these are all ARNs'); }
      expect(of!.resource.fields.map((field, i) => isMetBy(field, literalElements(fields[i]), UNLIMITED)))
        .toEqual(fields.map(() => true));
    }
  });

test.each<[string, string | SymbolicString, boolean]>([
  // a usual resource, a resource, whether it may be of the same kind
  ['*', 'arn:aws:s3:::b', true],
  ['arn:aws:s3:::b', 'arn:aws:s3:::c', true],
  ['arn:aws:s3:::b/key', 'arn:aws:s3:::c/d/e', true],
  ['arn:aws:s3:::b/key', 'arn:aws:s3:::c', false],
  ['arn:aws:s3:::b', 'arn:aws:s3:::c/d', false],
  ['arn:aws:iam::1:role/x', 'arn:aws:iam::2:role/y', true],
  ['arn:aws:iam::1:role/x', 'arn:aws:iam::2:user/y', false],
  ['arn:aws:logs:r:1:log-group:x', 'arn:aws:logs:r:1:log-group:y:log-stream:z', true],
  ['arn:aws:sqs:r:1:queue', 'arn:aws:sqs:r:1:other', true],
  ['arn:aws:sqs:r:1:queue', 'arn:aws:sqs:r:1:kind/other', false],
  ['arn:aws:iam::1:role/x', '*', true],
  ['arn:aws:s3:::b/key', SymbolicString.of('arn:aws:s3:::', variable('B', BUCKET)), false], // a bucket's name has no slash
  ['arn:aws:s3:::b/key', SymbolicString.of('arn:aws:s3:::', variable('X')), true], // any text may have one
])('%s and %s are of the same kind: %s', (usual, resource, expected) => {
  expect(sameKind(usual, resourcePattern(resource, true))).toBe(expected);
});
