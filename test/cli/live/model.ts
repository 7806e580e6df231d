import * as eks from '@aws-sdk/client-eks';
import * as iam from '@aws-sdk/client-iam';
import { NormalizedSchema } from '@smithy/core/schema';

/** What the SDK's own model says of an operation: https://smithy.io/2.0/spec/service-types.html#operation */
export interface Operation {
  readonly name: string;
  readonly input: NormalizedSchema;
  readonly output: NormalizedSchema;
  /** Of REST protocols. */
  readonly http?: { readonly method: string; readonly uri: string };
}

export const EKS = operationsOf(eks);
export const IAM = operationsOf(iam);

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
  if (schema.isTimestampSchema()) { return new Date((value as number) * 1000).toISOString(); }
  return String(value).replace(/[&<>]/g, (character) => `&#${character.charCodeAt(0)};`);
}
