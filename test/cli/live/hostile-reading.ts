/**
 * Reads a small account through the client of the command, in this process: the whole reading of `audit`, and that of the
 * resources of `snapshot`, with limits of time that suit tests.
 */
import { AccountState, allow, answersOf, TRUST } from './account';
import { Account, AwsServer } from './aws-server';
import { CREDENTIALS, eachOf, QUICK, sent, with_ } from './hostile';
import { BUCKET, policyOf, resourceAnswers, RESOURCES } from './resources';
import { eksReader, iamReader, resourceReader } from '../../../cli/live/aws-reader';
import { rolesToRead } from '../../../cli/live/declarations';
import { AwsFailure } from '../../../cli/live/failures';
import { sentencesOf } from '../../../cli/live/gaps';
import { Progress } from '../../../cli/live/progress';
import { readAssociations } from '../../../cli/live/read-associations';
import { readResources } from '../../../cli/live/read-resources';
import { readRoles } from '../../../cli/live/read-roles';
import { TimeLimits } from '../../../cli/live/timed-client';
import { declarableResource } from '../../../lib/template/declarable-resources';

const STATE: AccountState = {
  cluster: 'prod',
  page: 1,
  associations: [
    { id: 'a-1', serviceAccount: 'app', role: 'pods', targetRole: 'target', policy: allow('s3:GetObject') },
    { id: 'a-2', serviceAccount: 'other', role: 'pods' },
  ],
  roles: {
    pods: { inline: { access: allow('s3:*'), second: allow('sqs:*') }, attached: ['team', 'limit'], boundary: 'limit' },
    target: { trust: TRUST },
  },
  policies: { team: allow('s3:*'), limit: allow('*', '*') },
};
export const usual = answersOf(STATE);

const server = new AwsServer(usual);
let endpoint: string;

/** Starts the server for the tests of a file. */
export function besideHostileServer(): void {
  beforeAll(async () => {
    endpoint = await server.start();
    Object.assign(process.env, {
      AWS_ACCESS_KEY_ID: CREDENTIALS.accessKeyId,
      AWS_SECRET_ACCESS_KEY: CREDENTIALS.secretAccessKey,
      AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED: 'true', // as the command does
    });
  });
  afterAll(() => server.stop());
}

interface Times {
  readonly request?: number;
  readonly call?: number;
  readonly total?: number;
}

function limitsOf({ request = 10_000, call = 20_000, total = 60_000 }: Times): TimeLimits {
  return { request, call, total, deadline: performance.now() + total, received: { bytes: 0 } };
}

const connectionTo = (url: string) => ({
  endpoint: url, region: 'eu-west-1', credentials: { ...CREDENTIALS }, maxAttempts: 2, retryMode: 'standard',
});

/** Returns what was read of resources, what is said to be missing, and the time in milliseconds. */
export async function readOfResources(account: Account, times: Times = {}, arns: readonly string[] = RESOURCES) {
  server.account = account;
  const start = performance.now();
  const reader = resourceReader(connectionTo(endpoint), limitsOf(times), new Set());
  const wanted = arns.map((arn) => ({ arn, type: (declarableResource(arn) as { readonly type: string }).type }));
  const { resources, gaps } = await readResources(reader, wanted, new Progress());
  return { resources, said: sentencesOf(gaps), ms: performance.now() - start };
}

/** What the server was asked, since the last call of this function. */
export function asked() {
  return server.seen.splice(0);
}

/** Resources that all have policies. */
export const withPolicies = resourceAnswers({
  policies: Object.fromEntries(RESOURCES.map((arn) => [arn, policyOf(arn === BUCKET ? `${BUCKET}/*` : arn)])),
});

/** Returns what was read, what is said to be missing, and the time in milliseconds. */
export async function read(account: Account, times: Times = {}) {
  server.account = account;
  const limits = limitsOf(times);
  const connection = connectionTo(endpoint);
  const secrets = new Set<string>();
  const progress = new Progress();
  const start = performance.now();
  try {
    const { associations, gaps } = await readAssociations(eksReader(connection, limits, secrets), 'prod', progress);
    const iam = iamReader(connection, limits, secrets);
    const roles = await readRoles(iam, rolesToRead(associations, '111122223333'), progress);
    return { associations, roles, said: sentencesOf([...gaps, ...roles.gaps]), ms: performance.now() - start };
  } catch (e) {
    if (!(e instanceof AwsFailure)) { throw e; }
    return { said: [e.message], ms: performance.now() - start };
  }
}

export const withoutTime = ({ ms: _, ...rest }: Awaited<ReturnType<typeof read>>) => rest;

/** Expects that something is said to be missing, in plain sentences without credentials. */
export function expectHonest(said: readonly string[]): void {
  expect(said.length).toBeGreaterThan(0);
  for (const sentence of said) {
    expect(sentence).toMatch(/^[^\u0000-\u001f\u007f-\u009f]+\.$/);
    expect(sentence).not.toMatch(/undefined|\[object|TypeError|is not a function|Cannot read|\$response/);
    expect(sentence.length).toBeLessThan(3000);
    Object.values(CREDENTIALS).forEach((secret) => expect(sentence).not.toContain(secret.slice(0, 20)));
    expect(sentence).not.toMatch(/Signature=[0-9a-f]|security-token: ?\w/i);
  }
}

/** Tests that no quick behavior in the place of the answer to an operation is treated as an answer, or read without end. */
export function testInPlaceOfAnswers(
  operations: readonly string[], account = usual,
  reading: (account: Account) => Promise<{ readonly said: readonly string[]; readonly ms: number }> = read,
): void {
  describe('in the place of an answer', () => {
    test.each(eachOf(QUICK, operations))(
      '%s: %s', async (operation, _, behaviour) => {
        sent.bytes = 0;
        const { said, ms } = await reading(with_(account, operation, behaviour));
        expectHonest(said);
        expect(said.join('\n')).toMatch(new RegExp(`${operation}|Set the clock`));
        expect(ms).toBeLessThan(10_000);
        expect(sent.bytes).toBeLessThan(100_000_000);
      });
  });
}
