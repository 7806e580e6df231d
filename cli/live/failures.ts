/**
 * Converts the errors of the SDK to plain sentences with a cause that the user can fix. Every call to AWS goes through `callAws`.
 * Invariant: an `AwsFailure` keeps the IAM action of the call, and its message has no credentials.
 */
import { MAX_SAID } from './limits';
import { redact, secretsIn } from './redact';
import type { TimeoutName } from './timed-client';
import { DOCS } from '../../lib/util/docs';
import { UsageError } from '../exit-codes';

/** `unclear`: the answer is not what AWS sends. `slow`: no answer in time. `late`: the time for the whole run is over. */
export type FailureKind =
  | 'denied' | 'missing' | 'credentials' | 'clock' | 'region' | 'throttled' | 'unreachable' | 'slow' | 'late' | 'unclear' | 'other';

/** A call that failed, with a message in plain words. */
export class AwsFailure extends UsageError {
  public constructor(public readonly kind: FailureKind, message: string, public readonly action?: string) {
    super(redact(message, secretsIn(process.env)));
  }
}

/** Returns the failure of an answer that is not what AWS sends. @param clause what is wrong with it, such as "it has no Role" */
export function unclearAnswer(call: Call, clause: string): AwsFailure {
  return new AwsFailure('unclear', unclearText(call, clause), call.action);
}

/** Whether every other call would fail, too. */
export function isOfAllCalls({ kind }: AwsFailure): boolean {
  return kind === 'credentials' || kind === 'clock' || kind === 'region' || kind === 'late';
}

/** Whether the failure does not depend on what was asked for, so that other calls may fail, too. */
export function isOfTheWay({ kind }: AwsFailure): boolean {
  return kind === 'throttled' || kind === 'unreachable' || kind === 'slow' || kind === 'other';
}

/** One call: the IAM action that allows it, and the resource. */
export interface Call {
  readonly action: string;
  readonly on: string;
}

/** An error of the SDK. */
interface SdkError {
  readonly name?: string;
  readonly message?: string;
  readonly code?: string;
  readonly $metadata?: { readonly attempts?: number; readonly httpStatusCode?: number };
  readonly errors?: readonly SdkError[];
  /** The last error before the time was over. */
  readonly cause?: SdkError;
}

/**
 * The error codes that the services share with all AWS services, and those of S3, SQS and SNS that mean the same.
 * @see https://docs.aws.amazon.com/IAM/latest/APIReference/CommonErrors.html
 * @see https://docs.aws.amazon.com/eks/latest/APIReference/CommonErrors.html
 * @see https://docs.aws.amazon.com/AmazonS3/latest/API/ErrorResponses.html
 * @see https://docs.aws.amazon.com/AWSSimpleQueueService/latest/APIReference/API_GetQueueUrl.html
 * @see https://docs.aws.amazon.com/sns/latest/api/API_GetTopicAttributes.html
 */
const KINDS: { readonly [name: string]: FailureKind } = {
  AccessDenied: 'denied',
  AccessDeniedException: 'denied',
  UnauthorizedOperation: 'denied',
  NotAuthorized: 'denied',
  AuthorizationError: 'denied',
  AuthorizationErrorException: 'denied',
  NoSuchEntity: 'missing',
  NoSuchEntityException: 'missing',
  NoSuchBucket: 'missing',
  NotFound: 'missing',
  NotFoundException: 'missing',
  QueueDoesNotExist: 'missing',
  ResourceNotFoundException: 'missing',
  Throttling: 'throttled',
  ThrottlingException: 'throttled',
  ThrottledException: 'throttled',
  RequestLimitExceeded: 'throttled',
  RequestThrottled: 'throttled',
  SlowDown: 'throttled',
  TooManyRequestsException: 'throttled',
  CredentialsProviderError: 'credentials',
  ExpiredToken: 'credentials',
  ExpiredTokenException: 'credentials',
  RequestExpired: 'clock',
  RequestInTheFuture: 'clock',
  RequestTimeTooSkewed: 'clock',
  InvalidAccessKeyId: 'credentials',
  InvalidClientTokenId: 'credentials',
  InvalidToken: 'credentials',
  UnrecognizedClientException: 'credentials',
  SignatureDoesNotMatch: 'credentials',
  InvalidSignatureException: 'credentials',
  IncompleteSignature: 'credentials',
  MissingAuthenticationToken: 'credentials',
  MissingAuthenticationTokenException: 'credentials',
  UnexpectedAnswer: 'unclear',
  ...{ 'AWS.SimpleQueueService.NonExistentQueue': 'missing' as const }, // of the query protocol, which emulators use
  ...({ CallTimeout: 'slow', CredentialsTimeout: 'credentials', TotalTimeout: 'late' } satisfies { readonly [name in TimeoutName]: FailureKind }),
};

