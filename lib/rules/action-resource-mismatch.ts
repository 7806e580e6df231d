/**
 * Reports an action that AWS authorizes on none of the resources of its statement, and a resource whose ARN no resource has.
 *
 * Invariant: an action that the reference data does not have is never reported. Statements with NotAction or NotResource are
 * left out: what they leave is seldom nothing.
 */
import { Rule } from './rule';
import { CheckContext } from '../analysis/check-context';
import { Problem } from '../analysis/finding';
import {
  decideNarrowing, describeStatement, inProse, isEverAsked, partsOf, resourcePattern, splitAction, Statement, SymbolicString, textKey,
} from '../engine';
import { actionFacts, actionsMatching } from '../reference/action-facts';
import { describePlaces, someOf } from '../reference/authorized-resources';
import { likelyRequests } from '../reference/request-catalog';
import { noResource } from '../reference/resource-names';
import { servicesAsOf } from '../reference/services';
import { Association, narrowedRole } from '../template/associations';
import { outsideBraces } from '../util/braces';
import { memoize, memoizeBy } from '../util/memo';

export const ACTION_RESOURCE_MISMATCH: Rule = {
  id: 'ActionResourceMismatch',
  severity: 'warning',
  check: (association, context) => (context.readableSession(association)?.statements ?? []).flatMap((statement) => {
    if (statement.actions.negated || statement.resources.negated) { return []; }
    const actions = [...new Set(statement.actions.patterns.flatMap(({ source }) => (typeof source === 'string' && source !== '*' ? [source] : [])))];
    const mayApply = mayApplyIn(context)(statement);
    const mismatched = actions.filter((action) => actionsMatching(action).length > 0 && !mayApply(action));
    const found = mismatched.filter((action) => !isGrantedAlong(action, actions.filter((other) => !mismatched.includes(other))));
    return [...(found.length === 0 ? [] : [describe(found, statement, association, context)]), ...describeNoResources(statement, association)];
  }),
};

/** Resources that have the form of an ARN and that no resource can have. */
function describeNoResources(statement: Statement, { path }: Association): Problem[] {
  const wrong = statement.resources.patterns.flatMap(({ source }) => {
    const found = noResource(source);
    return found ? [{ source, ...found }] : [];
  });
  const [first] = wrong;
  if (!first) { return []; }
  const listed = someOf(wrong.map(({ source }) => `'${source}'`));
  return [{
    code: 'NoSuchResource',
    property: 'Policy',
    message: `${path}: ${describeStatement(statement)} lists ${listed}, which ${wrong.length > 1 ? 'are not ARNs' : 'is not the ARN'} of any resource: ${[...new Set(wrong.map(({ why }) => why))].join('; ')}. `
      + (statement.effect === 'Allow' ? `The statement allows nothing on ${wrong.length > 1 ? 'them' : 'it'}: the pods get AccessDenied.`
        : `The statement denies nothing on ${wrong.length > 1 ? 'them' : 'it'}, so it does not deny what it is meant to deny.`),
    fix: `Write ${wrong.map(({ source, meant }) => `'${meant}' instead of '${source}'`).join(', ')}.`,
  }];
}

/** The CDK's `grantRead` gives these on the ARN of a table, stream or parameter, together with actions that apply to it. Nobody can fix that. */
const GRANTED_ALONG = new Set([
  'dynamodb:GetRecords', 'dynamodb:GetShardIterator', 'kinesis:DescribeStreamConsumer', 'kinesis:ListStreams', 'kinesis:SubscribeToShard', 'ssm:DescribeParameters',
]);

function isGrantedAlong(action: string, applying: readonly string[]): boolean {
  return GRANTED_ALONG.has(action) && applying.some((other) => other.startsWith(`${splitAction(action)[0]}:`));
}

/** A key for the resource types of the action. Most actions of a statement share it, and so share one answer. */
const placeOf = memoize((action: string): string => {
  const facts = /[*?]/.test(action) ? undefined : actionFacts(action);
  return facts ? JSON.stringify([facts.types.map(({ forms }) => forms), facts.withoutResource]) : action;
});

/**
 * Whether AWS authorizes an action on one of the resources of a statement. Many associations have statements on the same
 * resources. The cache belongs to one context, because equal keys mean equal symbolic variables only within one app.
 */
const mayApplyIn = memoize((_context: CheckContext) => memoizeBy(resourcesKey, (statement: Statement) => (
  memoizeBy(placeOf, (action: string) => isEverAsked(statement, action, likelyRequests())))));

function resourcesKey({ policyVariables: variables, resources }: Statement): string {
  return `${variables} ${resources.patterns.map(({ source }) => textKey(source)).join()}`;
}

