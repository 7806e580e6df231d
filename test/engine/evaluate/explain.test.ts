import { explainRequest, explainStatement, Layer, OpenValues, Request, SymbolicString } from '../../../lib/engine';
import { allow, BUCKET, deny, policy, statement, StatementJson, Target, variable } from '../make';

type Key = [string, string | string[]];
const request = (action: string, resource: string, ...context: Key[]): Request => ({
  action, resource, context: new Map(context),
});
const X = request('s3:GetObject', 'arn:aws:s3:::b/x');
const NO_VALUES = new OpenValues();

test.each<[string, StatementJson, Request, string]>([
  ['all matches', allow('s3:*', 'arn:aws:s3:::b/*'), X, 'yes: action yes, resource yes'],
  ['the action does not', allow('s3:Put*'), X, 'no: action no, resource yes'],
  ['the resource does not', allow('s3:*', 'arn:aws:s3:::c/*'), X, 'no: action yes, resource no'],
  ['neither does', deny('s3:Put*', 'arn:aws:s3:::c/*'), X, 'no: action no, resource no'],
  ['one of two conditions', allow('*', '*', { StringEquals: { k: 'a', l: 'b' } }),
    request('s3:GetObject', '*', ['k', 'a']), 'no: action yes, resource yes, k yes, l no'],
  ['several values', allow('*', '*', { 'ForAllValues:StringLike': { k: 'a*' } }),
    request('s3:GetObject', '*', ['k', ['a', 'ab']]), 'yes: action yes, resource yes, k yes'],
  ['one value of several', allow('*', '*', { 'ForAllValues:StringLike': { k: 'a*' } }),
    request('s3:GetObject', '*', ['k', ['a', 'b']]), 'no: action yes, resource yes, k no'],
  ['readings that differ', allow('*', 'arn:aws:a*:::b:c'), request('a:X', 'arn:aws:a::::b:c'),
    'unclear: action yes, resource unclear'],
  ['readings that differ, where it makes no difference', allow('b:*', 'arn:aws:a*:::b:c'),
    request('a:X', 'arn:aws:a::::b:c'), 'no: action no, resource unclear'],
  ['a condition that is unclear', allow('*', '*', { StringEquals: { k: 'a' } }),
    request('s3:GetObject', '*', ['k', ['a', 'b']]), 'unclear: action yes, resource yes, k unclear'],
])('a statement: %s', (_, json, asked, expected) => {
  const { match, action, resource, conditions } = explainStatement(statement(json), asked, NO_VALUES);
  expect([
    `${match}: action ${action}`, `resource ${resource}`, ...conditions.map((c) => `${c.entry.key} ${c.match}`),
  ].join(', ')).toBe(expected);
});

const layer = (name: Layer['name'], ...statements: StatementJson[]): Layer => ({
  name, policies: [policy(statements)], gaps: [],
});
const incomplete = (of: Layer): Layer => ({ ...of, gaps: [{ code: 'UnclearPolicy', message: 'm', resolution: 'r' }] });
const [ALLOW, DENY, OTHER, UNCLEAR] = [allow('s3:*'), deny('s3:Get*'), allow('sqs:*'), allow('*', 'arn:aws:s3*')];

test.each<[string, Layer[], string]>([
  ['no layers', [], 'allowed:'],
  ['all allow', [layer('session policy', ALLOW), layer('identity policies', OTHER, ALLOW)], 'allowed: allowed allowed'],
  ['one does not', [layer('session policy', OTHER), layer('identity policies', ALLOW)],
    'implicitDeny: implicitDeny allowed'],
  ['a denial wins', [layer('session policy', OTHER), layer('identity policies', ALLOW, DENY)],
    'explicitDeny: implicitDeny explicitDeny'],
  ['one is unclear', [layer('session policy', ALLOW), layer('identity policies', UNCLEAR)], 'unclear: allowed unclear'],
  ['one is unclear and one does not', [layer('session policy', UNCLEAR), layer('permissions boundary')],
    'implicitDeny: unclear implicitDeny'],
  ['what is missing may deny', [incomplete(layer('identity policies', ALLOW))], 'unclear: unclear'],
  ['what is missing may allow', [incomplete(layer('identity policies', OTHER))], 'unclear: unclear'],
  ['what is missing cannot take a denial away', [incomplete(layer('identity policies', DENY))],
    'explicitDeny: explicitDeny'],
])('layers: %s', (_, layers, expected) => {
  const { outcome, layers: explained } = explainRequest(layers, X, NO_VALUES);
  expect(explained.map((l) => [l.layer, l.statements.map((s) => s.statement)])).toEqual(
    layers.map((l) => [l.name, l.policies.flatMap((p) => p.statements)]),
  );
  expect([`${outcome}:`, ...explained.map((l) => l.outcome)].join(' ')).toBe(expected);
});

const [NAMED, ANYTHING, OTHER_NAME] = [variable('Bucket', BUCKET), variable('Param'), variable('Other', BUCKET)];
const arn = (...rest: Array<string | typeof NAMED>) => SymbolicString.of('arn:aws:s3:::', ...rest);

