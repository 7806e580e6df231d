import { partsOf, StringPart, SymbolicString, Unresolved } from '../engine';
import { intrinsicOf, isNoValue } from './intrinsics';
import { TemplateValues } from './template-values';
import { LocatedValue } from './value';

/** The items of a list: one that is written out, or an `Fn::Split` whose text has all its delimiters in plain sight. */
export function itemsOf({ value, stack }: LocatedValue, values: TemplateValues): readonly LocatedValue[] | undefined {
  if (Array.isArray(value)) { return value.filter((item) => !isNoValue(item)).map((item) => ({ value: item, stack })); }
  const split = intrinsicOf(value);
  if (split?.name !== 'Fn::Split' || !Array.isArray(split.argument)) { return undefined; }
  const [delimiter, source] = split.argument;
  const text = values.textOf(source, stack);
  return typeof delimiter === 'string' && !(text instanceof Unresolved) ? splitText(text, delimiter)?.map((piece) => ({ value: piece, stack })) : undefined;
}

/** A template has 1 MB at most, and a list a few items. */
const MAX_PIECES = 10_000;

/** `undefined` where a symbolic variable may have the delimiter, or there are too many. */
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
  return pieces.map((parts) => SymbolicString.of(...parts));
}
