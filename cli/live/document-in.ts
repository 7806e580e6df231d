/** Decodes the documents of policies in the answers of AWS. */
import { MAX_DOCUMENT, MAX_DOCUMENT_DEPTH } from './limits';
import { UnexpectedAnswer } from './unexpected-answer';
import { isRecord } from '../../lib/util/records';

/**
 * Returns the document in a member of an answer of IAM.
 * @see https://docs.aws.amazon.com/IAM/latest/APIReference/API_GetRolePolicy.html — documents are URL-encoded
 * @throws UnexpectedAnswer
 */
export function documentIn(encoded: string | undefined, member: string): object {
  return documentOf(encoded, member, decodeURIComponent);
}

/** Returns the document in a member of an answer of another service, which does not encode it. @throws UnexpectedAnswer */
export function plainDocumentIn(text: string | undefined, member: string): object {
  const document = documentOf(text, member, (plain) => plain);
  if (!Object.hasOwn(document, 'Statement')) { throw new UnexpectedAnswer(`its ${member} is not a policy document: it has no Statement`); }
  return document;
}

function documentOf(encoded: string | undefined, member: string, decode: (text: string) => string): object {
  if (!encoded) { throw new UnexpectedAnswer(`it has no ${member}`); }
  let document: unknown;
  try {
    const text = decode(encoded);
    if (text.length > MAX_DOCUMENT) { throw new Error(`it has more than ${MAX_DOCUMENT} characters`); }
    if (depthOf(text) > MAX_DOCUMENT_DEPTH) { throw new Error(`it has more than ${MAX_DOCUMENT_DEPTH} levels`); }
    document = JSON.parse(text);
  } catch (e) {
    throw new UnexpectedAnswer(`its ${member} is not a policy document: ${(e as Error).message}`);
  }
  if (!isRecord(document)) { throw new UnexpectedAnswer(`its ${member} is not a policy document: it is not a JSON object`); }
  return document;
}

/** Returns how deep the brackets of a JSON text are nested. Those in strings do not count. */
function depthOf(text: string): number {
  let [depth, deepest] = [0, 0];
  for (const [token] of text.matchAll(/"(?:[^"\\]|\\[^]?)*"?|[[\]{}]/g)) {
    if (token === '[' || token === '{') { deepest = Math.max(deepest, ++depth); } else if (token === ']' || token === '}') { depth--; }
  }
  return deepest;
}
