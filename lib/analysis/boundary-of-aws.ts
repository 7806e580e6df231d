import { arnFieldsOf } from '../template/arn-fields';
import { RoleRef } from '../template/associations';
import { Evaluator } from '../template/evaluator';

/**
 * Whether the permissions boundary of a role of the app is a policy that AWS maintains. Nobody else can change it.
 * @see https://docs.aws.amazon.com/IAM/latest/UserGuide/access_policies_managed-vs-inline.html#aws-managed-policies
 */
export function hasBoundaryOfAws({ defined }: RoleRef, evaluator: Evaluator): boolean {
  const boundary = defined?.resource.Properties?.PermissionsBoundary;
  return boundary !== undefined && arnFieldsOf(evaluator.textOf(boundary, defined!.stack))?.[4] === 'aws';
}
