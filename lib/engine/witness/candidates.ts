/**
 * Proposes requests of a request set: known actions first, on resources that fit them, with a certain state of each condition key.
 * `find-witness.ts` checks and replays each candidate.
 *
 * A candidate proves nothing, and a missing one is not a proof either. Known actions only make witnesses that read well.
 */
import { candidateResources, sameKind } from './candidate-resources';
import { SymbolicRequest } from './symbolic-request';
import { presenceCondition } from '../policy/condition-entry';
import { Statement } from '../policy/policy';
import { KeyValue, specializeCondition, specializeTargets, variableKeysIn, variableKeysInCondition, variableKeysOf } from '../policy/specialize';
import { KeyFacts } from '../regions/key-facts';
import { KeyState, Literal } from '../regions/key-states';
import { ACCOUNT_KEY, ANY_PLACE, ORGANIZATION_KEY, organizationInOwnAccount, otherAccount, Place } from '../regions/place';
import { DecisionContext, findKeyStates, findStateOf, RequestSet } from '../regions/request-set';
import { PatternPair } from '../regions/targets';
import { Budget } from '../strings/budget';
import { CHARACTERS_PER_STEP } from '../strings/covers';
import { findString, isMetBy } from '../strings/find-string';
import { mayOverlap } from '../strings/overlaps';
import { actionPattern, arnFields, characterElement, Element, hasWildcard, literalText, Pattern } from '../strings/pattern';
import { StringSet, stringsMatching } from '../strings/string-set';
import { partsOf, sameText, SymbolicString } from '../strings/symbolic-string';

/** An action that exists, and a resource that it is used on. Names witnesses; no proof depends on it. */
export interface KnownAction {
  readonly action: string;
  readonly resource: string;
}

/** A request of a request set, for the caller to check. */
export interface Candidate extends SymbolicRequest {
  /** The resource is made up from a wildcard that does not show its form. The action may not be used on such a resource. */
  readonly resourceInvented: boolean;
  /** The keys of the request set in lower case, and as the policies write them. */
  readonly keyNames: ReadonlyMap<string, string>;
}

/** Maximum number of known actions that are tried in a request set. */
const ACTIONS_TRIED = 8;
const SAMPLE_NAMES = ['Example', 'AnotherExample', 'X'];

/** Where candidates are searched. */
export interface CandidateSearch {
  readonly pair: PatternPair;
  readonly known: readonly KnownAction[];
  /** Statements whose resources show what kind of resource the actions are used on. */
  readonly near: readonly Statement[];
  readonly context: DecisionContext;
  readonly place?: Place;
  /** The statements that a candidate is compared with. */
  readonly statements: () => readonly Statement[];
}

/** The candidates of a request set, those that read best first. */
export function* candidatesOf(requests: RequestSet, search: CandidateSearch): Generator<Candidate> {
  const { pair, known, near, context: decision, place = ANY_PLACE } = search;
  if (!findKeyStates(requests.conditions, decision)) { return; } // most sets without a candidate end here
  for (const name of candidateActions(requests.action, pair, known, decision.budget)) {
    const action = actionPattern(name);
    const usual = known.filter((k) => k.action.toLowerCase() === name.toString().toLowerCase()).map((k) => k.resource);
    for (const { resource: open, invented } of candidateResources(requests, name, usual, near, decision, place.form)) {
      if (usual.length > 0 && !usual.some((u) => sameKind(u, open))) { continue; }
      for (const context of contextsOf(requests.conditions, open, place, search)) {
        const resource = withValues(open, context);
        if (!resource) { continue; }
        yield {
          action,
          resource,
          context,
          resourceInvented: invented,
          isAskedOnStar: place.isAskedOnStar && requests.resource.type === 'star',
          keyNames: keyNamesOf(requests.conditions, context, decision),
        };
      }
    }
  }
}

/** Maximum number of values that are tried for each key of a policy variable. */
const VALUES_TRIED = 4;

/** Contexts with the likely values of policy variables: first those that need nothing of them, then those that a statement matches. */
function* contextsOf(conditions: readonly Literal[], resource: Pattern, place: Place, { statements, context: decision }: CandidateSearch): Generator<Candidate['context']> {
  const first = contextOf(conditions, resource, place, decision) ?? inOtherAccount(conditions, resource, place, decision);
  if (first) { yield first; }
  const compared = statements();
  const keys = new Set([...compared.flatMap(variableKeysOf), ...variableKeysIn(resource.elements)]);
  const patterns = compared.flatMap((statement) => statement.resources.patterns);
  for (const key of keys) {
    if (decision.factsOfPrincipal(key)) { continue; }
    const known = first?.get(key);
    const values = [
      ...patterns.flatMap((pattern) => valueThatMatches(pattern, key, resource, decision.budget) ?? []),
      ...(typeof known === 'string' ? [known.toUpperCase()] : []),
      'example', 'another-example', undefined,
    ];
    for (const value of [...new Set(values)].slice(0, VALUES_TRIED)) {
      const facts: KeyFacts = value === undefined ? { presence: 'never' } : { presence: 'always', value };
      const context = value === known ? undefined : contextOf(conditions, resource, place, decision, (of) => (of === key ? facts : undefined));
      if (context) { yield context; }
    }
  }
}

