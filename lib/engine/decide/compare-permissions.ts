/**
 * What people ask about a session policy beyond whether it narrows: which statements change nothing, whether it permits anything,
 * whether it takes anything away. Each answer is a proof or none: `false` and an empty list mean "not proven".
 */
import { decideNarrowing } from './decide-narrowing';
import { contextFor, NarrowingOptions, prepareDecision } from './decision';
import { shortcutsOf } from './shortcuts';
import { intersectStatements, Omission } from '../intersect/effective-permissions';
import { Layer, Policy, Statement } from '../policy/policy';
import { NarrowingQuestion } from '../policy/verdict';
import { RequestCatalog, unknownActionIn } from '../regions/catalog';
import { possibleSubsets } from '../regions/possible-subsets';
import { DecisionContext, RequestSet, requestSetsOf } from '../regions/request-set';
import { intersectAll, subtractAll } from '../regions/subtract';
import { pairsOf, restrictStatement } from '../regions/targets';
import { Budget, DEFAULT_BUDGET, withinBudget } from '../strings/budget';

/** Why a statement of a session policy changes nothing. */
export type WithoutEffect =
  /** The role allows nothing of what it allows: the pods are denied all of it. */
  | 'outside the role'
  /** The session policy denies all of what it allows. */
  | 'denied by the session policy'
  /** Its conditions never hold. */
  | 'matches nothing'
  /** Other statements of the session policy allow all of it. */
  | 'repeated'
  /** A deny statement that matches nothing which is allowed. */
  | 'denies nothing';

/**
 * The statements of the session policy that could go without a change for the pods. Only what is proven: a statement that is
 * not listed may have no effect either. If two statements repeat each other, the later one is listed.
 */
export function statementsWithoutEffect(
  question: NarrowingQuestion, options: NarrowingOptions = {},
): Array<{ readonly statement: Statement; readonly why: WithoutEffect }> {
  const { session } = question;
  const dropped = new Set<Statement>();
  const result: Array<{ readonly statement: Statement; readonly why: WithoutEffect }> = [];
  for (const statement of [...session.statements].reverse()) {
    const others = session.statements.filter((s) => s !== statement && !dropped.has(s));
    const why = whyWithoutEffect(statement, others, question, options);
    if (!why) { continue; }
    dropped.add(statement);
    result.unshift({ statement, why });
  }
  return result;
}

function whyWithoutEffect(
  statement: Statement, others: readonly Statement[], question: NarrowingQuestion, options: NarrowingOptions,
): WithoutEffect | undefined {
  const session = { ...question.session, statements: [statement] };
  if (isUnsatisfiable({ session: { ...session, statements: [{ ...statement, effect: 'Allow' }] }, layers: [] }, options)) { return 'matches nothing'; }
  const denies = others.filter((s) => s.effect === 'Deny');
  if (statement.effect === 'Deny') {
    return others.some((s) => s.effect === 'Allow' && reaches(s, statement, question, options)) ? undefined : 'denies nothing';
  }
  if (isUnsatisfiable({ session: { ...session, statements: [statement, ...denies] }, layers: [] }, options)) { return 'denied by the session policy'; }
  if (isUnsatisfiable({ session, layers: question.layers }, options)) { return 'outside the role'; }
  const rest = sessionLayer({ name: session.name, statements: others.filter((s) => s.effect === 'Allow') });
  return decideNarrowing({ session, layers: [rest] }, { ...options, catalog: undefined }).kind === 'narrows' ? 'repeated' : undefined;
}

/** Whether it is proven that no request is allowed by the session policy and by every layer. */
export function isUnsatisfiable(question: NarrowingQuestion, options: NarrowingOptions = {}): boolean {
  const context = contextFor(question, { budget: options.budget });
  const layers = [question.session.statements, ...question.layers.map(({ policies }) => policies.flatMap((p) => p.statements))];
  if (shortcutsOf(options).isClearlySatisfiable(layers)) { return false; }
  return leavesNothing(question, context, (left) => left.next().done === true);
}

