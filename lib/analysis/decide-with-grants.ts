/**
 * Decides whether a session policy narrows a role whose permissions come from resource policies, too.
 *
 * Invariant: a proof takes certain grants only, and says so; a counterexample holds whatever doubtful grants turn out to be.
 * @see https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_evaluation-logic.html
 */
import { Assumption, decideNarrowing, isUnsatisfiable, Layer, NarrowingOptions, Policy, Reason, Verdict } from '../engine';
import { ResourceGrant } from '../template/resource-policies/resource-policies';

export interface LayersWithGrants {
  /** The layers without what resource policies allow. */
  readonly own: readonly Layer[];
  /** The layers with what resource policies certainly allow. */
  readonly certain: readonly Layer[];
  /** The layers with all that resource policies may allow. */
  readonly widest: readonly Layer[];
  readonly grants: readonly ResourceGrant[];
}

export function decideWithGrants(session: Policy, { own, certain, widest, grants }: LayersWithGrants, options: NarrowingOptions): Verdict {
  const ofOwn = decideNarrowing({ session, layers: own }, options);
  if (grants.length === 0 || ofOwn.kind === 'narrows') { return ofOwn; }
  const concerning = grants.filter((grant) => concerns(grant, session, options));
  if (concerning.length === 0) { return ofOwn; }
  const verdict = decideNarrowing({ session, layers: certain }, options);
  if (verdict.kind === 'narrows') { return { ...verdict, assumptions: [...verdict.assumptions ?? [], ...pathsOf(concerning, true).map(assumptionOf)] }; }
  if (certain === widest) { return verdict; }
  const best = decideNarrowing({ session, layers: widest }, options);
  return best.kind === 'narrows' ? { kind: 'undetermined', reasons: pathsOf(concerning, false).map(reasonOf) } : best;
}

/** Whether a grant may allow some of what a policy allows. */
export function concerns({ policy }: ResourceGrant, requests: Policy, options: NarrowingOptions): boolean {
  return !isUnsatisfiable({ session: requests, layers: [{ name: 'resource policies', policies: [policy], gaps: [] }] }, options);
}

function pathsOf(grants: readonly ResourceGrant[], areCertain: boolean): readonly string[] {
  return [...new Set(grants.filter(({ isCertain }) => isCertain === areCertain).map(({ path }) => path))];
}

function assumptionOf(path: string): Assumption {
  return { code: 'ResourcePolicy', message: `what the identity policies of the role do not allow, the policy of ${path} allows` };
}

/** Why it is not certain that something is denied. @param path what has the policy */
export function reasonOf(path: string): Reason {
  return {
    code: 'ResourcePolicy',
    message: `the policy of ${path} may allow it to the role, and whether it does is not certain`,
    resolution: `name the ARN of the role as the principal in the policy of ${path}, or remove the permission from the session policy`,
  };
}