/** What is said holds whatever the values are. */
test.each<[string, StatementJson, string | SymbolicString, string]>([
  ['a name, of a text', allow('s3:*', arn(NAMED, '/*')), 'arn:aws:s3:::b/x', 'unclear ${Bucket}'],
  ['a name that does not fit', allow('s3:*', arn(NAMED)), 'arn:aws:s3:::b/x', 'no '],
  ['any value fits', allow('s3:*', arn(ANYTHING)), 'arn:aws:s3:::b/x', 'unclear ${Param}'],
  ['what is around a value does not fit', allow('s3:*', arn(ANYTHING, '/y')), 'arn:aws:s3:::b/x', 'no '],
  ['the same value', allow('s3:*', arn(NAMED, '/*')), arn(NAMED, '/x'), 'yes '],
  ['the same value in another place', allow('s3:*', arn('*', NAMED)), arn('a-', NAMED), 'yes '],
  ['another value', allow('s3:*', arn(NAMED, '/*')), arn(OTHER_NAME, '/x'), 'unclear ${Bucket} ${Other}'],
  ['a wildcard for a value', allow('s3:*', arn('*')), arn(NAMED, '/x'), 'yes '],
  ['one character for a value', allow('s3:*', arn('?')), arn(NAMED), 'unclear ${Bucket}'],
  ['a value in a field that may have colons', allow('s3:*', SymbolicString.of('arn:aws:sqs:', ANYTHING, ':1:*')),
    SymbolicString.of('arn:aws:sqs:', ANYTHING, ':1:q'), 'unclear ${Param}'],
  ['one of several', allow('s3:*', ['arn:aws:s3:::b/*', arn(NAMED, '/*')]), 'arn:aws:s3:::b/x', 'yes '],
  ['none but these', { Effect: 'Allow', Action: 's3:*', NotResource: arn(NAMED, '/*') }, 'arn:aws:s3:::b/x',
    'unclear ${Bucket}'],
  ['only those that may be', allow('s3:*', [arn(NAMED, '/y'), arn(OTHER_NAME, '/x')]),
    'arn:aws:s3:::b/x', 'unclear ${Other}'],
  ['another action', allow('sqs:*', arn(NAMED, '/*')), 'arn:aws:s3:::b/x', 'no '],
  ['a whole resource', allow('s3:*', SymbolicString.of(ANYTHING)), 'arn:aws:s3:::b/x', 'unclear ${Param}'],
  ['a condition', allow('s3:*', '*', { StringLike: { k: SymbolicString.of('a', ANYTHING) } }), '*', 'unclear ${Param}'],
  ['a condition that cannot hold',
    allow('s3:*', '*', { StringLike: { k: SymbolicString.of('b', ANYTHING) } }), '*', 'no '],
  ['an equal value', allow('s3:*', '*', { StringEqualsIgnoreCase: { k: SymbolicString.of('A', ANYTHING) } }),
    '*', 'unclear ${Param}'],
  ['a value that is not equal',
    allow('s3:*', '*', { StringEquals: { k: SymbolicString.of('*', ANYTHING) } }), '*', 'no '],
  ['a number', allow('s3:*', '*', { NumericEquals: { k: SymbolicString.of(ANYTHING) } }), '*', 'unclear ${Param}'],
  ['a truth', allow('s3:*', '*', { Bool: { k: SymbolicString.of(ANYTHING) } }), '*', 'unclear ${Param}'],
  ['not like it', allow('s3:*', '*', { StringNotLike: { k: SymbolicString.of('b', ANYTHING) } }), '*', 'yes '],
  ['an action', allow(SymbolicString.of('s3:', ANYTHING) as Target), '*', 'unclear ${Param}'],
])('a deploy-time value: %s', (_, json, resource, expected) => {
  const values = new OpenValues();
  const { match, dependsOn } = explainStatement(
    statement(json), { ...request('s3:GetObject', values.textOf(resource), ['k', 'ab']) }, values,
  );
  expect(`${match} ${dependsOn.join(' ')}`).toBe(expected);
});

test.each<[string, Layer, string]>([
  ['may be allowed', layer('identity policies', allow('s3:*', arn(NAMED, '/*'))), 'unclear ${Bucket}'],
  ['is allowed by another statement', layer('identity policies', ALLOW, allow('s3:*', arn(NAMED, '/*'))), 'allowed '],
  ['may be denied',
    layer('identity policies', allow('s3:*', arn(OTHER_NAME, '/*')), ALLOW, deny('s3:*', arn(NAMED, '/*'))),
    'unclear ${Bucket}'],
])('a layer, and deploy-time values: %s', (_, one, expected) => {
  const { layers: [{ outcome, dependsOn }] } = explainRequest([one], X, new OpenValues());
  expect(`${outcome} ${dependsOn.join(' ')}`).toBe(expected);
});