function describe(actions: readonly string[], statement: Statement, association: Association, context: CheckContext): Problem {
  const byPlace = new Map<string, string[]>();
  for (const action of actions) {
    const place = describePlaces(actionsMatching(action));
    byPlace.set(place, [...byPlace.get(place) ?? [], action]);
  }
  const places = [...byPlace].map(([place, of]) => `${someOf(of)} on ${place}`);
  const resources = statement.resources.patterns.map((p) => `'${inProse(p.source)}'`);
  const isOne = actions.length === 1;
  return {
    code: 'NoMatchingResource',
    property: 'Policy',
    message: `${association.path}: ${describeStatement(statement)} lists no resource that AWS authorizes ${someOf(actions)} on, only ${someOf(resources)}. According to the service `
      + `authorization reference of ${servicesAsOf()}, AWS authorizes ${someOf(places, '; ')}. The statement `
      + (statement.effect === 'Allow'
        ? `does not allow ${someOf(actions)}: the pods get AccessDenied, unless another statement allows ${isOne ? 'it' : 'them'}.`
        : `does not deny ${someOf(actions)}.`),
    fix: fixFor(actions, statement, (resource) => exceedsOn(resource, statement, association, context)),
  };
}

function fixFor(actions: readonly string[], statement: Statement, exceeds: (resource: string | SymbolicString) => boolean): string {
  const hasNone = (action: string) => actionsMatching(action).every(({ types }) => types.length === 0);
  const typed = actions.filter((action) => !hasNone(action)).map((action) => ({ action, meant: meantFor(action, statement, exceeds) }));
  const meant = [...new Set(typed.flatMap((found) => (found.meant === undefined ? [] : [`'${found.meant}'`])))];
  const others = typed.flatMap((found) => (found.meant === undefined ? [found.action] : []));
  const untyped = actions.filter(hasNone);
  return [
    ...(meant.length > 0 ? [`Add ${meant.join(', ')} to the resources.`] : []),
    ...(untyped.length > 0 ? [`Give ${untyped.join(', ')} a statement with "Resource":"*".`] : []),
    ...(others.length > 0 ? [`List a resource that ${someOf(others)} ${others.length > 1 ? 'are' : 'is'} authorized on.`] : []),
    'Or remove what the pods do not need.',
  ].join(' ');
}

/** What people often mean: the content of a listed resource, or its container. */
function meantFor(
  action: string, { resources, policyVariables: variables }: Statement, exceeds: (resource: string | SymbolicString) => boolean,
): string | undefined {
  const near = resources.patterns.flatMap(({ source }) => [
    ...contentEndings(action, plainly(source)).map((end) => SymbolicString.of(source, end)), ...containerOf(source),
  ]);
  const isRight = (source: string | SymbolicString) => (
    isEverAsked({ resources: { negated: false, patterns: [resourcePattern(source, variables)] } }, action, likelyRequests()));
  return near.find((source) => isRight(source) && !exceeds(source))?.toString();
}

/** Whether the statement would exceed the role on the resource. */
function exceedsOn(resource: string | SymbolicString, statement: Statement, association: Association, context: CheckContext): boolean {
  if (statement.effect === 'Deny') { return false; }
  const patterns = [resourcePattern(resource, statement.policyVariables)];
  const session = { name: statement.policy, statements: [{ ...statement, resources: { negated: false, patterns } }] };
  const layers = context.layersOf(narrowedRole(association));
  return decideNarrowing({ session, layers }, context.optionsFor(association)).kind === 'exceeds';
}

/**
 * The endings that make the content of a resource, by the forms of the action's resources: `/*` for the objects of a bucket, `:*`
 * for the streams of a log group, whose name may have slashes itself.
 */
function contentEndings(action: string, resource: string): string[] {
  const forms = actionsMatching(action).flatMap(({ types }) => types).flatMap((type) => type.forms);
  const separators = forms.flatMap((form) => [...form.matchAll(/[/:]/g)]
    .filter(({ index }) => containerForm(form.slice(0, index))?.test(resource)).map(([separator]) => separator));
  return [...new Set(separators)].map((separator) => `${separator}*`);
}

/**
 * Matches the ARNs of a form. A name has no colon, and slashes only at the end of an ARN. `undefined` if the form names nothing: all
 * resources of a kind are more than anybody meant.
 */
const containerForm = memoize((form: string): RegExp | undefined => {
  if (!/^([^:]*:){5}.*\$\{/.test(form)) { return undefined; }
  const [first, ...others] = outsideBraces(form).map((text) => text.replace(/[.*+?^${}()|[\]\\]/g, '\\$&'));
  const named = others.map((text, i) => `${text === '' && i === others.length - 1 ? '[^:]*' : '[^:/]*'}${text}`);
  return new RegExp(`^${first}${named.join('')}$`);
});

function containerOf(source: string | SymbolicString): Array<string | SymbolicString> {
  const parts = partsOf(source);
  const last = parts[parts.length - 1];
  const end = typeof last === 'string' ? /[/:][^/:]*$/.exec(last) : undefined;
  const container = end ? SymbolicString.from([...parts.slice(0, -1), (last as string).slice(0, end.index)]) : undefined;
  const isWhole = container !== undefined && /^([^:]*:){5}./.test(plainly(container)) && !endsInsideBraces(container.toString());
  return isWhole ? [container] : [];
}

function endsInsideBraces(text: string): boolean {
  return text.lastIndexOf('${') > text.lastIndexOf('}');
}

/** The labels of symbolic variables may have colons. */
function plainly(text: string | SymbolicString): string {
  return partsOf(text).map((part) => (typeof part === 'string' ? part : 'x')).join('');
}
