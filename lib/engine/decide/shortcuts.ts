/**
 * Shortcuts of a decision, for statements of a session policy that repeat a statement of the role, or are inside one.
 *
 * Invariant: a shortcut gives the answer that the plain algorithm gives if it has enough steps, or it abstains (`false`, `undefined`).
 * One shortcut may go further: it may guess a witness that the plain search does not find. This witness is replayed like any other.
 * test/engine/decide/shortcuts.property.test.ts checks each shortcut. The laws of test/engine/laws, which compare the engine with an
 * independent evaluator, are tested with the shortcuts and without them.
 */
import { Decision, NarrowingOptions } from './decision';
import { memoize } from '../../util/memo';
import { implies } from '../policy/implies';
import { Layer, Statement, Targets } from '../policy/policy';
import { serviceOf } from '../policy/service-index';
import { Excess, NarrowingQuestion } from '../policy/verdict';
import { RequestSet } from '../regions/request-set';
import { haveSameTargets, pairsOf, statementCovers, statementCoversStatement } from '../regions/targets';
import { Budget, DEFAULT_BUDGET, withinBudget } from '../strings/budget';
import { findWitness, Search } from '../witness/find-witness';

/** From this number of statements on, subtracting them costs more than a guess. */
const WORTH_GUESSING = 8;

export interface Shortcuts {
  /** Inside: each layer allows the same targets under no further condition, and the session policy repeats each deny statement of the layer. */
  isRepeated(statement: Statement, decision: Decision): boolean;
  /** Inside: nothing is denied, and one statement of each layer allows all of it. */
  isInsideOneStatementOfEachLayer(statement: Statement, decision: Decision): boolean;
  /** A witness among a few requests of the sets, before the many allow statements are subtracted. */
  guessWitness(sets: readonly RequestSet[], search: Search, decision: Decision): Excess | undefined;
  /** Some request is allowed: `isUnsatisfiable` cannot be proven. */
  isClearlySatisfiable(layers: ReadonlyArray<readonly Statement[]>): boolean;
  /** The role allows a request that the session policy does not: `coversRole` cannot be proven. */
  isClearlyBeyond(question: NarrowingQuestion, options: NarrowingOptions): boolean;
}

/** The plain algorithm only. */
const NO_SHORTCUTS: Shortcuts = {
  isRepeated: () => false,
  isInsideOneStatementOfEachLayer: () => false,
  guessWitness: () => undefined,
  isClearlySatisfiable: () => false,
  isClearlyBeyond: () => false,
};

export const SHORTCUTS: Shortcuts = {
  isRepeated(statement, decision) {
    return onlyRepeatDenials(decision) && decision.question.layers.every(({ policies }) => policies.some((p) => p.statements.some((allow) => (
      haveSameTargets(allow, statement) && implies(statement.conditions, allow.conditions)))));
  },

  /** Only for actions of one service, because `statementsOf` a service omits the statements and patterns of other services. */
  isInsideOneStatementOfEachLayer(statement, { question, statementsOf, context }) {
    const service = serviceOf(statement.actions);
    if (service === undefined || question.layers.some((layer) => layer.gaps.length > 0)) { return false; }
    return statementsOf(service).every(({ allows, denies }) => denies.length === 0 && allows.some((allow) => (
      implies(statement.conditions, allow.conditions) && statementCoversStatement(allow, statement, context.budget))));
  },

  guessWitness(sets, search, { options }) {
    if (options.catalog || search.near.length < WORTH_GUESSING) { return undefined; }
    for (const requests of sets) {
      const excess = findWitness(requests, search);
      if (excess) { return excess; }
    }
    return undefined;
  },

  isClearlySatisfiable([statements, ...others]) {
    const leavesNothingOut = ({ effect, actions, resources, conditions }: Statement) => (
      effect === 'Allow' && conditions.length === 0 && !actions.negated && !resources.negated);
    return others.length === 0 && statements.every((s) => s.effect === 'Allow') && statements.some(leavesNothingOut);
  },

  /**
   * Suppose that no single statement of the session policy covers a pair of the role. Then all statements together do not cover it: each
   * wildcard of the pair may stand for a letter that no statement contains. A statement that matches such a request matches the letter
   * with its own wildcards, and so would cover the whole pair. (This argument fails with `?`, `NotAction` or `NotResource`.)
   */
  isClearlyBeyond({ session, layers: [identity, ...others] }, options) {
    const role = others.length === 0 ? identity.policies.flatMap((p) => p.statements) : [];
    const allows = session.statements.filter((s) => s.effect === 'Allow');
    if (role.some((s) => s.effect === 'Deny') || !allows.every((s) => isPlain(s.actions) && isPlain(s.resources))) { return false; }
    const budget = new Budget(options.budget ?? DEFAULT_BUDGET);
    return withinBudget(() => role.some((s) => s.conditions.length === 0 && !s.actions.negated && !s.resources.negated
      && pairsOf(s).some((pair) => !allows.some((allow) => statementCovers(allow, pair, budget)))), () => false);
  },
};

export function shortcutsOf({ shortcuts = true }: NarrowingOptions): Shortcuts {
  return shortcuts ? SHORTCUTS : NO_SHORTCUTS;
}

function onlyRepeatDenials({ question, sessionDenies }: Decision): boolean {
  return repeatsOnlyDenials(question)(sessionDenies);
}

const repeatsOnlyDenials = memoize((question: NarrowingQuestion) => memoize((sessionDenies: readonly Statement[]) => (
  question.layers.every((layer) => repeatsOnly(sessionDenies, layer)))));

/** Whether all of the layer is known, and the session policy repeats each of its deny statements. */
function repeatsOnly(sessionDenies: readonly Statement[], { policies, gaps }: Layer): boolean {
  return gaps.length === 0 && policies.every((p) => p.statements.every((s) => s.effect === 'Allow'
    || sessionDenies.some((own) => haveSameTargets(own, s) && implies(s.conditions, own.conditions))));
}

function isPlain({ negated, patterns }: Targets): boolean {
  return !negated && patterns.every((p) => p.elements.every((e) => e.type !== 'one'));
}
