import type { StackTemplate } from '../template-set';
import type { TemplateValues } from '../template-values';
import type { LocatedValue, Value } from '../value';

/**
 * An intrinsic function: a pure function of its argument, of the stack whose names the argument uses, and of other values
 * of the templates in the same case. The evaluator first follows a value to its origin, and then asks for its text.
 */
export interface IntrinsicFunction {
  /** The value that this one refers to; `undefined` if it leads nowhere else. */
  readonly follow?: (argument: unknown, stack: StackTemplate, values: TemplateValues) => LocatedValue | undefined;

  /** The text of a value that leads nowhere else; `undefined` if nothing is known of it. */
  readonly text?: (argument: unknown, stack: StackTemplate, values: TemplateValues) => Value | undefined;
}
