/**
 * What EKS does about settings of the agent that somebody else has changed in the cluster, such as those of an agent that a Helm chart
 * installed.
 *
 * @see https://docs.aws.amazon.com/eks/latest/APIReference/API_CreateAddon.html
 */
export enum ResolveConflicts {
  /** EKS changes nothing, and the deployment may fail. */
  NONE = 'NONE',

  /** EKS sets its own values. */
  OVERWRITE = 'OVERWRITE',

  /** EKS keeps the values of the cluster when it updates the agent. When it creates the agent, this is like `NONE`. */
  PRESERVE = 'PRESERVE',
}
