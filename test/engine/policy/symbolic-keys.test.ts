import { intersectPermissions, Json, parsePolicy, SymbolicMember, SymbolicString } from '../../../lib/engine';
import { evaluate } from '../../../lib/engine/evaluate/evaluate';
import { allow, decide, policy, show, statement, variable } from '../make';

/** A condition on a key whose name ends with a symbolic variable, or on one that is written out. */
function condition(operator: string, prefix: string, id: string | undefined, value: Json): Json {
  const name = SymbolicString.of(prefix, ...(id === undefined ? [] : [variable(id)]));
  const member = typeof name === 'string' ? value : new SymbolicMember(name, value);
  return { [operator]: { [name.toString()]: member } };
}

const TAG = 'aws:ResourceTag/';
const owned = (prefix: string, id: string | undefined, value: Json = 'yes') => (
  [allow('ec2:StopInstances', '*', condition('StringEquals', prefix, id, value))]);

type Owned = Parameters<typeof owned>;

test.each<[string, Owned, Owned, string]>([
  ['the same key', [TAG, 'A'], [TAG, 'A', ['yes', 'no']], 'narrows'],
  ['the same key in other case', ['AWS:resourcetag/', 'A'], [TAG, 'A'], 'narrows'],
  ['a value that the role does not accept', [TAG, 'A', ['yes', 'no']], [TAG, 'A'], 'exceeds: ec2:StopInstances'],
  ['two symbolic variables', [TAG, 'A'], [TAG, 'B'], 'undetermined: Condition'],
  ['ids that differ in case', [TAG, 'A'], [TAG, 'a'], 'undetermined: Condition'],
  ['a key that it may be', [`${TAG}x`, undefined], [TAG, 'A'], 'undetermined: Condition'],
  ['a key of another service that it may be', ['ec2:ResourceTag/x', undefined], [TAG, 'A'], 'undetermined: Condition'],
  ['another prefix', [`${TAG}x/`, 'A'], [`${TAG}y/`, 'A'], 'exceeds: ec2:StopInstances'],
  ['a key that it is not', ['aws:SourceVpc', undefined], [TAG, 'A'], 'exceeds: ec2:StopInstances'],
])('%s', (_name, session, role, expected) => {
  expect(show(decide(owned(...session), owned(...role)))).toMatch(new RegExp(`^${expected}`));
});

test('a request shows the names of keys', () => {
  const verdict = decide(owned(TAG, 'A', ['yes', 'no']), owned(TAG, 'A'));
  if (verdict.kind !== 'exceeds') { throw new Error(verdict.kind); }
  const [{ witness }] = verdict.excesses;
  expect([...witness.context].map(([key, value]) => [witness.keyNames.get(key), value])).toEqual([[`${TAG}\${A}`, 'no']]);
});

test('what is allowed in common keeps the symbolic variables of keys, and prints their labels', () => {
  const { document: { Statement: [common] } } = intersectPermissions([
    [policy(owned(TAG, 'A', ['yes', 'no']))], [policy([allow('ec2:*')])],
  ]);
  expect(JSON.parse(JSON.stringify(common))).toMatchObject({
    Condition: { StringEquals: { [`${TAG}\${A}`]: ['yes', 'no'] } },
  });
  const { policy: again } = parsePolicy({ Version: '2012-10-17', Statement: [common as unknown as Json] }, 'P');
  expect(again.statements[0].conditions[0].key).toBe(statement(owned(TAG, 'A')[0]).conditions[0].key);
});

test.each<[string, object, string]>([
  ['a key that it may be', { 'aws:resourcetag/any': 'yes' }, 'unclear'],
  ['a key that it is not', { 'aws:requesttag/any': 'yes' }, 'implicitDeny'],
  ['no key', {}, 'implicitDeny'],
])('the second opinion on a request with %s', (_name, keys, expected) => {
  const context = new Map(Object.entries(keys));
  const request = { action: 'ec2:StopInstances', resource: 'arn:aws:ec2:::instance/i', context };
  expect(evaluate([policy(owned(TAG, 'A'))], request, () => 'any', 'crosses')).toBe(expected);
});

test.each<[string, Json, string]>([
  ['an element', { Version: '2012-10-17', Statement: [], ...named(1) }, ''],
  ['an element of a statement',
    { Version: '2012-10-17', Statement: [{ ...allow('a:B'), ...named(1) }] }, 'Statement[0]'],
  ['an operator',
    { Version: '2012-10-17', Statement: [allow('a:B', '*', named({ a: 'b' }))] }, 'Statement[0].Condition'],
])('%s whose name is unresolved is a doubt', (_name, document, where) => {
  const { problems } = parsePolicy(document, 'P');
  expect(problems.filter(({ kind }) => kind !== 'missing')).toEqual([
    { kind: 'unknown', where, message: '"${A}" is a deploy-time value' },
  ]);
});

/** A member with an unresolved name. */
function named(value: Json): { readonly [name: string]: Json } {
  return { '${A}': new SymbolicMember(SymbolicString.of(variable('A')) as SymbolicString, value) };
}
