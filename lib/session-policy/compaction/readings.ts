/**
 * Reads the values of statements as the engine compares them: once for each case of the conditions (`Fn::If`) that they depend on.
 * Equal intrinsics are equal values, whatever they turn out to be.
 */
import { Json } from '../../engine';
import { inEveryCase } from '../../template/cases';
import { documentOf } from '../../template/document-of';
import { Evaluator } from '../../template/evaluator';
import { StackTemplate, TemplateSet } from '../../template/template-set';

/** Where intrinsics are written. A resource of a known type has an ARN of a known form. */
export interface TemplatePlace {
  readonly templates: TemplateSet;
  readonly stack: StackTemplate;
}

/** Reads a value in one case. */
export type Read = (value: unknown) => Json;

/** A stack of which nothing is known. */
const UNKNOWN_STACK: StackTemplate = {
  id: 'unknown stack', file: '', assembly: '', template: {}, pathOf: (logicalId) => logicalId,
};

/** One reading for each case that the statements tell apart. */
export function readingsOf(statements: readonly unknown[], place?: TemplatePlace): readonly Read[] {
  const { templates, stack } = place ?? { templates: new TemplateSet([UNKNOWN_STACK]), stack: UNKNOWN_STACK };
  const there = templates.stackWithId(stack.id) ?? stack;
  return inEveryCase((assumptions): Read => {
    const evaluator = new Evaluator(templates, assumptions);
    const read: Read = (value) => documentOf(value, there, evaluator);
    read(statements); // meets every condition
    return read;
  }).map(({ value }) => value);
}
