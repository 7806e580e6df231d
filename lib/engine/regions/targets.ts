/**
 * Compares statements with pairs: one action pattern on one resource pattern. This is the cheap comparison, before `request-set.ts`.
 *
 * Rounding: `…Cover…` rounds down (`true` is a proof), `…MayOverlap` rounds up (`false` is a proof). Conditions are ignored.
 * For speed, long lists of actions have an index by name, and long lists of resources one by text. Real policies name hundreds of
 * actions, and grants put the same resources in the role and in the session policy.
 */
import { memoize } from '../../util/memo';
import { Statement, Targets } from '../policy/policy';
import { Budget } from '../strings/budget';
import { actionCovers, resourceCovers } from '../strings/covers';
import { GeneratedNames, mayOverlap } from '../strings/overlaps';
import { actionPattern, areEquivalent, matchesEverything, mayHoldPolicyVariable, Pattern, samePattern } from '../strings/pattern';

/** One action pattern (or all but some) on one resource pattern (or all but some). */
export interface PatternPair {
  readonly action: Targets;
  readonly resource: Targets;
}

type PatternCovers = (wide: Pattern, narrow: Pattern, budget: Budget) => boolean;

/** The pairs of a statement. The statement is their union. */
export function pairsOf(statement: Statement): PatternPair[] {
  return splitTargets(statement.actions).flatMap((action) => splitTargets(statement.resources).map((resource) => ({ action, resource })));
}

/** Whether the statement's actions and resources certainly cover the whole pair. */
export function statementCovers(statement: Statement, pair: PatternPair, budget: Budget): boolean {
  return actionsCover(statement, pair.action, budget) && resourcesCover(statement, pair.resource, budget);
}

/** Whether one statement's actions and resources certainly cover all of another's. */
export function statementCoversStatement(wide: Statement, narrow: Statement, budget: Budget): boolean {
  return splitTargets(narrow.actions).every((action) => actionsCover(wide, action, budget))
    && splitTargets(narrow.resources).every((resource) => resourcesCover(wide, resource, budget));
}

/** Whether the statement's actions certainly cover that of the pair. */
export function statementCoversAction(statement: Statement, pair: PatternPair, budget: Budget): boolean {
  return actionsCover(statement, pair.action, budget);
}

function actionsCover(statement: Statement, action: Targets, budget: Budget): boolean {
  return targetsCover(relevantActions(statement.actions, action), action, actionCovers, budget);
}

function resourcesCover(statement: Statement, resource: Targets, budget: Budget): boolean {
  if (listsPattern(statement.resources, resource)) { return true; }
  return targetsCover(statement.resources, resource, resourceCovers, budget);
}

/** Whether two statements have the same actions and resources in the same order, as grants to both policies have. */
export function haveSameTargets(a: Statement, b: Statement): boolean {
  return haveSamePatterns(a.actions, b.actions) && haveSamePatterns(a.resources, b.resources);
}

function haveSamePatterns(a: Targets, b: Targets): boolean {
  return a.negated === b.negated && a.patterns.length === b.patterns.length && a.patterns.every((p, i) => samePattern(p, b.patterns[i]));
}

/** Whether the statement may match some request of the pair. */
export function statementMayOverlap(statement: Statement, pair: PatternPair, names: GeneratedNames, budget: Budget): boolean {
  return actionsMayOverlap(statement, pair.action, names, budget)
    && targetsMayOverlap(statement.resources, pair.resource, resourceCovers, names, budget);
}

export function actionsMayOverlap(statement: Statement, action: Targets, names: GeneratedNames, budget: Budget): boolean {
  return targetsMayOverlap(relevantActions(statement.actions, action), action, actionCovers, names, budget);
}

/** Whether a statement may match an action, such as `s3:GetObject`, on any resource. */
export function mayMatchAction(statement: Statement, action: string): boolean {
  return actionsMayOverlap(statement, { negated: false, patterns: [actionPattern(action)] }, 'anything', new Budget(Infinity));
}

/** The statement with only the patterns that matter to the pair; `undefined` if it certainly matches no request of the pair. */
export function restrictStatement(statement: Statement, pair: PatternPair, budget: Budget): Statement | undefined {
  const actions = restrictTargets(relevantActions(statement.actions, pair.action), pair.action, actionCovers, budget);
  const resources = actions && restrictTargets(statement.resources, pair.resource, resourceCovers, budget);
  return resources && { ...statement, actions, resources };
}

