import { sameText, Text, Unknown } from '../engine';
import { referencedResource } from './references';
import { pathOf, ResourceRef, sameAccount, StackTemplate, TemplateSet } from './template-set';
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
  return { arn, defined: arn instanceof Unknown ? undefined : roleWithArn(arn, stack, templates) };
}

/** A role that the app defines, found by what its ARN will be. */
function roleWithArn(arn: string | Text, stack: StackTemplate, templates: TemplateSet): ResourceRef | undefined {
  const found = roleArns(templates).filter(({ role, own }) =>
    sameText(own, arn) && (typeof arn === 'string' || sameAccount(role.stack, stack) === 'yes'));
  return found.length === 1 ? found[0].role : undefined;
}

interface RoleArn {
  readonly role: ResourceRef;
  readonly own: string | Text;
}

const ROLE_ARNS = new WeakMap<TemplateSet, readonly RoleArn[]>();

/** The ARNs of all roles of the app; evaluated once. */
function roleArns(templates: TemplateSet): readonly RoleArn[] {
  const known = ROLE_ARNS.get(templates) ?? templates.resourcesOfType('AWS::IAM::Role').flatMap((role): RoleArn[] => {
    const own = textOf({ 'Fn::GetAtt': [role.logicalId, 'Arn'] }, role.stack, templates);
    return own instanceof Unknown ? [] : [{ role, own }];
  });
  ROLE_ARNS.set(templates, known);
  return known;
}

function booleanOf(value: unknown): boolean | Unknown {
  if (value === true || value === 'true') { return true; }
  return value === false || value === 'false' ? false : new Unknown('known at deployment only');
}
