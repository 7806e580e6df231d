/** Reads lists: written out, or an `Fn::Split`. An `Fn::Split` has items only if all its delimiters are in literal text. */
import { intrinsicOf, isNoValue } from './intrinsic';
import { partsOf, StringPart, SymbolicString, Unresolved } from '../../engine';
import { TemplateValues } from '../template-values';
import { LocatedValue } from '../value';

/** Whether a value is a list, whatever its items. */
export function isList(value: unknown): boolean {
  return Array.isArray(value) || intrinsicOf(value)?.name === 'Fn::Split';
}

/** The items of a list: one that is written out, or an `Fn::Split` with its delimiters in literal text. */
export function itemsOf({ value, stack }: LocatedValue, values: TemplateValues): readonly LocatedValue[] | undefined {
  if (Array.isArray(value)) { return value.filter((item) => !isNoValue(item)).map((item) => ({ value: item, stack })); }
  const split = intrinsicOf(value);
  if (split?.name !== 'Fn::Split' || !Array.isArray(split.argument)) { return undefined; }
  const [delimiter, source] = split.argument;
  const text = values.textOf(source, stack);
  return typeof delimiter === 'string' && !(text instanceof Unresolved) ? splitText(text, delimiter)?.map((piece) => ({ value: piece, stack })) : undefined;
}

/** Maximum number of items. */
const MAX_PIECES = 10_000;

/** Splits a text; `undefined` if a symbolic variable may contain the delimiter, or if there are too many pieces. */
export function splitText(text: string | SymbolicString, delimiter: string): Array<string | SymbolicString> | undefined {
  if (delimiter.length !== 1 && typeof text !== 'string') { return undefined; }
  if (delimiter === '') { return undefined; }
  const pieces: StringPart[][] = [[]];
  for (const part of partsOf(text)) {
    if (typeof part !== 'string') {
      if (part.kind.characters === undefined || part.kind.characters.includes(delimiter)) { return undefined; }
      pieces[pieces.length - 1].push(part);
      continue;
    }
    const [first, ...rest] = part.split(delimiter);
    if (pieces.length + rest.length > MAX_PIECES) { return undefined; }
    pieces[pieces.length - 1].push(first);
    pieces.push(...rest.map((piece) => [piece]));
  }
  return pieces.map((parts) => SymbolicString.from(parts));
}
