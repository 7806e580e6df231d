/**
 * Gives the layers of a role the policies that AWS maintains, from the reference data.
 *
 * Invariant: a deploy-time partition is treated as one that has the policy as the partition `aws` has it, with its own name in
 * the ARNs. A policy that the reference does not have is a gap, never an empty document.
 * @see https://docs.aws.amazon.com/aws-managed-policy/latest/reference/about-managed-policy-reference.html
 */
import { Json, SymbolicString } from '../engine';
import { managedPolicy, whyNotKnown } from '../reference/managed-policy';
import { arnFieldsOf } from '../template/arn-fields';
import { AwsManagedPolicies } from '../template/known-permissions';

export const awsManagedPolicy: AwsManagedPolicies = (arn) => {
  const [, partition, service, , account, name] = arnFieldsOf(arn) ?? [];
  if (service !== 'iam' || account !== 'aws' || typeof name !== 'string') { return undefined; }
  const usual = `arn:${typeof partition === 'string' ? partition : 'aws'}:iam::aws:${name}`;
  const document = managedPolicy(usual) as Json | undefined;
  if (document === undefined) { return { missing: whyNotKnown(usual) ?? 'its document could not be read' }; }
  return { document: typeof partition === 'string' ? document : inPartition(document, partition) };
};

const IN_AWS = 'arn:aws:';

function inPartition(value: Json, partition: SymbolicString): Json {
  if (typeof value === 'string') { return value.startsWith(IN_AWS) ? SymbolicString.of('arn:', partition, `:${value.slice(IN_AWS.length)}`) : value; }
  if (Array.isArray(value)) { return value.map((item) => inPartition(item, partition)); }
  if (typeof value !== 'object' || value === null) { return value; }
  return Object.fromEntries(Object.entries(value).map(([key, member]) => [key, inPartition(member, partition)]));
}
