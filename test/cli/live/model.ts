import * as eks from '@aws-sdk/client-eks';
import * as iam from '@aws-sdk/client-iam';
import * as kms from '@aws-sdk/client-kms';
import * as s3 from '@aws-sdk/client-s3';
import * as secretsmanager from '@aws-sdk/client-secrets-manager';
import * as sns from '@aws-sdk/client-sns';
import * as sqs from '@aws-sdk/client-sqs';
import * as sts from '@aws-sdk/client-sts';
import { NormalizedSchema } from '@smithy/core/schema';

/** An operation in the SDK's own model: https://smithy.io/2.0/spec/service-types.html#operation */
export interface Operation {
  readonly name: string;
  readonly input: NormalizedSchema;
  readonly output: NormalizedSchema;
  /** The request in REST protocols. */
  readonly http?: { readonly method: string; readonly uri: string };
}

/**
 * A service, with what tells its requests from those to others: a path (`rest`), the version of a query, the target of JSON,
 * or the name of a bucket (`s3`).
 */
export interface Service {
  /** The prefix of the IAM actions. */
  readonly prefix: string;
  readonly operations: ReadonlyMap<string, Operation>;
  readonly wire: 'rest' | 'query' | 'target' | 's3';
  /** The version or the target. */
  readonly id?: string;
}

export const SERVICES: readonly Service[] = [
  { prefix: 'eks', operations: operationsOf(eks), wire: 'rest' },
  { prefix: 'iam', operations: operationsOf(iam), wire: 'query', id: '2010-05-08' },
  { prefix: 'sns', operations: operationsOf(sns), wire: 'query', id: '2010-03-31' },
  { prefix: 'sts', operations: operationsOf(sts), wire: 'query', id: '2011-06-15' },
  { prefix: 'kms', operations: operationsOf(kms), wire: 'target', id: 'TrentService' },
  { prefix: 'sqs', operations: operationsOf(sqs), wire: 'target', id: 'AmazonSQS' },
  { prefix: 'secretsmanager', operations: operationsOf(secretsmanager), wire: 'target', id: 'secretsmanager' },
  { prefix: 's3', operations: operationsOf(s3), wire: 's3' },
];

/** The service of an operation that the command calls: no two of them share a name. */
export function serviceOf(operation: string): Service {
  return SERVICES.find(({ operations }) => operations.has(operation))!;
}

export const EKS = SERVICES[0].operations;

type Schema = readonly [
  kind: number, namespace: string, name: string, traits: unknown, input: () => never, output: () => never,
];

function operationsOf(client: object): ReadonlyMap<string, Operation> {
  const schemas = Object.entries(client).filter(
    ([name, value]) => name.endsWith('$') && Array.isArray(value) && value[0] === 9,
  );
  return new Map(schemas.map(([, schema]: [string, Schema]) => {
    const [, , name, traits, input, output] = schema;
    const [method, uri] = (traits as { readonly http?: readonly string[] } | 0)
      ? (traits as { readonly http?: readonly string[] }).http ?? []
      : [];
    return [name, {
      name,
      input: NormalizedSchema.of(input),
      output: NormalizedSchema.of(output),
      http: uri === undefined ? undefined : { method: method!, uri },
    }];
  }));
}

/** What of a value the model does not know, or misses; strings of a query are of any simple type. */
export function violationsIn(schema: NormalizedSchema, value: unknown, at: string, fromText = false): string[] {
  if (schema.isStructSchema()) {
    if (typeof value !== 'object' || value === null) { return [`${at} is no structure`]; }
    const members = [...schema.structIterator()];
    const known = new Set(members.map(([name]) => name));
    const required = (schema.getSchema() as readonly unknown[])[6] as number | undefined;
    return [
      ...Object.keys(value).filter((name) => !known.has(name)).map((name) => `${at} has the unknown member ${name}`),
      ...members.slice(0, required ?? 0).filter(([name]) => (value as Record<string, unknown>)[name] === undefined).map(
        ([name]) => `${at} lacks ${name}`,
      ),
      ...members.flatMap(([name, member]) => {
        const own = (value as Record<string, unknown>)[name];
        return own === undefined ? [] : violationsIn(member, own, `${at}.${name}`, fromText);
      }),
    ];
  }
  if (schema.isListSchema()) {
    return Array.isArray(value)
      ? value.flatMap((item, i) => violationsIn(schema.getValueSchema(), item, `${at}[${i}]`, fromText))
      : [`${at} is no list`];
  }
  if (schema.isMapSchema()) { return typeof value === 'object' && !Array.isArray(value) ? [] : [`${at} is no map`]; }
  const type = schema.isStringSchema() ? 'string'
    : schema.isBooleanSchema() ? 'boolean'
      : schema.isNumericSchema() ? 'number'
        : schema.isTimestampSchema() ? 'number' : 'any';
  return fromText || type === 'any' || typeof value === type ? [] : [`${at} is ${typeof value}, not ${type}`];
}

/** An answer of a query protocol. Timestamps are seconds, as in the other protocol. */
export function asXml(schema: NormalizedSchema, value: unknown): string {
  if (schema.isStructSchema()) {
    return [...schema.structIterator()].map(([name, member]) => {
      const own = (value as Record<string, unknown>)[name];
      return own === undefined ? '' : `<${name}>${asXml(member, own)}</${name}>`;
    }).join('');
  }
  if (schema.isListSchema()) {
    return (value as unknown[]).map((item) => `<member>${asXml(schema.getValueSchema(), item)}</member>`).join('');
  }
  if (schema.isMapSchema()) {
    return Object.entries(value as object)
      .map(([key, item]) => `<entry><key>${key}</key><value>${asXml(schema.getValueSchema(), item)}</value></entry>`).join('');
  }
  if (schema.isTimestampSchema()) { return new Date((value as number) * 1000).toISOString(); }
  return String(value).replace(/[&<>]/g, (character) => `&#${character.charCodeAt(0)};`);
}
