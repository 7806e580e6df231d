/**
 * Whether a session policy only narrows what a role permits: the plain algorithm.
 *
 * The session policy allows the pairs (one action pattern on one resource pattern) of its allow statements, except what its
 * deny statements match. A layer of the role (its identity policies, its boundary) allows what one of its allow statements
 * matches and none of its deny statements does; the role allows what each layer allows. So the session policy exceeds the role
 * exactly if, for some pair P and some layer, one of these is not empty:
 *
 *   the part of P that no allow statement of the layer matches      P \ (session denies) \ (allows)
 *   the part of P that a deny statement of the layer matches        (P ∩ deny) \ (session denies)
 *
 * Soundness. If something is not exact, the computed sets of requests are too large, never too small: P and the matches of a deny
 * statement of the layer round up; the denials of the session policy and the allow statements of the layer round down. An
 * empty set is therefore a proof, for every request and every value of the symbolic variables: `narrows`. A set that is not
 * empty proves nothing. It is searched for a request, and only a request that a separately written evaluator confirms is
 * `exceeds`. With a catalog, a set without any request that AWS makes is treated as empty: the verdict is `narrows` as of the date of the
 * catalog. A layer with gaps may allow and deny more than is known. It never proves `narrows`, and only a request that it certainly
 * denies is `exceeds`. Everything else, and every decision that runs out of steps, is `undetermined`.
 *
 * Order of calls: decideNarrowing -> each statement -> each pair and layer (decide-pair.ts) -> subtraction (regions/) -> the search for
 * a request (search.ts, witness/). shortcuts.ts can decide a statement without these steps.
 * @see https://docs.aws.amazon.com/IAM/latest/UserGuide/access_policies.html#policies_session
 */
import { decidePair } from './decide-pair';
import { Decision, NarrowingOptions, prepareDecision, slicesOf, withShareOfBudget } from './decision';
import { TOO_LARGE } from './reasons';
import { INSIDE, PairOutcome } from './search';
import { shortcutsOf } from './shortcuts';
import { Reason, Statement } from '../policy/policy';
import { Excess, NarrowingQuestion, Verdict } from '../policy/verdict';
import { possibleSubsets } from '../regions/possible-subsets';
import { requestSetsOf } from '../regions/request-set';
import { pairsOf, PatternPair } from '../regions/targets';
import { withinBudget } from '../strings/budget';

/** Decides whether a session policy only narrows what a role permits. */
export function decideNarrowing(question: NarrowingQuestion, options: NarrowingOptions = {}): Verdict {
  const decision = prepareDecision(question, options);
  const outcomes: StatementOutcome[] = [];
  for (const statement of decision.question.session.statements.filter((s) => s.effect === 'Allow')) {
    const outcome = decideStatement(statement, decision);
    outcomes.push(outcome);
    if (outcome.excess && options.firstExcessOnly) { break; }
  }
  return verdictOf(outcomes, decision);
}

/** The pairs of a statement of the session policy that are proven to be inside the role. Drops pairs that no AWS request can match. */
export function pairsInside(statement: Statement, question: NarrowingQuestion, options: NarrowingOptions = {}): PatternPair[] {
  const decision = prepareDecision(question, options);
  return pairsOf(statement).filter((pair) => withinBudget(() => {
    const own = withShareOfBudget(decision);
    const isInside = slicesOf(pair.action, own).every((slice) => decidePair(pair, statement, slice, own).kind.startsWith('inside'));
    return isInside && isPossible(pair, own);
  }, () => false));
}

/** The outcome for a statement of the session policy. It has at most one excess, because one request shows what is wrong with the statement. */
interface StatementOutcome {
  readonly excess?: Excess;
  readonly reasons: readonly Reason[];
}

const NOTHING_FOUND: StatementOutcome = { reasons: [] };

function decideStatement(statement: Statement, decision: Decision): StatementOutcome {
  const shortcuts = shortcutsOf(decision.options);
  const isQuick = withinBudget(() => {
    const own = withShareOfBudget(decision);
    return shortcuts.isRepeated(statement, own) || shortcuts.isInsideOneStatementOfEachLayer(statement, own);
  }, () => false);
  if (isQuick) { return NOTHING_FOUND; }
  const reasons: Reason[] = [];
  for (const pair of pairsOf(statement)) {
    const outcome = withinBudget<PairOutcome>(
      () => decideInLayers(pair, statement, withShareOfBudget(decision)),
      () => ({ kind: 'open', reasons: [TOO_LARGE] }),
    );
    if (outcome.kind === 'excess') { return { excess: outcome.excess, reasons: [] }; }
    if (outcome.kind === 'open') { reasons.push(...outcome.reasons); }
  }
  return { reasons };
}

/** An excess over one layer is one over the role. */
function decideInLayers(pair: PatternPair, statement: Statement, decision: Decision): PairOutcome {
  const reasons: Reason[] = [];
  for (const slice of slicesOf(pair.action, decision)) {
    const outcome = decidePair(pair, statement, slice, decision);
    if (outcome.kind === 'excess') { return outcome; }
    if (outcome.kind === 'open') { reasons.push(...outcome.reasons); }
  }
  return reasons.length > 0 ? { kind: 'open', reasons } : INSIDE;
}

function verdictOf(outcomes: readonly StatementOutcome[], { options: { catalog }, grounds }: Decision): Verdict {
  const excesses = outcomes.flatMap(({ excess }) => excess ?? []);
  if (excesses.length > 0) { return { kind: 'exceeds', excesses }; }
  const reasons = new Map(outcomes.flatMap((outcome) => outcome.reasons).map((reason) => [reason.message, reason]));
  if (reasons.size > 0) { return { kind: 'undetermined', reasons: [...reasons.values()] }; }
  if (!catalog || !grounds.onlyRequestsOfAws) { return { kind: 'narrows' }; }
  return { kind: 'narrows', asOf: catalog.asOf, ...(grounds.assumptions.size > 0 && { assumptions: [...grounds.assumptions] }) };
}

function isPossible(pair: PatternPair, { options: { catalog }, context }: Decision): boolean {
  return !catalog || requestSetsOf(pair, [], context).some((requests) => !possibleSubsets(requests, catalog, context).next().done);
}
