import { Budget } from './budget';
import { actionCovers, resourceCovers } from './covers';
import { GeneratedNames, mayOverlap } from './overlaps';
import { mayHoldVariable, matchesEverything, Pattern } from './pattern';
import { Statement, Targets } from './policy';

/** What a statement is about: one action pattern (or all but some) on one resource pattern (or all but some). */
export interface Box {
  readonly action: Targets;
  readonly resource: Targets;
}

type PatternCovers = (wide: Pattern, narrow: Pattern, budget: Budget) => boolean;

/** A statement as the boxes that it is the union of. */
export function boxesOf(statement: Statement): Box[] {
  return units(statement.actions).flatMap((action) => units(statement.resources).map((resource) => ({ action, resource })));
}

/** Whether the statement's actions and resources certainly take in the whole box. Conditions aside. */
export function statementCovers(statement: Statement, box: Box, budget: Budget): boolean {
  return targetsCover(statement.actions, box.action, actionCovers, budget)
    && targetsCover(statement.resources, box.resource, resourceCovers, budget);
}

/** Whether the statement may match some request of the box. Conditions aside. */
export function statementMayOverlap(statement: Statement, box: Box, names: GeneratedNames, budget: Budget): boolean {
  return targetsMayOverlap(statement.actions, box.action, actionCovers, names, budget)
    && targetsMayOverlap(statement.resources, box.resource, resourceCovers, names, budget);
}

/** The box of a single request. */
export function boxOfRequest(action: Pattern, resource: Pattern): Box {
  return { action: { negated: false, patterns: [action] }, resource: { negated: false, patterns: [resource] } };
}

/** A union of patterns is split; a complement of patterns stays whole. */
function units(targets: Targets): Targets[] {
  return targets.negated ? [targets] : targets.patterns.map((pattern) => ({ negated: false, patterns: [pattern] }));
}

/** `narrow` is a unit. */
function targetsCover(wide: Targets, narrow: Targets, covers: PatternCovers, budget: Budget): boolean {
  if (!wide.negated && !narrow.negated) {
    return wide.patterns.some((w) => covers(w, narrow.patterns[0], budget));
  }
  if (!wide.negated) { return wide.patterns.some(matchesEverything); }
  // From here on `wide` is a complement. What it leaves out if a variable has no value is not documented.
  if (wide.patterns.some((p) => mayHoldVariable(p) || p.unknown !== undefined)) { return false; }
  return narrow.negated
    ? wide.patterns.every((out) => narrow.patterns.some((n) => !mayHoldVariable(n) && covers(n, out, budget)))
    : wide.patterns.every((out) => !mayOverlap(out, narrow.patterns[0], 'anything', budget));
}

/** At least one side is a unit. */
function targetsMayOverlap(a: Targets, b: Targets, covers: PatternCovers, names: GeneratedNames, budget: Budget): boolean {
  if (a.negated && b.negated) { return true; }
  if (!a.negated && !b.negated) {
    return a.patterns.some((x) => b.patterns.some((y) => mayOverlap(x, y, names, budget)));
  }
  const [complement, positive] = a.negated ? [a, b] : [b, a];
  return positive.patterns.some((p) => !complement.patterns.some((out) => !mayHoldVariable(out) && covers(out, p, budget)));
}
