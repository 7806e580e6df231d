/**
 * Prints an explanation as text for a terminal: the outcome, then each layer with the statements that matter. Last step of
 * `explain` without `--format json`. The caller has made every string of the data one line of
 * visible text.
 */
import { Colors } from 'picocolors/types';
import { AssociationExplanation, CaseExplanation } from './explain-association';
import { ConditionFound, Explanation, LayerFound, StatementFound } from './explanation';
import { listSome } from '../../lib/analysis/describe';
import { NOT_LIMITED } from '../../lib/template/resource-policies/resource-policies';
import { titleOf } from '../policies/statement-ref';

/** Maximum number of statements listed for a layer; in a layer with more, those about other actions are only counted. */
const STATEMENTS_LISTED = 12;

export function associationAsText({ association, outcome, cases }: AssociationExplanation, all: boolean, colors: Colors): string {
  const { path, namespace, serviceAccount, cluster, file } = association;
  const head = `${colors.bold(path)}: pods of ${namespace}/${serviceAccount} of cluster ${cluster} (${file})`;
  if (cases.length === 1) { return `${head}\n${caseAsText(cases[0], all, colors)}`; }
  const parts = cases.map((one, i) => `${colors.bold(`case ${i + 1}${one.where.length > 0 ? `, if ${one.where.join(' and ')}` : ''}`)}\n${caseAsText(one, all, colors)}`);
  const differ = new Set(cases.map((one) => one.outcome)).size > 1
    ? 'the answer depends on conditions of the templates' : `${outcome} in each case of the conditions of the templates`;
  return [head, `${differ}\n`, ...parts].join('\n');
}

function caseAsText(one: CaseExplanation, all: boolean, colors: Colors): string {
  const role = one.assumedFirst === undefined ? `role: ${one.role}` : `target role: ${one.role}, assumed by the role ${one.assumedFirst}, whose own policies do not count`;
  return `${role}\n${asText(one, all, colors)}`;
}

export function asText(explanation: Explanation, all: boolean, colors: Colors): string {
  const { outcome, request, implied, missing, layers } = explanation;
  const { bold } = colors;
  const values = Object.entries(request.context).map(([key, value]) => `${key} = ${quote([value].flat())}`);
  return [
    `${bold(colorOutcome(outcome, colors))}: ${request.action} on ${request.resource}${outcome === 'allowed' ? '' : whyNot(explanation)}`,
    ...values.map((line) => `  with ${line}`),
    ...Object.entries(implied).map(([key, value]) => `  with ${key} = '${value}', which follows from the resource or the role`),
    ...missing.map((key) => `  without ${key} (--context ${key}=… gives it a value)`),
    ...layers.flatMap((layer) => ['', ...layerLines(layer, all, colors)]),
    '',
  ].join('\n');
}

function colorOutcome(outcome: Explanation['outcome'], { green, red, yellow }: Colors): string {
  const color = { allowed: green, explicitDeny: red, implicitDeny: red, unclear: yellow }[outcome];
  return color(outcome);
}

function whyNot({ outcome, message, dependsOn, layers }: Explanation): string {
  if (outcome !== 'unclear') { return `: AccessDenied, "${message}"`; }
  const unknown = layers.filter((layer) => layer.unknown.length > 0).map(({ layer }) => `the unknown part of the ${layer}`);
  const open = dependsOn.length > 0 ? [whatValues(dependsOn)] : [];
  return unknown.length + open.length > 0 ? `: the answer depends on ${[...unknown, ...open].join(', and on ')}` : ": IAM's documentation leaves open whether the request is allowed";
}

