/**
 * Tells what an excess means for the pods: nothing that they ask for works, it works under a condition, or a guardrail cuts it.
 * The rules and `compare` ask it about each statement that exceeds the role. The verdict stays `exceeds`.
 *
 * Each kind is proven: `dead` by a witness that the role denies without conditions, or by an empty intersection; `guardrail` by a role
 * that would allow all of it without its guardrails, or may, for the reasons given. What is neither is `conditional`. Policies of the organization
 * are guardrails, unless they deny every request of a pair.
 */
import { allowsNoAwsRequest, isUnsatisfiable } from './compare-permissions';
import { decideNarrowing } from './decide-narrowing';
import { NarrowingOptions } from './decision';
import { memoize } from '../../util/memo';
import { isGuardrail } from '../policy/guardrail';
import { parseStatement } from '../policy/parse-policy';
import { isOrganizational, Layer, Policy, Reason, Statement, Targets } from '../policy/policy';
import { Excess, NarrowingQuestion, Verdict, Witness } from '../policy/verdict';
import { pairOfRequest, pairsOf, statementCoversStatement } from '../regions/targets';
import { Budget, DEFAULT_BUDGET, withinBudget } from '../strings/budget';
import { actionPattern, Element, mayHoldPolicyVariable, resourcePattern } from '../strings/pattern';

export type ExcessKind =
  /** The role denies the witness in every context, or denies all of an action on a resource. */
  | 'dead'
  /** The role allows it under a condition that the session policy does not repeat. */
  | 'conditional'
  /** Only guardrails deny it: Deny statements of the role whose conditions test how a request is made, or policies of the organization. */
  | 'guardrail';

export interface ClassifiedExcess extends Excess {
  readonly kind: ExcessKind;
  /** With `guardrail`: what is in doubt about the rest of the role. Empty: it is proven to allow all of the statement. */
  readonly reasons: readonly Reason[];
}

export interface ClassifiedExcesses {
  /** One for each statement that exceeds the role: the most severe excess that was found. */
  readonly excesses: readonly ClassifiedExcess[];
  /** The reasons of all of them, each once. */
  readonly reasons: readonly Reason[];
}

/** `verdict`: that of the question under the same options, with an excess for each statement. */
export function classifyExcesses(
  verdict: Extract<Verdict, { kind: 'exceeds' }>, question: NarrowingQuestion, options: NarrowingOptions = {},
): ClassifiedExcesses {
  const rest = withoutGuardrails(question);
  const verdictOfRest = question.layers.some(hasGuardrail) ? decideNarrowing(rest, options) : verdict;
  const unguarded = new Map(verdictOfRest.kind === 'exceeds' ? verdictOfRest.excesses.map((excess) => [excess.statement, excess]) : []);
  const excesses = verdict.excesses.map((excess): ClassifiedExcess => {
    const classified = classify(excess, unguarded.get(excess.statement), question, options);
    const isProven = classified.kind !== 'guardrail' || verdictOfRest.kind === 'narrows';
    return { ...classified, reasons: isProven ? [] : reasonsOf({ ...rest, session: onlyAllowing(excess.statement, rest) }, options) };
  });
  return { excesses, reasons: [...new Map(excesses.flatMap(({ reasons }) => reasons).map((reason) => [reason.message, reason])).values()] };
}

function reasonsOf(question: NarrowingQuestion, options: NarrowingOptions): readonly Reason[] {
  const verdict = decideNarrowing(question, options);
  return verdict.kind === 'undetermined' ? verdict.reasons : [];
}

/** `unguarded`: the excess of the statement over the role without its guardrails, if there is one. */
function classify(
  excess: Excess, unguarded: Excess | undefined, question: NarrowingQuestion, options: NarrowingOptions,
): Omit<ClassifiedExcess, 'reasons'> {
  const { statement } = excess;
  const ask = (of: Statement, layers: readonly Layer[]) => excessOf({ ...question, layers, session: onlyAllowing(of, question) }, options);
  const named = (found: Excess, kind: ExcessKind) => ({ ...found, statement, kind });

  const role = question.layers.filter((layer) => !isOrganizational(layer));
  const always = ask(statement, role.map(withoutConditions));
  if (always) { return named(always, 'dead'); }
  for (const pair of pairsOf(statement).slice(0, PAIRS_EXAMINED)) {
    const part = { ...statement, actions: pair.action, resources: pair.resource };
    const isNothing = (layers: readonly Layer[]) => allowsNoRequest({ layers, session: onlyAllowing(part, question) }, options);
    const dead = isNothing(question.layers) ? ask(part, deadIn(question.layers, isNothing)) ?? ask(part, question.layers) : undefined;
    if (dead) { return named(dead, 'dead'); }
  }
  if (!unguarded) { return named(excess, 'guardrail'); }
  return named(unguarded, isDead(unguarded.witness, statement, question, options) ? 'dead' : 'conditional');
}

/** The layers that deny every request: those of the role, if they do, and otherwise those of the organization. */
function deadIn(layers: readonly Layer[], isNothing: (layers: readonly Layer[]) => boolean): readonly Layer[] {
  const organization = layers.filter(isOrganizational);
  return organization.length === 0 || isNothing(layers.filter((layer) => !isOrganizational(layer))) ? layers : organization;
}

/** Maximum number of pairs of a statement that are examined alone. */
export const PAIRS_EXAMINED = 200;

