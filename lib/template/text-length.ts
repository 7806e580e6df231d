/** Measures a text of a template: the fewest and the most characters that it is deployed with. */
import { lengthOf, Unresolved } from '../engine';
import { intrinsicOf } from './intrinsics/intrinsic';
import type { StackTemplate } from './template-set';
import type { TemplateValues } from './template-values';

export interface TextLength {
  readonly min: number;
  /** `undefined`: there is no bound. */
  readonly max?: number;
}

/** The length of a text property. A part that cannot be evaluated counts as nothing in the minimum, and leaves no maximum. */
export function lengthOfText(written: unknown, from: StackTemplate, values: TemplateValues): TextLength {
  const { value, stack } = values.locate(written, from);
  const { name, argument } = intrinsicOf(value) ?? {};
  const pieces = name === 'Fn::Join' && Array.isArray(argument) && argument[0] === '' ? values.listAt(argument[1], stack) : undefined;
  const lengths = pieces?.map((piece) => lengthOfText(piece.value, piece.stack, values)) ?? [lengthOfPiece(value, stack, values)];
  return lengths.reduce((sum, { min, max }) => ({
    min: sum.min + min, max: sum.max === undefined || max === undefined ? undefined : sum.max + max,
  }), { min: 0, max: 0 });
}

function lengthOfPiece(value: unknown, stack: StackTemplate, values: TemplateValues): TextLength {
  const text = values.textOf(value, stack);
  return text instanceof Unresolved ? { min: 0 } : lengthOf(text);
}