const UNREACHABLE = new Set([
  'ECONNREFUSED', 'ECONNRESET', 'ENOTFOUND', 'EAI_AGAIN', 'EHOSTUNREACH', 'ENETUNREACH', 'ETIMEDOUT', 'EPIPE', 'ERR_INVALID_URL', 'EPROTO',
  'SELF_SIGNED_CERT_IN_CHAIN', 'DEPTH_ZERO_SELF_SIGNED_CERT', 'UNABLE_TO_VERIFY_LEAF_SIGNATURE', 'UNABLE_TO_GET_ISSUER_CERT_LOCALLY', 'CERT_HAS_EXPIRED',
]);

/** Calls AWS, and converts an error of the SDK to an `AwsFailure`. */
export async function callAws<T>(call: Call, ask: () => Promise<T>): Promise<T> {
  try {
    return await ask();
  } catch (e) {
    throw failureOf(plain(e), call);
  }
}

/** Returns an error with texts where it should have texts: the SDK copies members of answers to its errors. */
function plain(e: unknown, depth = 0): SdkError {
  if (typeof e !== 'object' || e === null) { return { message: String(e) }; }
  const { name, message, code, cause, errors, $metadata } = e as { readonly [member in keyof SdkError]: unknown };
  const text = (value: unknown) => (typeof value === 'string' ? value : undefined);
  return {
    name: text(name),
    message: textOf(message),
    code: text(code),
    errors: Array.isArray(errors) && depth === 0 ? errors.map((one) => plain(one, 1)) : undefined,
    cause: cause === undefined || depth > 0 ? undefined : plain(cause, 1),
    $metadata: $metadata as SdkError['$metadata'],
  };
}

function failureOf(error: SdkError, call: Call): AwsFailure {
  const kind = kindOf(error);
  return new AwsFailure(kind, sentenceOf(kind, error, call), call.action);
}

function sentenceOf(kind: FailureKind, error: SdkError, call: Call): string {
  const { action, on } = call;
  const said = saidBy(error);
  const attempts = error.$metadata?.attempts;
  const times = attempts && attempts > 1 ? ` ${attempts} times` : '';
  switch (kind) {
    case 'denied':
      return `The credentials are not authorized to perform ${action} on ${on}. AWS says: ${said}. See ${pageOf(action)} for the IAM policy that is needed.`;
    case 'missing':
      return `There is no ${on}: ${action} answers ${said}.`;
    case 'throttled':
      return `AWS throttled ${action} on ${on}${times || ' each time'}${error.cause ? ` in ${error.message}` : ''}: ${error.cause ? saidBy(error.cause) : said}. `
        + 'Try again later, or set AWS_MAX_ATTEMPTS to a larger number.';
    case 'credentials': return credentialsSentence(error, said);
    case 'clock':
      return `AWS rejects the time of the request: ${said}. Set the clock of this computer.`;
    case 'region':
      return 'There is no region. Give --region, set AWS_REGION, or set a region for the profile: aws configure set region eu-west-1.';
    case 'unreachable': {
      const why = [error, ...error.errors ?? []].map(({ message }) => message).find(Boolean) ?? error.code ?? error.name;
      return `AWS could not be reached for ${action}: ${why}. Check --endpoint-url, --region, and the network.${proxyHint()}`;
    }
    case 'slow': {
      const what = isHalf(error) ? `${action} on ${on} was answered in part only` : `${action} on ${on} was not answered`;
      const limit = error.name === ('CallTimeout' satisfies TimeoutName) ? ` within ${error.message}, with all attempts` : ' in time (--request-timeout)';
      return `${what}${limit}${attempts ? `, after ${attempts} attempt${attempts === 1 ? '' : 's'}` : ''}. Check --endpoint-url, --region, and the network.${proxyHint()}`;
    }
    case 'late': return `The time for the whole run, ${error.message} (--timeout), ended before ${action} on ${on} was answered.`;
    case 'unclear': return unclearText(call, error.name === 'UnexpectedAnswer' ? error.message! : `it cannot be read (${error.message})`);
    case 'other': return `${action} on ${on} failed${times}: ${said}.`;
  }
}

