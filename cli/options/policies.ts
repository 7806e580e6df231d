/**
 * Options for policy files: `--session`, `--role`, `--role-managed` and `--boundary`. `compare`, `compact` and `explain` share them. Reads
 * the files and converts them to layers (cli/policies).
 * Invariant: a role without identity policies is an error, not a role that allows nothing.
 */
import { Command } from 'commander';
import { Layer, Principal } from '../../lib/engine';
import { UsageError } from '../exit-codes';
import { documentIn, NamedDocument } from '../policies/documents-in';
import { Input, nameOf } from '../policies/input';
import { layerOf } from '../policies/layers';
import { managedDocument } from '../policies/managed';
import { parseJson } from '../policies/parse-json';
import { roleArnIn } from '../policies/role-arn';

/** The policies that were given. */
export interface PolicyFileOptions {
  readonly session?: string;
  readonly role: readonly string[];
  readonly roleManaged: readonly string[];
  readonly boundary?: string;
}

export interface PolicyOptions extends PolicyFileOptions {
  readonly roleArn?: string;
}

export function policyOptions(command: Command): Command {
  return policyFileOptions(command).option('--role-arn <arn>', 'the ARN of the role, for conditions on the principal, such as aws:PrincipalArn');
}

export function policyFileOptions(command: Command): Command {
  const more = (one: string, before: readonly string[]) => [...before, one];
  return command
    .option('--session <file>', 'the session policy: a policy document, or the output of `aws eks describe-pod-identity-association`')
    .option('--role <file>', 'an identity policy of the role: a policy document, or the output of `aws iam get-role-policy` or `aws iam get-policy-version`;'
      + ' may be repeated', more, [])
    .option('--role-managed <name>', 'an AWS managed policy of the role, by name or ARN, such as ReadOnlyAccess; may be repeated', more, [])
    .option('--boundary <file>', 'the permissions boundary of the role: a file, or the ARN of an AWS managed policy');
}

/** What the options tell of the role. @throws UsageError if it is not the ARN of a role */
export function principalIn({ roleArn }: PolicyOptions): Principal {
  return roleArn === undefined ? {} : { arn: roleArnIn(roleArn, '--role-arn') };
}

export async function readSession({ session }: PolicyFileOptions, input: Input): Promise<NamedDocument | undefined> {
  return session === undefined ? undefined : documentAt(session, input);
}

/** Reads the identity policies, and the permissions boundary if there is one. @throws UsageError */
export async function readRole({ role, roleManaged, boundary }: PolicyFileOptions, input: Input): Promise<readonly Layer[]> {
  if (role.length + roleManaged.length === 0) {
    throw new UsageError('--role is missing. Give the identity policies of the role: --role role.json, or --role-managed ReadOnlyAccess');
  }
  const identity: NamedDocument[] = [];
  for (const file of role) { identity.push(await documentAt(file, input)); }
  identity.push(...roleManaged.map(managedDocument));
  const layer = layerOf('identity policies', identity);
  return boundary === undefined ? [layer] : [layer, layerOf('permissions boundary', [await documentAt(boundary, input)])];
}

async function documentAt(fileOrArn: string, input: Input): Promise<NamedDocument> {
  return fileOrArn.startsWith('arn:') ? managedDocument(fileOrArn) : documentFrom(await input.read(fileOrArn), fileOrArn);
}

function documentFrom(text: string, file: string): NamedDocument {
  const name = nameOf(file);
  // Old versions of `aws iam get-role-policy --query PolicyDocument --output text` print URL-encoded text.
  const value = /^\s*%7B/i.test(text) ? text.trim() : parseJson(text, name);
  const found = documentIn(value, name);
  return found.document === value ? { ...found, text } : found;
}
