/**
 * Reads the answers of AWS within limits and checks them before the SDK converts them: the innermost middleware of the SDK's clients.
 * timed-client.ts adds it to each client.
 * Invariant: the SDK sees only whole answers, of limited size, that fit its model of the operation, and errors in AWS's format.
 */
import type { Readable } from 'stream';
import { NormalizedSchema } from '@smithy/core/schema';
import { jsonProblem, xmlProblem } from './fits-model';
import { MAX_ANSWER_MIB, MAX_ERROR_KIB } from './limits';
import { OtherRegion, otherRegionIn, otherRegionInError } from './region-of-bucket';
import { UnexpectedAnswer } from './unexpected-answer';
import { parseXmlTree, XmlElement } from './xml-tree';
import { isRecord } from '../../lib/util/records';

/** IAM, SNS and STS answer in XML, other services in JSON. S3 has errors in XML, and a policy as the whole body. */
export type Protocol = 'JSON' | 'XML' | 'S3';

/** An operation in the SDK's model. */
export interface OperationModel {
  readonly name: string;
  readonly output: NormalizedSchema;
}

interface HttpAnswer {
  readonly statusCode: number;
  readonly headers: { readonly [name: string]: string };
  body: Readable | Uint8Array;
}

/**
 * Reads the body of an answer and checks it. The SDK then reads it from memory. Returns the size of the body in bytes.
 * @param region the region that the request was sent to, if it is known
 */
export async function receive(
  answer: HttpAnswer, operation: OperationModel, protocol: Protocol, deadline: number, region?: string,
): Promise<number> {
  const { statusCode: status, headers } = answer;
  const elsewhere = protocol === 'S3' ? otherRegionIn(status, headers) : undefined;
  if (elsewhere !== undefined && elsewhere !== region) {
    (answer.body as Readable).destroy?.();
    throw new OtherRegion(elsewhere, status);
  }
  if (status >= 300 && status < 400) {
    (answer.body as Readable).destroy?.();
    throw new UnexpectedAnswer(`it is a redirect (HTTP ${status})${headers.location ? ` to ${headers.location}` : ''}, ${protocol === 'S3'
      ? 'which does not name the region of the bucket (see --region)' : 'which AWS does not send'}`);
  }
  const isError = status >= 300;
  const body = await bytesOf(answer.body, isError ? MAX_ERROR_KIB * 1024 : MAX_ANSWER_MIB * 1024 * 1024, deadline);
  const text = body.toString('utf-8');
  const problem = problemOf(text, isError, operation, protocol);
  if (problem !== undefined) { throw new UnexpectedAnswer(status === 200 ? problem : `its status is ${status}, and ${problem}`, status); }
  const signedFor = protocol === 'S3' && isError ? otherRegionInError(parseXmlTree(text)) : undefined;
  if (signedFor !== undefined && signedFor !== region) { throw new OtherRegion(signedFor, status); }
  answer.body = body;
  return body.length;
}

/** Returns what is wrong with the text of an answer, or undefined. */
export function problemOf(text: string, isError: boolean, operation: OperationModel, protocol: Protocol): string | undefined {
  if (text.trim() === '') { return 'it is empty'; }
  if (/^\s*<(?:!doctype html|html|head|body)\b/i.test(text)) { return 'it is a web page, such as of a proxy or of a login'; }
  try {
    if (protocol === 'XML') {
      const root = parseXmlTree(text);
      return isError ? xmlErrorProblem(root) : resultProblem(root, operation);
    }
    if (protocol === 'S3' && isError) {
      const root = parseXmlTree(text);
      return root.name === 'Error' ? xmlErrorProblem({ ...root, children: [root] }) : NO_ERROR;
    }
    if (protocol === 'S3') { return isRecord(JSON.parse(text)) ? undefined : 'it is not a policy document'; }
    const value: unknown = JSON.parse(text);
    return isError ? jsonErrorProblem(value) : jsonProblem(operation.output, value);
  } catch (e) {
    return `it is not ${protocol === 'XML' || protocol === 'S3' && isError ? 'XML' : 'JSON'} as AWS writes it (${(e as Error).message})`;
  }
}

/** @see https://smithy.io/2.0/aws/protocols/aws-query-protocol.html#response-serialization */
function resultProblem(root: XmlElement, { name, output }: OperationModel): string | undefined {
  const [result, another] = root.children.filter((child) => child.name === `${name}Result`);
  if (root.name !== `${name}Response` || result === undefined || another !== undefined) { return `it is not an answer to ${name}`; }
  return xmlProblem(output, result);
}

const NO_ERROR = 'it is not an error in the format of AWS';

/** @see https://smithy.io/2.0/aws/protocols/aws-restjson1-protocol.html#operation-error-serialization */
function jsonErrorProblem(value: unknown): string | undefined {
  if (!isRecord(value)) { return NO_ERROR; }
  const texts = ['message', 'Message', 'errorMessage', 'code', '__type'].map((name) => (Object.hasOwn(value, name) ? value[name] : undefined));
  return texts.every((one) => one === undefined || one === null || typeof one === 'string') ? undefined : NO_ERROR;
}

/** @see https://smithy.io/2.0/aws/protocols/aws-query-protocol.html#operation-error-serialization */
function xmlErrorProblem({ children }: XmlElement): string | undefined {
  const errors = children.filter(({ name }) => name === 'Error');
  const texts = ['Type', 'Code', 'Message'].map((part) => errors[0]?.children.filter(({ name }) => name === part) ?? []);
  const isPlain = texts.every((found) => found.length <= 1 && found.every((one) => one.children.length === 0));
  return errors.length === 1 && texts[1].length === 1 && isPlain ? undefined : NO_ERROR;
}

/** Reads a stream to its end. @throws Error at the deadline, above the maximum, and if the connection ends before the answer */
function bytesOf(body: Readable | Uint8Array, maximum: number, deadline: number): Promise<Buffer> {
  if (body instanceof Uint8Array) { return Promise.resolve(Buffer.from(body)); }
  return new Promise((resolve, reject) => {
    const parts: Buffer[] = [];
    let size = 0;
    const fail = (error: Error) => {
      clearTimeout(timer);
      body.destroy();
      reject(error);
    };
    const timer = setTimeout(
      () => fail(Object.assign(new Error('the answer did not end'), { name: 'TimeoutError', code: 'ETIMEDOUT' })), Math.max(0, deadline - performance.now()));
    const broken = () => fail(Object.assign(new Error('the connection was closed before the end of the answer'), { code: 'ECONNRESET' }));
    body.on('data', (part: Buffer) => {
      size += part.length;
      parts.push(part);
      if (size > maximum) { fail(new UnexpectedAnswer(`it has more than ${sizeText(maximum)}`)); }
    });
    body.on('end', () => {
      clearTimeout(timer);
      resolve(Buffer.concat(parts));
    });
    body.on('error', broken);
    body.on('close', broken); // after the end, nothing is left to fail
  });
}

function sizeText(bytes: number): string {
  return bytes >= 1024 * 1024 ? `${bytes / 1024 / 1024} MiB` : `${bytes / 1024} KiB`;
}
