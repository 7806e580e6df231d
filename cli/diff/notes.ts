/** Sentences about what changed apart from permissions: where the association is, its role, and texts. compare-pods.ts adds them. */
import { Deployed } from './deployed';
import { PodDifference } from './difference';
import { PairedAssociations } from './pair-associations';
import { isText, sameText } from '../../lib/engine';
import { narrowedRole } from '../../lib/template/associations';
import { Value } from '../../lib/template/value';
import { showValue } from '../show-value';

export function notesOn(
  before: Deployed, after: Deployed, { gained, lost, undetermined }: Pick<PodDifference, 'gained' | 'lost' | 'undetermined'>, pair: PairedAssociations,
): string[] {
  const [base, head] = [before.side, after.side];
  const isSame = gained.length === 0 && lost.length === 0 && undetermined.length === 0;
  if (!base || !head) {
    if (base === head || !isSame) { return []; }
    return [`The association is ${head ? 'added' : 'removed'}, and it allows nothing.`];
  }
  const [own, other] = [before.access.association!, after.access.association!];
  const isRenamed = base.logicalId !== head.logicalId;
  return [
    ...base.stack !== head.stack ? [`The association moved from stack ${base.stack} to stack ${head.stack}.`] : [],
    ...isRenamed ? [`The association ${base.path} is now ${head.path}${base.path === head.path ? ` (${base.logicalId} is now ${head.logicalId})` : ''}.`] : [],
    ...base.stack !== head.stack ? [MOVED] : isRenamed ? [RENAMED] : [],
    ...pair.perhaps ? [`The name of the cluster is ${showValue(pair.base[0].clusterName)} in the base and ${showValue(pair.head[0].clusterName)} in the head, which may be the same name.`] : [],
    ...!after.access.none && isAnotherRole(before, after) ? [`The pods have another role: ${roleIn(head)} instead of ${roleIn(base)}.${isSame ? ' Their effective permissions are the same.' : ''}`] : [],
    ...isSame ? sessionPolicyNote(own.policy, other.policy) : [],
  ];
}

/**
 * EKS has one association for each service account of a cluster. An update of a stack deletes resources after it created new ones.
 * @see https://docs.aws.amazon.com/eks/latest/userguide/pod-identities.html
 * @see https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/view-stack-events.html (UPDATE_COMPLETE_CLEANUP_IN_PROGRESS)
 */
const RENAMED = 'CloudFormation creates the new association before it deletes the old one, and EKS rejects a second association for a service account.';
const MOVED = 'EKS rejects a second association for a service account: first deploy the stack that removes the old one.';

/** Roles whose ARNs cannot be told may be the same. */
function isAnotherRole(before: Deployed, after: Deployed): boolean {
  const isTold = ({ access: { association } }: Deployed) => {
    const role = narrowedRole(association!);
    return role.defined !== undefined || isText(role.arn);
  };
  return before.access.role !== after.access.role && isTold(before) && isTold(after);
}

function roleIn({ role, targetRole }: NonNullable<Deployed['side']>): string {
  return targetRole ?? role;
}

function sessionPolicyNote(before: Value | undefined, after: Value | undefined): string[] {
  if (before === undefined && after === undefined) { return []; }
  if (before === undefined) { return ['The association now has a session policy, and the pods have the same permissions.']; }
  if (after === undefined) { return ['The association no longer has a session policy, and the pods have the same permissions.']; }
  return isText(before) && isText(after) && !sameText(before, after) ? ['The text of the session policy differs, and the pods have the same permissions.'] : [];
}
