import { allow, association, findingsIn, findingsOf, role, stackOf, US } from './app';

const ROLE = role([allow('s3:*', '*')]);
const READ = allow('s3:GetObject', 'arn:aws:s3:::data/*');
const OTHER = { id: 'Other', pathOf: (id: string) => `Other/${id}` };
const pods = (properties = {}, resource = {}) => ({ ...association(undefined, properties), ...resource });
const twice = (properties: { readonly [name: string]: unknown }, second = properties) =>
  [stackOf({ Role: ROLE, A: pods(properties), B: pods(second) })];
const CLUSTER = { Type: 'AWS::EKS::Cluster' };
const IF_BLUE = { Condition: 'Blue' };
const CONDITIONS = {
  Blue: { 'Fn::Equals': [{ Ref: 'Color' }, 'blue'] },
  Green: { 'Fn::Equals': [{ Ref: 'Color' }, 'green'] },
};

/** The stack of these associations, which may stand under the conditions `Blue` and `Green`. */
function conditional(first: object, second: object) {
  const stack = stackOf({ Role: ROLE, A: pods({}, first), B: pods({}, second) });
  return [{ ...stack, template: { ...stack.template, Conditions: CONDITIONS } }];
}

/** Who the message names, the association of the finding first. */
const named = (...stacks: ReturnType<typeof stackOf>[]) =>
  findingsOf('DuplicateAssociation', ...stacks).map((f) => /^(\S+) and (\S+) /.exec(f.message)?.slice(1).join(' '));

test('the message names both, the service account and what EKS answers', () => {
  const findings = findingsOf('DuplicateAssociation', ...twice({}));
  expect(findings.map((f) => [f.severity, f.association.path, f.property]))
    .toEqual([['error', 'Stack/B', 'ServiceAccount']]);
  for (const said of ['Stack/A', 'Stack/B', "'sa'", "'ns'", "'prod'", 'Association already exists', '409']) {
    expect(findings[0].message).toContain(said);
  }
  expect(findings[0].fix).toContain('Stack/B');
});

test('the message tells associations of equal logical ids in two templates apart', () => {
  const template = (id: string) => stackOf({ Role: ROLE, Pods: pods() }, { id, pathOf: (logicalId) => logicalId });
  const [{ message }] = findingsOf('DuplicateAssociation', template('a.json'), template('b.json'));
  expect(message).toMatch(/^Pods \(b\.json\) and Pods \(a\.json\) are both for/);
});

test.each<[string, ReturnType<typeof stackOf>[], string[]]>([
  ['two of one stack', twice({}), ['Stack/B Stack/A']],
  ['three of one stack', [stackOf({ Role: ROLE, A: pods(), B: pods(), C: pods() })],
    ['Stack/B Stack/A', 'Stack/C Stack/A']],
  ['two pairs', [stackOf({
    Role: ROLE, A: pods(), B: pods({ ServiceAccount: 'other' }), C: pods(), D: pods({ ServiceAccount: 'other' }),
  })], ['Stack/C Stack/A', 'Stack/D Stack/B']],
  ['two stacks', [stackOf({ Role: ROLE, A: pods() }), stackOf({ Role: ROLE, A: pods() }, OTHER)], ['Other/A Stack/A']],
  ['two stacks of one environment, in two stages', ['Beta', 'Prod'].map((assembly) =>
    stackOf({ Role: ROLE, A: pods() }, { ...US, id: assembly, assembly, pathOf: (id) => `${assembly}/${id}` })),
  ['Prod/A Beta/A']],
  ['roles of their own', twice({}, { RoleArn: 'arn:aws:iam::111122223333:role/platform' }), ['Stack/B Stack/A']],
  ['one with a session policy', [stackOf({ Role: ROLE, A: association([READ]), B: pods() })], ['Stack/B Stack/A']],
  ['a cluster of the app', [stackOf({
    Role: ROLE,
    Cluster: CLUSTER,
    A: pods({ ClusterName: { Ref: 'Cluster' } }),
    B: pods({ ClusterName: { Ref: 'Cluster' } }),
  })], ['Stack/B Stack/A']],
  ['a name from one parameter', twice({ Namespace: { Ref: 'Tenant' } }), ['Stack/B Stack/A']],
  ['a name that has a parameter in it, in two notations', twice(
    { Namespace: { 'Fn::Sub': 'tenant-${Tenant}' } },
    { Namespace: { 'Fn::Join': ['-', ['tenant', { Ref: 'Tenant' }]] } },
  ), ['Stack/B Stack/A']],
  ['the same condition', conditional(IF_BLUE, IF_BLUE), ['Stack/B Stack/A']],
])('%s', (_name, stacks, expected) => {
  expect(named(...stacks)).toEqual(expected);
});

test.each<[string, ReturnType<typeof stackOf>[]]>([
  ['one association', [stackOf({ Role: ROLE, A: pods() })]],
  ['another service account', twice({}, { ServiceAccount: 'other' })],
  ['another namespace', twice({}, { Namespace: 'other' })],
  ['another cluster', twice({}, { ClusterName: 'other' })],
  ['a namespace and a service account that make the same text', twice(
    { Namespace: 'a', ServiceAccount: 'b-c' }, { Namespace: 'a-b', ServiceAccount: 'c' },
  )],
  ['another cluster of the app', [stackOf({
    Role: ROLE,
    One: CLUSTER,
    Two: CLUSTER,
    A: pods({ ClusterName: { Ref: 'One' } }),
    B: pods({ ClusterName: { Ref: 'Two' } }),
  })]],
  ['a name from another parameter', twice({ Namespace: { Ref: 'Tenant' } }, { Namespace: { Ref: 'OtherTenant' } })],
  ['parameters of two stacks', [
    stackOf({ Role: ROLE, A: pods({ Namespace: { Ref: 'Tenant' } }) }),
    stackOf({ Role: ROLE, A: pods({ Namespace: { Ref: 'Tenant' } }) }, OTHER),
  ]],
  ['a parameter and a text that it may be', twice({ Namespace: { Ref: 'Tenant' } }, { Namespace: 'ns' })],
  ['another region', [
    stackOf({ Role: ROLE, A: pods() }, US),
    stackOf({ Role: ROLE, A: pods() }, { ...US, ...OTHER, region: 'eu-west-1' }),
  ]],
  ['another account', [
    stackOf({ Role: ROLE, A: pods() }, US),
    stackOf({ Role: ROLE, A: pods() }, { ...US, ...OTHER, account: '444455556666' }),
  ]],
  ['two stages that may go to accounts of their own', ['Beta', 'Prod'].map((assembly) =>
    stackOf({ Role: ROLE, A: pods() }, { id: assembly, assembly }))],
  ['two conditions, which may exclude each other', conditional(IF_BLUE, { Condition: 'Green' })],
])('%s: nothing to say', (_name, stacks) => {
  expect(named(...stacks)).toEqual([]);
});

test('it is found beside what other rules find in the same association', () => {
  const stack = stackOf({ Role: ROLE, A: pods(), B: pods({ Policy: 'no JSON', DisableSessionTags: true }) });
  expect(findingsIn(stack).filter((f) => f.association.path === 'Stack/B').map((f) => f.rule))
    .toEqual(expect.arrayContaining(['DuplicateAssociation', 'InvalidSessionPolicy']));
});
