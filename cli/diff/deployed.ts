/**
 * Reads the association of one side that is deployed in a case of the conditions of the templates. compare-pods.ts compares those of both sides.
 * Invariant: if it is not certain which association is deployed, or whether one is, `undetermined` says so.
 */
import { Side, Undetermined } from './difference';
import { accessOf, NO_ASSOCIATION, PodAccess } from './pod-access';
import { Listed, LoadedBatch } from './read-side';
import { rejectionsOf } from './rejections';
import { nameOfRole } from '../../lib/analysis/describe';
import { Association, isDeployed } from '../../lib/template/associations';
import { Assumptions } from '../../lib/template/assumptions';

/** The association of one side that is deployed in a case. */
export interface Deployed {
  readonly side?: Side;
  readonly access: PodAccess;
  readonly undetermined: readonly Undetermined[];
  readonly rejections: readonly Undetermined[];
}

export function deployedIn(assumptions: Assumptions, listed: readonly Listed[], batch: LoadedBatch | undefined): Deployed {
  const nothing: Deployed = { access: NO_ASSOCIATION, undetermined: [], rejections: [] };
  if (!batch) { return nothing; }
  const context = batch.contexts.in(assumptions);
  const found = listed.flatMap((one) => {
    const ref = batch.refOf(one);
    const deployed = isDeployed(ref, context.evaluator);
    return deployed === false ? [] : [{ one, deployed, association: context.association(ref) }];
  });
  if (found.length === 0) { return nothing; }
  const [{ one, association }] = found;
  return {
    side: sideOf(one, association),
    access: accessOf(association, context),
    rejections: rejectionsOf(association, context),
    undetermined: [
      ...found.length > 1 ? [duplicate(found.map((each) => each.association.path))] : [],
      ...found.some(({ deployed }) => deployed === undefined) ? [conditional(association.path)] : [],
    ],
  };
}

function duplicate(paths: readonly string[]): Undetermined {
  return {
    code: 'DuplicateAssociation',
    message: `${paths.join(' and ')} are associations of the same service account. EKS accepts only one of them, and it is not certain which one`,
    resolution: 'remove all of them but one',
  };
}

function conditional(path: string): Undetermined {
  return {
    code: 'UnknownValue',
    message: `whether ${path} is deployed depends on a condition that could not be evaluated`,
    resolution: 'write the condition with parameters and literal values only',
  };
}

function sideOf({ path, logicalId, entry, file, stack }: Listed, { role, targetRole, policy }: Association): Side {
  return {
    path,
    logicalId,
    ...entry !== undefined && { entry },
    file,
    stack,
    role: nameOfRole(role),
    ...targetRole && { targetRole: nameOfRole(targetRole) },
    hasSessionPolicy: policy !== undefined,
  };
}
