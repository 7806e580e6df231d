import { allow, association, findingsOf, role, stackOf, US } from './app';

const READ = allow('s3:GetObject', '*');
const THERE = 'arn:aws:iam::444455556666:role/data';
const on = (RoleArn: unknown, more = {}) => ({ Pods: association(undefined, { RoleArn, ...more }) });

const exported = { Role: { Value: { 'Fn::GetAtt': ['Role', 'Arn'] }, Export: { Name: 'the-role' } } };

test.each([
  ['an imported role', [stackOf(on(THERE), US)]],
  ['an ARN with a partition',
    [stackOf(on({ 'Fn::Sub': 'arn:${AWS::Partition}:iam::444455556666:role/data' }), { account: '111122223333' })]],
  ['a name that the deployment knows', [stackOf(on({ 'Fn::Sub': 'arn:aws:iam::444455556666:role/${Name}' }), US)]],
  ['with a target role', [stackOf(on(THERE, { TargetRoleArn: THERE }), US)]],
  ['a role of a stack of that account', [
    stackOf(on('arn:aws:iam::444455556666:role/data'), US),
    stackOf({ Role: role([READ], { RoleName: 'data' }) }, { ...US, id: 'Other', account: '444455556666' }),
  ]],
])('%s', (_name, stacks) => {
  const findings = findingsOf('RoleInAnotherAccount', ...stacks);
  expect(findings.map((f) => f.severity)).toEqual(['error']);
  expect(findings[0].message).toMatch(
    /^Stack\/Pods is deployed to account 111122223333, .* is in account 444455556666\. .*"Cross-account pass role is not allowed" \(403\)/,
  );
});

test.each([
  ['the same account', stackOf(on('arn:aws:iam::111122223333:role/data'), US)],
  ['a stack that may be deployed anywhere', stackOf(on(THERE))],
  ['a role of the app', stackOf({ ...on({ 'Fn::GetAtt': ['Role', 'Arn'] }), Role: role([READ]) }, US)],
  ['the account of the deployment', stackOf(on({ 'Fn::Sub': 'arn:aws:iam::${AWS::AccountId}:role/data' }), US)],
  ['a parameter', stackOf(on({ Ref: 'RoleArn' }), US)],
  ['an account from a parameter', stackOf(on({ 'Fn::Sub': 'arn:aws:iam::${Account}:role/data' }), US)],
  ['a service of unknown text before the account',
    stackOf(on({ 'Fn::Sub': 'arn:aws:${Service}::444455556666:role/data' }), US)],
  ['a role of another stack of the account', stackOf(on({ 'Fn::ImportValue': 'the-role' }), US)],
  ['no ARN', stackOf(on('data'), US)],
  ['a target role in another account',
    stackOf(on('arn:aws:iam::111122223333:role/data', { TargetRoleArn: THERE }), US)],
])('%s: nothing to say', (_name, stack) => {
  const other = { ...stackOf({ Role: role([READ]) }, { ...US, id: 'Other' }) };
  expect(findingsOf('RoleInAnotherAccount', stack, { ...other, template: { ...other.template, Outputs: exported } }))
    .toEqual([]);
});
