/**
 * Sends commands through a client of the SDK within the limits of time: of an answer, of a call with all its attempts, and of the whole
 * run, which also has a limit of size. It adds the checks of bounded-answers.ts to the client. aws-reader.ts has a command for each operation.
 * Invariant: the promise of a call settles in time even if the SDK never does, such as with a process that gets the credentials.
 */
import { NormalizedSchema } from '@smithy/core/schema';
import { Protocol, receive } from './bounded-answers';
import { MAX_TOTAL_MIB } from './limits';
import { UnexpectedAnswer } from './unexpected-answer';

/** What was received in a run until now, by all clients. */
export interface Received {
  bytes: number;
}

/** Limits of time, in milliseconds. */
export interface TimeLimits {
  /** An answer, from the connection to its last byte. */
  readonly request: number;
  /** A call, with all its attempts. */
  readonly call: number;
  /** The whole run. */
  readonly total: number;
  /** When the run must end, in the time of `performance.now()`. */
  readonly deadline: number;
  readonly received: Received;
}

/** The settings of the SDK for the time until the head of an answer. */
export function requestHandlerOf({ request }: TimeLimits) {
  return { connectionTimeout: request, requestTimeout: request, throwOnRequestTimeout: true };
}

/** Which limit a call has reached. `CredentialsTimeout`: no request was sent, because the credentials were not there. */
export type TimeoutName = 'CallTimeout' | 'CredentialsTimeout' | 'TotalTimeout';

/** What happened to a command until now. */
interface Sent {
  attempts: number;
  last?: unknown;
}

/** Part of the SDK's clients, in the types of this file. */
interface Client {
  readonly middlewareStack: { readonly add: (middleware: never, options: never) => void };
  readonly send: (command: never, options: { readonly abortSignal: AbortSignal }) => Promise<unknown>;
}

interface Context {
  readonly __smithy_context: {
    readonly commandInstance: object;
    readonly operationSchema: readonly [kind: number, namespace: string, name: string, traits: unknown, input: unknown, output: () => never];
  };
}

interface Args {
  readonly request: { readonly headers: { readonly [name: string]: string | undefined } };
}

type Handler = (args: Args) => Promise<{ readonly response: Parameters<typeof receive>[0] }>;

/**
 * Returns the function that sends a command.
 * @param secrets what was sent and must not be shown is added to it
 */
export function timedSend(
  client: Client, protocol: Protocol, limits: TimeLimits, secrets: Set<string>,
): <Answer>(command: Sends<Answer>) => Promise<Answer> {
  const all = new WeakMap<object, Sent>();
  const receiving = (next: Handler, { __smithy_context: { commandInstance, operationSchema } }: Context): Handler => async (args) => {
    const sent = all.get(commandInstance);
    if (sent) { sent.attempts++; }
    secretsIn(args).forEach((secret) => secrets.add(secret));
    const deadline = performance.now() + limits.request;
    const result = await next(args);
    const [, , name, , , output] = operationSchema;
    limits.received.bytes += await receive(result.response, { name, output: NormalizedSchema.of(output) }, protocol, deadline, regionIn(args));
    if (limits.received.bytes > MAX_TOTAL_MIB * 1024 * 1024) { throw new UnexpectedAnswer(`all answers together have more than ${MAX_TOTAL_MIB} MiB`); }
    return result;
  };
  const remembering = (next: Handler, { __smithy_context: { commandInstance } }: Context): Handler => async (args) => {
    try {
      return await next(args);
    } catch (e) {
      const sent = all.get(commandInstance);
      if (sent) { sent.last = e; }
      throw e;
    }
  };
  client.middlewareStack.add(receiving as never, { step: 'deserialize', priority: 'low', name: 'receive' } as never);
  client.middlewareStack.add(remembering as never, { step: 'deserialize', priority: 'high', name: 'remember' } as never);
  return (command) => {
    const sent: Sent = { attempts: 0 };
    all.set(command, sent);
    const left = limits.deadline - performance.now();
    const expired = (name: TimeoutName, ms: number): Error => (
      Object.assign(new Error(`${ms / 1000} s`), { name, cause: sent.last, $metadata: { attempts: sent.attempts } }));
    if (left <= 0) { return Promise.reject(expired('TotalTimeout', limits.total)); }
    const expire = () => {
      if (sent.attempts === 0) { return expired('CredentialsTimeout', Math.min(limits.total, limits.call)); }
      return left <= limits.call ? expired('TotalTimeout', limits.total) : expired('CallTimeout', limits.call);
    };
    return within(Math.min(left, limits.call), expire, (abortSignal) => client.send(command as never, { abortSignal }) as never);
  };
}

/** Returns what identifies the sender in a signed request. A signature is of no use to others, but looks like a leak. */
function secretsIn({ request: { headers } }: Args): string[] {
  const [, keyId] = /Credential=([^/,\s]+)/.exec(headers.authorization ?? '') ?? [];
  return [headers['x-amz-security-token'], keyId].flatMap((one) => one ?? []);
}

/** Returns the region that the request is signed for. */
function regionIn({ request: { headers } }: Args): string | undefined {
  return /Credential=[^/,\s]{1,128}\/\d{8}\/([a-z0-9-]{1,32})\//.exec(headers.authorization ?? '')?.[1];
}

/** A command of the SDK with this answer. */
interface Sends<Answer> {
  readonly resolveMiddleware: (stack: never, configuration: never, options: never) => (input: never) => Promise<{ output: Answer }>;
}

/** Settles as `start` does, and after `ms` in any case. Then it aborts what was started. */
function within<T>(ms: number, expire: () => Error, start: (abortSignal: AbortSignal) => Promise<T>): Promise<T> {
  const controller = new AbortController();
  return new Promise((resolve, reject) => {
    const timer = setTimeout(() => {
      reject(expire());
      controller.abort();
    }, ms);
    start(controller.signal).then(resolve, reject).finally(() => clearTimeout(timer));
  });
}
