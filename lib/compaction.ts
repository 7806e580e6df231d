/**
 * How the session policy of an association is written: as its author wrote it, or shorter, so that it fits into 2,048 characters.
 *
 * The pods can do the same with each of them. If the deployed policy is a shorter one, the template also has the written policy, in the `Metadata`
 * of the association. At each synth, the finding `CompactedPolicyDiffers` ends the synthesis unless it is proven that the deployed policy gives
 * the pods what the written one does. All other findings apply to the written policy, except those about its length.
 *
 * @see https://github.com/cdk-eks-pod-identity/cdk-eks-pod-identity/blob/main/docs/guides/compaction.md
 */
export enum Compaction {
  /**
   * The statements as they are written. They are sorted, and statements that differ in their actions or their resources only are joined.
   */
  NONE = 'NONE',

  /**
   * Fewer and shorter statements that allow exactly the same requests, also those that AWS may add. A `Sid` is left out, because it has
   * no effect. Nothing depends on what AWS or the role has.
   */
  LOSSLESS = 'LOSSLESS',

  /**
   * Wildcards that match no other action that AWS has, such as `dynamodb:Batch*` for `BatchGetItem` and `BatchWriteItem`.
   *
   * If AWS adds an action that a wildcard matches, the pods can do it only if the role allows it, too. A version of this library that knows
   * the new action writes another wildcard. If the role grows, nothing changes: the pods get nothing that was not written.
   */
  CATALOG = 'CATALOG',

  /**
   * Wildcards that match nothing else that the role and its permissions boundary allow, such as `s3:*` for a role that has three actions of S3.
   * The role is read from the app, or from `rolePermissions`.
   *
   * If the role grows, the app writes another policy at the next synth. A role that grows without the app (by another app, or in the console) gives the
   * pods what the wildcards match. The same holds for an action that AWS adds and that the role allows with a wildcard of its own.
   * `cdk-pod-identity check` with the current role finds that.
   *
   * If the role is not completely known, or comparing the policy with it takes too long, it is `CATALOG`, with a warning.
   */
  ROLE = 'ROLE',

  /**
   * The first of `NONE`, `LOSSLESS`, `CATALOG` and `ROLE` with which the policy has at most 2,048 characters; the shortest, if it has more with
   * each. Deploy-time values count with their longest length, or with the expected one if they have no longest.
   *
   * The policy may change from one to the next when statements are added. What each means for new actions of AWS and for a role that grows
   * is said there.
   */
  WHEN_NEEDED = 'WHEN_NEEDED',
}