export function excessOf(question: NarrowingQuestion, options: NarrowingOptions): Excess | undefined {
  const verdict = decideNarrowing(question, { ...options, firstExcessOnly: true });
  return verdict.kind === 'exceeds' ? verdict.excesses[0] : undefined;
}

/** The session policy with one allow statement, and all that it denies. */
export function onlyAllowing(statement: Statement, { session }: NarrowingQuestion): NarrowingQuestion['session'] {
  return { ...session, statements: [statement, ...session.statements.filter(({ effect }) => effect === 'Deny')] };
}

/**
 * What the layer may allow in some context: conditions hold, and policy variables have any value. What it does not allow, it denies in
 * every context. Many associations share the layers of a role: computed once.
 */
const withoutConditions = memoize((layer: Layer): Layer => {
  const keep = (statement: Statement): Statement[] => {
    const resources = withAnyValues(statement.resources);
    const dependsOnContext = statement.conditions.length > 0 || resources !== statement.resources;
    if (!dependsOnContext) { return [statement]; }
    return statement.effect === 'Allow' ? [{ ...statement, conditions: [], resources }] : [];
  };
  return { ...layer, policies: layer.policies.map((policy) => ({ ...policy, statements: policy.statements.flatMap(keep) })) };
});

/** The targets, with every value that policy variables may have: the same object if there are none. */
function withAnyValues(targets: Targets): Targets {
  const { negated, patterns } = targets;
  if (!patterns.some(mayHoldPolicyVariable)) { return targets; }
  if (negated) { return { negated, patterns: patterns.filter((pattern) => !mayHoldPolicyVariable(pattern)) }; }
  const widen = (element: Element): Element => (element.type === 'variable' && element.variable.conditionKey !== undefined ? { type: 'many' } : element);
  return { negated, patterns: patterns.map((pattern) => ({ ...pattern, elements: pattern.elements.map(widen) })) };
}

function hasGuardrail(layer: Layer): boolean {
  return isOrganizational(layer) || layer.policies.some(({ statements }) => statements.some(isGuardrail));
}

/** The question that a fix of the excess has to answer. It has guardrails only if one of them is the cause, or denies every request of a pair. */
export function questionOfFix({ denial, statement }: Excess, question: NarrowingQuestion, options: NarrowingOptions = {}): NarrowingQuestion {
  const isByGuardrail = denial.statement !== undefined && isGuardrail(denial.statement);
  if (!question.layers.some(hasGuardrail) || isByGuardrail || isOrganizational({ name: denial.layer })) { return question; }
  const rest = withoutGuardrails(question);
  const isCut = pairsOf(statement).slice(0, PAIRS_EXAMINED).some((pair) => {
    const session = onlyAllowing({ ...statement, actions: pair.action, resources: pair.resource }, question);
    return allowsNoRequest({ ...question, session }, options) && !allowsNoRequest({ ...rest, session }, options);
  });
  return isCut ? question : rest;
}

/** The statements of the role whose conditions decide whether it allows the statement of the excess. */
export function conditionalStatements({ statement, denial }: Excess, { layers }: NarrowingQuestion): readonly Statement[] {
  if (denial.statement) { return [denial.statement]; }
  const layer = layers.find(({ name, source }) => name === denial.layer && source === denial.source)!;
  const allows = layer.policies.flatMap(({ statements }) => statements).filter(({ effect, conditions }) => effect === 'Allow' && conditions.length > 0);
  const budget = new Budget(DEFAULT_BUDGET);
  return withinBudget(() => allows.filter((allow) => statementCoversStatement(allow, statement, budget)), () => []);
}

function withoutGuardrails(question: NarrowingQuestion): NarrowingQuestion {
  return { ...question, layers: question.layers.filter((layer) => !isOrganizational(layer)).map(unguardedLayer) };
}

/** Many associations share the layers of a role: computed once. */
const unguardedLayer = memoize((layer: Layer): Layer => ({
  ...layer, policies: layer.policies.map((policy) => ({ ...policy, statements: policy.statements.filter((s) => !isGuardrail(s)) })),
}));

/** Whether no request of the action on the resource of the witness is allowed. `false` also if the witness assumes deploy-time values. */
function isDead({ action, resource, assumed }: Witness, statement: Statement, question: NarrowingQuestion, options: NarrowingOptions): boolean {
  if (assumed.size > 0 || /[*?]/.test(resource)) { return false; }
  const { action: actions, resource: resources } = pairOfRequest(actionPattern(action), resourcePattern(resource, false));
  return allowsNoRequest({ ...question, session: onlyAllowing({ ...statement, actions, resources }, question) }, options);
}

/** Whether it is proven that AWS makes no request that session policy and layers allow. A layer with gaps may allow anything. */
export function allowsNoRequest(asked: NarrowingQuestion, options: NarrowingOptions): boolean {
  const { catalog } = options;
  const layers = asked.layers.map((layer) => (layer.gaps.length === 0 ? layer : { ...layer, policies: [...layer.policies, ANYTHING], gaps: [] }));
  const question = { ...asked, layers };
  return catalog ? allowsNoAwsRequest(question, { ...options, catalog }) : isUnsatisfiable(question, options);
}

const ANYTHING: Policy = parseStatement({ Effect: 'Allow', Action: '*', Resource: '*' }, 'what is not known').policy;
