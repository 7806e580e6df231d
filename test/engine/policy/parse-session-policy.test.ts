import { Json, parseSessionPolicy, SymbolicString } from '../../../lib/engine';
import { allow, document } from '../../make';
import { managedPolicies } from '../../managed-policies';

const problemsOf = (json: unknown) => parseSessionPolicy(json as Json, 'P').problems
  .map(({ kind, where, message }) => `${kind} at ${where}: ${message}`);
const ofResource = (resource: unknown) => problemsOf(document(allow('s3:*', resource as string)));
const ofValue = (operator: string,
  value: unknown) => problemsOf(document(allow('s3:*', '*', { [operator]: { k: value } })));

const NO_ARN = "is neither an ARN (arn:partition:service:region:account:resource) nor '*'";
const NO_SERVICE = 'does not name its service; AWS allows no wildcard there';
const NO_TYPE = "does not name a type of IAM, such as 'role/'";
const role = (path: string) => `arn:aws:iam::111122223333:${path}`;

describe('a resource that IAM rejects', () => {
  test.each<[string, string]>([
    ['no-arn', NO_ARN],
    ['bucket/*', NO_ARN],
    ['*/*', NO_ARN],
    ['*prod-*', NO_ARN],
    ['aws:s3:::bucket/*', NO_ARN],
    ['s3:::bucket/*', NO_ARN],
    ['arn:amazon:s3:::bucket/*', "has the partition 'amazon', which AWS does not have"],
    ['arn:AWS:s3:::bucket', "has the partition 'AWS', which AWS does not have"],
    ['arn:${PARTITION}:s3:::bucket', "has the partition '${PARTITION}', which AWS does not have"],
    ['arn:aws:s*:::bucket', NO_SERVICE],
    ['arn:aws:*', NO_SERVICE],
    ['arn:aws::::bucket', NO_SERVICE],
    ['arn:aws:iam:us-east-1:111122223333:role/r', "has the region 'us-east-1'; ARNs of IAM have none"],
    [role('*/*'), NO_TYPE],
    [role('example-role'), NO_TYPE],
    [role(''), NO_TYPE],
    ['arn:aws:iam::{$ACCOUNT}:role/eksctl-*', "has '{$ACCOUNT}' in place of an account ID"],
    ['arn:aws:sqs:eu-west-1:{{account}}:q', "has '{{account}}' in place of an account ID"],
    ['arn:aws:s3:eu-west-1::bucket', "has the region 'eu-west-1'; ARNs of buckets have none"],
    ['arn:aws:s3:eu-west-1:111122223333:bucket/*', "has the region 'eu-west-1'; ARNs of buckets have none"],
    ['arn:aws:s3::111122223333:bucket', "has the account '111122223333'; ARNs of buckets have none"],
  ])('%s', (resource, why) => {
    const problem = `invalid at Statement[0].Resource: ${JSON.stringify(resource)} ${why}`;
    expect(ofResource(resource)).toEqual([problem]);
    expect(ofResource(['*', resource])).toEqual([problem]);
  });

  test('also in NotResource; the other statements are read', () => {
    const { Resource, ...statement } = allow('s3:*', '*/*');
    const { policy, problems } = parseSessionPolicy(
      document({ ...statement, NotResource: Resource }, allow('sqs:*')) as unknown as Json, 'P',
    );
    expect(problems).toMatchObject([{ kind: 'invalid', where: 'Statement[0].NotResource' }]);
    expect(policy.statements.map(({ index }) => index)).toEqual([1]);
  });

  const variable = (characters: string | undefined) => ({
    id: 'X', label: '${X}', kind: { name: 'x', characters, minLength: 0, generated: false, example: 'x' },
  });
  test('with a deploy-time value that cannot fix it', () => {
    expect(ofResource(SymbolicString.of('arn:', variable('aws-'), ':iam:us-east-1:', variable('0123456789'),
      ':role/r')))
      .toEqual(["invalid at Statement[0].Resource: \"arn:${X}:iam:us-east-1:${X}:role/r\" has the region 'us-east-1'; "
        + 'ARNs of IAM have none']);
  });

  test.each<[string, unknown]>([
    ['a deploy-time value that may be an ARN', SymbolicString.of(variable(undefined), '/*')],
    ['a deploy-time value in the resource part', SymbolicString.of('arn:aws:iam::111122223333:', variable('role/'))],
  ])('but not with %s', (_name, resource) => {
    expect(ofResource(resource)).toEqual([]);
  });

  test.each([
    '*', '**', '?', '${aws:username}', 'arn:*:s3:::bucket', 'arn:aws*:s3:::bucket', 'arn:aws-iso-x:s3:::bucket',
    'arn:aws:s3:::bucket/*', 'arn:aws:s3:*:*:bucket', 'arn:aws:s3::*:bucket*', 'arn:aws:s3:::bucket:with:colons',
    'arn:aws:s3:eu-west-1:111122223333:accesspoint/a', 'arn:aws:s3::111122223333:accesspoint/a.mrap',
    'arn:aws:s3:eu-west-1:111122223333:job/*', 'arn:aws:sqs:eu-west-1:${aws:PrincipalAccount}:q', 'arn:*:iam::*:*',
    'arn:aws:sqs:eu-west-1:account-id:q', role('*'), role('r*'), role('root'), role('user/${aws:username}'),
    role('newtype/x'), 'arn:aws:iam::aws:policy/*', 'arn:*',
  ])('not %s', (resource) => {
    expect(ofResource(resource)).toEqual([]);
  });
});

