import { Size } from './comparison';
import { SESSION_POLICY_MAX_CHARACTERS } from '../../lib/session-policy-limit';
import { NamedDocument } from '../policies/documents-in';

export function sizeOf({ document, text }: NamedDocument): Size {
  return {
    minified: JSON.stringify(document).length,
    ...(text === undefined ? {} : { asWritten: text.trim().length }),
    limit: SESSION_POLICY_MAX_CHARACTERS,
  };
}
