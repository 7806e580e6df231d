/**
 * Intersects several layers and writes the result as one policy document: the effective permissions of a session, and the parts of
 * a suggested fix.
 *
 * Rounds down: the document allows nothing that a layer does not allow. Intersections that no document can express are listed in
 * `omitted`. If the budget ends, or if a deny statement cannot be written, the document allows nothing.
 */
import { intersectConditions } from './conditions';
import { intersectActions, intersectResources } from './patterns';
import { implies } from '../policy/implies';
import { Json } from '../policy/json';
import { parseStatement, policyDocument } from '../policy/parse-policy';
import { describeStatement, Policy, Statement, Targets } from '../policy/policy';
import { printStatement, statementAsJson, StatementJson } from '../policy/print-statement';
import { pairsOf, statementCovers, statementMayOverlap } from '../regions/targets';
import { Budget, DEFAULT_BUDGET, withinBudget } from '../strings/budget';
import { mayOverlap } from '../strings/overlaps';
import { matchesEverything, Pattern } from '../strings/pattern';
import { SymbolicString } from '../strings/symbolic-string';

export interface PolicyJson {
  readonly Version: '2012-10-17';
  readonly Statement: readonly StatementJson[];
}

export interface EffectivePermissions {
  /** Allows what all layers allow, as far as a policy document can express it: never more, and all of it if `omitted` is empty. */
  readonly document: PolicyJson;
  /** What the document omits, because no policy document can express it or the budget ended. */
  readonly omitted: readonly Omission[];
}

export interface Omission {
  /** The omitted statements, as messages refer to them. */
  readonly statements: readonly string[];
  readonly why: string;
}

export interface EffectivePermissionsOptions {
  /** Comparison steps. If they do not suffice, everything is omitted. @default 1,000,000 */
  readonly budget?: number;
}

/**
 * The permissions of a session: the requests that the session policy, at least one identity policy and the boundary all allow, and that no
 * policy denies.
 * @see https://docs.aws.amazon.com/IAM/latest/UserGuide/access_policies.html#policies_session
 */
export function effectivePermissions(
  session: Policy, identity: readonly Policy[], boundary?: Policy, options: EffectivePermissionsOptions = {},
): EffectivePermissions {
  return intersectPermissions([[session], identity, ...(boundary ? [[boundary]] : [])], options);
}

/** The requests that a policy of each list allows, and that no policy denies. There must be at least one list. */
export function intersectPermissions(lists: ReadonlyArray<readonly Policy[]>, options: EffectivePermissionsOptions = {}): EffectivePermissions {
  const layers = lists.map((policies) => policies.flatMap((p) => p.statements));
  const budget = new Budget(options.budget ?? DEFAULT_BUDGET);
  const omitted: Omission[] = [];
  return withinBudget(() => {
    const allows = intersectStatements(layers.map((statements) => statements.filter((s) => s.effect === 'Allow')), omitted, budget);
    return { document: documentOf(allows, deniesOf(layers.flat(), allows, omitted, budget)), omitted };
  }, () => ({ document: documentOf([], []), omitted: [...omitted, { statements: [], why: 'the policies are too large to intersect' }] }));
}

/** The deny statements that matter; `undefined` if one cannot be written, so nothing may be allowed. */
function deniesOf(statements: readonly Statement[], allows: readonly Statement[], omitted: Omission[], budget: Budget): Statement[] | undefined {
  const denies = statements.filter((s) => s.effect === 'Deny'
    && allows.some((allow) => pairsOf(allow).some((pair) => statementMayOverlap(s, pair, 'anything', budget))));
  const written = denies.map((s) => writable(s, omitted));
  return written.includes(undefined) ? undefined : dropRepeated(written as Statement[], budget);
}

function documentOf(allows: readonly Statement[], denies: readonly Statement[] | undefined): PolicyJson {
  // Statements of different policies may have the same Sid. Statements of one policy may not.
  const statements = denies ? [...allows, ...denies] : [];
  return policyDocument(statements.map((s) => statementAsJson({ ...s, sid: undefined })));
}

const OLD_VERSION = '`${` is literal text in a policy without Version 2012-10-17, and a variable in this document';

