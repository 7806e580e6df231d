import { Evaluator } from './evaluator';
import { getAttParts, intrinsicOf } from './intrinsics/intrinsic';
import { ResourceRef, StackTemplate } from './template-set';

export interface ResourceReference {
  readonly ref: ResourceRef;
  /** The `Fn::GetAtt` attribute; absent for a `Ref`. */
  readonly attribute?: string;
}

/** The resource that a `Ref` or `Fn::GetAtt` refers to, through parameters, outputs and exports. */
export function referencedResource(written: unknown, from: StackTemplate, evaluator: Evaluator): ResourceReference | undefined {
  const { value, stack } = evaluator.locate(written, from);
  const intrinsic = intrinsicOf(value);
  switch (intrinsic?.name) {
    case 'Ref': {
      const ref = typeof intrinsic.argument === 'string' ? evaluator.templates.resource(stack, intrinsic.argument) : undefined;
      return ref && { ref };
    }
    case 'Fn::GetAtt': {
      const [logicalId, attribute = ''] = getAttParts(intrinsic.argument);
      const ref = evaluator.templates.resource(stack, logicalId);
      return ref && { ref, attribute };
    }
    default:
      return undefined;
  }
}
