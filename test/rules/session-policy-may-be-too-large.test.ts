import { allow, association, findingsOf, policy, stackOf, US } from './app';
import { StackTemplate, Template } from '../../lib/template/template-set';

const parameter = (name: string) => ({ Ref: name });
const arn = (type: string, logicalId: string) => ({
  'Fn::GetAtt': [logicalId, type === 'AWS::SNS::Topic' ? 'TopicArn' : 'Arn'],
});

/** An association whose session policy allows `s3:GetObject` on these resources. */
function at(
  resources: readonly unknown[], types: readonly string[] = [], more: Partial<StackTemplate> = {},
): StackTemplate {
  const [before, after] = JSON.stringify(policy(allow('s3:GetObject', ['@']))).split('@');
  const list = resources.flatMap((resource, i) => (i === 0 ? [resource] : ['","', resource]));
  const role = { RoleArn: 'arn:aws:iam::111122223333:role/platform' };
  const own = Object.fromEntries(types.map((Type, i) => [`R${i}`, { Type }])) as Template['Resources'];
  return stackOf(
    {
      Pods: association(undefined, {
        ...role, Policy: { 'Fn::Join': ['', [before, ...list, after]] }, DisableSessionTags: true,
      }),
      ...own,
    },
    more,
  );
}

/** The stack with a default for its parameter `A`. */
function withDefault(stack: StackTemplate, Default: string): StackTemplate {
  return { ...stack, template: { ...stack.template, Parameters: { A: { Type: 'String', Default } } } };
}

const times = <T>(n: number, item: (i: number) => T) => Array.from({ length: n }, (_, i) => item(i));
const literal = (n: number) => times(
  n, (i) => `arn:aws:s3:::a-bucket-of-ours-with-a-name/${String(i).padStart(3, '0')}/*`,
); // 49 with its comma and quotes

const BUCKETS = ['AWS::S3::Bucket', 'AWS::S3::Bucket'];
const buckets = () => [arn('AWS::S3::Bucket', 'R0'), arn('AWS::S3::Bucket', 'R1')];

test.each<[string, StackTemplate, RegExp]>([
  ['generated names', at([...literal(38), ...buckets()], BUCKETS, { ...US, name: 'orders' }), // orders-r0-abcdefghijk1
    /^The session policy of Stack\/Pods is expected to have 2,070 characters \(2,032 to 2,152 are possible\); EKS accepts at most 2,048\. Its length depends on \$\{Stack\/R0\} \(3 to 63 characters, 22 expected\), \$\{Stack\/R1\} \(3 to 63 characters, 22 expected\)\. If/],
  ['generated names of a stack without a name', at([...literal(38), ...buckets()], BUCKETS, US),
    /^The session policy of Stack\/Pods has 2,032 to 2,152 characters; EKS accepts at most 2,048\. Its length depends on \$\{Stack\/R0\} \(3 to 63 characters\), \$\{Stack\/R1\} \(3 to 63 characters\)\. If/],
  ['parameters with a default', withDefault(at([...literal(38), parameter('A')]), 'arn:aws:s3:::data-of-dev'),
    /is expected to have 2,021 characters \(1,997 or more are possible\);.*\$\{A\} \(any number of characters, 24 expected\)/],
  ['parameters',
    at([...literal(38), parameter('A'), parameter('A')]),
    /has at least 2,000 characters and may have more;.*\$\{A\} \(any number of characters, 2 times\)/],
  ['an environment', at(times(30, () => arn('AWS::SNS::Topic', 'R0')), ['AWS::SNS::Topic']),
    /depends on \$\{Stack\/R0\} \(1 to 256 characters, 30 times\), \$\{AWS::Region\} \(9 to 20 characters, 10 expected, 30 times\), \$\{AWS::Partition\} \(3 to 10 characters, 3 expected, 30 times\)\. If/],
  ['many values', at(times(40, (i) => parameter(`P${i}`))), /\$\{P2\} \(any number of characters\), 37 more\. If/],
])('%s', (_name, stack, message) => {
  const findings = findingsOf('SessionPolicyMayBeTooLarge', stack);
  expect(findings.map((f) => f.severity)).toEqual(['warning']);
  expect(findings[0].message).toMatch(message);
});

test.each<[string, StackTemplate]>([
  ['a parameter in a small policy', at([parameter('A')])],
  ['twelve parameters', at(times(12, (i) => parameter(`P${i}`)))],
  ['names that would have to be longer than names are',
    at(times(12, (i) => arn('AWS::SNS::Topic', `R${i}`)), times(12, () => 'AWS::SNS::Topic'), US)],
  ['names that are expected to be shorter than names may be',
    at(times(20, (i) => arn('AWS::SNS::Topic', `R${i}`)), times(20, () => 'AWS::SNS::Topic'), { ...US, name: 'orders' })],
  ['literal text', at(literal(38), [], US)],
  ['certainly too long: SessionPolicyTooLarge says it', at([...literal(60), parameter('A')])],
  ['no session policy', stackOf({ Pods: association(undefined) })],
])('%s: nothing to say', (_name, stack) => {
  expect(findingsOf('SessionPolicyMayBeTooLarge', stack)).toEqual([]);
});

describe('at the limit', () => {
  const TOPICS = 9;
  /** Nine topics with generated names, and a bucket whose name makes the policy as long as is expected. */
  const expecting = (length: number) => {
    const topics = times(TOPICS, (i) => `arn:aws:sns:us-east-1:111122223333:orders-R${i}-abcdefghijk1`);
    const rest = JSON.stringify(policy(allow('s3:GetObject', [...topics, 'arn:aws:s3:::']))).length;
    const types = times(TOPICS, () => 'AWS::SNS::Topic');
    const resources = [...types.map((type, i) => arn(type, `R${i}`)), `arn:aws:s3:::${'x'.repeat(length - rest)}`];
    return findingsOf('SessionPolicyMayBeTooLarge', at(resources, types, { ...US, name: 'orders' }));
  };

  test('a policy that fits unless a random part has 13 characters is reported', () => {
    expect(expecting(2048)[0].message).toMatch(/is expected to have 2,048 characters/);
    expect(expecting(2048 - TOPICS + 1)[0].message).toMatch(/is expected to have 2,040 characters/);
  });

  test('a policy that fits even then is not', () => {
    expect(expecting(2048 - TOPICS)).toEqual([]);
  });
});
