/**
 * A fast parser for the YAML that most templates contain: js-yaml with the types of YAML 1.2. parse-yaml.ts tries it first; it
 * was measured to be ten times as fast as the complete parser.
 * Invariant: it returns what `parseAnyYaml` returns, or `undefined`. Text that the two parsers may read differently is left to
 * the complete parser.
 */
import type { LoadOptions, Schema, Type } from 'js-yaml';
import { onDemand } from './on-demand';
import { taggedValue } from './short-forms';
import { lazy } from '../../lib/util/memo';
import { MAX_LEVELS } from '../files/limits';

/**
 * Syntax that is rare and that the two parsers may read differently: anchors, merge keys, tabs, directives, keys that are not strings, blocks
 * with an indentation indicator. A line that only looks like such syntax is also left to the complete parser.
 * No part of the pattern reads over the end of a line again and again: empty lines would cost the square of their number.
 */
const UNUSUAL = /[\t\uFEFF\u0085\u2028\u2029]|\r(?!\n)|^%|^[^\S\n]*\?|(?:^|[\s,[{:-])&\S|[|>][-+]?\d|!(?![A-Za-z])|\S#|(?:^|\s)-[^\S\n]*(?:$|#)|^---\S|<<\s*:/m;
export function parsePlainYaml(text: string): unknown {
  if (UNUSUAL.test(text) || hasOpenQuotes(text)) { return undefined; }
  const { load, YAMLException } = onDemand.jsYaml();
  try {
    const options: LoadOptions & { readonly maxDepth: number } = { schema: schema(), maxDepth: MAX_LEVELS };
    return load(text, options);
  } catch (e) {
    if (e instanceof YAMLException) { return undefined; }
    throw e;
  }
}

/** Whether a quoted string may continue on the next line: a line has an odd number of one kind of quotes. */
function hasOpenQuotes(text: string): boolean {
  let [oddDouble, oddSingle] = [false, false];
  for (const [found] of text.matchAll(/["'\n]/g)) {
    if (found === '\n' && (oddDouble || oddSingle)) { return true; }
    if (found === '"') { oddDouble = !oddDouble; }
    if (found === "'") { oddSingle = !oddSingle; }
  }
  return oddDouble || oddSingle;
}

/** The core schema of YAML 1.2, except that numbers with a leading zero are strings; and tags with one exclamation mark. */
const schema = lazy((): Schema => onDemand.jsYaml().FAILSAFE_SCHEMA.extend({ implicit: scalars(), explicit: shortForms() }));

/** @see https://yaml.org/spec/1.2.2/#1032-tag-resolution */
function scalars(): Type[] {
  return [
    scalar('null', /^(?:~|[Nn]ull|NULL)?$/, () => null),
    scalar('bool', /^(?:[Tt]rue|TRUE|[Ff]alse|FALSE)$/, (text) => /^t/i.test(text)),
    scalar('int', /^(?:[-+]?(?:[1-9]\d*|0)|0o[0-7]+|0x[\da-fA-F]+)$/, (text) => (text.startsWith('0o') ? parseInt(text.slice(2), 8) : Number(text))),
    scalar('float', /^(?:[-+]?(?:\.\d+|\d+\.\d*|(?:\.\d+|\d+(?:\.\d*)?)[eE][-+]?\d+|\.(?:inf|Inf|INF))|\.nan|\.NaN|\.NAN)$/, (text) => (
      /n$/i.test(text) ? NaN : /f$/i.test(text) ? Number(`${text.startsWith('-') ? '-' : ''}Infinity`) : Number(text))),
  ];
}

function scalar(name: string, pattern: RegExp, construct: (text: string) => unknown): Type {
  return new (onDemand.jsYaml().Type)(`tag:yaml.org,2002:${name}`, {
    kind: 'scalar', resolve: (text: string | null) => text === null ? name === 'null' : pattern.test(text), construct: (text: string | null) => construct(text ?? ''),
  });
}

function shortForms(): Type[] {
  return (['scalar', 'sequence', 'mapping'] as const).map((kind) => new (onDemand.jsYaml().Type)('!', {
    kind, multi: true, construct: (value: unknown, tag?: string) => taggedValue(tag, value ?? ''),
  }));
}