/** The ARNs of some resources do not tell the account: it may be another one than that of the role. */
function inOtherAccount(conditions: readonly Literal[], resource: Pattern, place: Place, decision: DecisionContext): Candidate['context'] | undefined {
  const { principal } = decision;
  const dependsOnAccount = conditions.some(({ entry }) => place.sharedKey(entry.key) === ORGANIZATION_KEY);
  const isOpen = principal && dependsOnAccount && place.fieldOf(ACCOUNT_KEY) === undefined;
  return isOpen ? contextOf(conditions, resource, place, decision, (key) => (
    key === ACCOUNT_KEY ? otherAccount(place.factsOf(key), principal) : undefined)) : undefined;
}

/** The value of the key with which the pattern matches the resource, if its variable occurs once. It has no slash and no colon. */
function valueThatMatches(pattern: Pattern, key: string, resource: Pattern, budget: Budget): string | undefined {
  const { elements } = pattern;
  if (variableKeysIn(elements).filter((of) => of === key).length !== 1 || resource.elements.some((e) => e.type !== 'char')) { return undefined; }
  if (!mayOverlap(pattern, resource, 'anything', budget)) { return undefined; }
  const characters = resource.elements.flatMap((e) => (e.type === 'char' ? [e.char] : []));
  const at = elements.findIndex((e) => e.type === 'variable' && e.variable.conditionKey === key);
  const before = matchedLengths(elements.slice(0, at), characters, budget);
  const behind = matchedLengths(elements.slice(at + 1).reverse(), [...characters].reverse(), budget);
  for (const start of characters.keys()) {
    if (!before[start]) { continue; }
    budget.spend(Math.ceil(characters.length / CHARACTERS_PER_STEP));
    const separator = characters.findIndex((char, i) => i >= start && (char === '/' || char === ':'));
    for (let end = separator < 0 ? characters.length : separator; end > start; end--) {
      if (behind[characters.length - end]) { return characters.slice(start, end).join(''); }
    }
  }
  return undefined;
}

/** For each number of characters, whether the elements match so many of the first characters. A variable matches at least one. */
function matchedLengths(elements: readonly Element[], characters: readonly string[], budget: Budget): readonly boolean[] {
  return elements.reduce<readonly boolean[]>((matched, element) => {
    budget.spend(Math.ceil((characters.length + 1) / CHARACTERS_PER_STEP));
    const next: boolean[] = [];
    for (let length = 0; length <= characters.length; length++) {
      const isLonger = length > 0 && matched[length - 1] && (element.type !== 'char' || element.char === characters[length - 1]);
      switch (element.type) {
        case 'many': next.push(matched[length] || next[length - 1]); break;
        case 'variable': next.push(isLonger || next[length - 1]); break;
        default: next.push(isLonger);
      }
    }
    return next;
  }, [true, ...characters.map(() => false)]);
}

/** A certain state of each key that the conditions, the policies and the resource mention; `undefined` if there is none. */
function contextOf(
  conditions: readonly Literal[], resource: Pattern, place: Place, decision: DecisionContext,
  chosen: (key: string) => KeyFacts | undefined = () => undefined,
): Candidate['context'] | undefined {
  const header = arnFields(resource.elements);
  const known = (key: string): KeyFacts | undefined => {
    const field = place.fieldOf(key);
    if (field !== undefined && header) { return { presence: 'always', value: literalText(header[field]) }; }
    return place.factsOf(key) ?? decision.factsOfPrincipal(key);
  };
  const equal = equalVariables(conditions, known);
  const factsOf = (key: string) => (
    (key === ORGANIZATION_KEY && isOwnAccount() ? organizationInOwnAccount(decision) : undefined) ?? chosen(key) ?? known(key) ?? equal.get(key));
  const states = new Map<string, KeyState>();
  const add = (key: string, literals: readonly Literal[]) => {
    const state = findStateOf(key, literals, decision, factsOf(key));
    if (!state?.certain) { return false; }
    states.set(key, state);
    return true;
  };
  const isOwnAccount = () => {
    const account = states.get(ACCOUNT_KEY)?.value ?? known(ACCOUNT_KEY)?.value;
    return decision.principal !== undefined && !place.isUntied(ACCOUNT_KEY) && account !== undefined && !Array.isArray(account)
      && sameText(account as string | SymbolicString, decision.principal.account);
  };
  // Values of policy variables come first, because other values depend on them, and the account before the organization.
  const withAccount = conditions.some(({ entry }) => entry.key === ORGANIZATION_KEY) && factsOf(ACCOUNT_KEY) ? [ACCOUNT_KEY] : [];
  const keys = new Set([...withAccount, ...conditions.map(({ entry }) => entry.key)]);
  const ofVariables = new Set([...conditions.flatMap(({ entry }) => variableKeysInCondition(entry)), ...variableKeysIn(resource.elements)]);
  if (![...ofVariables].every((key) => add(key, conditions))) { return undefined; }
  const valueOf = (key: string): KeyValue => {
    const state = states.get(key);
    if (!state || Array.isArray(state.value)) { return undefined; }
    return state.value === undefined ? 'missing' : { text: state.value as string | SymbolicString };
  };
  const literals = conditions.map(({ entry, holds }) => ({ entry: specializeCondition(entry, valueOf), holds }));
  if (![...keys].every((key) => states.has(key) || add(key, literals))) { return undefined; }
  const region = states.get('aws:requestedregion')?.value;
  if (typeof region === 'string' && !REGION.test(region)) { return undefined; }
  const mentioned = [...decision.mentionedKeys().keys()];
  for (const key of mentioned.map(place.sharedKey)) {
    const facts = states.has(key) ? undefined : factsOf(key);
    if (facts?.presence === 'always') { states.set(key, { value: facts.value ?? findStateOf(key, [isPresent(key)], decision, facts)?.value, certain: true }); }
  }
  for (const key of mentioned) { // a key has the same value by all its names
    const state = states.get(place.sharedKey(key));
    if (state) { states.set(key, state); }
  }
  return new Map([...states].flatMap(([key, { value }]): Array<[string, KeyState['value']]> => (value === undefined ? [] : [[key, value]])));
}