/**
 * Whether it is proven that AWS makes no request of the role that the session policy and every layer allow: none that the catalog
 * has, and none of a role that is known as far as the options tell. An action that a policy names and the catalog does not have
 * may be newer than the catalog: it proves nothing.
 */
export function allowsNoAwsRequest(asked: NarrowingQuestion, options: NarrowingOptions & { readonly catalog: RequestCatalog }): boolean {
  const { question, context } = prepareDecision(asked, options);
  const { catalog } = options;
  return leavesNothing(question, context, (left, near) => {
    const mayBeNewer = near.some(({ actions: { negated, patterns } }) => (
      !negated && patterns.some((pattern) => unknownActionIn({ negated, patterns: [pattern] }, catalog) !== undefined)));
    return mayBeNewer ? left.next().done === true : [...left].every((requests) => possibleSubsets(requests, catalog, context).next().done === true);
  });
}

/** `isNothing` decides for each pair of the session policy; `near` are the allow statements that may apply to the pair. */
function leavesNothing(
  question: NarrowingQuestion, context: DecisionContext, isNothing: (left: Generator<RequestSet>, near: readonly Statement[]) => boolean,
): boolean {
  if (question.layers.some((layer) => layer.gaps.length > 0)) { return false; }
  const layers = [[question.session], ...question.layers.map((l) => l.policies)].map((policies) => policies.flatMap((p) => p.statements));
  const denies = layers.flat().filter((s) => s.effect === 'Deny');
  const [own, ...others] = layers.map((statements) => statements.filter((s) => s.effect === 'Allow'));
  return withinBudget(() => own.every((statement) => pairsOf(statement).every((pair) => {
    const restrict = (list: readonly Statement[]) => list.flatMap((s) => restrictStatement(s, pair, context.budget) ?? []);
    const near = others.map(restrict);
    const common = near.reduce(
      (sets, allows) => allows.flatMap((allow) => intersectAll(sets, allow, context)),
      requestSetsOf(pair, statement.conditions, context),
    );
    return isNothing(subtractAll(common, restrict(denies), context), [statement, ...near.flat()]);
  })), () => false);
}

/** Whether it is proven that the session policy allows all that the role does: then it takes nothing away. */
export function coversRole(question: NarrowingQuestion, options: NarrowingOptions = {}): boolean {
  if (question.layers.some((layer) => layer.gaps.length > 0)) { return false; }
  if (shortcutsOf(options).isClearlyBeyond(question, options)) { return false; }
  const role = roleAsOnePolicy(question, options);
  const layers = [sessionLayer(question.session)];
  return role !== undefined && decideNarrowing({ session: role, layers }, { ...options, catalog: undefined }).kind === 'narrows';
}

/** What the layers allow together; `undefined` if no policy can express it. */
function roleAsOnePolicy({ layers }: NarrowingQuestion, options: NarrowingOptions): Policy | undefined {
  const statements = layers.map((l) => l.policies.flatMap((p) => p.statements));
  const denies = statements.flat().filter((s) => s.effect === 'Deny');
  const omitted: Omission[] = [];
  return withinBudget(() => {
    const allows = intersectStatements(statements.map((list) => list.filter((s) => s.effect === 'Allow')), omitted, new Budget(options.budget ?? DEFAULT_BUDGET));
    return omitted.length > 0 ? undefined : { name: 'the role', statements: [...allows, ...denies] };
  }, () => undefined);
}

function reaches(allow: Statement, deny: Statement, question: NarrowingQuestion, options: NarrowingOptions): boolean {
  const context = contextFor(question, { budget: options.budget });
  return withinBudget(
    () => pairsOf(allow).some((pair) => intersectAll(requestSetsOf(pair, allow.conditions, context), deny, context).length > 0),
    () => true,
  );
}

/** The session policy in the place of a role, to ask what it covers. */
function sessionLayer(policy: Policy): Layer {
  return { name: 'session policy', policies: [policy], gaps: [] };
}
