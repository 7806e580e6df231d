/**
 * Levels of an organization beside a role, against the independent evaluator: a request is allowed if session policy, role and every level
 * allow it. A level without an Allow statement is read with the policy that AWS attaches.
 * @see https://docs.aws.amazon.com/organizations/latest/userguide/orgs_manage_policies_scps_evaluation.html
 */
import * as fc from 'fast-check';
import { expectNoExcess } from './expectations';
import { ALLOW_ALL, check, KNOWN_ACTIONS, parse, Question, seeds } from './question';
import { documents, mostlyAllow, questions, statements } from './questions';
import { requestsOf, smallStatements, Universe, universes } from './small-universe';
import { Tally } from './tally';
import { decideNarrowing, deniedBy, Layer, Statement, statementAsJson } from '../../../lib/engine';
import { layerOfLevel } from '../../../lib/organization-policies/level-layer';
import { evaluate, PolicyDocument, Reading, Request, roleAllows } from '../../oracle/evaluate';
import { readingsFor, statementsOf } from '../../oracle/readings';
import { LONG_SEARCH } from '../../runs';

jest.setTimeout(LONG_SEARCH);

type Level = readonly PolicyDocument[];

const inVersion = (document: PolicyDocument): PolicyDocument => ({ ...document, Version: '2012-10-17' });
const deny = statements('Deny');
const levels: fc.Arbitrary<readonly Level[]> = fc.array(
  fc.array(
    documents(fc.oneof({ weight: 3, arbitrary: deny }, { weight: 2, arbitrary: mostlyAllow }), 2).map(inVersion),
    { minLength: 1, maxLength: 2 },
  ), { minLength: 1, maxLength: 3 },
);

/** The level as AWS evaluates it, by the page of the header. */
function attached(level: Level): Level {
  const allows = level.flatMap(statementsOf).some(({ Effect }) => Effect === 'Allow');
  return allows ? level : [...level, { Version: '2012-10-17', Statement: [ALLOW_ALL] }];
}

/** `undefined` where AWS would not take one of the documents. */
function layersOf(given: readonly Level[]): Layer[] | undefined {
  try {
    return given.map((level, i) => layerOfLevel('service control', {
      source: `level ${i}`, policies: level.map((document, j) => ({ name: `${i}.${j}`, document, placeOf: () => '' })),
    }));
  } catch {
    return undefined;
  }
}

/** The questions whose role is one of the layers: of the role itself, and of each level. */
const parts = (question: Question, given: readonly Level[]): Question[] => [
  question, ...given.map((level) => ({ session: question.session, identity: attached(level) })),
];

function isAllowed(
  { identity, boundary }: Question, given: readonly Level[], request: Request, reading: Reading,
): boolean {
  return roleAllows(identity, boundary, request, reading)
    && given.every((level) => evaluate(attached(level), request, reading, true) === 'allow');
}

const readingsOf = (question: Question, given: readonly Level[], request: Request) => (
  readingsFor({ ...question, identity: [...question.identity, ...given.flat()] }, request));

test('the verdict is that of the conjunction of role and levels', () => {
  const tally = new Tally();
  check(fc.tuple(questions, levels, seeds), ([question, given, seed]) => {
    const parsed = parse(question);
    const organization = layersOf(given);
    if (!parsed || !organization) { tally.add(undefined); return; }
    const options = { knownActions: KNOWN_ACTIONS };
    const verdict = decideNarrowing({ ...parsed, layers: [...parsed.layers, ...organization] }, options);
    tally.add(verdict);
    // The organization gives nothing, so what exceeds the role, or one level, never narrows.
    const alone = [parsed, ...organization.map((layer) => ({ session: parsed.session, layers: [layer] }))]
      .map((one) => decideNarrowing(one, options).kind);
    if (alone.includes('exceeds')) { expect(verdict.kind).not.toBe('narrows'); }
    if (alone.every((kind) => kind === 'narrows')) { expect(verdict.kind).not.toBe('exceeds'); }
    if (verdict.kind === 'narrows') { parts(question, given).forEach((part) => expectNoExcess(part, seed)); }
    for (const { witness, denial } of verdict.kind === 'exceeds' ? verdict.excesses : []) {
      const request: Request = { action: witness.action, resource: witness.resource, context: witness.context };
      const wrong = readingsOf(question, given, request).filter((reading) => (
        evaluate([question.session], request, reading) !== 'allow' || isAllowed(question, given, request, reading)));
      expect({ request, wrong }).toEqual({ request, wrong: [] });
      const [, level] = /^level (\d+)$/.exec(denial.source ?? '') ?? [];
      const by = level === undefined ? [question] : [parts(question, given)[Number(level) + 1]];
      const blamed = by.every((part) => readingsOf(question, given, request).every((reading) => (
        !roleAllows(part.identity, part.boundary, request, reading))));
      expect({ denial, blamed }).toEqual({ denial, blamed: true });
    }
  }, 2);
  tally.expectAll();
});

const small: fc.Arbitrary<readonly [Universe, readonly Level[]]> = universes.chain((universe) => {
  const own = smallStatements(universe.alphabet);
  const level = fc.array(documents(fc.oneof(
    { weight: 1, arbitrary: own }, { weight: 2, arbitrary: own.map((one) => ({ ...one, Effect: 'Deny' as const })) },
  ), 2).map(inVersion), { minLength: 1, maxLength: 2 });
  return fc.tuple(fc.constant(universe), fc.array(level, { minLength: 1, maxLength: 2 }));
});

test('what the levels are said to leave nothing of, they leave nothing of', () => {
  const counts = { dead: 0, limited: 0, none: 0 };
  check(small, ([universe, given]) => {
    const { question } = universe;
    const parsed = parse(question);
    const organization = layersOf(given);
    if (!parsed || !organization) { return; }
    const found = deniedBy(organization, parsed);
    if (found.length === 0) { counts.none++; }
    for (const { statement, dead, witness } of found) {
      if (dead.length > 0) { counts.dead++; } else { counts.limited++; }
      const shown: Request = { action: witness.action, resource: witness.resource, context: witness.context };
      expect(readingsOf(question, given, shown).some((reading) => (
        given.every((level) => evaluate(attached(level), shown, reading, true) === 'allow')))).toBe(false);
      for (const { pair } of dead) {
        const only = documentOf({ ...statement, actions: pair.action, resources: pair.resource }, question.session);
        for (const request of requestsOf(universe)) {
          if (evaluate([only], request) !== 'allow') { continue; } // readings differ about few requests
          for (const reading of readingsOf(question, given, request)) {
            if (reading.starResource === 'resource ignored') { continue; }
            if (evaluate([only], request, reading) !== 'allow') { continue; }
            if (isAllowed(question, given, request, reading)) { throw new Error(`${JSON.stringify(only)} leaves ${JSON.stringify(request)}`); }
          }
        }
      }
    }
  }, 2);
  expect(Object.values(counts).every((count) => count > 1)).toBe(true);
});

/** The part of the statement with what the session policy denies. */
function documentOf(part: Statement, session: PolicyDocument): PolicyDocument {
  const { Version } = session;
  const denies = statementsOf(session).filter(({ Effect }) => Effect === 'Deny');
  const only = JSON.parse(JSON.stringify(statementAsJson(part)));
  return { ...(Version === undefined ? {} : { Version }), Statement: [only, ...denies] };
}