function layerLines({ layer, source, outcome, unknown, dependsOn, statements }: LayerFound, all: boolean, colors: Colors): string[] {
  const written = statements.filter(({ statement }) => statement.policy !== NOT_LIMITED);
  const needsAllow = written.length < statements.length && statements.every(({ statement, match }) => statement.policy !== NOT_LIMITED || match === 'no');
  const listed = all || written.length <= STATEMENTS_LISTED ? written : written.filter(({ action }) => action !== 'no');
  const others = written.length - listed.length;
  return [
    `${colors.bold(source === undefined ? layer : `${layer} of ${source}`)}: ${colorOutcome(outcome, colors)}${dependsOn.length > 0 ? `, depends on ${dependsOn.join(', ')}` : ''}`,
    ...unknown.map((why) => `  not completely known: ${why}`),
    ...(needsAllow ? ['  the policy of the resource must allow the request'] : []),
    ...listed.flatMap((statement) => statementLines(statement, colors)),
    ...(others > 0 ? [`  ${others} ${others === 1 ? 'statement is' : 'statements are'} about other actions (--all lists them)`] : []),
    ...(written.length === 0 && !needsAllow ? ['  no statements'] : []),
  ];
}

function statementLines({ statement, match, action, resource, conditions, dependsOn }: StatementFound, { bold, dim }: Colors): string[] {
  const { Effect, Action, NotAction, Resource, NotResource } = statement.json as { readonly [element: string]: string | readonly string[] };
  const what = { yes: `${bold('matches')}: ${Effect}`, no: 'does not match', unclear: `may match: ${Effect}` }[match];
  const head = `  ${titleOf(statement)} ${what}`;
  const targets = [
    ...(action !== 'no' ? [] : [`the action ${NotAction === undefined ? isNot(Action) : 'matches NotAction'} ${list(NotAction ?? Action)}`]),
    ...(resource === 'no' ? [`the resource ${NotResource === undefined ? isNot(Resource) : 'matches NotResource'} ${list(NotResource ?? Resource)}`] : []),
    ...(resource === 'unclear' ? [`the resource may match ${NotResource === undefined ? '' : 'NotResource '}${list(NotResource ?? Resource)}: ${whatDecides(dependsOn)}`] : []),
  ];
  // For a statement about other actions, the action is reason enough.
  const lines = action === 'no' ? targets.slice(0, 1) : [...targets, ...conditions.filter((c) => c.match !== 'yes' || match === 'yes').map((c) => conditionLine(c, dependsOn))];
  return match === 'no' ? [head, ...lines.map((line) => dim(`    ${line}`))] : [head, ...lines.map((line) => `    ${line}`)];
}

function isNot(values: string | readonly string[]): string {
  return [values].flat().length > 1 ? 'is none of' : 'is not';
}

function whatDecides(dependsOn: readonly string[]): string {
  return dependsOn.length > 0 ? `it depends on ${whatValues(dependsOn)}` : 'the documentation of IAM leaves it open';
}

/** The role is not known at all if its label is in angle brackets. */
function whatValues(labels: readonly string[]): string {
  return labels.every((label) => label.startsWith('<')) ? `${labels.join(', ')}, which --role-arn gives`
    : labels.every((label) => label.startsWith('$')) ? `the deploy-time ${labels.length > 1 ? 'values' : 'value'} ${labels.join(', ')}`
      : `${labels.join(', ')}, ${labels.length > 1 ? 'deploy-time values' : 'a deploy-time value'}`;
}

function conditionLine({ operator, key, values, actual, match }: ConditionFound, dependsOn: readonly string[]): string {
  const has = actual === undefined ? 'the request does not have the key' : `the request has ${quote(actual)}`;
  const says = { yes: 'holds', no: 'does not hold', unclear: dependsOn.length > 0 ? 'may hold' : "may hold; IAM's documentation leaves it open" }[match];
  return `the condition ${operator} ${key} ${quote(values)} ${says}: ${has}`;
}

const LISTED = 5;

function list(value: string | readonly string[]): string {
  return listSome([value].flat(), LISTED);
}

function quote(values: readonly string[]): string {
  return values.map((value) => `'${value}'`).join(', ');
}
