/** `Ref`: a pseudo parameter, a resource or a parameter. */
import { IntrinsicFunction } from './intrinsic-function';
import { isListType, parameterFromParent, parameterKind } from './parameters';
import { pseudoParameter } from './pseudo-parameters';
import { refOf } from './resource-text';
import { opaqueString } from './symbolic-strings';
import { Unresolved } from '../../engine';
import { memberOf } from '../../util/records';

/** @see https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/intrinsic-function-reference-ref.html */
export const REF: IntrinsicFunction = {
  follow: parameterFromParent,
  text: (name, stack, values) => {
    if (typeof name !== 'string') { return undefined; }
    if (name === 'AWS::NoValue') { return new Unresolved('a value that is not there'); }
    const pseudo = pseudoParameter(name, stack, values.templates);
    if (pseudo !== undefined) { return values.assumptions.valueOf(pseudo) ?? pseudo; }
    const ref = values.templates.resource(stack, name);
    if (ref) { return refOf(ref, values); }
    const parameter = memberOf(stack.template.Parameters, name);
    if (isListType(memberOf(parameter, 'Type'))) { return new Unresolved(`the list parameter ${name}`); }
    const value = opaqueString({ Ref: name }, stack, parameterKind(parameter));
    return values.assumptions.valueOf(value) ?? value;
  },
};
