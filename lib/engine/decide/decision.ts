/**
 * The input and the state of one decision: the question, the options, and data that is looked up often. `decideNarrowing` creates it once.
 * It is plain data, except for two records in `context`: the steps that are spent, and the assumptions of the decision.
 *
 * With a catalog, the question applies only to requests of the role: policy variables for properties of the role are replaced with their
 * values.
 */
import { completePrincipal } from './complete-principal';
import { lazy, memoize } from '../../util/memo';
import { multivaluedKeysIn } from '../policy/context-keys';
import { Policy, Statement, Targets } from '../policy/policy';
import { Assumption, Principal } from '../policy/principal';
import { serviceOf, statementsOfService } from '../policy/service-index';
import { KeyValue, specializeStatement, variableKeysOf } from '../policy/specialize';
import { NarrowingQuestion } from '../policy/verdict';
import { RequestCatalog } from '../regions/catalog';
import { mayCrossColonsIn } from '../regions/colon-crossings';
import { CompletePrincipal, factsOfPrincipal, KeyFacts } from '../regions/key-facts';
import { DecisionContext } from '../regions/request-set';
import { actionsMayOverlap, pairsOf } from '../regions/targets';
import { Budget, DEFAULT_BUDGET } from '../strings/budget';
import { GeneratedNames } from '../strings/overlaps';
import { textKey } from '../strings/symbolic-string';
import { KnownAction } from '../witness/candidates';
import { LayerSlice } from '../witness/find-witness';

export interface NarrowingOptions {
  /** Actions to make witnesses of. They name witnesses; no proof depends on them. @default none */
  readonly knownActions?: readonly KnownAction[];
  /** The requests that AWS makes. Others are ignored. @default - every request that policies can describe */
  readonly catalog?: RequestCatalog;
  /** What is known of the role. Only with a catalog. @default - what its policies show */
  readonly principal?: Principal;
  /**
   * Whether generated names are `distinct`, other names than all that are written and than each other, or may be `anything`.
   * Only refutations rest on it. @default distinct
   */
  readonly generatedNames?: GeneratedNames;
  /** Comparison steps for each pair of an action and a resource of the session policy. More than ten pairs share ten times as many. @default 1,000,000 */
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
  /** The assumptions of the proofs of the decision so far. */
  readonly grounds: Grounds;
  /** The deny statements of the session policy. */
  readonly sessionDenies: readonly Statement[];
  /** For each layer, the statements that may apply to a service; `undefined` is any service. */
  readonly statementsOf: (service: string | undefined) => readonly StatementsByEffect[];
}

/** The assumptions of a proof. The decision adds to them as it proceeds. */
export interface Grounds {
  /** Whether it holds only for the requests that AWS makes. */
  onlyRequestsOfAws: boolean;
  readonly assumptions: Set<Assumption>;
}

export function prepareDecision(asked: NarrowingQuestion, options: NarrowingOptions): Decision {
  const grounds: Grounds = { onlyRequestsOfAws: false, assumptions: new Set() };
  const principal = options.catalog && completePrincipal(asked, options.catalog.asOf, options.principal);
  const question = principal ? specializeQuestion(asked, principal, grounds) : asked;
  return {
    question,
    options,
    context: contextFor(asked, options, principal, grounds),
    grounds,
    sessionDenies: question.session.statements.filter((s) => s.effect === 'Deny'),
    statementsOf: memoize((service) => question.layers.map(({ policies }) => {
      const all = policies.flatMap((policy) => statementsOfService(policy, service));
      return { allows: all.filter((s) => s.effect === 'Allow'), denies: all.filter((s) => s.effect === 'Deny') };
    })),
  };
}

/** The question about requests of the role only. */
function specializeQuestion({ session, layers }: NarrowingQuestion, principal: CompletePrincipal, grounds: Grounds): NarrowingQuestion {
  const facts = factsOfPrincipal(principal);
  const specialize = (policy: Policy): Policy => {
    const known = policy.statements.flatMap(variableKeysOf).flatMap((key) => facts.get(key) ?? []);
    if (known.length === 0) { return policy; }
    grounds.onlyRequestsOfAws = true;
    for (const of of known) {
      if (of.assumption && valueUnder(of) !== undefined) { grounds.assumptions.add(of.assumption); }
    }
    return { ...policy, statements: policy.statements.flatMap((s) => specializeStatement(s, (key) => valueUnder(facts.get(key))) ?? []) };
  };
  return { session: specialize(session), layers: layers.map((layer) => ({ ...layer, policies: layer.policies.map(specialize) })) };
}

