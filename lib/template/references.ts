import { getAttParts, intrinsicOf } from './intrinsics';
import { ResourceRef, StackTemplate, TemplateSet } from './template-set';
import { locate } from './text-of';

export interface ResourceReference {
  readonly ref: ResourceRef;
  /** The `Fn::GetAtt` attribute; none for a `Ref`. */
  readonly attribute?: string;
}

/** The resource that a `Ref` or `Fn::GetAtt` means, wherever it is passed on from. */
export function referencedResource(written: unknown, from: StackTemplate, templates: TemplateSet): ResourceReference | undefined {
  const { value, stack } = locate(written, from, templates);
  const intrinsic = intrinsicOf(value);
  switch (intrinsic?.name) {
    case 'Ref': {
      const ref = typeof intrinsic.argument === 'string' ? templates.resource(stack, intrinsic.argument) : undefined;
      return ref && { ref };
    }
    case 'Fn::GetAtt': {
      const [logicalId, attribute = ''] = getAttParts(intrinsic.argument);
      const ref = templates.resource(stack, logicalId);
      return ref && { ref, attribute };
    }
    default:
      return undefined;
  }
}
