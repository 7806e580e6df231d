import { parseJson } from './parse-json';
import { isRecord } from '../../lib/util/records';
import { UsageError } from '../exit-codes';

/** A policy document, and what people call it. */
export interface NamedDocument {
  readonly name: string;
  readonly document: unknown;
  /** As it is written, where it is JSON text. */
  readonly text?: string;
}

/** Where the answers of AWS have a policy document, and what they call it. */
const ANSWERS: ReadonlyArray<{ readonly within?: string; readonly document: string; readonly name?: string }> = [
  { document: 'PolicyDocument', name: 'PolicyName' }, // aws iam get-role-policy
  { within: 'PolicyVersion', document: 'Document' }, // aws iam get-policy-version
  { document: 'Document' },
  { within: 'association', document: 'policy' }, // aws eks describe-pod-identity-association
];

/**
 * The policy document in a JSON value: the value itself, or the member of an answer of AWS that has it, as text or URL-encoded
 * text where it is such.
 * @see https://docs.aws.amazon.com/IAM/latest/APIReference/API_GetRolePolicy.html (PolicyDocument)
 */
export function documentIn(value: unknown, name: string): NamedDocument {
  if (typeof value === 'string') { return inText(value, name, name); }
  if (!isRecord(value) || 'Statement' in value) { return { name, document: value }; }
  for (const answer of ANSWERS) {
    const holder = answer.within === undefined ? value : value[answer.within];
    if (!isRecord(holder) || holder[answer.document] === undefined) { continue; }
    const given = answer.name && holder[answer.name];
    const called = typeof given === 'string' ? `policy '${given}' (${name})` : name;
    const written = holder[answer.document];
    return typeof written === 'string' ? inText(written, called, `${name}, in ${answer.document}`) : { name: called, document: written };
  }
  return { name, document: value };
}

function inText(encoded: string, name: string, place: string): NamedDocument {
  const text = decode(encoded, name);
  return { name, text, document: parseJson(text, place) };
}

/** JSON text starts with no percent sign, so that `%7B` is a brace that was encoded. */
function decode(text: string, name: string): string {
  if (!/^\s*%/.test(text)) { return text; }
  try {
    return decodeURIComponent(text);
  } catch {
    throw new UsageError(`${name}: the document is URL-encoded, and the encoding is broken`);
  }
}
