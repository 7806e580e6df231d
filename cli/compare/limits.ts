/** The limits of `compare --pairs`. docs/cli-compare.md names them. */

/**
 * Maximum number of bytes of a line. AWS takes at most 20 managed policies of 6,144 characters, 10,240 characters of inline policies,
 * a permissions boundary of 6,144 characters and a session policy of 2,048 characters: less than a sixth of this.
 * @see https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_iam-quotas.html
 */
export const MAX_LINE_BYTES = 1_000_000;

/**
 * Maximum number of characters of the policies that a cache keeps. A parsed policy has up to 100 times the memory of its text, and
 * each worker thread has caches of its own.
 */
export const MAX_CACHED_CHARACTERS = 2_000_000;

/** Maximum memory of a worker thread for objects that live long, in MB. A line of the maximum length needs less than a fifth of it. */
export const MAX_THREAD_MEGABYTES = 1_024;

/** Maximum number of worker threads that may fail. Afterwards, the lines that they would compare are errors. */
export const MAX_FAILED_THREADS = 64;
