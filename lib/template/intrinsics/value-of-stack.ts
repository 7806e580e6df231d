import { IntrinsicFunction } from './intrinsic-function';

/** An intrinsic of this library, `[stack id, value]`: a value of another stack, in a declaration outside the templates. */
export const VALUE_OF_STACK = 'Fn::ValueOfStack';

export const VALUE_OF_STACK_FUNCTION: IntrinsicFunction = {
  follow: (argument, _stack, { templates }) => {
    const [stackId, value] = Array.isArray(argument) ? argument : [];
    const stack = templates.stackWithId(stackId);
    return stack && { value, stack };
  },
};
