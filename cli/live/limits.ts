/**
 * The limits of what is read from AWS: times, sizes and counts. docs/cli-audit.md describes them. A server, a proxy or a credential
 * process that misbehaves must not make the command wait or fill the memory without end.
 */

/** `--request-timeout`, in seconds: one answer, from the connection to its last byte. EKS and IAM answer within a second. */
export const REQUEST_SECONDS = 30;

/** `--timeout`, in seconds: everything that the command reads. 5,000 associations take some minutes if EKS throttles. */
export const TOTAL_SECONDS = 1800;

/** Maximum of `--timeout` and `--request-timeout`, in seconds: a day. Node.js has no timers of more than 24.8 days. */
export const MAX_SECONDS = 86_400;

/**
 * Minimum time for one call with all its attempts and the delays between them, in seconds: 10 throttled attempts wait 92 s at most
 * (500 ms, doubled each time, at most 20 s each). The time until the credentials are there counts, too.
 */
export const CALL_SECONDS = 120;

/** A call may take this many times the time for an answer, if that is more than `CALL_SECONDS`. */
export const ANSWERS_PER_CALL = 4;

/** Maximum size of an answer, in MiB. The largest of AWS are documents, URL-encoded (384 KiB), and pages of 1,000 names. */
export const MAX_ANSWER_MIB = 2;

/** Maximum size of all answers of a run, in MiB. 5,000 associations with a role each have some 100. */
export const MAX_TOTAL_MIB = 1024;

/** Maximum size of an answer that is an error, in KiB. Those of AWS have some hundred bytes. */
export const MAX_ERROR_KIB = 256;

/** Maximum number of elements in the XML of an answer. A page of 1,000 attached policies has some 3,000. */
export const MAX_XML_ELEMENTS = 100_000;

/** Maximum depth of the XML of an answer. Those of IAM that are read here have 6 levels. */
export const MAX_XML_DEPTH = 32;

/** Maximum number of pages of a list. EKS answers with 100 associations in a page. */
export const MAX_PAGES = 500;

/** Maximum number of associations that are listed. EKS allows some thousand in a cluster. */
export const MAX_ASSOCIATIONS = 50_000;

/** Maximum number of inline policies, and of attached policies, of a role. Inline policies share 10,240 characters. */
export const MAX_POLICIES_OF_ROLE = 1000;

/** Maximum length of the names and ids of an association, in characters. Those of Kubernetes have at most 253. */
export const MAX_NAME = 512;

/** Maximum length of the name of a region, in characters. Those of AWS have at most 14. */
export const MAX_REGION = 32;

/**
 * Maximum length of the document of a policy, in characters.
 * @see https://docs.aws.amazon.com/IAM/latest/APIReference/API_GetRolePolicy.html
 */
export const MAX_DOCUMENT = 131_072;

/** Maximum depth of the document of a policy. The language has 6 levels; recursive code later must not overflow. */
export const MAX_DOCUMENT_DEPTH = 100;

/** After this many failures in a row that do not depend on what was asked for, such as of the network, the rest is not tried. */
export const FAILURES_IN_A_ROW = 3;

/** Maximum length of what an answer says in an error, in characters. */
export const MAX_SAID = 1000;
