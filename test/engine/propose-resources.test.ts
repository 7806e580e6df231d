import { allow, atom, BUCKET, statement, UNLIMITED } from './make';
import { SCOPE } from './region-requests';
import { Text } from '../../lib/engine';
import { literalElements, resourcePattern } from '../../lib/engine/pattern';
import { resourcesOf, sameKind } from '../../lib/engine/propose-resources';
import { Region, regionsOf, regionWithout } from '../../lib/engine/region';
import { boxesOf } from '../../lib/engine/targets';
import { isMetBy } from '../../lib/engine/words';

type Asked = { readonly usual?: string[]; readonly near?: Array<string | Text> };

/** The region of all ARNs that the pattern matches, without those of other patterns. */
function region(pattern: string | Text, without: ReadonlyArray<string | Text> = []): Region | undefined {
  const arns = boxesOf(statement(allow('s3:Get', pattern))).flatMap((box) => regionsOf(box, [], SCOPE)).filter((r) =>
    r.resource.type !== 'star');
  return without.map((resource) => statement(allow('*', resource))).reduce((left, taken) =>
    left.flatMap((r) => regionWithout(r, taken, SCOPE)), arns)[0];
}

function candidates(of: Region | undefined, action: string, { usual = [], near = [] }: Asked = {}) {
  const statements = near.map((resource) => statement(allow('*', resource)));
  return of ? [...resourcesOf(of, action, usual, statements, UNLIMITED)] : [];
}

/** The first, and what marks it as made up. */
function first(pattern: string | Text, action: string, asked?: Asked, without?: ReadonlyArray<string | Text>): string {
  const [found] = candidates(region(pattern, without), action, asked);
  return found ? `${found.resource.source}${found.invented ? ' (made up)' : ''}` : 'none';
}

describe('the first candidate', () => {
  test.each<[string, string | Text, string, string]>([
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
    ['not even where the pattern would take one', 'arn:aws:iam:*:*:role/*', 'iam:PassRole',
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
    ['a name that the app generates', Text.of('arn:aws:s3:::', atom('B', BUCKET), '/*'), 's3:Get',
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
    ['none where nothing is left', 'arn:aws:s3:::b*', ['arn:aws:s3:::*'], 'none'],
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
    ['a kind only where the pattern has none', 'arn:aws:sqs:*:*:topic/*', { near: ['arn:aws:sqs:*:*:queue/orders'] },
      'arn:aws:sqs:us-east-1:111122223333:topic/example'],
    ['a wildcard says nothing of a kind', 'arn:aws:sqs:*:*:*', { near: ['arn:aws:sqs:*:*:*', '*'] },
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
  const star = regionsOf(boxesOf(statement(allow('s3:Get', '*')))[0], [],
    SCOPE).find((r) => r.resource.type === 'star');
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
])('every candidate for %s on %s is in the region, and an ARN of six fields without wildcards',
  (action, pattern, taken) => {
    const of = region(pattern, taken);
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

test.each<[string, string | Text, boolean]>([
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
  ['arn:aws:s3:::b/key', Text.of('arn:aws:s3:::', atom('B', BUCKET)), false], // a bucket's name has no slash
  ['arn:aws:s3:::b/key', Text.of('arn:aws:s3:::', atom('X')), true], // any text may have one
])('%s and %s are of the same kind: %s', (usual, resource, expected) => {
  expect(sameKind(usual, resourcePattern(resource, true))).toBe(expected);
});
