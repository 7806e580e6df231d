/**
 * Evaluates the conditions of a template: `Fn::Equals`, `Fn::Not`, `Fn::And`, `Fn::Or`. The evaluator asks it.
 *
 * Invariant: a comparison of deploy-time values asks the current case, and may throw an `OpenQuestion`. A comparison that no
 * longer matters is not made. A condition in a circle is not certain.
 */
import { intrinsicOf } from './intrinsic';
import { Unresolved } from '../../engine';
import { memberOf } from '../../util/records';
import { StackTemplate } from '../template-set';
import { TemplateValues } from '../template-values';

/** Maximum depth of references between conditions; CloudFormation rejects circles. */
const MAX_DEPTH = 50;

/**
 * Whether a condition of the template holds. `undefined`: it is not certain even in one case.
 * @throws OpenQuestion
 * @see https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/intrinsic-function-reference-conditions.html
 */
export function conditionHolds(name: unknown, stack: StackTemplate, values: TemplateValues): boolean | undefined {
  return new ConditionReader(stack, values).named(name, 0);
}

class ConditionReader {
  /** The values of conditions that are evaluated, or being evaluated. */
  private readonly known = new Map<string, boolean | undefined>();

  public constructor(private readonly stack: StackTemplate, private readonly values: TemplateValues) {}

  public named(name: unknown, depth: number): boolean | undefined {
    if (typeof name !== 'string' || depth >= MAX_DEPTH || this.known.has(name)) { return this.known.get(name as string); }
    this.known.set(name, undefined); // the value in a circle: not certain
    const value = this.formula(memberOf(this.stack.template.Conditions, name), depth + 1);
    this.known.set(name, value);
    return value;
  }

  private formula(formula: unknown, depth: number): boolean | undefined {
    const intrinsic = intrinsicOf(formula);
    if (!intrinsic || depth > MAX_DEPTH) { return undefined; }
    const { name, argument } = intrinsic;
    if (name === 'Condition') { return this.named(argument, depth); }
    if (!Array.isArray(argument)) { return undefined; }
    switch (name) {
      case 'Fn::Equals': return this.areEqual(argument);
      case 'Fn::Not': return not(this.formula(argument[0], depth + 1));
      case 'Fn::And': return this.every(argument, true, depth);
      case 'Fn::Or': return not(this.every(argument, false, depth));
      default: return undefined;
    }
  }

  private areEqual([left, right]: readonly unknown[]): boolean | undefined {
    const [a, b] = [left, right].map((value) => this.values.textOf(value, this.stack));
    return a instanceof Unresolved || b instanceof Unresolved ? undefined : this.values.assumptions.areEqual(a, b);
  }

  /** Whether every formula is `wanted`. Short-circuits, so that later questions are not asked. */
  private every(formulas: readonly unknown[], wanted: boolean, depth: number): boolean | undefined {
    let all: boolean | undefined = true;
    for (const formula of formulas) {
      const value = this.formula(formula, depth + 1);
      if (value === !wanted) { return false; }
      if (value === undefined) { all = undefined; }
    }
    return all;
  }
}

function not(value: boolean | undefined): boolean | undefined {
  return value === undefined ? undefined : !value;
}
