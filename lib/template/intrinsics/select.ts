import { IntrinsicFunction } from './intrinsic-function';
import { itemsOf } from './split';

/** @see https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/intrinsic-function-reference-select.html */
export const SELECT: IntrinsicFunction = {
  follow: (argument, stack, values) => {
    if (!Array.isArray(argument)) { return undefined; }
    const index = Number(argument[0]);
    return itemsOf(values.locate(argument[1], stack), values)?.[index];
  },
};
