/**
 * Prints the verdict of one pair as text for a terminal. Last step of `compare` without `--format json`. It only words what
 * comparison.ts found.
 * Invariant: text of the policies passes through `oneLine`, so it cannot forge lines. JSON keeps its value.
 */
import { Colors } from 'picocolors/types';
import { Comparison, ExcessFound } from './comparison';
import { capitalize } from '../../lib/analysis/describe';
import { ExcessKind, isOrganizational, StatementJson } from '../../lib/engine';
import { titleOf } from '../policies/statement-ref';
import { oneLine } from '../visible';

/** The sentence after each verdict. */
const HEADINGS: { readonly [verdict in Comparison['verdict']]: string } = {
  narrows: 'the session policy only narrows the role',
  exceeds: 'the session policy allows requests that the role does not allow; AWS accepts the policy, and denies these requests',
  undetermined: 'whether the session policy only narrows the role could not be determined',
};

const WITHOUT_EFFECT = {
  'outside the role': 'the role allows nothing that the statement allows',
  'matches nothing': 'its conditions never hold',
  'denied by the session policy': 'Deny statements of the session policy deny all that the statement allows',
  'repeated': 'other statements of the session policy allow all that this statement allows',
  'denies nothing': 'no statement of the session policy allows anything that this statement denies',
} as const;

/** What each kind of excess means. */
const KINDS: { readonly [kind in ExcessKind]: string } = {
  dead: 'the role denies the request in every context',
  conditional: 'the role allows the request under a condition that the session policy does not repeat',
  guardrail: 'a Deny statement of the role denies the request because of how it is made',
};

/** What they mean if a policy of the organization denies the request. Such an excess is never conditional. */
const KINDS_OF_ORGANIZATION: { readonly [kind in ExcessKind]?: string } = {
  dead: 'role and organization together deny the request in every context',
  guardrail: 'the organization denies the request, and allows other requests that the statement allows',
};

export function asText(comparison: Comparison, { green, red, yellow, bold }: Colors): string {
  const { verdict, asOf, allowsNothing, assumptions = [], excesses = [], reasons = [], withoutEffect, size, effective } = comparison;
  const color = { narrows: green, exceeds: red, undetermined: yellow }[verdict];
  const note = asOf === undefined ? '' : `, for the requests that AWS makes according to the service authorization reference of ${asOf}`;
  return [
    `${bold(color(verdict))}: ${headingOf(comparison)}${note}`,
    ...(allowsNothing ? ['  note     the session policy has no Allow statement, so the pods can do nothing, whatever the role allows'] : []),
    ...assumptions.map(({ message }) => `  assumed  ${message}`).map(oneLine),
    ...excesses.flatMap(excessLines).map(oneLine),
    ...reasons.flatMap((reason) => ['', `  reason   ${reason.message}`, `  fix      ${reason.resolution}`]).map(oneLine),
    ...(withoutEffect.length > 0 ? ['', bold('Statements of the session policy without effect')] : []),
    ...withoutEffect.flatMap(({ statement, why }) => [`  ${titleOf(statement)}: ${WITHOUT_EFFECT[why]}`, `    ${JSON.stringify(statement.json)}`]).map(oneLine),
    '',
    `${bold('Size')} ${sizeLine(size)}`,
    ...(effective ? ['', bold('Effective permissions'), JSON.stringify(effective.document, undefined, 2)] : []),
    ...(effective?.omitted ?? []).map(({ statements, why }) => `  not in this document: ${[statements.join(' and '), why].filter((part) => part !== '').join(': ')}`).map(oneLine),
    '',
  ].join('\n');
}

function excessLines({ statement, kind, request, denied, instead, inside = [] }: ExcessFound): string[] {
  const values = Object.entries(request.context).map(([key, value]) => `${key} = ${[value].flat().map((v) => `'${v}'`).join(' and ')}`);
  return [
    '',
    `  ${titleOf(statement)}`,
    `    ${JSON.stringify(statement.json)}`,
    `    allows   ${request.action} on ${request.resource}`,
    ...values.map((line) => `             with ${line}`),
    ...request.missing.map((key) => `             without ${key}`),
    `    denied   by the ${denied.layer}${denied.source === undefined ? '' : ` of ${denied.source}`}: ${denied.why}`,
    ...(denied.statement ? [`             ${JSON.stringify(denied.statement.json)}`] : []),
    `             AccessDenied, "${denied.message}"`,
    ...(kind ? [`    kind     ${kind}: ${(isOrganizational({ name: denied.layer }) ? KINDS_OF_ORGANIZATION : KINDS)[kind] ?? KINDS[kind]}`] : []),
    ...labelled('instead', instead?.length === 0 ? [`remove the statement: ${who(denied)} nothing of it`] : printAll(instead ?? [])),
    ...labelled('inside', inside.length === 0 ? [] : [...printAll(inside), `${capitalize(who(denied))} this part of the statement, and may allow more of it.`]),
  ];
}

function who({ layer }: ExcessFound['denied']): string {
  return isOrganizational({ name: layer }) ? 'role and organization together allow' : 'the role allows';
}

/** The heading if it exceeds the role, the organization, or both. */
function headingOf({ verdict, excesses = [] }: Comparison): string {
  const ofOrganization = excesses.filter(({ denied }) => isOrganizational({ name: denied.layer })).length;
  if (verdict !== 'exceeds' || ofOrganization === 0) { return HEADINGS[verdict]; }
  return HEADINGS.exceeds.replace('the role does', ofOrganization === excesses.length ? 'the organization does' : 'the role or the organization does');
}

function printAll(statements: readonly StatementJson[]): string[] {
  return statements.map((one) => JSON.stringify(one));
}

function labelled(label: string, lines: readonly string[]): string[] {
  return lines.map((line, i) => `    ${(i === 0 ? label : '').padEnd('allows'.length + 2)} ${line}`);
}

function sizeLine({ minified, asWritten, limit }: Comparison['size']): string {
  const written = asWritten === undefined || asWritten === minified ? '' : ` (${asWritten.toLocaleString('en-US')} as written)`;
  const over = minified > limit ? `; EKS accepts no more than ${limit.toLocaleString('en-US')}` : '';
  return `${minified.toLocaleString('en-US')} of ${limit.toLocaleString('en-US')} characters, minified${written}${over}`;
}
