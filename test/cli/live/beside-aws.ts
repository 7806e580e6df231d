import { Account, AwsServer } from './aws-server';
import { Cli } from '../run';

/** Credentials and a region, and nothing of the machine that the test runs on. */
export const AWS_ENV = {
  AWS_ACCESS_KEY_ID: 'AKIAEXAMPLE',
  AWS_SECRET_ACCESS_KEY: 'secret',
  AWS_REGION: 'eu-west-1',
  AWS_EC2_METADATA_DISABLED: 'true',
  AWS_CONFIG_FILE: '/nonexistent',
  AWS_SHARED_CREDENTIALS_FILE: '/nonexistent',
};

/** The command, and EKS and IAM for it to ask, for the tests of a file. Each test fails if a request or an answer differs from the SDK's model. */
export function besideAws(
  account: Account = {},
): { readonly cli: Cli; readonly server: AwsServer; readonly env: NodeJS.ProcessEnv } {
  jest.setTimeout(30_000); // each runs the command, on machines that may be busy
  const cli = new Cli();
  const server = new AwsServer(account);
  const env: NodeJS.ProcessEnv = {
    AWS_ACCESS_KEY_ID: 'AKIA', AWS_SECRET_ACCESS_KEY: 's', AWS_REGION: 'eu-west-1', AWS_CONFIG_FILE: '/nonexistent',
  };
  beforeAll(async () => { env.AWS_ENDPOINT_URL = await server.start(); });
  afterEach(() => { expect(server.violations).toEqual([]); });
  afterAll(async () => {
    cli.remove();
    await server.stop();
  });
  return { cli, server, env };
}
