/**
 * Converts the errors of the SDK to plain sentences with a cause that the user can fix. Every call to AWS goes through `callAws`.
 * Invariant: an `AwsFailure` keeps the IAM action of the call.
 */
import { UsageError } from '../exit-codes';

export type FailureKind = 'denied' | 'missing' | 'credentials' | 'region' | 'throttled' | 'unreachable' | 'other';

/** A call that failed, with a message in plain words. */
export class AwsFailure extends UsageError {
  public constructor(public readonly kind: FailureKind, message: string, public readonly action?: string) {
    super(message);
  }
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
}

/**
 * The error codes that EKS and IAM share with all AWS services.
 * @see https://docs.aws.amazon.com/IAM/latest/APIReference/CommonErrors.html
 * @see https://docs.aws.amazon.com/eks/latest/APIReference/CommonErrors.html
 */
const KINDS: { readonly [name: string]: FailureKind } = {
  AccessDenied: 'denied',
  AccessDeniedException: 'denied',
  UnauthorizedOperation: 'denied',
  NotAuthorized: 'denied',
  NoSuchEntity: 'missing',
  NoSuchEntityException: 'missing',
  NotFoundException: 'missing',
  ResourceNotFoundException: 'missing',
  Throttling: 'throttled',
  ThrottlingException: 'throttled',
  ThrottledException: 'throttled',
  RequestLimitExceeded: 'throttled',
  RequestThrottled: 'throttled',
  TooManyRequestsException: 'throttled',
  CredentialsProviderError: 'credentials',
  ExpiredToken: 'credentials',
  ExpiredTokenException: 'credentials',
  RequestExpired: 'credentials',
  InvalidClientTokenId: 'credentials',
  UnrecognizedClientException: 'credentials',
  SignatureDoesNotMatch: 'credentials',
  InvalidSignatureException: 'credentials',
  IncompleteSignature: 'credentials',
  MissingAuthenticationToken: 'credentials',
  MissingAuthenticationTokenException: 'credentials',
  TimeoutError: 'unreachable',
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
    throw failureOf(e as SdkError, call);
  }
}

function failureOf(error: SdkError, call: Call): AwsFailure {
  const kind = kindOf(error);
  return new AwsFailure(kind, sentenceOf(kind, error, call), call.action);
}

function sentenceOf(kind: FailureKind, error: SdkError, { action, on }: Call): string {
  const said = messageOf(error);
  switch (kind) {
    case 'denied':
      return `The credentials may not do ${action} on ${on}. AWS says: ${said}. docs/cli-audit.md has the IAM policy that is needed.`;
    case 'missing':
      return `There is no ${on}: ${action} answers ${said}.`;
    case 'throttled': {
      const attempts = error.$metadata?.attempts;
      return `AWS throttled ${action} on ${on} each time${attempts ? `, ${attempts} times` : ''}, and nothing was reported: ${said}. `
        + 'Try again later, or let it try more often with AWS_MAX_ATTEMPTS.';
    }
    case 'credentials': return credentialsSentence(error, said);
    case 'region':
      return 'There is no region. Give --region, set AWS_REGION, or set a region for the profile: aws configure set region eu-west-1.';
    case 'unreachable': {
      const why = [error, ...error.errors ?? []].map(({ message }) => message).find(Boolean) ?? error.code ?? error.name;
      return `AWS could not be reached for ${action}: ${why}. See --endpoint-url, --region, and the network.`;
    }
    case 'other': return `${action} on ${on} failed: ${said}.`;
  }
}

function kindOf(error: SdkError): FailureKind {
  const { name = '', code = '', message = '', $metadata } = error;
  if (Object.hasOwn(KINDS, name)) { return KINDS[name]; }
  if (/^Region is missing/.test(message)) { return 'region'; }
  if (UNREACHABLE.has(code) || /certificate/i.test(message)) { return 'unreachable'; }
  if ($metadata?.httpStatusCode === 429) { return 'throttled'; }
  return 'other';
}

function credentialsSentence({ name = '' }: SdkError, said: string): string {
  if (name === 'CredentialsProviderError') {
    return /expired/i.test(said)
      ? `The credentials have expired (${said}). Log in again, such as with aws sso login.`
      : `There are no credentials (${said}). Give --profile, set AWS_PROFILE, or set AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY.`;
  }
  return /expired/i.test(`${name} ${said}`)
    ? `The credentials have expired. AWS says: ${said}. Get new ones, such as with aws sso login.`
    : `AWS does not accept the credentials: ${said}.`;
}

function messageOf({ name, message }: SdkError): string {
  const said = (message ?? '').trim().replace(/\.$/, '');
  return said === '' || said === name || name === 'CredentialsProviderError' ? said || (name ?? 'no reason') : `${name}: ${said}`;
}
