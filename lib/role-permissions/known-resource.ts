import * as iam from 'aws-cdk-lib/aws-iam';

/** The resource-based policy and the owner of a resource that the app does not define. */
export interface KnownResourcePermissions {
  /**
   * The document of the policy of the resource, with all its statements.
   *
   * The checks assume that the policy of the resource contains no other statements. A KMS key always has a policy, so this is required for
   * a key.
   *
   * @default - the resource has no policy
   */
  readonly policy?: iam.PolicyDocument;

  /**
   * The id of the account that owns the resource, 12 digits.
   *
   * The ARN of an S3 bucket does not contain the account. The checks need it: in the account of the role, a bucket policy can allow
   * a request on its own, but in another account, a policy of the role must allow the request, too.
   *
   * @default - the account in the ARN of the resource. The account of an S3 bucket is unknown
   */
  readonly account?: string;
}
