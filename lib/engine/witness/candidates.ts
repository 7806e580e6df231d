/**
 * Proposes requests of a request set: known actions first, on resources that fit them, with a certain state of each condition key.
 * `find-witness.ts` checks and replays each candidate.
 *
 * A candidate proves nothing, and a missing one is not a proof either. Known actions only make witnesses that read well.
 */
import { candidateResources, sameKind } from './candidate-resources';
import { SymbolicRequest } from './symbolic-request';
import { Statement } from '../policy/policy';
import { KeyState } from '../regions/key-states';
import { DecisionContext, findKeyStates, RequestSet } from '../regions/request-set';
import { PatternPair } from '../regions/targets';
import { Budget } from '../strings/budget';
import { findString, isMetBy } from '../strings/find-string';
import { actionPattern, characterElement, Element, hasWildcard } from '../strings/pattern';
import { StringSet, stringsMatching } from '../strings/string-set';
import { partsOf, SymbolicString } from '../strings/symbolic-string';

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

/** `near` are statements whose resources show what kind of resource the actions are used on. */
export function* candidatesOf(
  requests: RequestSet, pair: PatternPair, known: readonly KnownAction[], near: readonly Statement[], decisionContext: DecisionContext,
): Generator<Candidate> {
  const states = findKeyStates(requests.conditions, decisionContext);
  if (!states || [...states.values()].some((state) => !state.certain)) { return; }
  const context = new Map([...states].flatMap(([key, { value }]): Array<[string, KeyState['value']]> => (value === undefined ? [] : [[key, value]])));
  const keyNames = new Map(requests.conditions.map(({ entry }) => [entry.key, entry.keyName]));
  for (const name of candidateActions(requests.action, pair, known, decisionContext.budget)) {
    const action = actionPattern(name);
    const usual = known.filter((k) => k.action.toLowerCase() === name.toString().toLowerCase()).map((k) => k.resource);
    for (const { resource, invented } of candidateResources(requests, name, usual, near, decisionContext.budget)) {
      if (usual.length > 0 && !usual.some((u) => sameKind(u, resource))) { continue; }
      yield { action, resource, context, keyNames, resourceInvented: invented };
    }
  }
}

/** Known actions; if there is none, one made-up name. */
function candidateActions(actions: StringSet, pair: PatternPair, known: readonly KnownAction[], budget: Budget): Array<string | SymbolicString> {
  const [pattern] = pair.action.patterns;
  if (!pair.action.negated && !hasWildcard(pattern)) { return [pattern.source]; }
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

const ACTION_FORM: readonly Element[] = [
  { type: 'one', except: ':' }, { type: 'many', except: ':' }, characterElement(':'), { type: 'one', except: ':' }, { type: 'many', except: ':' },
];
