/**
 * Connects to AWS as the AWS CLI would: same options, environment and files. First step of `audit` and `snapshot`; aws-reader.ts
 * makes the calls.
 * Invariant: if the SDK and the AWS CLI would choose different credentials or regions, the command does as the AWS CLI.
 */
import { Command } from 'commander';
import type { EksReader, IamReader, ResourceReader } from './aws-reader';
import type { Connection } from './connection-settings';
import { AwsFailure, callAws } from './failures';
import { leaveWhenDone } from './leave';
import { ANSWERS_PER_CALL, CALL_SECONDS, MAX_SECONDS, REQUEST_SECONDS, TOTAL_SECONDS } from './limits';
import { redact, secretsIn } from './redact';
import type { TimeLimits } from './timed-client';
import { UsageError } from '../exit-codes';

/** Options about the connection, with the names of the AWS CLI if it has them, and about its time. */
export interface ConnectionOptions {
  readonly profile?: string;
  readonly region?: string;
  readonly endpointUrl?: string;
  /** Seconds, as text. */
  readonly requestTimeout: string;
  /** Seconds, as text. */
  readonly timeout: string;
}

export function connectionOptions(command: Command): Command {
  return command
    .option('--profile <name>', 'a profile of the AWS CLI, instead of the environment variable AWS_PROFILE')
    .option('--region <region>', 'the region, instead of AWS_REGION')
    .option('--endpoint-url <url>', 'the URL to send all requests to, instead of AWS_ENDPOINT_URL')
    .option('--request-timeout <seconds>', 'the longest time for one answer of AWS', String(REQUEST_SECONDS))
    .option('--timeout <seconds>', 'the longest time for the whole run', String(TOTAL_SECONDS));
}

/**
 * Maximum number of attempts of a call, with growing delays, unless the environment sets another number. AWS throttles accounts
 * with many roles for some seconds.
 */
export const MAX_ATTEMPTS = 10;

/** @see https://docs.aws.amazon.com/sdkref/latest/guide/feature-ss-endpoints.html */
const ENDPOINTS = [
  'AWS_ENDPOINT_URL', ...['EKS', 'IAM', 'KMS', 'S3', 'SECRETS_MANAGER', 'SNS', 'SQS', 'STS'].map((service) => `AWS_ENDPOINT_URL_${service}`),
];

const REGIONS = ['AWS_REGION', 'AWS_DEFAULT_REGION'];

/**
 * Returns the settings that the AWS CLI finds in its options and in the environment and that the SDK looks for elsewhere. The SDK
 * reads all else, such as the files of the AWS CLI and AWS_ENDPOINT_URL, in the same way.
 * @see https://docs.aws.amazon.com/cli/latest/userguide/cli-configure-envvars.html
 */
export function connectionOf({ profile, region, endpointUrl }: ConnectionOptions, env: NodeJS.ProcessEnv = process.env): Connection {
  // The SDK would parse "localhost:4566", for example, as another address, and send signed requests there.
  for (const [name, url] of [['--endpoint-url', endpointUrl], ...ENDPOINTS.map((one) => [one, env[one] || undefined])] as Array<[string, string?]>) {
    if (url !== undefined && !isUrl(url)) { throw new UsageError(`${name} ${redact(url, [])}: not a URL, such as http://localhost:4566`); }
  }
  for (const [name, one] of [['--region', region], ...REGIONS.map((variable) => [variable, env[variable] || undefined])] as Array<[string, string?]>) {
    if (one !== undefined && !/^[a-z0-9-]+$/.test(one)) { throw new UsageError(`${name} ${one}: not the name of a region, such as eu-west-1`); }
  }
  const { AWS_ACCESS_KEY_ID: accessKeyId, AWS_SECRET_ACCESS_KEY: secretAccessKey, AWS_SESSION_TOKEN: sessionToken } = env;
  return {
    profile,
    region: region ?? (env.AWS_REGION || env.AWS_DEFAULT_REGION || undefined),
    endpoint: endpointUrl,
    // The AWS CLI prefers keys in the environment to a profile that is named there; the SDK prefers the profile.
    credentials: profile === undefined && accessKeyId && secretAccessKey
      ? { accessKeyId, secretAccessKey, sessionToken: sessionToken || undefined }
      : undefined,
    maxAttempts: env.AWS_MAX_ATTEMPTS ? undefined : MAX_ATTEMPTS,
    retryMode: env.AWS_RETRY_MODE ? undefined : 'standard',
    customUserAgent: 'cdk-pod-identity',
  };
}

