/**
 * Words for roles and values in messages. All front ends use them, so that a thing has the same name everywhere.
 *
 * Invariant: a value that is unresolved at synth is printed as the reason for it.
 */
import { StatementJson } from '../engine';
import { RoleRef } from '../template/associations';
import { pathOf } from '../template/template-set';

export function describeRole(role: RoleRef): string {
  return `the role ${nameOfRole(role)}`;
}

/** The construct path of a role that the app defines; the ARN of any other role. */
export function nameOfRole({ defined, arn }: RoleRef): string {
  return defined ? pathOf(defined) : arn.toString();
}

/** The text as the beginning of a sentence. */
export function capitalize(text: string): string {
  return `${text[0].toUpperCase()}${text.slice(1)}`;
}

/** The text as a sentence. */
export function sentence(text: string): string {
  return `${capitalize(text)}.`;
}

/** A number of characters, as AWS writes it in its documentation. */
export function counted(count: number): string {
  return count.toLocaleString('en-US');
}

/** Statements to paste into a policy. */
export function printStatements(statements: readonly StatementJson[]): string {
  return statements.map((statement) => JSON.stringify(statement)).join(', ');
}

/**
 * The first of many names, and how many others there are.
 * @param ifAll what stands between the names if there are no others
 */
export function listSome(names: readonly string[], most: number, ifAll = ', '): string {
  return names.length > most ? `${names.slice(0, most).join(', ')} and ${names.length - most} more` : names.join(ifAll);
}
