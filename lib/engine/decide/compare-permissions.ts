import { decideNarrowing, NarrowingOptions } from './decide-narrowing';
import { intersectStatements, Omission } from '../intersect/effective-permissions';
import { multivaluedKeysIn } from '../policy/context-keys';
import { Policy, Statement, Targets } from '../policy/policy';
import { NarrowingQuestion } from '../policy/verdict';
import { DecisionContext, requestSetsOf } from '../regions/request-set';
import { intersectAll, subtractAll } from '../regions/subtract';
import { pairsOf, restrictStatement, statementCovers } from '../regions/targets';
import { Budget, DEFAULT_BUDGET, withinBudget } from '../strings/budget';

/** Why a statement of a session policy changes nothing. */
export type WithoutEffect =
  /** The role allows nothing of what it allows: the pods are denied all of it. */
  | 'outside the role'
  /** The session policy denies all of what it allows. */
  | 'denied by the session policy'
  /** Other statements of the session policy allow all of it. */
  | 'repeated'
  /** A deny statement that matches nothing which is allowed. */
  | 'denies nothing';

/**
 * The statements of the session policy that could go without a change for the pods. Only what is proven: a statement that is
 * not listed may have no effect either. Of two statements that repeat each other, the later one is listed.
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
  const denies = others.filter((s) => s.effect === 'Deny');
  if (statement.effect === 'Deny') {
    return others.some((s) => s.effect === 'Allow' && reaches(s, statement, question, options)) ? undefined : 'denies nothing';
  }
  if (isUnsatisfiable({ session: { ...session, statements: [statement, ...denies] }, layers: [] }, options)) { return 'denied by the session policy'; }
  if (isUnsatisfiable({ session, layers: question.layers }, options)) { return 'outside the role'; }
  const rest = { name: 'identity policies' as const, policies: [{ name: session.name, statements: others.filter((s) => s.effect === 'Allow') }], gaps: [] };
  return decideNarrowing({ session, layers: [rest] }, { ...options, catalog: undefined }).kind === 'narrows' ? 'repeated' : undefined;
}

/** Whether it is proven that no request is allowed by the session policy and by every layer. */
export function isUnsatisfiable(question: NarrowingQuestion, options: NarrowingOptions = {}): boolean {
  const context = contextOf(question, options);
  const layers = [[question.session], ...question.layers.map((l) => l.policies)].map((policies) => policies.flatMap((p) => p.statements));
  const incomplete = question.layers.some((layer) => layer.gaps.length > 0);
  const denies = layers.flat().filter((s) => s.effect === 'Deny');
  const allows = layers.map((statements) => statements.filter((s) => s.effect === 'Allow'));
  if (layers.length === 1 && denies.length === 0 && allows[0].some(isClearlySatisfiable)) { return false; }
  return !incomplete && withinBudget(
    () => allows[0].every((statement) => pairsOf(statement).every((pair) => {
      const near = (list: readonly Statement[]) => list.flatMap((s) => restrictStatement(s, pair, context.budget) ?? []);
      const common = allows.slice(1).reduce(
        (sets, layer) => near(layer).flatMap((allow) => intersectAll(sets, allow, context)),
        requestSetsOf(pair, statement.conditions, context),
      );
      return subtractAll(common, near(denies), context).next().done === true;
    })),
    () => false,
  );
}

/** Whether it certainly matches some request: what is left of all but some may be nothing. */
function isClearlySatisfiable({ actions, resources, conditions }: Statement): boolean {
  return conditions.length === 0 && !actions.negated && !resources.negated;
}

/** Whether it is proven that the session policy allows all that the role does: then it takes nothing away. */
export function coversRole(question: NarrowingQuestion, options: NarrowingOptions = {}): boolean {
  if (question.layers.some((layer) => layer.gaps.length > 0)) { return false; }
  if (clearlyDoesNotCover(question, options)) { return false; }
  const session = { name: 'identity policies' as const, policies: [question.session], gaps: [] };
  const role = roleAsOnePolicy(question, options);
  return role !== undefined && decideNarrowing({ session: role, layers: [session] }, { ...options, catalog: undefined }).kind === 'narrows';
}

/**
 * Whether a pair that the role allows is inside no statement of the session policy. Then requests of it are outside of all of them
 * together: each wildcard of the pair may stand for a letter that no statement has, and a statement that matches it then, by its
 * own wildcards, matches the pair. (Not so with `?`, nor with what statements leave out.) Most session policies end here.
 */
function clearlyDoesNotCover({ session, layers: [identity, ...others] }: NarrowingQuestion, options: NarrowingOptions): boolean {
  const role = others.length === 0 ? identity.policies.flatMap((p) => p.statements) : [];
  const allows = session.statements.filter((s) => s.effect === 'Allow');
  if (role.some((s) => s.effect === 'Deny') || !allows.every((s) => isPlain(s.actions) && isPlain(s.resources))) { return false; }
  const budget = new Budget(options.budget ?? DEFAULT_BUDGET);
  return withinBudget(() => role.some((s) => s.conditions.length === 0 && !s.actions.negated && !s.resources.negated
    && pairsOf(s).some((pair) => !allows.some((allow) => statementCovers(allow, pair, budget)))), () => false);
}

function isPlain({ negated, patterns }: Targets): boolean {
  return !negated && patterns.every((p) => p.elements.every((e) => e.type !== 'one'));
}

/** What the layers allow together; `undefined` where no policy can say it. */
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
  const context = contextOf(question, options);
  return withinBudget(
    () => pairsOf(allow).some((pair) => intersectAll(requestSetsOf(pair, allow.conditions, context), deny, context).length > 0),
    () => true,
  );
}

function contextOf(question: NarrowingQuestion, options: NarrowingOptions): DecisionContext {
  return { budget: new Budget(options.budget ?? DEFAULT_BUDGET), mayBeMultivalued: multivaluedKeysIn(question), mayCrossColons: () => true, names: 'distinct' };
}
