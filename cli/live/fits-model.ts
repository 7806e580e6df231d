/**
 * Compares an answer of AWS, as it was sent, with the SDK's model of the operation. bounded-answers.ts calls it before the SDK reads
 * the answer, because the SDK converts what does not fit: text in the place of a list becomes an empty list, for example.
 * Invariant: pure. Unknown members are accepted, because AWS adds members. Numbers and times are not compared: nothing that is read
 * from AWS depends on them, and emulators write them in several ways.
 * @see https://smithy.io/2.0/aws/protocols/aws-query-protocol.html and https://smithy.io/2.0/aws/protocols/aws-restjson1-protocol.html
 */
import { NormalizedSchema } from '@smithy/core/schema';
import type { XmlElement } from './xml-tree';

/** Returns what is wrong with a value of JSON, or undefined. */
export function jsonProblem(schema: NormalizedSchema, value: unknown, at = ''): string | undefined {
  const is = (what: string) => `${at || 'the answer'} is ${typeOf(value)}, not ${what}`;
  if (schema.isStructSchema()) {
    if (typeOf(value) !== 'an object') { return is('an object'); }
    return membersOf(schema).map(([name, member, isRequired]) => {
      const own = Object.hasOwn(value as object, name) ? (value as Record<string, unknown>)[name] : undefined;
      return own === undefined || own === null ? isRequired && lacks(at, name) : jsonProblem(member, own, join(at, name));
    }).find(Boolean) || undefined;
  }
  if (schema.isListSchema()) {
    return Array.isArray(value) ? firstOf(value, (item, i) => jsonProblem(schema.getValueSchema(), item, `${at}[${i}]`)) : is('a list');
  }
  if (schema.isMapSchema()) {
    return typeOf(value) !== 'an object' ? is('an object')
      : firstOf(Object.entries(value as object), ([key, item]) => jsonProblem(schema.getValueSchema(), item, join(at, key)));
  }
  if (schema.isStringSchema()) { return typeof value === 'string' ? undefined : is('text'); }
  return schema.isBooleanSchema() && typeof value !== 'boolean' ? is('true or false') : undefined;
}

/** Returns what is wrong with an element of XML, or undefined. */
export function xmlProblem(schema: NormalizedSchema, { children, text }: XmlElement, at = ''): string | undefined {
  const where = at || 'the answer';
  if (schema.isStructSchema()) {
    if (text !== '') { return `${where} is text, not a structure`; }
    return membersOf(schema).map(([name, member, isRequired]) => {
      const [own, another] = children.filter((child) => child.name === name);
      if (another) { return `${where} has more than one ${name}`; }
      return own === undefined ? isRequired && lacks(at, name) : xmlProblem(member, own, join(at, name));
    }).find(Boolean) || undefined;
  }
  if (schema.isListSchema()) {
    if (text !== '') { return `${where} is text, not a list`; }
    return firstOf(children, (child, i) => (child.name === 'member'
      ? xmlProblem(schema.getValueSchema(), child, `${at}[${i}]`)
      : `${where} has something other than members`));
  }
  if (schema.isMapSchema()) { return text === '' ? mapProblem(children, where) : `${where} is text, not a map`; }
  if (children.length > 0) { return `${where} is a structure, not text`; }
  return schema.isBooleanSchema() && text !== 'true' && text !== 'false' ? `${where} is neither true nor false` : undefined;
}

/** If a key has two values, the SDK uses one of them; it leaves out what is not an entry. */
function mapProblem(children: readonly XmlElement[], where: string): string | undefined {
  const keys = new Set<string>();
  return firstOf(children, ({ name, children: [key, value, ...more] }) => {
    if (name !== 'entry' || key?.name !== 'key' || value?.name !== 'value' || more.length > 0) { return `${where} has something other than entries`; }
    if (key.children.length > 0 || value.children.length > 0) { return `${where} has an entry that is not text`; }
    if (key.text.includes('&')) { return `${where} has a key that is not plain`; } // as another one, encoded
    if (keys.has(key.text)) { return `${where} has more than one ${key.text}`; }
    keys.add(key.text);
    return undefined;
  });
}

type Member = readonly [name: string, schema: NormalizedSchema, isRequired: boolean];

/** The members of a structure. Those that are required come first, and the last part of the schema counts them. */
function membersOf(schema: NormalizedSchema): readonly Member[] {
  const required = (schema.getSchema() as readonly unknown[])[6];
  return [...schema.structIterator()].map(([name, member], i): Member => [name, member, typeof required === 'number' && i < required]);
}

function firstOf<T>(items: readonly T[], problemOf: (item: T, i: number) => string | undefined): string | undefined {
  for (let i = 0; i < items.length; i++) {
    const problem = problemOf(items[i], i);
    if (problem !== undefined) { return problem; }
  }
  return undefined;
}

function lacks(at: string, name: string): string {
  return `${at || 'the answer'} has no ${name}`;
}

function join(at: string, name: string): string {
  return at === '' ? name : `${at}.${name}`;
}

function typeOf(value: unknown): string {
  if (value === null || value === undefined) { return 'nothing'; }
  if (Array.isArray(value)) { return 'a list'; }
  return ({ object: 'an object', string: 'text', number: 'a number', boolean: 'true or false' } as Record<string, string>)[typeof value];
}