/** `undefined` if the targets certainly match nothing of the unit: one pattern, or a complement. */
function restrictTargets(targets: Targets, unit: Targets, covers: PatternCovers, budget: Budget): Targets | undefined {
  if ((targets.negated || unit.negated) && !targetsMayOverlap(targets, unit, covers, 'anything', budget)) { return undefined; }
  if (unit.negated) { return targets; }
  const patterns = targets.patterns.filter((p) => (targets.negated && mayHoldPolicyVariable(p)) || mayOverlap(p, unit.patterns[0], 'anything', budget));
  return targets.negated || patterns.length > 0 ? { negated: targets.negated, patterns } : undefined;
}

/** The pair of a single request. */
export function pairOfRequest(action: Pattern, resource: Pattern): PatternPair {
  return { action: { negated: false, patterns: [action] }, resource: { negated: false, patterns: [resource] } };
}

/** A union of patterns is split; a complement of patterns stays whole. */
export function splitTargets(targets: Targets): Targets[] {
  return targets.negated ? [targets] : targets.patterns.map((pattern) => ({ negated: false, patterns: [pattern] }));
}

/** `narrow` is one pattern, or a complement. */
function targetsCover(wide: Targets, narrow: Targets, covers: PatternCovers, budget: Budget): boolean {
  if (!wide.negated && !narrow.negated) {
    return wide.patterns.some((w) => covers(w, narrow.patterns[0], budget));
  }
  if (!wide.negated) { return wide.patterns.some(matchesEverything); }
  if (narrow.negated && sameTargets(wide, narrow)) { return true; }
  // From here on `wide` is a complement. IAM does not document what it excludes if a variable has no value.
  if (wide.patterns.some((p) => mayHoldPolicyVariable(p) || p.unclear !== undefined)) { return false; }
  return narrow.negated
    ? wide.patterns.every((out) => narrow.patterns.some((n) => !mayHoldPolicyVariable(n) && covers(n, out, budget)))
    : wide.patterns.every((out) => !mayOverlap(out, narrow.patterns[0], 'anything', budget));
}

/** Whether the same pattern is in a list. */
function listsPattern(wide: Targets, narrow: Targets): boolean {
  if (wide.negated || narrow.negated || wide.patterns.length === 1) { return false; } // comparing one pattern is as fast as looking it up
  const same = patternsBySource(wide).get(narrow.patterns[0].source.toString());
  return same !== undefined && samePattern(same, narrow.patterns[0]);
}

const patternsBySource = memoize(({ patterns }: Targets) => new Map(patterns.map((p) => [p.source.toString(), p])));

/** Whether two complements have the same patterns, however often and in what order, and so exclude the same. */
function sameTargets(a: Targets, b: Targets): boolean {
  return a.patterns.every((x) => b.patterns.some((y) => areEquivalent(x, y)))
    && b.patterns.every((y) => a.patterns.some((x) => areEquivalent(x, y)));
}

/** At least one side is one pattern, or a complement. */
function targetsMayOverlap(a: Targets, b: Targets, covers: PatternCovers, names: GeneratedNames, budget: Budget): boolean {
  if (a.negated && b.negated) { return true; }
  if (!a.negated && !b.negated) {
    return a.patterns.some((x) => b.patterns.some((y) => mayOverlap(x, y, names, budget)));
  }
  const [complement, positive] = a.negated ? [a, b] : [b, a];
  return positive.patterns.some((p) => !complement.patterns.some((out) => !mayHoldPolicyVariable(out) && covers(out, p, budget)));
}

/** The actions that can matter to the unit: if it is a single action, the same action and all patterns with wildcards or variables. */
function relevantActions(actions: Targets, unit: Targets): Targets {
  const name = unit.negated || unit.patterns.length !== 1 || actions.patterns.length < WORTH_AN_INDEX ? undefined : plainName(unit.patterns[0]);
  if (name === undefined) { return actions; }
  const { wild, byName } = indexOf(actions);
  const same = byName.get(name);
  return { negated: actions.negated, patterns: same ? [same, ...wild] : wild };
}

const WORTH_AN_INDEX = 16;

interface NameIndex {
  /** Actions with a wildcard or a symbolic variable. */
  readonly wild: readonly Pattern[];
  /** The other actions, by their name in lower case. */
  readonly byName: ReadonlyMap<string | undefined, Pattern>;
}

const indexOf = memoize(({ patterns }: Targets): NameIndex => ({
  wild: patterns.filter((p) => plainName(p) === undefined), byName: new Map(patterns.map((p) => [plainName(p), p])),
}));

/** The action in lower case; `undefined` if it has a wildcard or a symbolic variable. */
function plainName({ source }: Pattern): string | undefined {
  return typeof source === 'string' && !/[*?]/.test(source) ? source.toLowerCase() : undefined;
}
