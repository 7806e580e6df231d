import { symbolicString } from './symbolic-strings';
import { SymbolicString, Unresolved } from '../../engine';
import { StackTemplate } from '../template-set';
import { Value } from '../value';
import { ANY_TEXT } from '../value-kinds';

/**
 * Replaces dynamic references, such as `{{resolve:ssm:…}}`, by symbolic variables, and references to provisioned products,
 * `[[servicecatalog:provisionedproduct:…]]`. CloudFormation resolves them at deployment.
 * @see https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/dynamic-references.html
 * @see https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/transform-aws-servicecatalog.html
 */
export function withDynamicReferences(text: string, stack: StackTemplate): Value {
  if (!STARTS.test(text)) { return text; }
  const pieces = text.split(REFERENCE);
  const unclosed = pieces.some((piece, i) => i % 2 === 0 && STARTS.test(piece));
  if (unclosed) { return new Unresolved('a dynamic reference that is put together at deployment'); }
  return SymbolicString.from(pieces.map((piece, i) => (i % 2 === 0
    ? piece
    : symbolicString(`${stack.account} ${stack.region} ${stack.account && stack.region ? '' : stack.assembly} ${piece}`, `\${${piece.slice(2, -2)}}`, ANY_TEXT))));
}

const STARTS = /\{\{resolve:|\[\[servicecatalog:/;
const REFERENCE = /(\{\{resolve:[^{}]*\}\}|\[\[servicecatalog:[^[\]]*\]\])/;
