import * as fc from 'fast-check';
import {
  coversRole, decideNarrowing, isUnsatisfiable, NarrowingOptions, NarrowingQuestion, Statement,
} from '../../../lib/engine';
import { prepareDecision } from '../../../lib/engine/decide/decision';
import { SHORTCUTS } from '../../../lib/engine/decide/shortcuts';
import { requestCatalog } from '../../../lib/reference/request-catalog';
import { LONG_SEARCH } from '../../runs';
import { check, KNOWN_ACTIONS, parse, Question } from '../laws/question';
import { questions, statements } from '../laws/questions';

/** The law of each shortcut: it agrees with the plain way, or it abstains. A guessed witness may be more than the plain way finds. */

jest.setTimeout(LONG_SEARCH);

/** Steps enough for any of these questions. */
const OPTIONS: NarrowingOptions = { knownActions: KNOWN_ACTIONS, budget: 1e8 };
const PLAIN: NarrowingOptions = { ...OPTIONS, shortcuts: false };

/** A role of many statements, and a session policy that reaches into most of them: `guessWitness` waits for that. */
const crowded: fc.Arbitrary<Question> = fc.tuple(
  fc.array(statements('Allow'), { minLength: 10, maxLength: 14 }),
  fc.constantFrom('*', 's3:*', 's3:G*'), fc.constantFrom('*', 'arn:aws:s3:::*', 'arn:aws:s3:::data*'),
).map(([crowd, Action, Resource]) => ({
  session: { Version: '2012-10-17', Statement: [{ Effect: 'Allow', Action, Resource }] },
  identity: [{ Version: '2012-10-17', Statement: crowd }],
}));
const withoutBoundary: fc.Arbitrary<Question> = questions.map(({ session, identity }) => ({ session, identity }));

/** Checks what a shortcut says about each question, and that it does not always abstain. */
function checkLaw(
  arbitrary: fc.Arbitrary<Question>, hasAnswer: (question: NarrowingQuestion) => boolean, share = 3,
): void {
  let answers = 0;
  check(arbitrary, (question) => {
    const parsed = parse(question);
    if (parsed && hasAnswer(parsed)) { answers++; }
  }, share);
  expect(answers).toBeGreaterThan(5);
}

/** With only one of the allow statements. */
function about(statement: Statement, { session, layers }: NarrowingQuestion): NarrowingQuestion {
  return {
    session: { ...session, statements: session.statements.filter((s) => s === statement || s.effect === 'Deny') },
    layers,
  };
}

test.each(['isRepeated', 'isInsideOneStatementOfEachLayer'] as const)('%s: the plain way proves it, too', (name) => {
  checkLaw(questions, (question) => {
    const decision = prepareDecision(question, OPTIONS);
    const inside = question.session.statements.filter((s) => s.effect === 'Allow' && SHORTCUTS[name](s, decision));
    inside.forEach(
      (statement) => expect(decideNarrowing(about(statement, question), PLAIN)).toEqual({ kind: 'narrows' }),
    );
    return inside.length > 0;
  });
});

test('guessWitness: the plain way does not prove the opposite, and mostly finds an excess, too', () => {
  const kinds: string[] = [];
  const guess = jest.spyOn(SHORTCUTS, 'guessWitness');
  checkLaw(crowded, (question) => {
    guess.mockClear();
    decideNarrowing(question, OPTIONS);
    if (!guess.mock.results.some(({ value }) => value !== undefined)) { return false; }
    kinds.push(decideNarrowing(question, PLAIN).kind);
    return true;
  });
  guess.mockRestore();
  expect(kinds).not.toContain('narrows');
  expect(kinds.filter((kind) => kind === 'exceeds').length).toBeGreaterThan(0.8 * kinds.length);
});

test('isClearlySatisfiable: the plain way cannot prove the opposite', () => {
  checkLaw(questions, ({ session }) => {
    if (!SHORTCUTS.isClearlySatisfiable([session.statements])) { return false; }
    expect(isUnsatisfiable({ session, layers: [] }, PLAIN)).toBe(false);
    return true;
  });
});

test('isClearlyBeyond: the plain way cannot prove the opposite', () => {
  checkLaw(withoutBoundary, (question) => {
    if (!SHORTCUTS.isClearlyBeyond(question, OPTIONS)) { return false; }
    expect(coversRole(question, PLAIN)).toBe(false);
    return true;
  });
});

test.each<[string, NarrowingOptions, number]>([
  ['without a catalog', {}, 3],
  ['with the catalog', { catalog: requestCatalog() }, 1],
])('all together: the same kind of verdict, %s', (_, options, share) => {
  const kindOf = (question: NarrowingQuestion, way: NarrowingOptions) => {
    const verdict = decideNarrowing(question, { ...way, ...options });
    return verdict.kind === 'narrows' ? [verdict.kind, verdict.asOf] : [verdict.kind];
  };
  checkLaw(questions, (question) => {
    expect(kindOf(question, PLAIN)).toEqual(kindOf(question, OPTIONS));
    return true;
  }, share);
});
