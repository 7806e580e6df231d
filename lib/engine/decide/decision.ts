/**
 * What one decision is asked and works with: the question, the options, and what is looked up again and again. `decideNarrowing`
 * makes it once; all of it is plain data but for two tallies in `context`: the steps that are spent, and what the decision
 * takes from the reference data.
 */
import { memoize } from '../../util/memo';
import { multivaluedKeysIn } from '../policy/context-keys';
import { Statement, Targets } from '../policy/policy';
import { serviceOf, statementsOfService } from '../policy/service-index';
import { NarrowingQuestion } from '../policy/verdict';
import { ActionCatalog, mayCrossColonsIn } from '../regions/catalog';
import { DecisionContext } from '../regions/request-set';
import { actionsMayOverlap } from '../regions/targets';
import { Budget, DEFAULT_BUDGET } from '../strings/budget';
import { GeneratedNames } from '../strings/overlaps';
import { KnownAction } from '../witness/candidates';
import { LayerSlice } from '../witness/find-witness';

export interface NarrowingOptions {
  /** Actions to make witnesses of. They name witnesses; no proof depends on them. @default none */
  readonly knownActions?: readonly KnownAction[];
  /** The requests that AWS makes. Others do not count. @default - every request counts that policies can speak of */
  readonly catalog?: ActionCatalog;
  /**
   * Whether generated names are `distinct`, other names than all that are written and than each other, or may be `anything`.
   * Only refutations rest on it. @default distinct
   */
  readonly generatedNames?: GeneratedNames;
  /** Comparison steps that one decision may take. @default 1,000,000 */
  readonly budget?: number;
  /** Whether one excess is enough; otherwise each statement is looked at. The kind of the verdict is the same. @default false */
  readonly firstExcessOnly?: boolean;
  /** Whether to take the shortcuts of `shortcuts.ts`. Tests compare both ways. @default true */
  readonly shortcuts?: boolean;
}

/** The statements of a layer that may apply to a service. */
export type StatementsByEffect = Pick<LayerSlice, 'allows' | 'denies'>;

export interface Decision {
  readonly question: NarrowingQuestion;
  readonly options: NarrowingOptions;
  readonly context: DecisionContext;
  /** The deny statements of the session policy. */
  readonly sessionDenies: readonly Statement[];
  /** For each layer, the statements that may apply to a service; `undefined` is any service. */
  readonly statementsOf: (service: string | undefined) => readonly StatementsByEffect[];
}

export function prepareDecision(question: NarrowingQuestion, options: NarrowingOptions): Decision {
  return {
    question,
    options,
    context: contextFor(question, options),
    sessionDenies: question.session.statements.filter((s) => s.effect === 'Deny'),
    statementsOf: memoize((service) => question.layers.map(({ policies }) => {
      const all = policies.flatMap((policy) => statementsOfService(policy, service));
      return { allows: all.filter((s) => s.effect === 'Allow'), denies: all.filter((s) => s.effect === 'Deny') };
    })),
  };
}

export function contextFor(question: NarrowingQuestion, { budget: steps = DEFAULT_BUDGET, catalog, generatedNames = 'distinct' }: NarrowingOptions): DecisionContext {
  const budget = new Budget(steps);
  return {
    budget,
    mayBeMultivalued: multivaluedKeysIn(question),
    mayCrossColons: (pattern) => !catalog || mayCrossColonsIn(catalog, pattern, budget),
    keptInFields: new Set(),
    names: generatedNames,
  };
}

/** Each layer with the statements that may apply to the action. */
export function slicesOf(action: Targets, { question, sessionDenies, statementsOf, context }: Decision): LayerSlice[] {
  const mayApply = (statements: readonly Statement[]) => statements.filter((s) => actionsMayOverlap(s, action, 'anything', context.budget));
  const denies = mayApply(sessionDenies);
  const near = statementsOf(serviceOf(action));
  return question.layers.map((layer, i) => ({
    layer, sessionDenies: denies, allows: mayApply(near[i].allows), denies: mayApply(near[i].denies),
  }));
}
