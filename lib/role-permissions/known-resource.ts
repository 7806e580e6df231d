import * as iam from 'aws-cdk-lib/aws-iam';

/** What a resource has that the app does not define. */
export interface KnownResourcePermissions {
  /**
   * The document of its policy: all statements, because the resource is taken to have no others.
   *
   * @default - the resource has no policy. A KMS key always has one
   */
  readonly policy?: iam.PolicyDocument;

  /**
   * The account that owns the resource. The ARN of an S3 bucket does not have it, and a bucket policy of the role's account allows
   * what one of another account allows only together with a policy of the role.
   *
   * @default - the account in the ARN; of an S3 bucket, not known
   */
  readonly account?: string;
}
