/** `Fn::GetStackOutput`: a weak reference to an output of a named stack. If two stacks may be meant, it leads nowhere. */
import { IntrinsicFunction } from './intrinsic-function';
import { outputOfStack } from './outputs';
import { memberOf } from '../../util/records';

/** @see https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/intrinsic-function-reference-getstackoutput.html */
export const GET_STACK_OUTPUT: IntrinsicFunction = {
  follow: (argument, stack, values) => {
    const given = (name: string) => {
      const value = memberOf(argument, name);
      const text = value === undefined ? undefined : values.textOf(value, stack);
      return typeof text === 'string' ? text : undefined;
    };
    const [stackName, outputName, region] = [given('StackName'), given('OutputName'), given('Region')];
    const ownRegion = memberOf(argument, 'Region') === undefined;
    const ownAccount = memberOf(argument, 'RoleArn') === undefined;
    const found = values.templates.stacks.filter((s) => stackName !== undefined && s.name === stackName
      && s.region === (ownRegion ? stack.region : region) && (!ownAccount || s.account === stack.account));
    const near = found.filter((s) => s.assembly === stack.assembly);
    const [only, ...others] = near.length > 0 ? near : found;
    return only && others.length === 0 && outputName !== undefined ? outputOfStack(only, outputName) : undefined;
  },
};
