/**
 * How the template contains the session policy of an association.
 *
 * EKS accepts at most 2,048 characters. A compacted policy is shorter than the policy that was written, and the pods can do the same with
 * each of them. If the deployed policy is a compacted one, the template also contains the written policy, in the `Metadata` of the association.
 * At each synth, the finding `CompactedPolicyDiffers` ends the synthesis unless it is proven that the deployed policy gives the pods the
 * same permissions as the written one. All other findings apply to the written policy, except those on its length.
 *
 * @see https://github.com/cdk-eks-pod-identity/cdk-eks-pod-identity/blob/main/docs/guides/compaction.md
 */
export enum Compaction {
  /**
   * The statements as they are written.
   *
   * The statements are sorted. Statements that differ only in their actions, or only in their resources, are merged.
   */
  NONE = 'NONE',

  /**
   * Fewer and shorter statements that allow exactly the same requests.
   *
   * This includes requests that AWS adds later: the result does not depend on the actions of AWS or on the role. A `Sid` is removed, because
   * it has no effect.
   */
  LOSSLESS = 'LOSSLESS',

  /**
   * Wildcards that match no other action of AWS, such as `dynamodb:Batch*` for `BatchGetItem` and `BatchWriteItem`.
   *
   * If AWS adds an action that a wildcard matches, the pods can use the action only if the role also allows it. A version of this library that
   * knows the new action writes another wildcard. If the role grows, nothing changes: the pods get no permission that was not written.
   */
  CATALOG = 'CATALOG',

  /**
   * Wildcards that match nothing else that the role and its permissions boundary allow, such as `s3:*` for a role with three actions of S3.
   *
   * The role is read from the app, or from `rolePermissions`. If the role is not completely known, or if the comparison with the role takes
   * too long, `CATALOG` is used, with a warning.
   *
   * If the role grows in the app, the app writes another policy at the next synth. If the role grows outside of the app (in another app, or in
   * the console), the pods also get the new permissions that the wildcards match. The same happens if AWS adds an action that the role allows
   * with a wildcard of its own. `cdk-pod-identity check` with the current role finds both.
   */
  ROLE = 'ROLE',

  /**
   * The first of `NONE`, `LOSSLESS`, `CATALOG` and `ROLE` that gives a policy of at most 2,048 characters.
   *
   * If none of them does, the shortest policy is used. A deploy-time value counts with its maximum length, or with its expected length if it
   * has no maximum.
   *
   * If you add statements, the policy may change from one of them to the next. Each of them describes its effect when AWS adds actions or the
   * role grows.
   */
  WHEN_NEEDED = 'WHEN_NEEDED',
}
