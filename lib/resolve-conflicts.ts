/**
 * How EKS resolves conflicts with settings of the agent that were changed in the cluster.
 *
 * For example, the settings differ if a Helm chart has installed the agent.
 *
 * @see https://docs.aws.amazon.com/eks/latest/APIReference/API_CreateAddon.html
 */
export enum ResolveConflicts {
  /** EKS does not change the settings, and the deployment may fail. */
  NONE = 'NONE',

  /** EKS replaces the settings with its own values. */
  OVERWRITE = 'OVERWRITE',

  /**
   * EKS keeps the settings of the cluster when it updates the agent.
   *
   * When EKS creates the agent, this is like `NONE`.
   */
  PRESERVE = 'PRESERVE',
}
