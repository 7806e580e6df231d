import { statementAsJson, Statement, SymbolicString } from '../../../lib/engine';
import { evaluate, Request } from '../../../lib/engine/evaluate/evaluate';
import {
  keyNameOf, KeyValue, KeyValues, mayHaveVariable, requiredVariablesIn, specializeStatement, variableKeysIn,
  variableKeysInCondition, variableKeysOf,
} from '../../../lib/engine/policy/specialize';
import { Element, resourcePattern } from '../../../lib/engine/strings/pattern';
import { allow, condition, deny, statement, StatementJson, variable } from '../make';

/** `k=a l=missing`: the keys with their values. A key that is not here is not known. */
function valuesOf(text: string): KeyValues {
  const values = new Map(text.split(' ').filter((pair) => pair !== '').map((pair): [string, KeyValue] => {
    const [key, value] = pair.split('=');
    return [key, value === 'missing' || value === 'present' ? value : { text: value }];
  }));
  return (key) => values.get(key);
}

const shown = (elements: readonly Element[]) => elements.map((e) => {
  switch (e.type) {
    case 'char': return /[*?]/.test(e.char) ? `[${e.char}]` : e.char;
    case 'variable': return `<${e.variable.id}>`;
    default: return e.type === 'one' ? '?' : '*';
  }
}).join('');

const at = (resource: string): StatementJson => allow('s3:*', `arn:aws:s3:::b/${resource}`);

/** The resource parts of the statement, behind `b/`. */
const resourcesOf = ({ resources: { patterns } }: Statement) => (
  patterns.map(({ elements }) => shown(elements).replace('arn:aws:s3:::b/', '')).join(' '));

describe('the variables of a resource', () => {
  test.each<[string, string, string, string]>([
    // what it shows, a resource, values, the resource then
    ['the value', '${k}/x', 'k=a', 'a/x'],
    ['every occurrence', '${k}/${k}', 'k=a', 'a/a'],
    ['a key in another case', '${K}', 'k=a', 'a'],
    ['another key stays', '${k}/${l}', 'k=a', 'a/<variable l>'],
    ['nothing is known', '${k}', '', '<variable k>'],
    ['an empty value', 'x${k}', 'k=', 'x'],
    ['wildcards around it', '*${k}?', 'k=a', '*a?'],
    ['a default counts only without the key', "${k, 'd'}", 'k=a', 'a'],
    ['the default', "${k, 'd'}", 'k=missing', 'd'],
    ['a key that is there has no default', "${k, 'd'}", 'k=present', '<variable k>'],
    ['a key that is there may have any value', '${k}', 'k=present', '<variable k>'],
    ['a default of which nothing is known', "${k, 'd'}", '', "<variable k or 'd'>"],
    ['a value with a wildcard does not count as known', '${k}', 'k=a*', '<variable k>'],
    ['nor does one with a question mark', '${k}', 'k=a?', '<variable k>'],
    ['nor does one that may be a variable', '${k}', 'k=${l}', '<variable k>'],
    ['nor does a default with a wildcard', "${k, 'a*'}", 'k=missing', "<variable k or 'a*'>"],
  ])('%s: %s with %s', (_name, resource, values, expected) => {
    expect(resourcesOf(specializeStatement(statement(at(resource)), valuesOf(values))!)).toBe(expected);
  });

  test('a value may be symbolic', () => {
    const text = SymbolicString.of('a', variable('X'));
    const specialized = specializeStatement(statement(at('${k}/x')), (key) => (key === 'k' ? { text } : undefined));
    expect(resourcesOf(specialized!)).toBe('a<X>/x');
  });

  test('a resource whose variable has no value matches nothing', () => {
    const two = statement(allow('s3:*', ['arn:aws:s3:::b/${k}', 'arn:aws:s3:::b/x']));
    expect(resourcesOf(specializeStatement(two, valuesOf('k=missing'))!)).toBe('x');
    expect(specializeStatement(statement(at('${k}')), valuesOf('k=missing'))).toBeUndefined();
  });

  test('what a NotResource with it excludes is not documented, so it stays', () => {
    const one = statement({ Effect: 'Allow', Action: 's3:*', NotResource: 'arn:aws:s3:::b/${k}' });
    expect(resourcesOf(specializeStatement(one, valuesOf('k=missing'))!)).toBe('<variable k>');
    expect(resourcesOf(specializeStatement(one, valuesOf('k=a'))!)).toBe('a');
  });
});

describe('the variables of a condition', () => {
  test.each<[string, string, string, string]>([
    // what it shows, a condition, values, the patterns that its key is compared with
    ['the value', 'StringEquals j ${k}', 'k=a', 'a'],
    ['a part of the text', 'StringLike j x-${k}*', 'k=a', 'x-a*'],
    ['a value without a variable stays', 'StringEquals j ${k}|b', 'k=a', 'a b'],
    ['a variable without a value equals nothing', 'StringEquals j ${k}|b', 'k=missing', 'b'],
    ['of which none is left', 'StringNotEquals j ${k}', 'k=missing', ''],
    ['a default', "StringEquals j ${k,'d'}", 'k=missing', 'd'],
    ['a key that is there', "StringLike j ${k,'d'}", 'k=present', '<variable k>'],
    ['nothing is known', 'StringLike j ${k}', '', '<variable k>'],
    ['a value with a wildcard does not count as known', 'StringLike j ${k}', 'k=a*', '<variable k>'],
    ['an ARN', 'ArnLike j arn:aws:s3:::${k}', 'k=b', 'arn:aws:s3:::b'],
  ])('%s: %s with %s', (_name, text, values, expected) => {
    const one = statement(allow('s3:*', '*', condition(text)));
    const { conditions: [{ meaning }] } = specializeStatement(one, valuesOf(values))!;
    if (meaning?.type !== 'value' || meaning.test.family !== 'text') { throw new Error('this is a test of text'); }
    expect(meaning.test.patterns.map(shown).join(' ')).toBe(expected);
  });

  test('a value in any case stays one', () => {
    const one = statement(allow('s3:*', '*', condition('StringEqualsIgnoreCase j ${k}')));
    const { conditions: [{ meaning }] } = specializeStatement(one, valuesOf('k=a'))!;
    expect(meaning).toMatchObject({ test: { patterns: [[{ type: 'char', char: 'a', letterCase: 'ignored' }]] } });
  });
});

