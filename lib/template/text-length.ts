/** Measures a text of a template: the fewest, the most and the expected number of characters that it is deployed with. */
import { lengthOf, sumOfLengths, TextLength, Unresolved } from '../engine';
import { intrinsicOf } from './intrinsics/intrinsic';
import type { StackTemplate } from './template-set';
import type { TemplateValues } from './template-values';

/** The length of a text property. A part that cannot be evaluated counts as nothing in the minimum, and leaves no maximum and no expectation. */
export function lengthOfText(written: unknown, from: StackTemplate, values: TemplateValues): TextLength {
  const { value, stack } = values.locate(written, from);
  const { name, argument } = intrinsicOf(value) ?? {};
  const pieces = name === 'Fn::Join' && Array.isArray(argument) && argument[0] === '' ? values.listAt(argument[1], stack) : undefined;
  return pieces ? sumOfLengths(pieces.map((piece) => lengthOfText(piece.value, piece.stack, values))) : lengthOfPiece(value, stack, values);
}

function lengthOfPiece(value: unknown, stack: StackTemplate, values: TemplateValues): TextLength {
  const text = values.textOf(value, stack);
  return text instanceof Unresolved ? { min: 0 } : lengthOf(text);
}
