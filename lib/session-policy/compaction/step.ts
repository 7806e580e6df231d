/**
 * Takes one step of the compaction: each relation of the policy is divided into shorter statements, if the engine proves that the
 * policy has the same effect then. `compact.ts` decides which steps are taken.
 *
 * Invariant: a step makes the policy shorter or leaves it as it is.
 */
import { ActionTerms, LITERAL_TERMS } from './action-terms';
import { CATALOG_TERMS } from './catalog';
import { divide } from './divide';
import { isShorter, lengthOfJson } from './length';
import { proveEqual, Terms } from './prove-equal';
import { Read } from './readings';
import { Relation, relationsIn } from './relation';
import { tableOf } from './requirements';
import { RoleFacts, roleTerms } from './role';
import type { Budget, Layer } from '../../engine';
import { requestCatalog } from '../../reference/request-catalog';
import { arrange, minimize, ResolvedStatement } from '../minimize';

export interface Policy {
  readonly statements: readonly ResolvedStatement[];
  /** The statements that stay as they are, as JSON. */
  readonly whole: ReadonlySet<string>;
  readonly readings: readonly Read[];
  /** The steps beyond IAM's language that made the policy shorter. */
  readonly taken: ReadonlySet<'catalog' | 'role'>;
  /** What the proofs take for granted, in sentences. */
  readonly assumptions: ReadonlySet<string>;
  /** Whether shorter statements were found in the last step that are not proven to be equal. */
  readonly unproven: boolean;
}

export interface Step {
  readonly name: 'lossless' | 'catalog' | 'role';
  readonly effects: ReadonlyArray<'Allow' | 'Deny'>;
  /** Under which terms the results are equal. */
  readonly proof: () => Terms;
  readonly termsFor: (relation: Relation, policy: Policy) => ActionTerms;
}

export const LOSSLESS_STEP: Step = { name: 'lossless', effects: ['Allow', 'Deny'], proof: () => ({}), termsFor: () => LITERAL_TERMS };

/** What is denied stays as it is written: a wildcard that denies too little is found by nobody. */
export const CATALOG_STEP: Step = {
  name: 'catalog', effects: ['Allow'], proof: () => ({ catalog: requestCatalog() }), termsFor: () => CATALOG_TERMS,
};

export function roleStep(layers: readonly Layer[], budget?: Budget): Step {
  const facts = new RoleFacts(layers, budget);
  return {
    name: 'role',
    effects: ['Allow'],
    proof: () => ({ catalog: requestCatalog(), layers }),
    termsFor: (relation, { statements, readings }) => roleTerms(relation, statements.filter(({ Effect }) => Effect === 'Allow'), facts, readings),
  };
}

/** The same step with wildcards that are shorter and say less. */
export function withLetters(step: Step): Step {
  return { ...step, termsFor: (relation, policy) => ({ ...step.termsFor(relation, policy), pieces: 'letters' }) };
}

/** @throws BudgetExceeded */
export function takeStep(step: Step, policy: Policy, budget?: Budget): Policy {
  const { relations } = relationsIn(policy.statements, policy.readings, (s) => policy.whole.has(JSON.stringify(s)));
  return relations.filter(({ effect }) => step.effects.includes(effect)).reduce<Policy>((current, relation) => {
    const unconditional = relation.condition === undefined ? []
      : relations.filter(({ effect, condition }) => effect === relation.effect && condition === undefined);
    return shorten(relation, unconditional, step, current, budget);
  }, { ...policy, unproven: false });
}

function shorten(relation: Relation, unconditional: readonly Relation[], step: Step, policy: Policy, budget: Budget | undefined): Policy {
  const { statements, readings } = policy;
  const replaced = new Set(relation.statements.map((s) => JSON.stringify(s)));
  const others = statements.filter((s) => !replaced.has(JSON.stringify(s)));
  let unproven = false;
  for (const division of divide(tableOf(relation, unconditional, step.termsFor(relation, policy)), relation)) {
    const shorter = arrange([...others, ...minimize(division.statements)]);
    if (!isShorter(lengthOfJson(shorter), lengthOfJson(statements))) { continue; }
    const proof = proveEqual(statements, shorter, readings, { ...step.proof(), budget });
    if (proof) {
      return {
        ...policy,
        statements: shorter,
        taken: step.name === 'lossless' ? policy.taken : new Set([...policy.taken, step.name]),
        assumptions: new Set([...policy.assumptions, ...proof.map(({ message }) => message)]),
      };
    }
    unproven = true;
  }
  return { ...policy, unproven: policy.unproven || unproven };
}