describe('a value of a condition that IAM rejects', () => {
  const NO_DATE = 'is not a date: write it as 2026-11-29T00:00:00Z';
  const NO_ADDRESS = 'is not an IP address, or a range in CIDR notation';
  test.each<[string, string, string]>([
    ...['tomorrow', '', '2026-13', '2026-02-32', '2026-01-01T25:00:00Z', '2026-01-01T00:61:00Z', '29.11.2026',
      '2026-11-29 00:00:00', '9223372036854775808']
      .map((value): [string, string, string] => ['DateLessThan', value, NO_DATE]),
    ['ForAnyValue:DateEqualsIfExists', 'x', NO_DATE],
    ...['10.0.0.300/8', '10.0.0/8', '10.0.0.0/33', '10.0.0.0/', 'vpce-0123456789abcdef0', 'localhost', '',
      '2001:db8::/129', '10', 'cafe']
      .map((value): [string, string, string] => ['IpAddress', value, NO_ADDRESS]),
    ['NotIpAddressIfExists', '10.0.0.256', NO_ADDRESS],
  ])('%s %p', (operator, value, why) => {
    const problem = `invalid at Statement[0].Condition.${operator}.k: ${JSON.stringify(value)} ${why}`;
    expect(ofValue(operator, value)).toEqual([problem]);
    expect(ofValue(operator,
      ['2026-01-01', '10.0.0.0/8', value]).filter((found) => found === problem)).toEqual([problem]);
  });

  test.each<[string, unknown]>([
    ...[
      '2026', '2026-11', '2026-11-29', '2026-11-29T00:00:00Z', '2026-11-29t1:00:00.593194+23', '2026-11-29T10:00+01:00',
      '01T', '-292275054', '1764374400', '9223372036854775807', 1764374400, '${aws:TokenIssueTime}',
    ].map((value): [string, unknown] => ['DateGreaterThan', value]),
    ...['10.0.0.0/8', '10.0.0.1', '010.0.0.1', '2001:db8::/32', '::', '::ffff:10.0.0.1', '0.0.0.0/0', '${aws:SourceIp}']
      .map((value): [string, unknown] => ['NotIpAddress', value]),
    ['StringEquals', 'tomorrow'], ['ArnLike', 'my-topic'], ['NumericEquals', 'many'], ['DateEquals', []],
  ])('not %s %p', (operator, value) => {
    expect(ofValue(operator, value)).toEqual([]);
  });
});

test("AWS's own policies have no such problem", () => {
  const found = managedPolicies().flatMap(({
    name,
    document: of,
  }) => problemsOf(of).map((problem) => `${name}: ${problem}`));
  expect(found).toEqual([]);
});
