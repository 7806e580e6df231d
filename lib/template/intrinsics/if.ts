/** `Fn::If`: the branch that it takes in this case. A branch may be an `Fn::If` itself. */
import { intrinsicOf } from './intrinsic';
import { IntrinsicFunction } from './intrinsic-function';
import { Unresolved } from '../../engine';
import { StackTemplate } from '../template-set';
import { TemplateValues } from '../template-values';
import { LocatedValue } from '../value';

/** @see https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/intrinsic-function-reference-conditions.html */
export const IF: IntrinsicFunction = {
  follow: takenBranch,
  text: () => new Unresolved('Fn::If, whose value depends on the deployment'),
};

/** The branch that an `Fn::If` takes, if its condition is certain. Any other value is returned unchanged. */
export function branchOf(value: unknown, stack: StackTemplate, values: TemplateValues): unknown {
  const intrinsic = intrinsicOf(value);
  const taken = intrinsic?.name === 'Fn::If' ? takenBranch(intrinsic.argument, stack, values) : undefined;
  return taken ? taken.value : value;
}

function takenBranch(argument: unknown, stack: StackTemplate, values: TemplateValues): LocatedValue | undefined {
  if (!Array.isArray(argument) || argument.length !== 3) { return undefined; }
  const [condition, ...branches] = argument;
  const holds = values.conditionHolds(condition, stack);
  return holds === undefined ? undefined : { value: branchOf(branches[holds ? 0 : 1], stack, values), stack };
}
