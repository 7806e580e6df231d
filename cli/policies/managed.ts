import { NamedDocument } from './documents-in';
import { managedPolicy, managedPolicyNames, whyNotKnown } from '../../lib/reference/managed-policy';
import { UsageError } from '../exit-codes';

const ARN_OF_POLICIES = 'arn:aws:iam::aws:policy/';

/** A policy that AWS maintains, by its ARN, by what follows `policy/` in that, or by its name alone where one policy has it. */
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
