/**
 * The settings that the command passes to the SDK. The SDK finds all others in the environment and in the files of the AWS CLI.
 */
export interface Connection {
  readonly profile?: string;
  readonly region?: string;
  readonly endpoint?: string;
  readonly credentials?: { readonly accessKeyId: string; readonly secretAccessKey: string; readonly sessionToken?: string };
  readonly maxAttempts?: number;
  readonly retryMode?: string;
  readonly customUserAgent?: string;
}
