/**
 * The resources whose policies can be declared (`ResourcePermissions`, snapshots), by their ARNs. The declarations, the reader of
 * snapshots and the command line use it.
 *
 * Invariant: pure, and strict: an ARN that is accepted names one resource that has a policy of its own, so a declaration can apply
 * neither to something else nor to several resources.
 * @see https://docs.aws.amazon.com/service-authorization/latest/reference/reference_policies_actions-resources-contextkeys.html for the
 * forms of the ARNs; test/template/declarable-resources.test.ts compares them with the reference data
 */

/** The type of a resource in CloudFormation, or what is wrong with its ARN and what to give instead. */
export type DeclarableResource = { readonly type: string } | { readonly problem: string; readonly fix: string };

interface Form {
  readonly type: string;
  readonly service: string;
  /** Whether the ARN has a region and an account. */
  readonly isRegional: boolean;
  /** What comes after the account: this text, and a name. */
  readonly before: string;
  readonly name: RegExp;
  /** A name for messages. */
  readonly example: string;
}

const regional = (type: string, service: string, before: string, name: RegExp, example: string): Form => (
  { type, service, isRegional: true, before, name, example });

/** The name of a secret and its random suffix. In a whole ARN only the hyphens of 512 characters can begin the suffix, so the time is bounded. */
const SECRET_NAME = new RegExp(`${/[A-Za-z0-9/_+=.@!-]{1,512}/.source}${/-[A-Za-z0-9]{6}/.source}`);

export const DECLARABLE_FORMS: readonly Form[] = [
  // Buckets of us-east-1 that were made before 2018 may have up to 255 characters, and upper case and underscores:
  // https://docs.aws.amazon.com/AmazonS3/latest/userguide/bucketnamingrules.html
  { type: 'AWS::S3::Bucket', service: 's3', isRegional: false, before: '', name: /[A-Za-z0-9._-]{3,255}/, example: 'reports' },
  regional('AWS::S3::AccessPoint', 's3', 'accesspoint/', /[a-z0-9-]{3,50}/, 'reports'),
  regional('AWS::KMS::Key', 'kms', 'key/', /[A-Za-z0-9-]{1,2048}/, '1234abcd-12ab-34cd-56ef-1234567890ab'),
  regional('AWS::SQS::Queue', 'sqs', '', /[A-Za-z0-9_-]{1,80}(\.fifo)?/, 'jobs'),
  regional('AWS::SNS::Topic', 'sns', '', /[A-Za-z0-9_-]{1,256}(\.fifo)?/, 'events'),
  // The names of secrets that services manage also have an exclamation mark, such as rds!db-….
  regional('AWS::SecretsManager::Secret', 'secretsmanager', 'secret:', SECRET_NAME, 'database-a1b2c3'),
  regional('AWS::Lambda::Function', 'lambda', 'function:', /[A-Za-z0-9_-]{1,140}/, 'resize'),
  regional('AWS::ECR::Repository', 'ecr', 'repository/', /[a-z0-9][a-z0-9._/-]{0,255}/, 'team/app'),
  regional('AWS::DynamoDB::Table', 'dynamodb', 'table/', /[A-Za-z0-9_.-]{1,255}/, 'orders'),
  regional('AWS::Events::EventBus', 'events', 'event-bus/', /[A-Za-z0-9/._-]{1,256}/, 'orders'),
  regional('AWS::Kinesis::Stream', 'kinesis', 'stream/', /[A-Za-z0-9_.-]{1,128}/, 'clicks'),
  regional('AWS::EFS::FileSystem', 'elasticfilesystem', 'file-system/', /fs-[0-9a-f]{8,40}/, 'fs-0123456789abcdef0'),
  regional('AWS::OpenSearchService::Domain', 'es', 'domain/', /[a-z][a-z0-9-]{2,27}/, 'logs'),
  regional('AWS::Backup::BackupVault', 'backup', 'backup-vault:', /[A-Za-z0-9_-]{2,50}/, 'nightly'),
];

const PATTERNS = DECLARABLE_FORMS.map(({ type, service, isRegional, before, name }) => ({
  type, pattern: new RegExp(`^arn:aws[a-z-]*:${service}:${isRegional ? '[a-z0-9-]+:\\d{12}' : ':'}:${before}(?:${name.source})$`),
}));

/** Finds the type of a resource by its ARN. @param arn a value of which nothing is known */
export function declarableResource(arn: unknown): DeclarableResource {
  if (typeof arn !== 'string') { return { problem: 'is not text', fix: `Give the ARN of the resource, such as ${exampleOf('AWS::S3::Bucket')}.` }; }
  const found = PATTERNS.find(({ pattern }) => pattern.test(arn));
  return found ? { type: found.type } : mistakeIn(arn);
}

/** What an ARN of another form is, if people are known to confuse it with the ARN of the resource. */
function mistakeIn(arn: string): { readonly problem: string; readonly fix: string } {
  if (/[*?]/.test(arn)) {
    return { problem: 'has a wildcard, and a policy belongs to one resource', fix: 'Declare each resource with its whole ARN.' };
  }
  const [, partition, bucket] = /^arn:(aws[a-z-]*):s3:::([^/]+)\/./.exec(arn) ?? [];
  if (bucket !== undefined) {
    return { problem: 'is the ARN of objects, which have the policy of their bucket', fix: `Give arn:${partition}:s3:::${bucket}.` };
  }
  if (/^arn:aws[a-z-]*:kms:[a-z0-9-]+:\d{12}:alias\/[A-Za-z0-9/_-]+$/.test(arn)) {
    return {
      problem: 'is the ARN of an alias, and the key that it names has the policy',
      fix: `Give the ARN of the key, which this prints: aws kms describe-key --key-id ${arn} --query KeyMetadata.Arn`,
    };
  }
  if (/^arn:aws[a-z-]*:secretsmanager:[a-z0-9-]+:\d{12}:secret:[A-Za-z0-9/_+=.@-]+$/.test(arn)) {
    return {
      problem: 'is not the whole ARN of a secret, which ends with a hyphen and six characters',
      fix: `Give the whole ARN, which this prints: aws secretsmanager describe-secret --secret-id ${arn} --query ARN`,
    };
  }
  if (/^arn:aws[a-z-]*:lambda:[a-z0-9-]+:\d{12}:function:[^:]+:./.test(arn)) {
    return { problem: 'is the ARN of a version or an alias, whose policies this library does not read', fix: 'Declare functions only, without a version or an alias.' };
  }
  return {
    problem: 'is not the ARN of a resource whose policy can be declared',
    fix: `The forms are ${DECLARABLE_FORMS.map(({ type }) => exampleOf(type)).join(', ')}.`,
  };
}

/** The account of a resource, if its ARN has one. */
export function accountInArn(arn: string): string | undefined {
  return arn.split(':')[4] || undefined;
}

function exampleOf(type: string): string {
  const { service, isRegional, before, example } = DECLARABLE_FORMS.find((form) => form.type === type)!;
  return `arn:aws:${service}:${isRegional ? 'eu-west-1:111122223333' : ':'}:${before}${example}`;
}
