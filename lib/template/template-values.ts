import type { Assumptions } from './assumptions';
import type { StackTemplate, TemplateSet } from './template-set';
import type { LocatedValue, Value } from './value';

/**
 * The values of the templates in one case of their conditions: all that an intrinsic function asks of the evaluator. It
 * stands below the functions and below the `Evaluator` that calls them, so that neither side imports the other in a circle.
 *
 * Each method throws an `OpenQuestion` if the answer depends on a condition that the case does not decide.
 */
export interface TemplateValues {
  readonly templates: TemplateSet;
  readonly assumptions: Assumptions;

  /**
   * A string property as it will be deployed, with a symbolic variable for each deploy-time value. What may be absent
   * altogether, or is not a string, is `Unresolved`.
   * @see https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/intrinsic-function-reference.html
   */
  textOf(value: unknown, stack: StackTemplate): Value;

  /**
   * Where a value comes from: through parameters and outputs of nested stacks, exports and outputs of other stacks, the
   * branch of an `Fn::If`, mappings, and lists. What leads nowhere else is left as it is.
   */
  locate(value: unknown, stack: StackTemplate): LocatedValue;

  /** The items of a list; `undefined` if they cannot be told. A list that is absent has no items. */
  listAt(value: unknown, stack: StackTemplate): readonly LocatedValue[] | undefined;

  /** Whether a property is absent. */
  isAbsent(value: unknown, stack: StackTemplate): boolean;

  /** Whether a condition of the stack's template holds; `undefined` if it cannot be told, not even by cases. */
  conditionHolds(name: unknown, stack: StackTemplate): boolean | undefined;

  /** What the stacks export under a name; see `textKey`. */
  exportsNamed(key: string): readonly LocatedValue[];
}