test.each<[string, StatementJson, string]>([
  ['no variables', at('x'), 'k=a'],
  ['variables of other keys', at('${k}'), 'l=a'],
  ['keys that are tested', allow('s3:*', '*', condition('StringEquals k a')), 'k=a'],
])('a statement that does not change is the same: %s', (_name, json, values) => {
  const one = statement(json);
  expect(specializeStatement(one, valuesOf(values))).toBe(one);
});

test('it prints as the statement that it was made of', () => {
  const json = deny('s3:*', ['arn:aws:s3:::b/${k}', 'arn:aws:s3:::b/x'], condition('StringLike j ${k}*'));
  const one = statement(json);
  expect(statementAsJson(specializeStatement(one, valuesOf('k=a'))!)).toEqual(statementAsJson(one));
});

describe('it matches the same requests as the statement', () => {
  const TEXTS: StatementJson[] = [
    at('${k}'), at("${k, 'd'}"), at('${k}/${l}'), at("x${k, 'd'}*"),
    ...['StringEquals j ${k}', 'StringNotEquals j ${k}', "StringLike j ${k,'d'}*", 'StringEquals j ${k}|${l}'].map(
      (text) => allow('s3:*', '*', condition(text))),
  ];
  const RESOURCES = ['a', 'd', 'a/a', 'xa', 'xd1', ''].map((end) => `arn:aws:s3:::b/${end}`);
  const CONTEXTS = ['', 'k=a', 'k=d', 'k=a l=a', 'k=a j=a', 'j=d', 'j=a', 'l=d j=d'].map((text) => new Map(
    text.split(' ').filter((pair) => pair !== '').map((pair) => pair.split('=') as [string, string])));
  const outcome = (one: Statement | undefined, request: Request) => (
    evaluate(one ? [{ name: 'P', statements: [one] }] : [], request, String, 'stays'));
  const requests = RESOURCES.flatMap((resource) => (
    CONTEXTS.map((context): Request => ({ action: 's3:Get', resource, context }))));

  test.each(TEXTS.map((json): [string, StatementJson] => [JSON.stringify(json), json]))('%s', (_text, json) => {
    const one = statement(json);
    const outcomes = new Set<string>();
    for (const request of requests) {
      const specialized = specializeStatement(one, (key) => {
        const text = request.context.get(key);
        return text === undefined ? 'missing' : { text: text as string };
      });
      // The evaluator reads the source, so the statement is written anew with what the patterns are then.
      const written = specialized && statement({
        ...json,
        ...(json.Condition ? { Condition: conditionOf(specialized) } : { Resource: textsOf(specialized) }),
      });
      outcomes.add(outcome(one, request));
      expect([request, outcome(written, request)]).toEqual([request, outcome(one, request)]);
    }
    expect([...outcomes].sort()).toEqual(['allowed', 'implicitDeny']);
  });
});

const textsOf = ({ resources: { patterns } }: Statement) => patterns.map(({ elements }) => shown(elements));

/** The condition with the texts of its patterns. One without any is compared with a value that no key has. */
function conditionOf({ conditions: [{ operator, keyName, meaning }] }: Statement): StatementJson {
  if (meaning?.type !== 'value' || meaning.test.family !== 'text') { throw new Error('this is a test of text'); }
  const texts = meaning.test.patterns.map(shown);
  return { [operator]: { [keyName.toString()]: texts.length > 0 ? texts : ['no-such-value'] } };
}

describe('the variables that are read', () => {
  const pattern = (text: string) => resourcePattern(`arn:aws:s3:::${text}`, true).elements;

  test.each<[string, string[], string[]]>([
    ['b', [], []],
    ['${k}', ['k'], ['k']],
    ['${aws:PrincipalTag/Team}', ['aws:principaltag/team'], ['aws:PrincipalTag/Team']],
    ["${k, 'd'}/${l}", ['k', 'l'], ['l']], // a default stands in for the key
    ['${*}', [], []],
  ])('%s: of %j, %j required', (text, keys, required) => {
    expect(variableKeysIn(pattern(text))).toEqual(keys);
    expect(requiredVariablesIn(pattern(text)).map(keyNameOf)).toEqual(required);
  });

  test('those of a statement are those of its resources and its conditions', () => {
    const json = allow('s3:*', ['arn:aws:s3:::${k}', 'arn:aws:s3:::${l}'], condition('StringLike j ${m}'));
    const one = statement(json);
    expect(variableKeysOf(one)).toEqual(['k', 'l', 'm']);
    expect(variableKeysOf(statement(json, '2008-10-17'))).toEqual([]);
    expect(one.conditions.flatMap(variableKeysInCondition)).toEqual(['m']);
  });

  test.each<[string | SymbolicString, boolean]>([
    ['a', false], ['$', false], ['${k}', true], [SymbolicString.of('a', variable('X')), true],
  ])('%s may contain a variable: %s', (value, expected) => {
    expect(mayHaveVariable(value)).toBe(expected);
  });
});
