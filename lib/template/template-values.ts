import type { Assumptions } from './assumptions';
import type { StackTemplate, TemplateSet } from './template-set';
import type { LocatedValue, Value } from './value';

/**
 * The values of the templates in one case of their conditions, as the intrinsic functions ask for them. The functions and the
 * `Evaluator` that calls them both depend on this interface, so they do not import each other.
 *
 * Each method throws an `OpenQuestion` if the answer depends on a condition that the case does not decide.
 */
export interface TemplateValues {
  readonly templates: TemplateSet;
  readonly assumptions: Assumptions;

  /**
   * A string property as it will be deployed, with a symbolic variable for each deploy-time value. A value that may be absent,
   * or that is not a string, is `Unresolved`.
   * @see https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/intrinsic-function-reference.html
   */
  textOf(value: unknown, stack: StackTemplate): Value;

  /**
   * The origin of a value: follows parameters and outputs of nested stacks, exports and outputs of other stacks, the branch
   * of an `Fn::If`, mappings, and lists. Any other value is returned unchanged.
   */
  locate(value: unknown, stack: StackTemplate): LocatedValue;

  /** The items of a list; `undefined` if they are not certain. A list that is absent has no items. */
  listAt(value: unknown, stack: StackTemplate): readonly LocatedValue[] | undefined;

  /** Whether a property is absent. */
  isAbsent(value: unknown, stack: StackTemplate): boolean;

  /** Whether a condition of the stack's template holds; `undefined` if it is not certain even in one case. */
  conditionHolds(name: unknown, stack: StackTemplate): boolean | undefined;

  /** The exports of the stacks with a name; see `textKey`. */
  exportsNamed(key: string): readonly LocatedValue[];
}
