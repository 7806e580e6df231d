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

const times = <T>(n: number, item: (i: number) => T) => Array.from({ length: n }, (_, i) => item(i));
const literal = (n: number) => times(
  n, (i) => `arn:aws:s3:::a-bucket-of-ours-with-a-name/${String(i).padStart(3, '0')}/*`,
); // 49 with its comma and quotes

test.each<[string, StackTemplate, RegExp]>([
  ['generated names',
    at(
      [...literal(38), arn('AWS::S3::Bucket', 'R0'), arn('AWS::S3::Bucket', 'R1')],
      ['AWS::S3::Bucket', 'AWS::S3::Bucket'], US,
    ),
    /^The session policy of Stack\/Pods has 2032 to 2152 characters; EKS takes 2048\. How many it is, depends on \$\{Stack\/R0\} \(3 to 63 characters\), \$\{Stack\/R1\} \(3 to 63 characters\)\. If/],
  ['parameters',
    at([...literal(38), parameter('A'), parameter('A')]),
    /has 2000 characters or more, without an upper bound;.*\$\{A\} \(any number of characters, 2 times\)/],
  ['an environment', at(times(30, () => arn('AWS::SNS::Topic', 'R0')), ['AWS::SNS::Topic']),
    /depends on \$\{Stack\/R0\} \(1 to 256 characters, 30 times\), \$\{AWS::Region\} \(9 to 20 characters, 30 times\), \$\{AWS::Partition\} \(3 to 10 characters, 30 times\)\. If/],
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
  ['literal text', at(literal(38), [], US)],
  ['certainly too long: SessionPolicyTooLarge says it', at([...literal(60), parameter('A')])],
  ['no session policy', stackOf({ Pods: association(undefined) })],
])('%s: nothing to say', (_name, stack) => {
  expect(findingsOf('SessionPolicyMayBeTooLarge', stack)).toEqual([]);
});
