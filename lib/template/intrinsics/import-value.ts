/** `Fn::ImportValue`: the output that another stack exports under a name. */
import { IntrinsicFunction } from './intrinsic-function';
import { textKey, Unresolved } from '../../engine';

/**
 * Exports are unique within an account and region. Stages that are deployed to different ones may all have the same export, so
 * the importer's own stage comes first. If two exports may be meant, the value is not followed.
 * @see https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/intrinsic-function-reference-importvalue.html
 */
export const IMPORT_VALUE: IntrinsicFunction = {
  follow: (argument, into, values) => {
    const name = values.textOf(argument, into);
    if (name instanceof Unresolved) { return undefined; }
    const all = values.exportsNamed(textKey(name)).filter(({ stack }) => stack.account === into.account && stack.region === into.region);
    const near = all.filter(({ stack }) => stack.assembly === into.assembly);
    const found = near.length > 0 ? near : all;
    return found.length === 1 ? found[0] : undefined;
  },
};