function valueUnder(facts: KeyFacts | undefined): KeyValue {
  if (facts?.presence === 'never') { return 'missing'; }
  return facts?.presence === 'always' && facts.value !== undefined ? { text: facts.value } : undefined;
}

/** The context of a decision that no catalog limits. */
export function contextFor(
  question: NarrowingQuestion, { budget: steps = DEFAULT_BUDGET, catalog, generatedNames = 'distinct' }: NarrowingOptions,
  principal?: CompletePrincipal, grounds?: Grounds,
): DecisionContext {
  const facts = principal && factsOfPrincipal(principal);
  const mayBeMultivalued = multivaluedKeysIn(question);
  return {
    budget: new Budget(steps),
    mayBeMultivalued: (key) => mayBeMultivalued(key) || catalog?.kindOfKey?.(key) === 'list',
    mayCrossColons: (...of) => !catalog || mayCrossColonsIn(catalog, ...of),
    factsOfPrincipal: (key) => facts?.get(key) ?? (catalog?.kindOfKey?.(key) === 'boolean' ? ONE_BOOLEAN : undefined),
    mentionedKeys: lazy(() => (catalog ? keysIn(question) : new Map())),
    principal,
    ...(principal?.partition !== undefined && { partition: { name: principal.partition, assumption: principal.partitionAssumed } }),
    relyOn: (assumption) => {
      if (!grounds) { return; }
      grounds.onlyRequestsOfAws = true;
      if (assumption) { grounds.assumptions.add(assumption); }
    },
    names: generatedNames,
  };
}

const ONE_BOOLEAN: KeyFacts = { presence: 'sometimes', isBoolean: true };

function keysIn({ session, layers }: NarrowingQuestion): ReadonlyMap<string, string> {
  const statements = [session, ...layers.flatMap(({ policies }) => policies)].flatMap((policy) => policy.statements);
  const ofVariables = statements.flatMap(variableKeysOf).map((key): [string, string] => [key, key]);
  const ofConditions = statements.flatMap(({ conditions }) => conditions).map(({ key, keyName }): [string, string] => [key, keyName.toString()]);
  return new Map([...ofVariables, ...ofConditions]);
}

/** The same decision with the steps of one pair, whatever other pairs have spent. So the order of statements changes nothing. */
export function withShareOfBudget(decision: Decision): Decision {
  return { ...decision, context: { ...decision.context, budget: new Budget(shareOfBudget(decision)) } };
}

/** Each of up to ten pairs may spend the whole budget. More pairs share what ten of them may spend. */
function shareOfBudget({ question, options: { budget = DEFAULT_BUDGET } }: Decision): number {
  return budget * Math.min(1, UNDIVIDED / countPairs(question.session));
}

const UNDIVIDED = 10;

/** The number of different pairs that a policy allows: the same however its statements are split, ordered or repeated. */
const countPairs = memoize(({ statements }: Policy): number => {
  const allows = statements.filter(({ effect }) => effect === 'Allow');
  const written = allows.reduce((sum, { actions, resources }) => sum + actions.patterns.length * resources.patterns.length, 0);
  if (written <= UNDIVIDED) { return written; }
  const textOf = ({ negated, patterns }: Targets) => `${negated} ${patterns.map(({ source }) => textKey(source)).join()}`;
  return new Set(allows.flatMap((s) => pairsOf(s).map(({ action, resource }) => `${textOf(action)} ${textOf(resource)}`))).size;
});

/** Each layer with the statements that may apply to the action. */
export function slicesOf(action: Targets, { question, sessionDenies, statementsOf, context }: Decision): LayerSlice[] {
  const mayApply = (statements: readonly Statement[]) => statements.filter((s) => actionsMayOverlap(s, action, 'anything', context.budget));
  const denies = mayApply(sessionDenies);
  const near = statementsOf(serviceOf(action));
  return question.layers.map((layer, i) => ({
    layer, sessionDenies: denies, allows: mayApply(near[i].allows), denies: mayApply(near[i].denies),
  }));
}
