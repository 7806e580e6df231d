import { Unknown } from '../engine';
import { referencedResource } from './references';
import { pathOf, ResourceRef, StackTemplate, TemplateSet } from './template-set';
import { isNoValue, textOf, Value } from './text-of';

/** An `AWS::EKS::PodIdentityAssociation` as it will be deployed, whoever wrote it. */
export interface Association {
  readonly ref: ResourceRef;
  /** Construct path, or logical id. */
  readonly path: string;
  readonly clusterName: Value;
  readonly namespace: Value;
  readonly serviceAccount: Value;
  readonly role: RoleRef;
  readonly targetRole?: RoleRef;
  readonly policy?: Value;
  /** `undefined` is the default, false. */
  readonly disableSessionTags?: boolean | Unknown;
}

/** The role that an association names: one that the templates define, or one known by its ARN only. */
export interface RoleRef {
  readonly arn: Value;
  readonly defined?: ResourceRef;
}

export const ASSOCIATION_TYPE = 'AWS::EKS::PodIdentityAssociation';

export function associationsOf(templates: TemplateSet): Association[] {
  return templates.resourcesOfType(ASSOCIATION_TYPE).map((ref) => {
    const properties = ref.resource.Properties ?? {};
    const text = (name: string) => textOf(properties[name], ref.stack, templates);
    const given = (name: string) => properties[name] !== undefined && !isNoValue(properties[name]);
    return {
      ref,
      path: pathOf(ref),
      clusterName: text('ClusterName'),
      namespace: text('Namespace'),
      serviceAccount: text('ServiceAccount'),
      role: roleOf(properties.RoleArn, ref.stack, templates),
      targetRole: given('TargetRoleArn') ? roleOf(properties.TargetRoleArn, ref.stack, templates) : undefined,
      policy: given('Policy') ? text('Policy') : undefined,
      disableSessionTags: given('DisableSessionTags') ? booleanOf(properties.DisableSessionTags) : undefined,
    };
  });
}

/** The role whose permissions a session policy narrows: with a target role, the target role. */
export function narrowedRole(association: Association): RoleRef {
  return association.targetRole ?? association.role;
}

function roleOf(value: unknown, stack: StackTemplate, templates: TemplateSet): RoleRef {
  const found = referencedResource(value, stack, templates);
  const arn = textOf(value, stack, templates);
  if (found?.ref.resource.Type === 'AWS::IAM::Role' && found.attribute === 'Arn') { return { arn, defined: found.ref }; }
  return { arn, defined: typeof arn === 'string' ? roleWithArn(arn, templates) : undefined };
}

/** A role that the app defines with a fixed name, found by its ARN. */
function roleWithArn(arn: string, templates: TemplateSet): ResourceRef | undefined {
  const [, , , , account, resource = ''] = arn.split(':');
  const found = templates.resourcesOfType('AWS::IAM::Role').filter(({ stack, resource: { Properties: p = {} } }) =>
    stack.account === account && typeof p.RoleName === 'string' && resource === `role${p.Path ?? '/'}${p.RoleName}`);
  return found.length === 1 ? found[0] : undefined;
}

function booleanOf(value: unknown): boolean | Unknown {
  if (value === true || value === 'true') { return true; }
  return value === false || value === 'false' ? false : new Unknown('known at deployment only');
}
