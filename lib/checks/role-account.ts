import { partsOf, Text, TextPart, Unknown } from '../engine';
import { Value } from '../template/value';

/** `arn:partition:service:region:account:resource` */
const ACCOUNT_FIELD = 4;

/** The account in an ARN; `undefined` where it cannot be told where the account stands. */
export function accountOf(arn: Value): string | Text | undefined {
  if (arn instanceof Unknown) { return undefined; }
  const fields: TextPart[][] = [[]];
  for (const part of partsOf(arn)) {
    if (fields.length > ACCOUNT_FIELD + 1) { break; }
    if (typeof part === 'string') {
      const [first, ...rest] = part.split(':', ACCOUNT_FIELD + 2);
      fields[fields.length - 1].push(first);
      fields.push(...rest.map((field) => [field]));
    } else if (part.kind.characters === undefined || part.kind.characters.includes(':')) {
      break; // there may be any number of fields in it
    } else {
      fields[fields.length - 1].push(part);
    }
  }
  return fields.length > ACCOUNT_FIELD + 1 ? Text.of(...fields[ACCOUNT_FIELD]) : undefined;
}