/** Returns the limits of time. The run begins now. @throws UsageError */
export function timeLimitsOf({ requestTimeout, timeout }: Pick<ConnectionOptions, 'requestTimeout' | 'timeout'>): TimeLimits {
  const request = secondsIn('--request-timeout', requestTimeout) * 1000;
  const total = secondsIn('--timeout', timeout) * 1000;
  const call = Math.max(CALL_SECONDS * 1000, ANSWERS_PER_CALL * request);
  return { request, call, total, deadline: performance.now() + total, received: { bytes: 0 } };
}

function secondsIn(option: string, text: string): number {
  const seconds = /^\d+(\.\d+)?$/.test(text) ? Number(text) : 0;
  if (seconds <= 0 || seconds > MAX_SECONDS) { throw new UsageError(`${option} ${text}: not a number of seconds from 1 to ${MAX_SECONDS}, such as 60`); }
  return seconds;
}

/**
 * IAM has one endpoint in a partition. The SDK requires a region nevertheless; the AWS CLI does not. S3 says in any region which
 * region a bucket has, and AWS STS whose the credentials are.
 */
const DEFAULT_REGION = 'us-east-1';

export interface AwsClients {
  readonly eks: EksReader;
  readonly iam: IamReader;
  readonly resources: ResourceReader;
  /** @throws AwsFailure if no region is configured */
  readonly region: () => Promise<string>;
  /** Credentials of the environment, and those that were sent: they must not be shown. */
  readonly secrets: ReadonlySet<string>;
}

/** Sets what the SDK reads only in the environment. */
function prepare(env: NodeJS.ProcessEnv, { profile }: ConnectionOptions): void {
  // Pipelines set variables to an empty string and mean that they are not set.
  Object.keys(env).filter((name) => name.startsWith('AWS_') && env[name] === '').forEach((name) => delete env[name]);
  if (profile !== undefined) { env.AWS_PROFILE = profile; } // for the endpoint_url of the profile
  // The warning applies to the SDK in the bundle, which users of the command cannot change.
  env.AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED ??= 'true';
}

export async function connect(options: ConnectionOptions): Promise<AwsClients> {
  const limits = timeLimitsOf(options);
  const connection = connectionOf(options);
  prepare(process.env, options);
  leaveWhenDone();
  const { eksReader, iamReader, resourceReader } = await import('./aws-reader');
  const secrets = new Set(secretsIn(process.env));
  const eks = eksReader(connection, limits, secrets);
  const region = () => callAws({ action: 'eks:ListPodIdentityAssociations', on: 'the cluster' }, eks.region);
  const regionOrDefault = await region().catch((e) => {
    if (e instanceof AwsFailure && e.kind === 'region') { return DEFAULT_REGION; }
    throw e;
  });
  const anywhere = { ...connection, region: regionOrDefault };
  return { eks, region, iam: iamReader(anywhere, limits, secrets), resources: resourceReader(anywhere, limits, secrets), secrets };
}

/** Runs what reads from AWS. An error that it throws does not have the secrets of the connection, not even if it is a bug. */
export async function withoutSecrets<T>({ secrets }: AwsClients, read: () => Promise<T>): Promise<T> {
  try {
    return await read();
  } catch (e) {
    if (e instanceof Error) {
      e.message = redact(e.message, [...secrets]);
      e.stack = redact(e.stack ?? '', [...secrets]);
    }
    throw e;
  }
}

function isUrl(text: string): boolean {
  return URL.canParse(text) && /^https?:$/.test(new URL(text).protocol);
}
