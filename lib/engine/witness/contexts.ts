/**
 * Proposes values for the condition keys of a witness. They agree with its ARN, its role, and each other.
 * `candidates.ts` combines them with an action and a resource.
 *
 * A context proves nothing: `find-witness.ts` checks and replays each request. Only certain states of keys are proposed.
 */
import { valueThatMatches } from './matching-value';
import { SymbolicRequest } from './symbolic-request';
import { memoizeBy } from '../../util/memo';
import { presenceCondition } from '../policy/condition-entry';
import { Statement } from '../policy/policy';
import { specializeCondition, variableKeysIn, variableKeysInCondition, variableKeysOf } from '../policy/specialize';
import { KeyFacts } from '../regions/key-facts';
import { KeyState, keyValueOf, Literal } from '../regions/key-states';
import { ACCOUNT_KEY, ORGANIZATION_KEY, organizationInOwnAccount, otherAccount, Place } from '../regions/place';
import { DecisionContext, findStateOf } from '../regions/request-set';
import { Budget } from '../strings/budget';
import { arnFields, literalText, Pattern } from '../strings/pattern';
import { sameText, textKey } from '../strings/symbolic-string';

type Context = SymbolicRequest['context'];
type FactsOf = (key: string) => KeyFacts | undefined;

/** Maximum number of values that are tried for each key of a policy variable. */
const VALUES_TRIED = 4;

/** A resource, and a value that is tried for the key of a policy variable; `undefined`: the key is missing. */
interface Trial {
  readonly resource: Pattern;
  readonly chosen?: { readonly key: string; readonly value: string | undefined };
}

/**
 * Returns contexts for each resource of a request set, with the likely values of policy variables: first those that need nothing of
 * them, then those with which one of the statements matches the resource. Many resources have the same contexts.
 */
export function contextsUnder(
  conditions: readonly Literal[], place: Place, statements: () => readonly Statement[], decision: DecisionContext,
): (resource: Pattern) => Iterable<Context> {
  const contextFor = memoizeBy(textOfTrial, ({ resource, chosen }: Trial): Context | undefined => {
    if (!chosen) { return contextOf(conditions, resource, place, decision) ?? inOtherAccount(conditions, resource, place, decision); }
    const { key, value } = chosen;
    const facts: KeyFacts = value === undefined ? { presence: 'never' } : { presence: 'always', value };
    return contextOf(conditions, resource, place, decision, (of) => (of === key ? facts : undefined));
  });
  return function* (resource) {
    const first = contextFor({ resource });
    if (first) { yield first; }
    const shown = new Set([...keysThatDecide(conditions, resource), ...decision.mentionedKeys().keys()]);
    const isOpen = (key: string) => shown.has(key) && !decision.factsOfPrincipal(key); // another value may change the context
    for (const [key, values] of valuesToTry(resource, first, statements(), isOpen, decision.budget)) {
      for (const value of values) {
        const context = value === first?.get(key) ? undefined : contextFor({ resource, chosen: { key, value } });
        if (context) { yield context; }
      }
    }
  };
}

/** The region and the account of an ARN tell values of keys; the rest of it does so if it has variables. */
function textOfTrial({ resource: { elements }, chosen }: Trial): string {
  const header = variableKeysIn(elements).length > 0 ? undefined : arnFields(elements)?.slice(0, -1);
  return JSON.stringify([(header ?? [elements]).map((field) => textKey(literalText(field))), chosen?.key, chosen?.value]);
}

/** Likely values for the keys of the policy variables that the resource and the statements contain. */
function* valuesToTry(
  resource: Pattern, first: Context | undefined, statements: readonly Statement[], isOpen: (key: string) => boolean, budget: Budget,
): Generator<readonly [key: string, values: ReadonlyArray<string | undefined>]> {
  const patterns = statements.flatMap(({ resources }) => resources.patterns);
  const keys = new Set([...statements.flatMap(variableKeysOf), ...variableKeysIn(resource.elements)]);
  for (const key of [...keys].filter(isOpen)) {
    const known = first?.get(key);
    const values = [
      ...patterns.flatMap((pattern) => valueThatMatches(pattern, key, resource, budget) ?? []),
      ...(typeof known === 'string' ? [known.toUpperCase()] : []),
      'example', 'another-example', undefined,
    ];
    yield [key, [...new Set(values)].slice(0, VALUES_TRIED)];
  }
}

/** The keys whose values the conditions compare, or the resource contains. */
function keysThatDecide(conditions: readonly Literal[], resource: Pattern): readonly string[] {
  return [...keysOfVariables(conditions, resource), ...conditions.map(({ entry }) => entry.key)];
}

function keysOfVariables(conditions: readonly Literal[], resource: Pattern): readonly string[] {
  return [...conditions.flatMap(({ entry }) => variableKeysInCondition(entry)), ...variableKeysIn(resource.elements)];
}

