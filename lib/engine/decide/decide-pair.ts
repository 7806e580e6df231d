/**
 * Decides one pair of the session policy against one layer. `decide-narrowing.ts` says why this is sound.
 *
 * The pair is split into cases of its policy variables (`variable-cases.ts`). In each case, the code first looks for one statement that
 * covers the whole pair. This check is cheap, and it decides some cases that subtraction cannot: two patterns with the same text match
 * the same requests under every reading of IAM's documents. Subtraction decides the rest: whether the allow statements match every
 * request of the pair, and no deny statement matches any of them.
 */
import { Decision } from './decision';
import { denyMayApply, notAllowed } from './reasons';
import { INSIDE, PairOutcome, searchSets } from './search';
import { shortcutsOf } from './shortcuts';
import { casesOf, PairCase, widenPair } from './variable-cases';
import { lazy } from '../../util/memo';
import { implies } from '../policy/implies';
import { Reason, Statement } from '../policy/policy';
import { variableKeysOf } from '../policy/specialize';
import { RequestSet, requestSetsOf } from '../regions/request-set';
import { intersectAll, subtractAll } from '../regions/subtract';
import { pairsOf, PatternPair, restrictStatement, statementCovers, statementCoversStatement } from '../regions/targets';
import { LayerSlice, Search } from '../witness/find-witness';

/** Maximum number of statements that are named as reasons. All are searched, so their order changes no verdict. */
const OUTCOMES_LISTED = 9;

/** `pair` is a pair of `statement`, which the session policy allows; `slice` is the layer, as far as it matters to the action. */
export function decidePair(pair: PatternPair, statement: Statement, slice: LayerSlice, decision: Decision): PairOutcome {
  const reasons: Reason[] = [];
  for (const one of casesOf({ pair, statement, slice }, decision.context)) {
    const outcome = decideCase(one, statement, decision);
    if (outcome.kind === 'excess') { return outcome; }
    if (outcome.kind === 'open' && !isInsideWidened(one, decision)) { reasons.push(...outcome.reasons); }
  }
  return reasons.length > 0 ? { kind: 'open', reasons } : INSIDE;
}

/** Whether the layer allows the widened pair, in which each variable that a condition limits may have any value that this condition allows. */
function isInsideWidened(one: PairCase, decision: Decision): boolean {
  const pair = widenPair(one.pair, one.statement, decision.context);
  return pair !== undefined && decideCase({ ...one, pair }, one.statement, decision).kind === 'inside';
}

/** `written`: the statement as the session policy has it. */
function decideCase({ pair, statement, slice }: PairCase, written: Statement, decision: Decision): PairOutcome {
  const { question, options, context } = decision;
  const hasGaps = slice.layer.gaps.length > 0;
  const isCoveredBy = (one: Statement) => implies(statement.conditions, one.conditions) && statementCovers(one, pair, context.budget);
  if (slice.sessionDenies.some(isCoveredBy)) { return INSIDE; }
  const restrict = (statements: readonly Statement[]) => (
    statements.map((s) => restrictStatement(s, pair, context.budget)).filter((s) => s !== undefined));
  const sessionDenies = lazy(() => restrict(slice.sessionDenies));
  const denies = restrict(slice.denies).filter((deny) => !isDeniedAlready(deny, sessionDenies(), decision));
  const isCovered = slice.allows.some(isCoveredBy);
  if (isCovered && denies.length === 0 && !hasGaps) { return INSIDE; }

  const near = restrict(slice.allows);
  const sets = requestSetsOf(pair, statement.conditions, context);
  const search: Search = { pair, statement, slice, question, known: options.knownActions ?? [], near, context, written };
  // A gap (a policy that is not known) may allow anything, so only a deny statement can give a counterexample.
  const outcomes = isCovered || hasGaps ? [] : [decideAllows(sets, sessionDenies(), search, decision)];
  for (const deny of denies) {
    if (outcomes.some((o) => o.kind === 'excess')) { break; }
    outcomes.push(decideDeny(sets, deny, sessionDenies(), search, decision));
  }

  const excess = outcomes.find((o) => o.kind === 'excess');
  if (excess) { return excess; }
  if (hasGaps) { return { kind: 'open', reasons: slice.layer.gaps }; } // a gap may deny anything, and allow anything
  const reasons = outcomes.filter((o) => o.kind === 'open').slice(0, OUTCOMES_LISTED).flatMap((o) => o.reasons);
  return reasons.length > 0 ? { kind: 'open', reasons } : INSIDE;
}

/**
 * Whether the session policy denies all that the deny statement matches. Several of its statements may do so together: one for each
 * resource of the deny statement, say. All of them are restricted to the same pair.
 */
function isDeniedAlready(deny: Statement, sessionDenies: readonly Statement[], { context: { budget } }: Decision): boolean {
  const own = sessionDenies.filter((s) => implies(deny.conditions, s.conditions));
  return own.some((s) => statementCoversStatement(s, deny, budget))
    || (own.length > 1 && pairsOf(deny).every((pair) => own.some((s) => statementCovers(s, pair, budget))));
}

/** Decides the part of the pair that no allow statement of the layer matches, and that the session policy does not deny. */
function decideAllows(sets: readonly RequestSet[], sessionDenies: readonly Statement[], search: Search, decision: Decision): PairOutcome {
  const { pair, statement, slice: { layer, allows }, near, context } = search;
  const guess = shortcutsOf(decision.options).guessWitness(sets, search, decision);
  if (guess) { return { kind: 'excess', excess: guess }; }
  const reason = () => notAllowed(statement, pair, layer, allows.filter((s) => statementCovers(s, pair, context.budget)), near, context.principal);
  return searchSets(subtractAll(sets, [...sessionDenies, ...near], context), search, reason, decision);
}

/** Decides the part of the pair that the deny statement matches, and that the session policy does not deny. */
function decideDeny(
  sets: readonly RequestSet[], deny: Statement, sessionDenies: readonly Statement[], search: Search, decision: Decision,
): PairOutcome {
  const { context } = search;
  const reason = () => denyMayApply(search.statement, deny, search.pair, context.principal);
  const named = { ...search, known: [...search.known, ...namedActions(deny).map((action) => ({ action, resource: '*' }))] };
  const denied = searchSets(subtractAll(intersectAll(sets, deny, context), sessionDenies, context), named, reason, decision);
  if (denied.kind !== 'open') { return denied; }
  // If IAM's documents allow several readings, the set above contains more than the statement matches. A field-by-field intersection is
  // closer to the exact matches.
  const closer = searchSets(subtractAll(intersectAll(sets, deny, context, true), sessionDenies, context), named, reason, decision);
  if (closer.kind === 'excess' || variableKeysOf(deny).length === 0) { return closer.kind === 'excess' ? closer : denied; }
  // A variable of the deny statement may have a value that equals literal text of the pair, and the search above may miss such a request.
  // So search the whole pair for a request that is denied.
  const literal = searchSets(subtractAll(sets, sessionDenies, context), named, reason, decision);
  return literal.kind === 'excess' ? literal : denied;
}

/** The actions that the statement writes out, as it writes them. */
function namedActions(statement: Statement): string[] {
  return statement.actions.patterns.flatMap(({ source }) => (typeof source === 'string' && !/[*?]/.test(source) ? [source] : []));
}
