/**
 * Main file of this folder, which explains the decision for one request: reads the request from the command line, asks the
 * engine's evaluator, and converts the answer to the public JSON of `explain`. explain-association.ts calls it with the layers of
 * an association (find-association.ts), the command calls it with policy files; as-text.ts prints the answer.
 * Invariant: the outcome is the evaluator's, unchanged.
 */
import { deniedBecause } from '../../lib/analysis/describe-excess';
import {
  explainRequest, impliedContext, Layer, LayerExplanation, Match, OpenValues, Outcome, Principal, Request, StatementExplanation,
  SymbolicString,
} from '../../lib/engine';
import { actionsMatching, nearestActionPattern } from '../../lib/reference/action-facts';
import { requestCatalog } from '../../lib/reference/request-catalog';
import { servicesAsOf } from '../../lib/reference/services';
import { splitBraces } from '../../lib/util/braces';
import { UsageError } from '../exit-codes';
import { refTo, StatementRef } from '../policies/statement-ref';

/** The output of `--format json`. Public. */
export interface Explanation {
  readonly outcome: Outcome;
  /** If the request is denied: the reason in the error message of AWS. */
  readonly message?: string;
  readonly request: { readonly action: string; readonly resource: string; readonly context: { readonly [key: string]: string | readonly string[] } };
  /** Condition keys that statements about the action test, and whose values follow from the action, the resource and the role. */
  readonly implied: { readonly [key: string]: string };
  /** Condition keys that statements about the action test and that the request does not have. */
  readonly missing: readonly string[];
  /** The deploy-time values on which the answer depends. */
  readonly dependsOn: readonly string[];
  readonly layers: readonly LayerFound[];
}

export interface LayerFound {
  readonly layer: Layer['name'];
  /** Which of several layers with this name, such as the file of a level of the organization. */
  readonly source?: string;
  readonly outcome: Outcome;
  readonly message?: string;
  /** Why the layer is not completely known. */
  readonly unknown: readonly string[];
  readonly dependsOn: readonly string[];
  readonly statements: readonly StatementFound[];
}

export interface StatementFound {
  readonly statement: StatementRef;
  readonly match: Match;
  readonly action: Match;
  readonly resource: Match;
  readonly conditions: readonly ConditionFound[];
  readonly dependsOn: readonly string[];
}

export interface ConditionFound {
  readonly operator: string;
  readonly key: string;
  readonly values: readonly string[];
  /** The values in the request; none: the request does not have the key. */
  readonly actual?: readonly string[];
  readonly match: Match;
}

/**
 * @param context conditions as `key=value`; a key that is repeated has several values
 * @param references whether the resource and names of keys may contain references of a template, such as `${Bucket.Arn}/key`
 * @throws UsageError
 */
export function requestOf(action: string, resource: string, context: readonly string[], references = false): Request {
  if (!/^[A-Za-z0-9-]+:[A-Za-z0-9-]+$/.test(action)) { throw new UsageError(`'${action}' is not one action, such as s3:GetObject`); }
  if (!/^(\*|arn(:[^:]*){4}:.+)$/s.test(resource) && !(references && resource.includes('${'))) {
    throw notAnArn(resource);
  }
  const values = new Map<string, string | string[]>();
  for (const pair of context) {
    const [, name, value] = /^([^=]+)=(.*)$/s.exec(pair) ?? [];
    if (name === undefined) { throw new UsageError(`--context ${pair}: write key=value, such as aws:SourceVpc=vpc-1a2b3c4d`); }
    const key = references ? lowerCaseOutsideReferences(name) : name.toLowerCase();
    const before = values.get(key);
    values.set(key, before === undefined ? value : [before, value].flat());
  }
  return { action, resource, context: values };
}

/** @param hint how to write the ARN, as a sentence that follows */
export function notAnArn(resource: string, hint = ''): UsageError {
  return new UsageError(`'${resource}' is neither an ARN nor '*', which is for actions that do not apply to a resource${hint}`);
}

