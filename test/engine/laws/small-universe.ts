/**
 * Questions whose every request can be listed: few actions, and resources of a few letters. The answer to such a question is
 * checked without sampling.
 */
import * as fc from 'fast-check';
import { Conditions } from './conditions';
import { Question } from './question';
import { documents, listOrOne, often, rarely, statementOf } from './questions';
import { ContextValue, Reading, Request, StatementDocument } from '../../oracle/evaluate';
import { exceedsFor, readingsFor } from '../../oracle/readings';

export interface Universe {
  readonly question: Question;
  readonly actions: readonly string[];
  readonly alphabet: string;
}

const smallActions = fc.constantFrom('a:x', 'a:y', 'b:x', 'a:*', 'a:?', '*', 'A:X', 'a:x*');
const smallFields = fc.oneof(often('', 'a', '*'), rarely('?', '*a', 'a*', '??', '*?', '?*'));
const smallConditions = fc.oneof({ weight: 2, arbitrary: fc.constant(undefined) }, rarely<Conditions>(
  { StringEquals: { k: 'a' } }, { StringNotEquals: { k: 'a' } }, { Null: { k: 'true' } }, { StringLike: { k: '*' } },
  { 'ForAllValues:StringEquals': { k: 'a' } }, { 'ForAnyValue:StringNotEquals': { K: 'a' } },
));

function smallResources(alphabet: string): fc.Arbitrary<string> {
  const letters = Array.from(alphabet);
  const part = fc.oneof(
    {
      weight: 10,
      arbitrary: fc.array(fc.constantFrom(...letters, ...letters, '*', '*', '?'), { maxLength: 3 }).map(
        (p) => p.join(''),
      ),
    },
    { weight: 1, arbitrary: fc.constantFrom('${k}', 'a${k}', "${k, 'a'}", '${*}', '${k}*') },
  );
  return fc.oneof(
    { weight: 1, arbitrary: fc.constantFrom('*', 'arn:*', 'arn:aws:s:*', 'arn:*a', 'arn:*:*:a', '*:*:*:*:*:*') },
    { weight: 8, arbitrary: fc.tuple(smallFields, smallFields, part).map((fields) => `arn:aws:s:${fields.join(':')}`) },
    { weight: 3, arbitrary: part.map((last) => `arn:aws:s:::${last}`) },
    { weight: 1, arbitrary: part.map((last) => `arn:aws:S:A::${last}`) },
  );
}

export function smallStatements(alphabet: string): fc.Arbitrary<StatementDocument> {
  return fc.record({
    effect: fc.oneof(often<'Allow'>('Allow'), rarely<'Deny'>('Deny')),
    actions: listOrOne(smallActions),
    resources: listOrOne(smallResources(alphabet)),
    not: fc.oneof({ weight: 6, arbitrary: fc.constant('') }, rarely('Action', 'Resource')),
    condition: smallConditions,
  }).map(({ effect, ...parts }) => statementOf(effect, parts));
}

export const universes: fc.Arbitrary<Universe> = fc.constantFrom('ab', 'a:', 'a/').chain((alphabet) => {
  const document = documents(smallStatements(alphabet), 3);
  return fc.record({
    alphabet: fc.constant(alphabet),
    actions: fc.constant(['a:x', 'a:y', 'b:x']),
    question: fc.record({
      session: document,
      identity: fc.array(document, { minLength: 1, maxLength: 2 }),
      boundary: fc.option(document, { freq: 3, nil: undefined }),
    }),
  });
});

/** Two patterns that differ in a few places, of which one is denied or not: the smallest questions there are. */
export const pairs: fc.Arbitrary<Universe> = fc.record({
  fields: fc.tuple(fieldText(2), fieldText(2), fieldText(3)),
  edits: fc.array(fc.record({
    field: fc.nat(2), at: fc.nat(2), drop: fc.boolean(), put: fc.constantFrom('', '', '*', '?', 'a', ':'),
  }), { maxLength: 2 }),
  reversed: fc.option(fc.nat(2)),
  swap: fc.boolean(),
  denied: fc.boolean(),
}).map(({ fields, edits, reversed, swap, denied }) => {
  const edited = fields.map((field, i) => (i === reversed ? Array.from(field).reverse().join('') : field));
  for (const { field, at, drop, put } of edits) {
    edited[field] = edited[field].slice(0, at) + put + edited[field].slice(drop ? at + 1 : at);
  }
  const [session, role] = (swap ? [edited, fields] : [fields, edited]).map((f) => `arn:aws:s:${f.join(':')}`);
  const allow = (Resource: string): StatementDocument => ({ Effect: 'Allow', Action: 'a:x', Resource });
  const identity = denied ? [allow('*'), { ...allow(role), Effect: 'Deny' }] : [allow(role)];
  return {
    alphabet: 'a:',
    actions: ['a:x'],
    question: { session: { Statement: allow(session) }, identity: [{ Statement: identity }] },
  };
});

function fieldText(maxLength: number): fc.Arbitrary<string> {
  return fc.array(fc.constantFrom('a', 'a', '*', '*', '?'), { maxLength }).map((letters) => letters.join(''));
}

/** Every string over the alphabet of at most `length` letters. */
function words(alphabet: string, length: number): string[] {
  if (length === 0) { return ['']; }
  const shorter = words(alphabet, length - 1);
  return ['', ...Array.from(alphabet).flatMap((letter) => shorter.map((word) => letter + word))];
}

const HEADERS = [':', ':a', 'a:', 'a:a', 'a:b', 'A:a', 'aa:'].map((fields) => `arn:aws:s:${fields}`);

export function requestsOf({ question, actions, alphabet }: Universe): Request[] {
  const resources = ['*', ...HEADERS.flatMap((header) => words(alphabet, 3).map((part) => `${header}:${part}`))];
  const contexts = /"k"|\{k/i.test(JSON.stringify(question))
    ? [[], [['k', 'a']], [['k', 'b']], [['k', '*']], [['k', ['a', 'b']]]]
    : [[]];
  return actions.flatMap((action) => resources.flatMap((resource) => contexts.map((context): Request => (
    { action, resource, context: new Map(context as Array<[string, ContextValue]>) }))));
}

export function firstExcess(catalog: Universe): { request: Request; reading: Reading } | undefined {
  for (const request of requestsOf(catalog)) {
    for (const reading of readingsFor(catalog.question, request)) {
      if (reading.starResource === 'resource ignored') { continue; } // sampled elsewhere
      if (exceedsFor(catalog.question, request, reading)) { return { request, reading }; }
    }
  }
  return undefined;
}
