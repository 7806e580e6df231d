/** What the app knows of the role whose sessions make the requests of the pods. */
import { Principal, Unresolved } from '../engine';
import { RoleRef } from '../template/associations';
import { pseudoParameter } from '../template/intrinsics/pseudo-parameters';

/** A role of the app has the account and the partition of its stack; of another one, only what its ARN says is known. */
export function principalOf({ arn, defined }: RoleRef): Principal {
  return {
    ...(!(arn instanceof Unresolved) && { arn }),
    ...(defined && {
      account: pseudoParameter('AWS::AccountId', defined.stack),
      partition: pseudoParameter('AWS::Partition', defined.stack),
    }),
  };
}
