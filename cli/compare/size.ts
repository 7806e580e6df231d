/**
 * Measures a session policy, minified and as written, against the limit of EKS. `compare` shows both sizes beside the verdict.
 */
import { Size } from './comparison';
import { SESSION_POLICY_MAX_CHARACTERS } from '../../lib/session-policy/limit';
import { UsageError } from '../exit-codes';
import { NamedDocument } from '../policies/documents-in';

export function sizeOf({ name, document, text }: NamedDocument): Size {
  return {
    minified: minify(document, name).length,
    ...(text === undefined ? {} : { asWritten: text.trim().length }),
    limit: SESSION_POLICY_MAX_CHARACTERS,
  };
}

function minify(document: unknown, name: string): string {
  try {
    return JSON.stringify(document);
  } catch { // nested deeper than the stack
    throw new UsageError(`${name}: the policy is nested too deeply`);
  }
}
