import { inEveryCase } from '../../../lib/template/cases';
import { Evaluator } from '../../../lib/template/evaluator';
import { TemplateSet } from '../../../lib/template/template-set';
import { stackOf } from '../make-stack';

const equals = (left: unknown, right: unknown) => ({ 'Fn::Equals': [left, right] });
const stage = { Ref: 'Stage' };
const other = { Ref: 'Other' };

const stack = stackOf('Main', {
  Parameters: {
    Stage: { Type: 'String' }, Other: { Type: 'String' }, Size: { Type: 'String', AllowedValues: ['small', 'large'] },
  },
  Conditions: {
    Always: equals('a', 'a'),
    Never: equals('a', 'b'),
    IsProd: equals(stage, 'prod'),
    IsDev: equals('dev', stage),
    IsSmall: equals({ Ref: 'Size' }, 'small'),
    IsLarge: equals({ Ref: 'Size' }, 'large'),
    IsHuge: equals({ Ref: 'Size' }, 'huge'),
    Same: equals(stage, stage),
    Twins: equals(stage, other),
    Not: { 'Fn::Not': [{ Condition: 'IsProd' }] },
    Both: { 'Fn::And': [{ Condition: 'IsProd' }, { Condition: 'IsSmall' }] },
    Either: { 'Fn::Or': [{ Condition: 'IsProd' }, { Condition: 'IsDev' }] },
    DecidedAnd: { 'Fn::And': [{ Condition: 'Never' }, { Condition: 'IsProd' }] },
    DecidedOr: { 'Fn::Or': [{ Condition: 'Always' }, { Condition: 'IsProd' }] },
    Circle: { Condition: 'Circle' },
    List: equals({ Ref: 'AWS::NotificationARNs' }, ''),
    Odd: { 'Fn::Odd': [] },
    Number: 7 as never,
    NoList: { 'Fn::Equals': 'a' },
  },
});
const templates = new TemplateSet([stack]);

/** What each case assumes, and whether the conditions hold in it. */
function casesOf(...names: string[]): string[] {
  return inEveryCase(
    (assumptions) => names.map((name) => new Evaluator(templates, assumptions).conditionHolds(name, stack)),
  )
    .map(({ assumptions, value }) => `${assumptions.descriptions().join(', ') || 'always'}: ${value.join(' ')}`);
}

test.each<[string, string[], string[]]>([
  ['equal literals', ['Always', 'Never'], ['always: true false']],
  ['a parameter compared with itself', ['Same'], ['always: true']],
  ['a parameter', ['IsProd'], ["${Stage} is 'prod': true", "${Stage} is not 'prod': false"]],
  ['the same question twice',
    ['IsProd', 'Not', 'IsProd'], ["${Stage} is 'prod': true false true", "${Stage} is not 'prod': false true false"]],
  ['two values of one parameter', ['IsProd', 'IsDev'],
    [
      "${Stage} is 'prod': true false",
      "${Stage} is not 'prod', ${Stage} is 'dev': false true",
      "${Stage} is not 'prod', ${Stage} is not 'dev': false false",
    ]],
  ['allowed values: the last one needs no question', ['IsSmall', 'IsLarge', 'IsHuge'],
    ["${Size} is 'small': true false false", "${Size} is not 'small': false true false"]],
  ['two parameters', ['Twins', 'Twins'], ['${Stage} is ${Other}: true true', '${Stage} is not ${Other}: false false']],
  ['and: what does not matter is not asked', ['Both'],
    [
      "${Stage} is 'prod', ${Size} is 'small': true",
      "${Stage} is 'prod', ${Size} is not 'small': false",
      "${Stage} is not 'prod': false",
    ]],
  ['or', ['Either'], [
    "${Stage} is 'prod': true",
    "${Stage} is not 'prod', ${Stage} is 'dev': true",
    "${Stage} is not 'prod', ${Stage} is not 'dev': false",
  ]],
  ['decided without asking', ['DecidedAnd', 'DecidedOr'], ['always: false true']],
  ['what cannot be told', ['Circle', 'Odd', 'Number', 'NoList', 'Missing', 'constructor'], ['always:      ']],
])('%s', (_name, names, expected) => {
  expect(casesOf(...names)).toEqual(expected);
});

test('past 64 cases, what is left is looked at with its questions open', () => {
  const names = Array.from({ length: 10 }, (_, i) => `C${i}`);
  const wide = stackOf('Wide', {
    Parameters: Object.fromEntries(names.map((name) => [name, { Type: 'String' }])),
    Conditions: Object.fromEntries(names.map((name) => [name, equals({ Ref: name }, 'yes')])),
  });
  const cases = inEveryCase((assumptions) => names.map(
    (name) => new Evaluator(new TemplateSet([wide]), assumptions).conditionHolds(name, wide),
  ));
  expect(cases.length).toBeLessThanOrEqual(64);
  expect(cases.some(({ value }) => value.includes(undefined))).toBe(true);
});