/** The page with the IAM policy for an action. */
function pageOf(action: string): string {
  return /^(eks|iam):/.test(action) ? `${DOCS}/cli-audit.md#permissions` : `${DOCS}/cli-snapshot.md#permissions`;
}

function unclearText({ action, on }: Call, clause: string): string {
  return `${action} on ${on}: AWS's answer cannot be used, because ${clause}.`;
}

function kindOf(error: SdkError): FailureKind {
  const { name, message = '', code = '', $metadata, cause } = error;
  if (isOfClock(error)) { return 'clock'; }
  if (name === 'CallTimeout' && cause && kindOf(cause) === 'throttled') { return 'throttled'; }
  if (name !== undefined && Object.hasOwn(KINDS, name)) { return KINDS[name]; }
  if (name === 'TimeoutError' && (code === '' || code === 'ETIMEDOUT')) { return 'slow'; }
  if (/^Region is missing/.test(message)) { return 'region'; }
  if (UNREACHABLE.has(code) || /certificate/i.test(message)) { return 'unreachable'; }
  if (code.startsWith('HPE_') || isOfReading(error)) { return 'unclear'; }
  if ($metadata?.httpStatusCode === 429) { return 'throttled'; }
  return 'other';
}

/** Whether the SDK could not convert an answer, such as a time. It adds the status of the answer to such an error. */
function isOfReading({ name, $metadata }: SdkError): boolean {
  return /^(Type|Range|Syntax)?Error$/.test(name ?? '') && $metadata?.httpStatusCode === 200;
}

/**
 * AWS explains it in the message of an error about signatures, too.
 * @see https://docs.aws.amazon.com/IAM/latest/UserGuide/signature-v4-troubleshooting.html
 */
function isOfClock({ name = '', message = '' }: SdkError): boolean {
  return /Signature/.test(name) && /^Signature (expired|not yet current)/i.test(message);
}

/** Whether an answer began and did not end. */
function isHalf({ message, cause }: SdkError): boolean {
  return (cause ?? { message }).message === 'the answer did not end';
}

/** The command uses no proxy, which people expect if the environment names one. */
function proxyHint(env: NodeJS.ProcessEnv = process.env): string {
  const name = ['HTTPS_PROXY', 'https_proxy', 'HTTP_PROXY', 'http_proxy', 'ALL_PROXY', 'all_proxy'].find((one) => env[one]);
  return name === undefined ? '' : ` ${name} is set, but this command uses no proxy.`;
}

function credentialsSentence({ name, message }: SdkError, said: string): string {
  if (name === ('CredentialsTimeout' satisfies TimeoutName)) {
    return `No credentials were found within ${message}. Their source does not answer: a process (credential_process), IAM Identity Center, `
      + 'AWS STS, or the metadata service of the container or the instance.';
  }
  if (name === 'CredentialsProviderError') {
    return /expired/i.test(said)
      ? `The credentials have expired (${said}). Log in again, such as with aws sso login.`
      : `There are no credentials (${said}). Give --profile, set AWS_PROFILE, or set AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY.`;
  }
  return /expired/i.test(`${name} ${said}`)
    ? `The credentials have expired. AWS says: ${said}. Get new ones, such as with aws sso login.`
    : `AWS rejects the credentials: ${said}.`;
}

function saidBy({ name, message = '' }: SdkError): string {
  const said = message.replace(/\.$/, '');
  return said === '' || said === name || name === 'CredentialsProviderError' ? said || (name ?? 'no reason') : `${name}: ${said}`;
}

/** Returns a message as text of limited length. An answer may have anything in its place. */
function textOf(message: unknown): string {
  if (typeof message !== 'string') { return ''; }
  const [said] = redact(message, secretsIn(process.env)).split('Deserialization error: to see the raw response', 1);
  const text = said.trim();
  return text.length > MAX_SAID ? `${text.slice(0, MAX_SAID)}…` : text;
}
