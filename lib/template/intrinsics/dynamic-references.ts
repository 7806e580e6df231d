import { symbolicString } from './symbolic-strings';
import { SymbolicString, Unresolved } from '../../engine';
import { StackTemplate } from '../template-set';
import { Value } from '../value';
import { ANY_TEXT } from '../value-kinds';

/**
 * Replaces dynamic references, such as `{{resolve:ssm:…}}`, by symbolic variables. CloudFormation resolves them at deployment.
 * @see https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/dynamic-references.html
 */
export function withDynamicReferences(text: string, stack: StackTemplate): Value {
  if (!text.includes('{{resolve:')) { return text; }
  const pieces = text.split(/(\{\{resolve:[^{}]*\}\})/);
  const unclosed = pieces.some((piece, i) => i % 2 === 0 && piece.includes('{{resolve:'));
  if (unclosed) { return new Unresolved('a dynamic reference that is put together at deployment'); }
  return SymbolicString.of(...pieces.map((piece, i) => (i % 2 === 0
    ? piece
    : symbolicString(`${stack.account} ${stack.region} ${stack.account && stack.region ? '' : stack.assembly} ${piece}`, `\${${piece.slice(2, -2)}}`, ANY_TEXT))));
}
