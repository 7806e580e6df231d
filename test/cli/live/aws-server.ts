import { createServer, IncomingMessage, Server, ServerResponse } from 'http';
import { AddressInfo } from 'net';
import { asXml, EKS, Operation, Service, serviceOf, SERVICES, violationsIn } from './model';

/** What an operation answers, or the error that it does: a code of AWS, and what it says. */
export type Answer = { readonly [member: string]: unknown } | AwsError | Raw;

/** An answer that AWS would not give, as bytes, or as what a misbehaving server does with the connection. */
export class Raw {
  public constructor(public readonly send: (response: ServerResponse, request: Received) => void) {}
}

/** A request as it came. */
export interface Received {
  readonly request: IncomingMessage;
  readonly body: string;
}

export class AwsError {
  public constructor(public readonly code: string, public readonly message: string, public readonly status = 400) {}
}

export type Input = { readonly [member: string]: string };

/** Answers by operation: those that are not here, nobody may ask for. */
export type Account = { readonly [operation: string]: (input: Input) => Answer };

/** A call as it came. */
export interface Seen {
  readonly operation: string;
  readonly input: Input;
  readonly authorization: string;
}

/** AWS as far as an account has answers, over HTTP. Requests and answers are held against the model of the SDK. */
export class AwsServer {
  public readonly seen: Seen[] = [];
  /** What the model does not allow. */
  public readonly violations: string[] = [];
  /** The largest number of requests that were under way at a time. */
  public mostAtATime = 0;
  private underWay = 0;
  private server?: Server;

  public constructor(public account: Account, private readonly delay = 0) {}

  public async start(): Promise<string> {
    this.server = createServer((request, response) => void this.answer(request, response));
    await new Promise<void>((resolve) => this.server!.listen(0, '127.0.0.1', resolve));
    return `http://127.0.0.1:${(this.server.address() as AddressInfo).port}`;
  }

  public stop(): Promise<void> {
    this.server?.closeAllConnections();
    return new Promise((resolve) => { this.server ? this.server.close(() => resolve()) : resolve(); });
  }

  private async answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const parts: Buffer[] = [];
    for await (const part of request) { parts.push(part as Buffer); }
    this.mostAtATime = Math.max(this.mostAtATime, ++this.underWay);
    if (this.delay > 0) { await new Promise((resolve) => setTimeout(resolve, this.delay)); }
    const body = Buffer.concat(parts).toString('utf-8');
    const { wire, call } = callIn(request, body);
    const answer = this.answerTo(call, request.headers.authorization ?? '');
    this.underWay--;
    if (answer instanceof Raw) {
      answer.send(response, { request, body });
      return;
    }
    WRITERS[wire](response, answer, call?.operation);
  }

  private answerTo(call: Call | undefined, authorization: string): Answer {
    const own = call && this.account[call.operation.name];
    if (!call || !own) {
      this.violations.push(`nobody answers ${call?.operation.name ?? 'an operation that the model does not have'}`);
      return new AwsError('InvalidAction', 'unknown operation');
    }
    const { operation, input } = call;
    this.violations.push(...violationsIn(operation.input, input, operation.name, true));
    this.seen.push({ operation: operation.name, input, authorization });
    const answer = own(input);
    if (!(answer instanceof AwsError || answer instanceof Raw)) {
      this.violations.push(...violationsIn(operation.output, answer, `answer of ${operation.name}`));
    }
    return answer;
  }
}

interface Call {
  readonly operation: Operation;
  readonly input: Input;
}

