/** The characters of session policies. The checks at synth and `compare` share them. */
import { partsOf, SymbolicString } from '../engine';

/** STS accepts all other characters: https://docs.aws.amazon.com/STS/latest/APIReference/API_AssumeRole.html (Policy) */
const ILLEGAL_CHARACTER = /[^\t\n\r -\u00FF]/u;

/** The first character in the text of a session policy that STS does not accept, such as `U+2028`. Deploy-time values are not looked at. */
export function illegalCharacter(text: string | SymbolicString): string | undefined {
  const found = partsOf(text).map((part) => (typeof part === 'string' ? ILLEGAL_CHARACTER.exec(part)?.[0] : undefined)).find((c) => c !== undefined);
  return found && `U+${found.codePointAt(0)!.toString(16).toUpperCase().padStart(4, '0')}`;
}
