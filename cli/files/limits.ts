/**
 * The limits of what the command line reads, in one place. Messages and docs/cli.md name them. They are far above what AWS
 * accepts, and low enough that a file that reaches one is read, or refused, within seconds and without exhausting the memory.
 */

const MB = 1024 * 1024;

/**
 * Maximum size of a file, and of what arrives through standard input or a pipe. CloudFormation takes templates of up to 1 MB and
 * IAM policies of up to 10,240 characters; the manifest of a large cloud assembly has tens of megabytes.
 * @see https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/cloudformation-limits.html
 * @see https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_iam-quotas.html
 */
export const MAX_FILE_BYTES = 64 * MB;

/**
 * Maximum number of levels of nested lists and objects. Templates and policies have about 15. The parsers of YAML and the code
 * that reads values are recursive, and overflow the stack at some thousands.
 */
export const MAX_LEVELS = 1000;

/**
 * Maximum size of YAML, in characters. Only templates are YAML, and CloudFormation accepts 1 MB. A list of 16 MB of empty maps was
 * measured to need a gigabyte of memory.
 */
export const MAX_YAML_CHARACTERS = 8 * MB;

/**
 * Maximum number of tokens of YAML that the fast parser cannot read. Each costs about one kilobyte of memory and some microseconds
 * while the text is parsed. A template of 1 MB, the most that CloudFormation accepts, has about 300,000.
 */
export const MAX_YAML_TOKENS = 1_000_000;

/**
 * Maximum number of brackets and commas of JSON. A list of 64 MB of empty objects would otherwise need gigabytes of memory. A
 * template of 1 MB has at most one million.
 */
export const MAX_JSON_MARKS = 5_000_000;

/**
 * Maximum size of the templates that are read of a git revision, together: they are written to a temporary folder. A cloud assembly of
 * 500 stacks of 1 MB, the most that CloudFormation accepts, has as much.
 */
export const MAX_REVISION_BYTES = 512 * MB;

/** Maximum number of these files. */
export const MAX_REVISION_FILES = 20_000;

/** The size in MB, for messages. */
export function inMegabytes(bytes: number): string {
  return `${Math.ceil(bytes / MB).toLocaleString('en-US')} MB`;
}
