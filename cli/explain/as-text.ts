import { Colors } from 'picocolors/types';
import { ConditionFound, Explanation, LayerFound, StatementFound } from './explanation';
import { titleOf } from '../policies/statement-ref';

/** Of a layer with more statements, those about other actions are only counted. */
const STATEMENTS_LISTED = 12;

export function asText({ outcome, message, request, missing, layers }: Explanation, all: boolean, colors: Colors): string {
  const { bold } = colors;
  const values = Object.entries(request.context).map(([key, value]) => `${key} = ${quoted([value].flat())}`);
  return [
    `${bold(colored(outcome, colors))}: ${request.action} on ${request.resource}${outcome === 'allowed' ? '' : whyNot(outcome, message)}`,
    ...values.map((line) => `  with ${line}`),
    ...missing.map((key) => `  without ${key} (--context ${key}=… gives it a value)`),
    ...layers.flatMap((layer) => ['', ...layerLines(layer, all, colors)]),
    '',
  ].join('\n');
}

function colored(outcome: Explanation['outcome'], { green, red, yellow }: Colors): string {
  const color = { allowed: green, explicitDeny: red, implicitDeny: red, unclear: yellow }[outcome];
  return color(outcome);
}

function whyNot(outcome: Explanation['outcome'], message: string | undefined): string {
  return outcome === 'unclear' ? ', as IAM documents it, may be allowed or denied' : `: AccessDenied, "${message}"`;
}

function layerLines({ layer, outcome, unknown, statements }: LayerFound, all: boolean, colors: Colors): string[] {
  const listed = all || statements.length <= STATEMENTS_LISTED ? statements : statements.filter(({ action }) => action !== 'no');
  const others = statements.length - listed.length;
  return [
    `${colors.bold(layer)}: ${colored(outcome, colors)}`,
    ...unknown.map((why) => `  not all is known: ${why}`),
    ...listed.flatMap((statement) => statementLines(statement, colors)),
    ...(others > 0 ? [`  ${others} ${others === 1 ? 'statement is' : 'statements are'} about other actions (--all lists them)`] : []),
    ...(statements.length === 0 ? ['  no statements'] : []),
  ];
}

function statementLines({ statement, match, action, resource, conditions }: StatementFound, { bold, dim }: Colors): string[] {
  const { Effect, Action, NotAction, Resource, NotResource } = statement.json as { readonly [element: string]: string | readonly string[] };
  const what = { yes: `${bold('matches')}: ${Effect}`, no: 'does not match', unclear: `may match: ${Effect}` }[match];
  const head = `  ${titleOf(statement)} ${what}`;
  const targets = [
    ...(action === 'yes' ? [] : [`the action ${NotAction === undefined ? 'is not' : 'is one of NotAction'} ${list(NotAction ?? Action)}`]),
    ...(resource === 'no' ? [`the resource ${NotResource === undefined ? 'is not' : 'is one of NotResource'} ${list(NotResource ?? Resource)}`] : []),
    ...(resource === 'unclear' ? [`whether the resource is one of ${list(NotResource ?? Resource)}, IAM documents both ways`] : []),
  ];
  // A statement about other actions says nothing more.
  const lines = action === 'no' ? targets.slice(0, 1) : [...targets, ...conditions.filter((c) => c.match !== 'yes' || match === 'yes').map(conditionLine)];
  return match === 'no' ? [head, ...lines.map((line) => dim(`    ${line}`))] : [head, ...lines.map((line) => `    ${line}`)];
}

function conditionLine({ operator, key, values, actual, match }: ConditionFound): string {
  const has = actual === undefined ? 'the request does not have the key' : `the request has ${quoted(actual)}`;
  const says = { yes: 'holds', no: 'does not hold', unclear: 'may hold; IAM documents no more' }[match];
  return `the condition ${operator} ${key} ${quoted(values)} ${says}: ${has}`;
}

const LISTED = 5;

function list(value: string | readonly string[]): string {
  const items = [value].flat();
  return `${items.slice(0, LISTED).join(', ')}${items.length > LISTED ? ` and ${items.length - LISTED} more` : ''}`;
}

function quoted(values: readonly string[]): string {
  return values.map((value) => `'${value}'`).join(', ');
}
