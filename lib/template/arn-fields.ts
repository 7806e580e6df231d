import { partsOf, StringPart, SymbolicString, textKey, Unresolved } from '../engine';
import { Value } from './value';

/** `arn`, partition, service, region and account: the fields before the rest. */
const HEADER_FIELDS = 5;

/**
 * The fields of an ARN: `arn`, partition, service, region, account, and the rest, which may contain any text. `undefined` if it is
 * not an ARN, or if it is not certain where the first five fields end.
 * @see https://docs.aws.amazon.com/IAM/latest/UserGuide/reference-arns.html
 */
export function arnFieldsOf(arn: Value): ReadonlyArray<string | SymbolicString> | undefined {
  if (arn instanceof Unresolved) { return undefined; }
  const header: StringPart[][] = [[]];
  const rest: StringPart[] = [];
  for (let part of partsOf(arn)) {
    while (header.length <= HEADER_FIELDS && typeof part === 'string' && part.includes(':')) {
      const colon: number = part.indexOf(':');
      header[header.length - 1].push(part.slice(0, colon));
      header.push([]);
      part = part.slice(colon + 1);
    }
    if (header.length > HEADER_FIELDS) {
      rest.push(part);
    } else if (typeof part !== 'string' && (part.kind.characters === undefined || part.kind.characters.includes(':'))) {
      return undefined; // it may contain any number of fields
    } else {
      header[header.length - 1].push(part);
    }
  }
  const fields = header.slice(0, HEADER_FIELDS).map((parts) => SymbolicString.from(parts));
  return header.length > HEADER_FIELDS && fields[0] === 'arn' ? [...fields, SymbolicString.from(rest)] : undefined;
}

/** A key without the partition: an account is in one partition only. */
export function keyOfArn(arn: Value): string | undefined {
  return arnFieldsOf(arn)?.slice(2).map(textKey).join('|');
}
