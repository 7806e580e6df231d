import { Budget } from './budget';
import { KeyState } from './key-states';
import { OpenRequest } from './open-request';
import { actionPattern, characterElement, Element, hasWildcard } from './pattern';
import { Statement } from './policy';
import { resourcesOf, sameKind } from './propose-resources';
import { keyStates, Region, Scope } from './region';
import { matching, StringSet } from './string-set';
import { Box } from './targets';
import { partsOf, Text } from './text';
import { findWord, isMetBy } from './words';

/** An action that exists, and a resource that it is used on. Names witnesses; no proof depends on it. */
export interface KnownAction {
  readonly action: string;
  readonly resource: string;
}

/** A request of a region, for the caller to check. */
export interface Proposal extends OpenRequest {
  /** The resource is made up from a wildcard that says nothing of its form: it may be none that the action is used on. */
  readonly resourceInvented: boolean;
  /** The keys that the region speaks of, and how it writes them. */
  readonly keyNames: ReadonlyMap<string, string>;
}

/** As many real actions as are tried in a region. */
const ACTIONS_TRIED = 8;
const SAMPLE_NAMES = ['Example', 'AnotherExample', 'X'];

/** `near` are statements whose resources show what kind of resource the actions are used on. */
export function* proposals(
  region: Region, box: Box, known: readonly KnownAction[], near: readonly Statement[], scope: Scope,
): Generator<Proposal> {
  const states = keyStates(region.conditions, scope);
  if (!states || [...states.values()].some((state) => !state.certain)) { return; }
  const context = new Map([...states].flatMap(([key, { value }]): Array<[string, KeyState['value']]> => (value === undefined ? [] : [[key, value]])));
  const keyNames = new Map(region.conditions.map(({ entry }) => [entry.key, entry.keyName]));
  for (const name of actionsOf(region.action, box, known, scope.budget)) {
    const action = actionPattern(name);
    const usual = known.filter((k) => k.action.toLowerCase() === name.toString().toLowerCase()).map((k) => k.resource);
    for (const { resource, invented } of resourcesOf(region, name, usual, near, scope.budget)) {
      if (usual.length > 0 && !usual.some((u) => sameKind(u, resource))) { continue; }
      yield { action, resource, context, keyNames, resourceInvented: invented };
    }
  }
}

/** Known actions; only where there is none, a name that is made up. */
function actionsOf(actions: StringSet, box: Box, known: readonly KnownAction[], budget: Budget): Array<string | Text> {
  const [pattern] = box.action.patterns;
  if (!box.action.negated && !hasWildcard(pattern)) { return [pattern.source]; }
  const real = [...new Set(known.map((k) => k.action))].filter((action) => isMetBy(actions, actionPattern(action).elements, budget));
  if (real.length > 0) { return real.slice(0, ACTIONS_TRIED); }
  const madeUp = box.action.negated ? [] : SAMPLE_NAMES.map((sample) => Text.of(...partsOf(pattern.source).map((part) => (typeof part === 'string'
    ? part.replace(/\*+/g, sample).replace(/\?/g, 'x')
    : part))));
  const formed = [...actions, ...matching([ACTION_FORM])];
  const good = [...madeUp, 'example:Example'].find((name) => isMetBy(formed, actionPattern(name).elements, budget));
  const word = good ?? findWord(formed, budget);
  return word === undefined ? [] : [word];
}

const ACTION_FORM: readonly Element[] = [
  { type: 'one', except: ':' }, { type: 'many', except: ':' }, characterElement(':'), { type: 'one', except: ':' }, { type: 'many', except: ':' },
];
