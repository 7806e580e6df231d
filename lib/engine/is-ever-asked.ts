import { Budget, withinBudget } from './budget';
import { actionPattern } from './pattern';
import { Statement } from './policy';
import { regionsOf, Scope } from './region';
import { AwsAction, possibleParts, Universe } from './universe';

/**
 * Whether AWS may make a request of an action, or of one that the pattern matches, on a resource of the statement. Conditions
 * aside. `false`: on none that the universe has, whatever the values of the atoms. Where that takes too long to tell, it may.
 * @param action such as `s3:GetObject` or `s3:Get*`.
 */
export function isEverAsked({ resources }: Pick<Statement, 'resources'>, action: string, universe: Universe): boolean {
  const scope: Scope = { budget: new Budget(BUDGET), mayHaveSeveral: () => true, mayCross: () => true, names: 'anything' };
  const box = { action: { negated: false, patterns: [actionPattern(action)] }, resource: resources };
  const near = about(action, universe);
  return withinBudget(() => regionsOf(box, [], scope).some((region) => !possibleParts(region, near, scope).next().done), () => true);
}

/** Far more than the policies of AWS take, and less than a second. */
const BUDGET = 2_000_000;

/** The universe with no more of the action's service than the action, where it has a name. Most have. */
function about(action: string, universe: Universe): Universe {
  const [service, name] = action.toLowerCase().split(':');
  const actions = universe.services.get(service);
  if (!actions || name === undefined || /[*?]/.test(name)) { return universe; }
  const byName = BY_NAME.get(actions) ?? new Map(actions.map((a) => [a.name.toLowerCase(), a]));
  BY_NAME.set(actions, byName);
  const found = byName.get(name);
  return { asOf: universe.asOf, services: new Map([[service, found ? [found] : []]]) };
}

const BY_NAME = new WeakMap<readonly AwsAction[], ReadonlyMap<string, AwsAction>>();