/** The ARNs of some resources do not contain the account: it may be a different account than that of the role. */
function inOtherAccount(conditions: readonly Literal[], resource: Pattern, place: Place, decision: DecisionContext): Context | undefined {
  const { principal } = decision;
  const dependsOnAccount = conditions.some(({ entry }) => place.sharedKey(entry.key) === ORGANIZATION_KEY);
  const isOpen = principal && dependsOnAccount && place.fieldOf(ACCOUNT_KEY) === undefined;
  return isOpen ? contextOf(conditions, resource, place, decision, (key) => (
    key === ACCOUNT_KEY ? otherAccount(place.factsOf(key), principal) : undefined)) : undefined;
}

/** A certain state of each key that the conditions, the policies and the resource mention; `undefined` if there is none. */
function contextOf(
  conditions: readonly Literal[], resource: Pattern, place: Place, decision: DecisionContext, chosen: FactsOf = () => undefined,
): Context | undefined {
  const known = factsFrom(resource, place, decision);
  const equal = equalVariables(conditions, known);
  const states = new Map<string, KeyState>();
  const factsOf: FactsOf = (key) => {
    const isOwn = key === ORGANIZATION_KEY && isOwnAccount(states.get(ACCOUNT_KEY)?.value ?? known(ACCOUNT_KEY)?.value, place, decision);
    return (isOwn ? organizationInOwnAccount(decision) : undefined) ?? chosen(key) ?? known(key) ?? equal.get(key);
  };
  const add = (key: string, literals: readonly Literal[]) => {
    const state = findStateOf(key, literals, decision, factsOf(key));
    if (!state?.certain) { return false; }
    states.set(key, state);
    return true;
  };
  // Values of policy variables come first, because other values depend on them, and the account before the organization.
  if (![...new Set(keysOfVariables(conditions, resource))].every((key) => add(key, conditions))) { return undefined; }
  const literals = conditions.map(({ entry, holds }) => ({
    entry: specializeCondition(entry, (key) => (states.has(key) ? keyValueOf(states.get(key)!.value) : undefined)), holds,
  }));
  const ofConditions = conditions.map(({ entry }) => entry.key);
  const withAccount = ofConditions.includes(ORGANIZATION_KEY) && factsOf(ACCOUNT_KEY) ? [ACCOUNT_KEY] : [];
  if (![...withAccount, ...ofConditions].every((key) => states.has(key) || add(key, literals))) { return undefined; }
  const region = states.get('aws:requestedregion')?.value;
  if (typeof region === 'string' && !REGION.test(region)) { return undefined; }
  addKeysOfPolicies(states, factsOf, place, decision);
  return new Map([...states].flatMap(([key, { value }]): Array<[string, KeyState['value']]> => (value === undefined ? [] : [[key, value]])));
}

/** The names of regions: https://docs.aws.amazon.com/global-infrastructure/latest/regions/aws-regions.html */
const REGION = /^[a-z]+(-[a-z]+)+-\d$/;

/** What the ARN, the action and the role tell about each key. */
function factsFrom(resource: Pattern, place: Place, decision: DecisionContext): FactsOf {
  const header = arnFields(resource.elements);
  return (key) => {
    const field = place.fieldOf(key);
    if (field !== undefined && header) { return { presence: 'always', value: literalText(header[field]) }; }
    return place.factsOf(key) ?? decision.factsOfPrincipal(key);
  };
}

function isOwnAccount(value: KeyState['value'], place: Place, { principal }: DecisionContext): boolean {
  const account = keyValueOf(value);
  return principal !== undefined && !place.isUntied(ACCOUNT_KEY) && typeof account === 'object' && sameText(account.text, principal.account);
}

/** The keys that a condition requires to equal a key of known value, as in `aws:PrincipalOrgID` = `${aws:ResourceOrgID}`. */
function equalVariables(conditions: readonly Literal[], factsOf: FactsOf): ReadonlyMap<string, KeyFacts> {
  return new Map(conditions.flatMap(({ entry: { key, meaning }, holds }): Array<[string, KeyFacts]> => {
    if (!holds || meaning?.type !== 'value' || meaning.test.family !== 'text' || meaning.negated || meaning.set) { return []; }
    const [[only, ...rest] = [], ...others] = meaning.test.patterns; // no value: the condition never holds
    const other = only?.type === 'variable' && rest.length + others.length === 0 ? only.variable.conditionKey : undefined;
    const value = other === undefined ? undefined : factsOf(key)?.value;
    return other === undefined || value === undefined ? [] : [[other, { presence: 'always', value }]];
  }));
}

/** Adds the keys that the policies mention and that all such requests have. A key has the same value by all its names. */
function addKeysOfPolicies(states: Map<string, KeyState>, factsOf: FactsOf, { sharedKey }: Place, decision: DecisionContext): void {
  const mentioned = [...decision.mentionedKeys().keys()];
  for (const key of mentioned.map(sharedKey)) {
    const facts = states.has(key) ? undefined : factsOf(key);
    if (facts?.presence !== 'always') { continue; }
    const value = facts.value ?? findStateOf(key, [isPresent(key)], decision, facts)?.value;
    states.set(key, { value, certain: true });
  }
  for (const key of mentioned) {
    const state = states.get(sharedKey(key));
    if (state) { states.set(key, state); }
  }
}

/** The name of the key tells which values look real. */
function isPresent(key: string): Literal {
  return { entry: presenceCondition(key, false), holds: true };
}