/** Statements that allow only requests that each layer allows with some statement: all such requests, except those added to `omitted`. */
export function intersectStatements(layers: ReadonlyArray<readonly Statement[]>, omitted: Omission[], budget: Budget): Statement[] {
  const [first, ...others] = layers;
  let common = first.flatMap((s) => writable(s, omitted) ?? []);
  for (const layer of others) {
    common = dropRepeated(common.flatMap((a) => layer.flatMap((b) => {
      const both = writable(b, omitted) && intersectPair(a, b, budget);
      if (both && 'why' in both) { omitted.push(both); }
      return both && 'effect' in both ? [both] : [];
    })), budget);
  }
  return dropRepeated(common, budget);
}

function writable(statement: Statement, omitted: Omission[]): Statement | undefined {
  if (statement.policyVariables || !mentionsPolicyVariable(statement)) { return statement; }
  omitted.push({ statements: [describeStatement(statement)], why: OLD_VERSION });
  return undefined;
}

function mentionsPolicyVariable(statement: Statement): boolean {
  return [...statement.resources.patterns.map((p) => p.source), ...statement.conditions.flatMap((c) => c.values)].some((text) => text.toString().includes('${'));
}

/** What both statements allow; `undefined` if that is nothing. */
function intersectPair(a: Statement, b: Statement, budget: Budget): Statement | Omission | undefined {
  const omission = (why: string): Omission => ({ statements: [describeStatement(a), describeStatement(b)], why });
  const actions = intersectTargets(a.actions, b.actions, intersectActions, budget);
  const resources = actions && intersectTargets(a.resources, b.resources, intersectResources, budget);
  if (!actions || !resources) { return omission(`no few patterns match the ${actions ? 'resources' : 'actions'} that both do`); }
  if (isNothing(actions) || isNothing(resources)) { return undefined; }
  const conditions = intersectConditions(a.conditions, b.conditions, budget);
  if (conditions === 'none') { return undefined; }
  if ('inexpressible' in conditions) { return omission(conditions.inexpressible); }
  const json = printStatement({ effect: 'Allow' }, actions, resources, conditions);
  const { policy } = parseStatement(json as Json, a.policy);
  return policy.statements[0] && { ...policy.statements[0], index: a.index, sid: a.sid };
}

interface PrintableTargets {
  readonly negated: boolean;
  readonly list: ReadonlyArray<string | SymbolicString>;
}

function isNothing({ negated, list }: PrintableTargets): boolean {
  return !negated && list.length === 0;
}

type PatternIntersection = (a: Pattern, b: Pattern, budget: Budget) => Array<string | SymbolicString> | undefined;

function intersectTargets(a: Targets, b: Targets, inCommonOf: PatternIntersection, budget: Budget): PrintableTargets | undefined {
  const sources = (targets: Targets) => targets.patterns.map((p) => p.source);
  if (a.negated && b.negated) { return { negated: true, list: [...new Set([...sources(a), ...sources(b)])] }; }
  if (a.negated || b.negated) {
    const [out, positive] = a.negated ? [a, b] : [b, a];
    if (positive.patterns.some(matchesEverything)) { return { negated: true, list: sources(out) }; }
    const left: Array<string | SymbolicString> = [];
    for (const pattern of positive.patterns) {
      if (out.patterns.some((o) => inCommonOf(o, pattern, budget)?.[0] === pattern.source)) { continue; }
      if (out.patterns.some((o) => mayOverlap(o, pattern, 'anything', budget))) { return undefined; }
      left.push(pattern.source);
    }
    return { negated: false, list: left };
  }
  const list: Array<string | SymbolicString> = [];
  for (const x of a.patterns) {
    for (const y of b.patterns) {
      const both = inCommonOf(x, y, budget);
      if (!both) { return undefined; }
      list.push(...both);
    }
  }
  return { negated: false, list: [...new Set(list)] };
}

/** Drops statements that another one covers. */
function dropRepeated(statements: readonly Statement[], budget: Budget): Statement[] {
  const says = (a: Statement, b: Statement) => a.effect === b.effect && implies(b.conditions, a.conditions)
    && pairsOf(b).every((pair) => statementCovers(a, pair, budget));
  return statements.filter((s, i) => !statements.some((other, k) => k !== i && says(other, s) && (k < i || !says(s, other))));
}
