import { allow, association, findingsOf, role, stackOf } from './app';

const ROLE = role([allow('s3:*', '*')]);
const named = (properties: { readonly [name: string]: unknown }) =>
  stackOf({ Role: ROLE, Pods: association(undefined, properties) });

test.each<[string, string, string]>([
  ['Namespace', 'Tenant_A', 'capitals and an underscore'],
  ['Namespace', '-a', 'a hyphen first'],
  ['Namespace', 'a-', 'a hyphen last'],
  ['Namespace', 'a.b', 'a dot'],
  ['Namespace', 'tenant-*', 'a wildcard'],
  ['Namespace', ' a', 'a blank'],
  ['Namespace', 'a\n', 'a line break'],
  ['Namespace', 'é', 'a letter beyond ASCII'],
  ['Namespace', 'a'.repeat(64), 'more than 63 characters'],
  ['ServiceAccount', 'App', 'a capital'],
  ['ServiceAccount', 'a_b', 'an underscore'],
  ['ServiceAccount', '.a', 'a dot first'],
  ['ServiceAccount', 'a.', 'a dot last'],
  ['ServiceAccount', 'a.-b', 'a part that begins with a hyphen'],
  ['ServiceAccount', 'ns:sa', 'a colon'],
  ['ServiceAccount', 'ns/sa', 'a slash'],
  ['ServiceAccount', 'a'.repeat(254), 'more than 253 characters'],
])('%s %j: %s', (property, name) => {
  const findings = findingsOf('InvalidKubernetesName', named({ [property]: name }));
  expect(findings.map((f) => [f.severity, f.association.path, f.property]))
    .toEqual([['error', 'Stack/Pods', property]]);
  for (const said of ['Stack/Pods', `'${name}'`, 'No pods can use this name']) {
    expect(findings[0].message)
      .toContain(said);
  }
  expect(findings[0].message).toContain(property === 'Namespace' ? 'namespace' : 'serviceAccount');
});

test.each<[string, unknown, string]>([
  ['Namespace', 'a', 'one character'],
  ['Namespace', '0', 'one digit'],
  ['Namespace', 'kube-system', 'a hyphen inside'],
  ['Namespace', 'a--b', 'two hyphens inside'],
  ['Namespace', 'a'.repeat(63), '63 characters'],
  ['ServiceAccount', 'a', 'one character'],
  ['ServiceAccount', 'app.team-a.1', 'dots'],
  ['ServiceAccount', 'a'.repeat(253), '253 characters'],
  ['Namespace', { Ref: 'Tenant' }, 'a parameter'],
  ['Namespace', { 'Fn::Sub': 'tenant-${Tenant}' }, 'a text with a parameter in it'],
  ['ServiceAccount', { 'Fn::If': ['Blue', 'a', 'b'] }, 'an undefined condition'],
])('%s %j: %s is fine', (property, name) => {
  expect(findingsOf('InvalidKubernetesName', named({ [property]: name }))).toEqual([]);
});

test('each wrong name of each association', () => {
  const stack = stackOf({
    Role: ROLE,
    A: association(undefined, { Namespace: 'A', ServiceAccount: 'B' }),
    B: association(undefined, { Namespace: 'a' }),
    C: association(undefined, { ServiceAccount: 'C' }),
  });
  expect(findingsOf('InvalidKubernetesName', stack).map((f) => [f.association.path, f.property])).toEqual([
    ['Stack/A', 'Namespace'], ['Stack/A', 'ServiceAccount'], ['Stack/C', 'ServiceAccount'],
  ]);
});

test('a name that a condition of the template chooses: the wrong one of the two', () => {
  const stack = named({ Namespace: { 'Fn::If': ['Blue', 'Blue_', 'green'] } });
  const Conditions = { Blue: { 'Fn::Equals': [{ Ref: 'Color' }, 'blue'] } };
  const findings = findingsOf('InvalidKubernetesName', { ...stack, template: { ...stack.template, Conditions } });
  expect(findings.map((f) => f.message)).toEqual([expect.stringContaining("'Blue_'")]);
});
