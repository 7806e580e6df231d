/** `Fn::GetAtt`: an output of a nested stack, or an attribute whose format is known. */
import { getAttParts } from './intrinsic';
import { IntrinsicFunction } from './intrinsic-function';
import { outputOfStack } from './outputs';
import { attributeOf } from './resource-text';

const OUTPUTS = 'Outputs.';

/** @see https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/intrinsic-function-reference-getatt.html */
export const GET_ATT: IntrinsicFunction = {
  follow: (argument, stack, { templates }) => {
    const [logicalId, attribute = ''] = getAttParts(argument);
    const nested = attribute.startsWith(OUTPUTS) ? templates.nestedStack(stack, logicalId) : undefined;
    return nested && outputOfStack(nested, attribute.slice(OUTPUTS.length));
  },
  text: (argument, stack, values) => {
    const [logicalId, attribute] = getAttParts(argument);
    const ref = values.templates.resource(stack, logicalId);
    return (ref && attribute !== undefined && attributeOf(ref, attribute, values)) || undefined;
  },
};
