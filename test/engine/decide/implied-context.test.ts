import { impliedContext, Layer, Principal, RequestCatalog, SymbolicString } from '../../../lib/engine';
import { allow, condition, policy, variable } from '../make';

const HERE = '${Region}:${Account}';

const CATALOG: RequestCatalog = {
  asOf: '2026-11-01',
  services: new Map([
    ['sqs', [
      { name: 'SendMessage', resources: [`arn:\${Partition}:sqs:${HERE}:\${QueueName}`] },
      { name: 'ListQueues', resources: [] },
    ]],
    ['s3', [{
      name: 'GetObject',
      resources: [
        'arn:${Partition}:s3:::${BucketName}/${ObjectName}', `arn:\${Partition}:s3:${HERE}:accesspoint/\${Name}/object/*`,
      ],
    }]],
    ['iam', [{ name: 'GetRole', resources: ['arn:${Partition}:iam::${Account}:role/${RoleNameWithPath}'] }]],
    ['dynamodb', [{ name: 'ListTables', resources: [`arn:\${Partition}:dynamodb:${HERE}:table/\${*}`] }]],
    ['ec2', [{
      name: 'CopySnapshot',
      resources: ['arn:${Partition}:ec2:${Region}::snapshot/${SnapshotId}'],
      untiedKeys: ['aws:requestedregion'],
    }]],
  ]),
};

const ROLE = 'arn:aws:iam::111122223333:role/reader';
const OF_ANY_ROLE = ['aws:principaltype=AssumedRole', 'aws:principalisawsservice=false'];
const ACCOUNT = '<account of the role>';
const OF_UNKNOWN_ROLE = [
  `aws:principalaccount=${ACCOUNT}`, `aws:principalarn=arn:<partition of the role>:iam::${ACCOUNT}:role/<name of the role>`,
];

/** The keys with their values, in the order of their names. */
function implied(action: string, resource: string, given: Principal = {}, layers: readonly Layer[] = []): string[] {
  const context = impliedContext(layers, action, resource, CATALOG, given);
  return [...context].map(([key, value]) => `${key}=${value.toString()}`).sort();
}

/** What follows from the action and the resource alone. */
const ofResource = (action: string, resource: string) => (
  implied(action, resource).filter((pair) => ![...OF_ANY_ROLE, ...OF_UNKNOWN_ROLE].includes(pair)).join(' '));

describe('what follows from the role', () => {
  test.each<[string, Principal, string[]]>([
    ['nothing is known of it', {}, OF_UNKNOWN_ROLE],
    ['its ARN', { arn: ROLE }, [`aws:principalarn=${ROLE}`, 'aws:principalaccount=111122223333']],
    ['its account', { account: '111122223333' },
      ['aws:principalaccount=111122223333', 'aws:principalarn=arn:<partition of the role>:iam::111122223333:role/<name of the role>']],
    ['a symbolic ARN does not tell the account', { arn: SymbolicString.of(variable('R')) },
      ['aws:principalarn=${R}', OF_UNKNOWN_ROLE[0]]],
    ['symbolic values of both', { arn: SymbolicString.of(variable('R')), account: SymbolicString.of(variable('A')) },
      ['aws:principalarn=${R}', 'aws:principalaccount=${A}']],
  ])('%s', (_name, given, expected) => {
    expect(implied('sqs:ListQueues', '*', given)).toEqual([...expected, ...OF_ANY_ROLE].sort());
  });

  test('an organization that is only assumed is left out', () => {
    const policies = [policy([allow('sqs:*', '*', condition('StringEquals aws:PrincipalOrgID o-a1b2c3d4e5'))])];
    expect(implied('sqs:ListQueues', '*', {}, [{ name: 'identity policies', policies, gaps: [] }]))
      .toEqual([...OF_ANY_ROLE, ...OF_UNKNOWN_ROLE].sort());
  });
});

test.each<[string, string, string, string]>([
  ['the region and the account of the ARN', 'sqs:SendMessage', 'arn:aws:sqs:eu-west-1:444455556666:q',
    'aws:requestedregion=eu-west-1 aws:resourceaccount=444455556666'],
  ['an action in another case', 'SQS:sendmessage', 'arn:aws:sqs:eu-west-1:444455556666:q',
    'aws:requestedregion=eu-west-1 aws:resourceaccount=444455556666'],
  ['an ARN without a region', 'iam:GetRole', 'arn:aws:iam::444455556666:role/a/b', 'aws:resourceaccount=444455556666'],
  ['an ARN with neither', 's3:GetObject', 'arn:aws:s3:::b/k', ''],
  ['another form of the same action', 's3:GetObject', 'arn:aws:s3:eu-west-1:444455556666:accesspoint/a/object/b:c',
    'aws:requestedregion=eu-west-1 aws:resourceaccount=444455556666'],
  ['a form with a literal asterisk', 'dynamodb:ListTables', 'arn:aws:dynamodb:eu-west-1:444455556666:table/*',
    'aws:requestedregion=eu-west-1 aws:resourceaccount=444455556666'],
  ['an ARN that only looks like that form',
    'dynamodb:ListTables', 'arn:aws:dynamodb:eu-west-1:444455556666:table/t', ''],
  ['a region that does not follow from the ARN', 'ec2:CopySnapshot', 'arn:aws:ec2:eu-west-1::snapshot/snap-1', ''],
  ['no resource', 'sqs:ListQueues', '*', ''],
  ['an ARN that the action is not asked about', 'sqs:SendMessage', 'arn:aws:sns:eu-west-1:444455556666:t', ''],
  ['an action that the catalog does not have', 'sqs:New', 'arn:aws:sqs:eu-west-1:444455556666:q', ''],
  ['a service that it does not have', 'new:Act', 'arn:aws:new:eu-west-1:444455556666:q', ''],
  ['an empty account', 'sqs:SendMessage', 'arn:aws:sqs:eu-west-1::q', 'aws:requestedregion=eu-west-1'],
])('what follows from the resource: %s', (_name, action, resource, expected) => {
  expect(ofResource(action, resource)).toBe(expected);
});