/** The names of regions: https://docs.aws.amazon.com/global-infrastructure/latest/regions/aws-regions.html */
const REGION = /^[a-z]+(-[a-z]+)+-\d$/;

/** The keys that a condition requires to equal a key of known value, as in `aws:PrincipalOrgID` = `${aws:ResourceOrgID}`. */
function equalVariables(conditions: readonly Literal[], factsOf: (key: string) => KeyFacts | undefined): ReadonlyMap<string, KeyFacts> {
  return new Map(conditions.flatMap(({ entry: { key, meaning }, holds }): Array<[string, KeyFacts]> => {
    if (!holds || meaning?.type !== 'value' || meaning.test.family !== 'text' || meaning.negated || meaning.set) { return []; }
    const [[only, ...rest] = [], ...others] = meaning.test.patterns; // no value: the condition never holds
    const value = rest.length + others.length === 0 && only?.type === 'variable' ? factsOf(key)?.value : undefined;
    const other = only?.type === 'variable' ? only.variable.conditionKey : undefined;
    return value === undefined || other === undefined ? [] : [[other, { presence: 'always', value }]];
  }));
}

/** The name of the key tells which values look real. */
function isPresent(key: string): Literal {
  return { entry: presenceCondition(key, false), holds: true };
}

/** The names of the keys as the policies write them, by their lower case. */
function keyNamesOf(conditions: readonly Literal[], context: Candidate['context'], { mentionedKeys }: DecisionContext): ReadonlyMap<string, string> {
  const inPolicies = [...mentionedKeys()].filter(([key]) => context.has(key));
  return new Map([...conditions.map(({ entry }): [string, string] => [entry.key, entry.keyName]), ...inPolicies]);
}

/** The resource with the values of its policy variables; `undefined` if one has none. */
function withValues(resource: Pattern, context: Candidate['context']): Pattern | undefined {
  const { patterns: [filled] } = specializeTargets({ negated: false, patterns: [resource] }, (key) => {
    const value = context.get(key);
    if (value === undefined) { return 'missing'; }
    return Array.isArray(value) ? undefined : { text: value as string | SymbolicString };
  });
  return filled === resource || filled === undefined ? filled : { ...filled, source: literalText(filled.elements) };
}

/** Known actions; if there is none, one made-up name. */
function candidateActions(actions: StringSet, pair: PatternPair, known: readonly KnownAction[], budget: Budget): Array<string | SymbolicString> {
  const [pattern] = pair.action.patterns;
  if (!pair.action.negated && !hasWildcard(pattern)) {
    return typeof pattern.source === 'string' && !ACTION_NAME.test(pattern.source) ? [] : [pattern.source];
  }
  const real = [...new Set(known.map((k) => k.action))].filter((action) => isMetBy(actions, actionPattern(action).elements, budget));
  if (real.length > 0) { return real.slice(0, ACTIONS_TRIED); }
  const madeUp = pair.action.negated ? [] : SAMPLE_NAMES.map((sample) => SymbolicString.of(...partsOf(pattern.source).map((part) => (typeof part === 'string'
    ? part.replace(/\*+/g, sample).replace(/\?/g, 'x')
    : part))));
  const formed = [...actions, ...stringsMatching([ACTION_FORM])];
  const good = [...madeUp, 'example:Example'].find((name) => isMetBy(formed, actionPattern(name).elements, budget));
  const word = good ?? findString(formed, budget);
  return word === undefined ? [] : [word];
}

/** All names in the service authorization reference are like this; `vpc-lattice:AssociateViaAWSService-EventsAndStates` has a hyphen. */
const ACTION_NAME = /^[a-z0-9-]+:[a-z0-9][a-z0-9-]*$/i;

const ACTION_FORM: readonly Element[] = [
  { type: 'one', except: ':' }, { type: 'many', except: ':' }, characterElement(':'), { type: 'one', except: ':' }, { type: 'many', except: ':' },
];
