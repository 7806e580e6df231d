import { Budget, BudgetExceeded } from './budget';
import { implies } from './conditions';
import { findExcess } from './find-excess';
import { narrowedStatements } from './narrowed';
import { describeStatement, Layer, Reason, Statement } from './policy';
import { Box, boxesOf, statementCovers, statementMayOverlap } from './targets';
import { Excess, NarrowingQuestion, Verdict } from './verdict';
import { KnownAction } from './witness';

export interface NarrowingOptions {
  /** Actions to make witnesses of. They name witnesses; no proof depends on them. @default none */
  readonly knownActions?: readonly KnownAction[];
  /** Comparison steps that one decision may take. @default 20,000,000 */
  readonly budget?: number;
}

const DEFAULT_BUDGET = 20_000_000;

/**
 * Decides whether a session policy only narrows what a role permits.
 *
 * Every box (one action pattern on one resource pattern) that the session policy allows has to be inside each layer:
 * covered by one of its allow statements and out of reach of its deny statements. A box for which that cannot be shown
 * is searched for a request that the role certainly does not allow.
 * @see https://docs.aws.amazon.com/IAM/latest/UserGuide/access_policies.html#policies_session
 */
export function decideNarrowing(question: NarrowingQuestion, options: NarrowingOptions = {}): Verdict {
  const budget = new Budget(options.budget ?? DEFAULT_BUDGET);
  const excesses: Excess[] = [];
  const reasons: Reason[] = [];
  try {
    for (const statement of question.session.statements) {
      if (statement.effect === 'Deny') { continue; }
      decideStatement(statement, question, options, budget, excesses, reasons);
    }
  } catch (e) {
    if (!(e instanceof BudgetExceeded)) { throw e; }
    reasons.push({
      code: 'Budget',
      message: 'the policies are too large to compare completely',
      resolution: 'split the session policy, or write broader patterns in it',
    });
  }
  if (excesses.length > 0) { return { kind: 'exceeds', excesses }; }
  return reasons.length > 0 ? { kind: 'undetermined', reasons: unique(reasons) } : { kind: 'narrows' };
}

/** Adds at most one excess a statement: one request is enough to see what is wrong with it. */
function decideStatement(
  statement: Statement, question: NarrowingQuestion, options: NarrowingOptions, budget: Budget, excesses: Excess[], reasons: Reason[],
): void {
  const denies = question.session.statements.filter((s) => s.effect === 'Deny');
  const inside: Box[] = [];
  let found: Omit<Excess, 'narrowed'> | undefined;
  for (const box of boxesOf(statement)) {
    if (denies.some((deny) => implies(statement.conditions, deny.conditions) && statementCovers(deny, box, budget))) { continue; }
    const open = question.layers.map((layer) => ({ layer, why: whyNotInside(box, statement, layer, denies, budget) }))
      .filter(({ why }) => why.length > 0);
    if (open.length === 0) { inside.push(box); }
    for (const { layer, why } of open) {
      found ??= findExcess(box, statement, layer, question, options.knownActions ?? [], budget);
      reasons.push(...why);
    }
  }
  if (found) { excesses.push({ ...found, narrowed: narrowedStatements(statement, inside) }); }
}

/** Empty: the layer allows every request of the box that the session policy allows. */
function whyNotInside(box: Box, statement: Statement, layer: Layer, sessionDenies: readonly Statement[], budget: Budget): Reason[] {
  if (layer.unknown.length > 0) { return [...layer.unknown]; } // what is missing may deny anything, and allow anything
  const reasons: Reason[] = [];
  const all = layer.policies.flatMap((p) => p.statements);
  for (const deny of all.filter((s) => s.effect === 'Deny')) {
    if (statementMayOverlap(deny, box, 'anything', budget) && !deniedAlready(deny, sessionDenies, budget)) {
      reasons.push(denyMayApply(statement, deny, box));
    }
  }
  const allows = all.filter((s) => s.effect === 'Allow');
  const covering = allows.filter((allow) => statementCovers(allow, box, budget));
  if (!covering.some((allow) => implies(statement.conditions, allow.conditions))) {
    reasons.push(notAllowed(statement, box, layer, covering, allows.filter((allow) => statementMayOverlap(allow, box, 'anything', budget))));
  }
  return reasons;
}

/** Whether the session policy itself denies everything that `deny` denies. */
function deniedAlready(deny: Statement, sessionDenies: readonly Statement[], budget: Budget): boolean {
  const boxes = boxesOf(deny);
  return sessionDenies.some((s) => implies(deny.conditions, s.conditions) && boxes.every((box) => statementCovers(s, box, budget)));
}

function denyMayApply(statement: Statement, deny: Statement, box: Box): Reason {
  return {
    code: 'Deny',
    message: `${describeStatement(deny)} denies requests that may be among those that ${describeStatement(statement)} allows (${describeBox(box)})`,
    resolution: 'name in the session policy only what that statement leaves alone, or repeat the deny statement in the session policy',
  };
}

function notAllowed(statement: Statement, box: Box, layer: Layer, covering: readonly Statement[], overlapping: readonly Statement[]): Reason {
  if (covering.length > 0) {
    return {
      code: 'Condition',
      message: `${describeStatement(covering[0])} allows ${describeBox(box)} under conditions that ${describeStatement(statement)} does not have`,
      resolution: 'repeat the conditions of that statement in the session policy',
    };
  }
  const atoms = [box, ...overlapping].flatMap(atomLabels);
  if (overlapping.length > 0 && atoms.length > 0) {
    return {
      code: 'UnknownValue',
      message: `whether the ${layer.name} allow ${describeBox(box)} depends on ${[...new Set(atoms)].sort().join(', ')}, known at deployment only`,
      resolution: 'give the stack an explicit env, or name the resource in the session policy and in the role in the same way',
    };
  }
  if (overlapping.length === 0) {
    return {
      code: 'PartialOverlap',
      message: `no statement of the ${layer.name} allows ${describeBox(box)}, but no request was found that AWS would make and the role would not allow`,
      resolution: 'leave that action or resource out of the session policy, or allow it in the role',
    };
  }
  return {
    code: 'PartialOverlap',
    message: `no single statement of the ${layer.name} allows all of ${describeBox(box)}`
      + `, though ${overlapping.slice(0, 3).map(describeStatement).join(', ')} may allow a part`,
    resolution: 'split the statement of the session policy along the statements of the role',
  };
}

export function describeBox(box: Box): string {
  const list = (name: string, targets: Box['action']) =>
    `${targets.negated ? `Not${name} ` : ''}${targets.patterns.map((p) => p.source.toString()).join(', ')}`;
  return `${list('Action', box.action)} on ${list('Resource', box.resource)}`;
}

function atomLabels(about: Box | Statement): string[] {
  const targets = 'effect' in about ? [about.actions, about.resources] : [about.action, about.resource];
  return targets.flatMap((t) => t.patterns).flatMap((p) => p.elements).flatMap((e) => (e.type === 'atom' ? [e.atom.label] : []));
}

function unique(reasons: readonly Reason[]): Reason[] {
  return [...new Map(reasons.map((r) => [r.message, r])).values()];
}
