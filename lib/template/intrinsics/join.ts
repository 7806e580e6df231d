import { IntrinsicFunction } from './intrinsic-function';
import { joinValues } from '../value';

/** @see https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/intrinsic-function-reference-join.html */
export const JOIN: IntrinsicFunction = {
  text: (argument, stack, values) => {
    if (!Array.isArray(argument) || typeof argument[0] !== 'string') { return undefined; }
    const items = values.listAt(argument[1], stack);
    return items && joinValues(items.map((item) => values.textOf(item.value, item.stack)), argument[0]);
  },
};