function callIn(request: IncomingMessage, body: string): { readonly wire: Service['wire']; readonly call?: Call } {
  const { 'x-amz-target': target, 'x-amz-expected-bucket-owner': owner } = request.headers;
  const operationOf = (id: string | undefined,
    name: string) => SERVICES.find((one) => one.id === id)?.operations.get(name);
  if (target !== undefined) {
    const [id, name] = String(target).split('.');
    const operation = operationOf(id, name);
    return { wire: 'target', call: operation && { operation, input: JSON.parse(body) } };
  }
  if (request.method === 'POST' && request.url === '/') {
    const { Action: name, Version: version, ...input } = Object.fromEntries(new URLSearchParams(body));
    const operation = operationOf(version, name);
    return { wire: 'query', call: operation && { operation, input } };
  }
  const [, bucket] = /^\/([^/?]+)\/?\?policy(?:=|&|$)/.exec(request.url ?? '') ?? [];
  if (bucket !== undefined) {
    const input: Input = {
      Bucket: decodeURIComponent(bucket),
      ...typeof owner === 'string' && { ExpectedBucketOwner: owner },
    };
    return { wire: 's3', call: { operation: serviceOf('GetBucketPolicy').operations.get('GetBucketPolicy')!, input } };
  }
  return { wire: 'rest', call: restCall(request) };
}

function restCall({ method, url = '/' }: IncomingMessage): Call | undefined {
  const { pathname, searchParams } = new URL(url, 'http://localhost');
  for (const operation of EKS.values()) {
    if (operation.http?.method !== method) { continue; }
    const names = [...operation.http!.uri.matchAll(/\{(\w+)\}/g)].map(([, name]) => name);
    const found = new RegExp(`^${operation.http!.uri.replace(/\{\w+\}/g, '([^/]+)')}$`).exec(pathname);
    if (!found) { continue; }
    const labels = names.map((name, i) => [name, decodeURIComponent(found[i + 1])]);
    return { operation, input: { ...Object.fromEntries(searchParams), ...Object.fromEntries(labels) } };
  }
  return undefined;
}

function writeJson(response: ServerResponse, answer: Exclude<Answer, Raw>): void {
  const failed = answer instanceof AwsError;
  response.writeHead(
    failed ? answer.status : 200,
    { 'content-type': 'application/json', ...failed && { 'x-amzn-errortype': answer.code } },
  );
  response.end(JSON.stringify(failed ? { message: answer.message } : answer));
}

function writeTarget(response: ServerResponse, answer: Exclude<Answer, Raw>): void {
  const failed = answer instanceof AwsError;
  response.writeHead(failed ? answer.status : 200, { 'content-type': 'application/x-amz-json-1.1' });
  response.end(JSON.stringify(failed ? { __type: answer.code, message: answer.message } : answer));
}

function escaped(text: string): string {
  return text.replace(/[&<>]/g, (character) => `&#${character.charCodeAt(0)};`);
}

/** A policy is the whole body. Errors have no element around them. */
function writeS3(response: ServerResponse, answer: Exclude<Answer, Raw>): void {
  if (answer instanceof AwsError) {
    response.writeHead(answer.status, { 'content-type': 'application/xml' });
    response.end('<?xml version="1.0" encoding="UTF-8"?>\n'
      + `<Error><Code>${answer.code}</Code><Message>${escaped(answer.message)}</Message><RequestId>1</RequestId><HostId>2</HostId></Error>`);
    return;
  }
  response.writeHead(200, { 'content-type': 'application/json' });
  response.end(answer.Policy as string);
}

function writeXml(response: ServerResponse, answer: Exclude<Answer, Raw>, operation: Operation | undefined): void {
  const request = '<RequestId>1</RequestId>';
  if (answer instanceof AwsError) {
    response.writeHead(answer.status, { 'content-type': 'text/xml' });
    response.end(
      `<ErrorResponse><Error><Type>Sender</Type><Code>${answer.code}</Code><Message>${escaped(answer.message)}</Message></Error>${request}</ErrorResponse>`,
    );
    return;
  }
  const { name, output } = operation!;
  response.writeHead(200, { 'content-type': 'text/xml' });
  response.end(
    `<${name}Response xmlns="https://iam.amazonaws.com/doc/2010-05-08/"><${name}Result>${asXml(output, answer)}</${name}Result>`
      + `<ResponseMetadata>${request}</ResponseMetadata></${name}Response>`,
  );
}

const WRITERS: {
  readonly [wire in Service['wire']]: (response: ServerResponse, answer: Exclude<Answer, Raw>,
    operation: Operation | undefined) => void;
} = { rest: writeJson, query: writeXml, target: writeTarget, s3: writeS3 };
