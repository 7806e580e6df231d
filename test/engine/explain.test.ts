import { allow, deny, policy, statement, StatementJson } from './make';
import { explainRequest, explainStatement, Layer, Request } from '../../lib/engine';

type Key = [string, string | string[]];
const request = (action: string, resource: string, ...context: Key[]): Request => ({ action, resource, context: new Map(context) });
const X = request('s3:GetObject', 'arn:aws:s3:::b/x');
const NO_VALUES = () => '';

test.each<[string, StatementJson, Request, string]>([
  ['all matches', allow('s3:*', 'arn:aws:s3:::b/*'), X, 'yes: action yes, resource yes'],
  ['the action does not', allow('s3:Put*'), X, 'no: action no, resource yes'],
  ['the resource does not', allow('s3:*', 'arn:aws:s3:::c/*'), X, 'no: action yes, resource no'],
  ['neither does', deny('s3:Put*', 'arn:aws:s3:::c/*'), X, 'no: action no, resource no'],
  ['one of two conditions', allow('*', '*', { StringEquals: { k: 'a', l: 'b' } }), request('s3:GetObject', '*', ['k', 'a']), 'no: action yes, resource yes, k yes, l no'],
  ['several values', allow('*', '*', { 'ForAllValues:StringLike': { k: 'a*' } }), request('s3:GetObject', '*', ['k', ['a', 'ab']]), 'yes: action yes, resource yes, k yes'],
  ['one value of several', allow('*', '*', { 'ForAllValues:StringLike': { k: 'a*' } }), request('s3:GetObject', '*', ['k', ['a', 'b']]), 'no: action yes, resource yes, k no'],
  ['readings that differ', allow('*', 'arn:aws:a*:::b:c'), request('a:X', 'arn:aws:a::::b:c'), 'unclear: action yes, resource unclear'],
  ['readings that differ, where it makes no difference', allow('b:*', 'arn:aws:a*:::b:c'), request('a:X', 'arn:aws:a::::b:c'), 'no: action no, resource unclear'],
  ['a condition that is unclear', allow('*', '*', { StringEquals: { k: 'a' } }), request('s3:GetObject', '*', ['k', ['a', 'b']]), 'unclear: action yes, resource yes, k unclear'],
])('a statement: %s', (_, json, asked, expected) => {
  const { match, action, resource, conditions } = explainStatement(statement(json), asked, NO_VALUES);
  expect([`${match}: action ${action}`, `resource ${resource}`, ...conditions.map((c) => `${c.entry.key} ${c.match}`)].join(', ')).toBe(expected);
});

const layer = (name: Layer['name'], ...statements: StatementJson[]): Layer => ({ name, policies: [policy(statements)], unknown: [] });
const incomplete = (of: Layer): Layer => ({ ...of, unknown: [{ code: 'UnclearPolicy', message: 'm', resolution: 'r' }] });
const [ALLOW, DENY, OTHER, UNCLEAR] = [allow('s3:*'), deny('s3:Get*'), allow('sqs:*'), allow('*', 'arn:aws:s3*')];

test.each<[string, Layer[], string]>([
  ['no layers', [], 'allowed:'],
  ['all allow', [layer('session policy', ALLOW), layer('identity policies', OTHER, ALLOW)], 'allowed: allowed allowed'],
  ['one does not', [layer('session policy', OTHER), layer('identity policies', ALLOW)], 'implicitDeny: implicitDeny allowed'],
  ['a denial wins', [layer('session policy', OTHER), layer('identity policies', ALLOW, DENY)], 'explicitDeny: implicitDeny explicitDeny'],
  ['one is unclear', [layer('session policy', ALLOW), layer('identity policies', UNCLEAR)], 'unclear: allowed unclear'],
  ['one is unclear and one does not', [layer('session policy', UNCLEAR), layer('permissions boundary')], 'implicitDeny: unclear implicitDeny'],
  ['what is missing may deny', [incomplete(layer('identity policies', ALLOW))], 'unclear: unclear'],
  ['what is missing may allow', [incomplete(layer('identity policies', OTHER))], 'unclear: unclear'],
  ['what is missing cannot take a denial away', [incomplete(layer('identity policies', DENY))], 'explicitDeny: explicitDeny'],
])('layers: %s', (_, layers, expected) => {
  const { outcome, layers: explained } = explainRequest(layers, X, NO_VALUES);
  expect(explained.map((l) => [l.layer, l.statements.map((s) => s.statement)])).toEqual(
    layers.map((l) => [l.name, l.policies.flatMap((p) => p.statements)]),
  );
  expect([`${outcome}:`, ...explained.map((l) => l.outcome)].join(' ')).toBe(expected);
});
