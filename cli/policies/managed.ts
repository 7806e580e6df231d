/**
 * Looks up managed policies that AWS maintains, by name or ARN, in the reference data: without network access.
 * Invariant: a name that stands for several policies is an error, not a guess; a complete path takes precedence.
 */
import { NamedDocument } from './documents-in';
import { managedPolicy, managedPolicyNames, whyNotKnown } from '../../lib/reference/managed-policy';
import { UsageError } from '../exit-codes';

const ARN_OF_POLICIES = 'arn:aws:iam::aws:policy/';

/**
 * Returns the policy with this ARN, with this path after `policy/`, or with this name, if only one policy has it.
 * @throws UsageError
 */
export function managedDocument(nameOrArn: string): NamedDocument {
  const arn = nameOrArn.startsWith('arn:') ? nameOrArn : `${ARN_OF_POLICIES}${pathOf(nameOrArn)}`;
  const document = managedPolicy(arn);
  if (!document) { throw new UsageError(`${nameOrArn}: ${whyNotKnown(arn) ?? 'its document could not be read'}`); }
  return { name: arn, document };
}

function pathOf(name: string): string {
  const named = managedPolicyNames().filter((known) => known === name || known.endsWith(`/${name}`));
  return named.includes(name) || named.length !== 1 ? name : named[0];
}
