/** AWS::S3::BucketPolicy. */
import { ResourcePolicyCase } from './case';
import { casesOf, Service } from './forms';
import { getAtt, Given, join, policy, ref, template } from './make';

const OBJECTS = join(getAtt('Bucket'), '/*');

function bucket(statements?: readonly object[]): Given['resources'] {
  return {
    Bucket: {
      Type: 'AWS::S3::Bucket',
      // Without it S3 refuses policies that allow everybody.
      Properties: { PublicAccessBlockConfiguration: { BlockPublicPolicy: false, RestrictPublicBuckets: false } },
    },
    ...(statements ? {
      BucketPolicy: {
        Type: 'AWS::S3::BucketPolicy',
        Properties: { Bucket: ref('Bucket'), PolicyDocument: policy(...statements) },
      },
    } : {}),
  };
}

const SERVICE: Service = {
  name: 'bucket', action: 's3:GetObject', named: OBJECTS, attached: OBJECTS, resources: bucket,
};

export type BucketRow = Omit<ResourcePolicyCase, 'template'> & Omit<Given, 'resources'> & {
  readonly policy: readonly object[];
  readonly others?: Given['resources'];
};

/** A case of a bucket with a policy. */
export function bucketCase(
  { id, page, why, access, policy: statements, others, ...given }: BucketRow,
): ResourcePolicyCase {
  return {
    id: `bucket: ${id}`,
    page,
    why,
    access,
    template: template({ ...given, resources: { ...bucket(statements), ...others } }),
  };
}

/** The forms that every resource policy may have. */
export const BUCKET_FORM_CASES = casesOf(SERVICE);
