/**
 * Proposes requests of a request set: known actions first, on resources that fit them, with a certain state of each condition key.
 * `find-witness.ts` checks and replays each candidate.
 *
 * A candidate proves nothing, and a missing one is not a proof either. Known actions only make witnesses that read well.
 */
import { candidateResources, sameKind } from './candidate-resources';
import { contextsUnder } from './contexts';
import { SymbolicRequest } from './symbolic-request';
import { Statement } from '../policy/policy';
import { specializeTargets } from '../policy/specialize';
import { keyValueOf, Literal } from '../regions/key-states';
import { ANY_PLACE, Place } from '../regions/place';
import { DecisionContext, findKeyStates, RequestSet } from '../regions/request-set';
import { PatternPair } from '../regions/targets';
import { Budget } from '../strings/budget';
import { findString, isMetBy } from '../strings/find-string';
import { actionPattern, characterElement, Element, hasWildcard, literalText, Pattern } from '../strings/pattern';
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
  const contextsFor = contextsUnder(requests.conditions, place, search.statements, decision);
  for (const name of candidateActions(requests.action, pair, known, decision.budget)) {
    const action = actionPattern(name);
    const usual = known.filter((k) => k.action.toLowerCase() === name.toString().toLowerCase()).map((k) => k.resource);
    for (const { resource: open, invented } of candidateResources(requests, name, usual, near, decision, place.form)) {
      if (usual.length > 0 && !usual.some((u) => sameKind(u, open))) { continue; }
      for (const context of contextsFor(open)) {
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

/** The names of the keys as the policies write them, by their lower case. */
function keyNamesOf(conditions: readonly Literal[], context: Candidate['context'], { mentionedKeys }: DecisionContext): ReadonlyMap<string, string> {
  const inPolicies = [...mentionedKeys()].filter(([key]) => context.has(key));
  return new Map([...conditions.map(({ entry }): [string, string] => [entry.key, entry.keyName.toString()]), ...inPolicies]);
}

/** The resource with the values of its policy variables; `undefined` if one has none. */
function withValues(resource: Pattern, context: Candidate['context']): Pattern | undefined {
  const { patterns: [filled] } = specializeTargets({ negated: false, patterns: [resource] }, (key) => keyValueOf(context.get(key)));
  return filled === resource || filled === undefined ? filled : { ...filled, source: literalText(filled.elements) };
}

/** Known actions; if there is none, one made-up name. */
function candidateActions(actions: StringSet, pair: PatternPair, known: readonly KnownAction[], budget: Budget): Array<string | SymbolicString> {
  const [pattern] = pair.action.patterns;
  if (!pair.action.negated && !hasWildcard(pattern)) { return [pattern.source]; }
  const real = [...new Set(known.map((k) => k.action))].filter((action) => isMetBy(actions, actionPattern(action).elements, budget));
  if (real.length > 0) { return real.slice(0, ACTIONS_TRIED); }
  const madeUp = pair.action.negated ? [] : SAMPLE_NAMES.map((sample) => SymbolicString.from(partsOf(pattern.source).map((part) => (typeof part === 'string'
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