/** A sentence about an action that AWS does not have, such as `s3:ListObjects`. IAM would evaluate it, but no pod can request it. */
export function unknownAction(action: string): string | undefined {
  if (actionsMatching(action).length > 0) { return undefined; }
  const meant = nearestActionPattern(action);
  return `${action} is not an action of the service authorization reference of ${servicesAsOf()}. Unless AWS has added it since then, AWS makes no such request.`
    + (meant === undefined ? '' : ` Write ${meant}, if that is what you mean.`);
}

/** Logical ids are case-sensitive, and condition keys are not. */
function lowerCaseOutsideReferences(name: string): string {
  return splitBraces(name).map((piece, i) => (i % 2 === 0 ? piece.toLowerCase() : `\${${piece}}`)).join('');
}

/**
 * @param values the deploy-time values that the resource of the request may contain
 * @param principal what is known of the role
 */
export function explain(layers: readonly Layer[], asked: Request, values = new OpenValues(), principal: Principal = {}): Explanation {
  const follows = impliedContext(layers, asked.action, asked.resource, requestCatalog(), principal);
  const implied = new Map([...follows].filter(([key]) => !asked.context.has(key)).map(([key, value]) => [key, values.textOf(value)]));
  const request: Request = { ...asked, context: new Map<string, string | readonly string[]>([...implied, ...asked.context]) };
  const answer = explainRequest(layers, request, values);
  const named = new Map(layers.flatMap(({ policies }) => policies).flatMap(({ statements }) => statements).flatMap(({ conditions }) => conditions)
    .flatMap(({ key, keyName }) => (keyName instanceof SymbolicString ? [[key, keyName.toString()]] : [])));
  const context = new Map([...asked.context].map(([key, value]) => [named.get(key) ?? key, typeof value === 'string' ? values.shown(value) : value.map((v) => values.shown(v))]));
  const shown = { ...request, resource: values.shown(request.resource), context: new Map([...request.context].map(([key, value]) => [key, typeof value === 'string' ? values.shown(value) : value])) };
  const found = answer.layers.map((layer, i) => describeLayer(layer, layers[i], shown));
  const about = answer.layers.flatMap(({ statements }) => statements).filter(({ action }) => action !== 'no');
  const tested = about.flatMap(({ conditions }) => conditions.map(({ entry }) => entry));
  const missing = new Map(tested.filter(({ key }) => !request.context.has(key)).map(({ key, keyName }) => [key, keyName]));
  const following = tested.filter(({ key }) => implied.has(key));
  return {
    outcome: answer.outcome,
    message: found.find(({ outcome }) => outcome === answer.outcome)?.message,
    request: { action: shown.action, resource: shown.resource, context: Object.fromEntries(context) },
    implied: Object.fromEntries(following.map(({ key, keyName }) => [keyName.toString(), values.shown(implied.get(key)!)])),
    missing: [...missing.values()].map(String).sort(),
    dependsOn: answer.outcome === 'unclear' ? [...new Set(found.flatMap(({ dependsOn }) => dependsOn))].sort() : [],
    layers: found,
  };
}

function describeLayer({ layer, outcome, statements, dependsOn }: LayerExplanation, { gaps, source }: Layer, request: Request): LayerFound {
  const denying = outcome === 'explicitDeny' ? statements.find((s) => s.statement.effect === 'Deny' && s.match === 'yes')?.statement : undefined;
  return {
    layer,
    ...(source !== undefined && { source }),
    outcome,
    ...(outcome.endsWith('Deny') && { message: deniedBecause({ layer, statement: denying }, request.action) }),
    unknown: gaps.map(({ message }) => message),
    dependsOn,
    statements: statements.map((s) => describeStatement(s, request)),
  };
}

function describeStatement(
  { statement, match, action, resource, conditions, dependsOn }: StatementExplanation, { context }: Request,
): StatementFound {
  return {
    statement: refTo(statement),
    match,
    action,
    resource,
    conditions: conditions.map(({ entry, match: holds }) => {
      const actual = context.get(entry.key);
      return {
        operator: entry.operator,
        key: entry.keyName.toString(),
        values: entry.values.map(String),
        ...(actual === undefined ? {} : { actual: [actual].flat() }),
        match: holds,
      };
    }),
    dependsOn,
  };
}
