/** The JSON text of a policy document whose strings may have deploy-time values, to count its characters. */
import { Json, SymbolicString } from '../engine';
import { isRecord } from '../util/records';

/** `undefined` if a part of it is not known. */
export function policyText(document: Json): string | SymbolicString | undefined {
  const pieces = piecesOf(document);
  return pieces && SymbolicString.from(pieces);
}

type Piece = string | SymbolicString;

function piecesOf(value: unknown): Piece[] | undefined {
  if (typeof value === 'string') { return [JSON.stringify(value)]; }
  if (value instanceof SymbolicString) {
    return ['"', ...value.parts.map((part) => (typeof part === 'string' ? JSON.stringify(part).slice(1, -1) : SymbolicString.of(part))), '"'];
  }
  if (Array.isArray(value)) { return joined(value.map(piecesOf), '[', ']'); }
  if (isRecord(value) && Object.getPrototypeOf(value) === Object.prototype) {
    return joined(Object.entries(value).map(([key, member]) => {
      const pieces = piecesOf(member);
      return pieces && [`${JSON.stringify(key)}:`, ...pieces];
    }), '{', '}');
  }
  return value === null || typeof value === 'number' || typeof value === 'boolean' ? [String(value)] : undefined;
}

function joined(items: ReadonlyArray<Piece[] | undefined>, open: string, close: string): Piece[] | undefined {
  const pieces = items.flatMap((item, i) => (item === undefined ? [undefined] : i === 0 ? item : [',', ...item]));
  return pieces.includes(undefined) ? undefined : [open, ...pieces as Piece[], close];
}
