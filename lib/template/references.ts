import { ResourceRef, StackTemplate, TemplateSet } from './template-set';
import { getAttParts, intrinsicOf, isRecord } from './text-of';

export interface Referenced {
  readonly ref: ResourceRef;
  /** The `Fn::GetAtt` attribute; none for a `Ref`. */
  readonly attribute?: string;
}

/** How far references are followed; a template that goes deeper refers to itself. */
const MAX_DEPTH = 50;

/** The resource that a `Ref` or `Fn::GetAtt` means, followed through exports and through nested stacks both ways. */
export function referencedResource(value: unknown, stack: StackTemplate, templates: TemplateSet, depth = 0): Referenced | undefined {
  const intrinsic = intrinsicOf(value);
  if (!intrinsic || depth > MAX_DEPTH) { return undefined; }
  const { name, argument } = intrinsic;
  switch (name) {
    case 'Ref': {
      const ref = typeof argument === 'string' ? templates.resource(stack, argument) : undefined;
      return ref ? { ref } : givenByParent(String(argument), stack, templates, depth);
    }
    case 'Fn::GetAtt': {
      const [logicalId, attribute = ''] = getAttParts(argument);
      const nested = templates.nestedStack(stack, logicalId);
      const output = nested?.template.Outputs?.[attribute.replace(/^Outputs\./, '')];
      if (nested && output) { return referencedResource(output.Value, nested, templates, depth + 1); }
      const ref = templates.resource(stack, logicalId);
      return ref && { ref, attribute };
    }
    case 'Fn::ImportValue': {
      const found = typeof argument === 'string' ? templates.exported(argument, stack) : undefined;
      return found && referencedResource(found.value, found.stack, templates, depth + 1);
    }
    case 'Fn::Sub': {
      const single = typeof argument === 'string' ? /^\$\{([^}!]+)\}$/.exec(argument)?.[1] : undefined;
      return single === undefined
        ? undefined
        : referencedResource(single.includes('.') ? { 'Fn::GetAtt': single } : { Ref: single }, stack, templates, depth + 1);
    }
    default:
      return undefined;
  }
}

function givenByParent(parameter: string, stack: StackTemplate, templates: TemplateSet, depth: number): Referenced | undefined {
  const parent = templates.parentOf(stack);
  const parameters = parent && templates.resource(parent, stack.parent!.logicalId)?.resource.Properties?.Parameters;
  return isRecord(parameters) && Object.hasOwn(parameters, parameter)
    ? referencedResource(parameters[parameter], parent!, templates, depth + 1)
    : undefined;
}
