/**
 * Tells whether AWS may make a request of an action on the resources of a statement. Rules ask it about permissions that are never
 * used, and compaction about what a wildcard may match without effect.
 *
 * Rounds up: `false` is a proof with respect to the catalog, whatever the values of the symbolic variables. `true` proves nothing,
 * and is the answer if the budget ends.
 * For speed, an example of each pattern is tried first. Nearly all correct patterns end there.
 */
import { AwsAction, entryNamed, RequestCatalog } from './catalog';
import { possibleSubsets } from './possible-subsets';
import { DecisionContext, requestSetsOf } from './request-set';
import { memoize } from '../../util/memo';
import { splitAction } from '../policy/action-name';
import { Statement } from '../policy/policy';
import { expressionOfForm, FormPiece } from '../strings/arn';
import { Budget, withinBudget } from '../strings/budget';
import { actionPattern } from '../strings/pattern';
import { partsOf, SymbolicString } from '../strings/symbolic-string';

/**
 * Whether AWS may make a request of an action, or of one that the pattern matches, on a resource of the statement. Ignores
 * conditions.
 * @param action such as `s3:GetObject` or `s3:Get*`.
 */
export function isEverAsked({ resources }: Pick<Statement, 'resources'>, action: string, catalog: RequestCatalog): boolean {
  const named = namedAction(action, catalog);
  if (named && !resources.negated && resources.patterns.some(({ source }) => isClearlyOf(named.actions, source))) { return true; }
  const near = named ? { asOf: catalog.asOf, services: new Map([[named.service, named.actions]]) } : catalog;
  const context = contextOfAnyone();
  const pair = { action: { negated: false, patterns: [actionPattern(action)] }, resource: resources };
  return withinBudget(() => requestSetsOf(pair, [], context).some((requests) => !possibleSubsets(requests, near, context).next().done), () => true);
}

/**
 * The actions of a service, in lower case, that AWS may ask about on the resources; `undefined` if the budget ends. Rounds up as
 * `isEverAsked` does.
 * @param service a prefix that the catalog has, such as `s3`
 */
export function actionsEverAsked({ resources }: Pick<Statement, 'resources'>, service: string, catalog: RequestCatalog): ReadonlySet<string> | undefined {
  const context = contextOfAnyone();
  const pair = { action: { negated: false, patterns: [actionPattern(`${service}:*`)] }, resource: resources };
  return withinBudget(() => new Set(requestSetsOf(pair, [], context)
    .flatMap((requests) => [...possibleSubsets(requests, catalog, context)])
    .flatMap(({ action }) => action?.toLowerCase() ?? [])), () => undefined);
}

function contextOfAnyone(): DecisionContext {
  return {
    budget: new Budget(BUDGET),
    mayBeMultivalued: () => true,
    mayCrossColons: () => true,
    factsOfPrincipal: () => undefined,
    mentionedKeys: () => new Map(),
    relyOn: () => undefined,
    names: 'anything',
  };
}

/** Whether an example of what the pattern matches has one of the forms. */
function isClearlyOf(actions: readonly AwsAction[], source: string | SymbolicString): boolean {
  const example = partsOf(source).map((part) => (typeof part === 'string' ? part : part.kind.example)).join('').replace(/[*?]/g, 'x');
  if (example.includes('$')) { return false; }
  return actions.some(({ resources }) => resources.some((format) => plainForm(format)?.test(example)));
}

/** The reference has fewer. */
const FORMS_KEPT = 30_000;

/** Matches some ARNs of a form: names have no colon, and an account is one, or a wildcard in its place. Only the last name may have a slash, if no colon stands before it. */
const plainForm = memoize((form: string): RegExp | undefined => {
  const isTold = (piece: FormPiece | undefined) => piece !== undefined && !(typeof piece === 'string' && piece.endsWith(':'));
  return form.includes('*') ? undefined
    : expressionOfForm(form, (i, pieces) => (isAccount(pieces[i]) ? '(\\d{12}|x+)' : i === pieces.length - 1 && isTold(pieces[i - 1]) ? '[^:]+' : '[^:/]+'));
}, FORMS_KEPT);

function isAccount(piece: FormPiece): boolean {
  return typeof piece !== 'string' && piece.placeholder === 'Account';
}

/** AWS's own policies need far fewer steps, and this number takes less than a second. */
const BUDGET = 2_000_000;

/** The actions of the catalog with this name: one or none. `undefined`: the action has wildcards, or an unknown service. */
function namedAction(action: string, catalog: RequestCatalog): { readonly service: string; readonly actions: readonly AwsAction[] } | undefined {
  const [service, name] = splitAction(action.toLowerCase());
  if (!catalog.services.get(service) || name === undefined || /[*?]/.test(name)) { return undefined; }
  const entry = entryNamed(action.toLowerCase(), catalog);
  return { service, actions: entry ? [entry.action] : [] };
}
