/**
 * Finds the associations of the templates, and reads one in one case of their conditions: its names, its role and its session
 * policy. `analysis/` starts here.
 *
 * Invariant: a role counts as defined only if the reference or the ARN certainly names it. Otherwise only its ARN is known.
 */
import { SymbolicString, textKey, Unresolved } from '../engine';
import { arnFieldsOf } from './arn-fields';
import { Evaluator } from './evaluator';
import { referencedResource } from './references';
import { pathOf, ResourceRef, sameAccount, StackTemplate, TemplateSet } from './template-set';
import { Value } from './value';
import { groupBy } from '../util/group-by';
import { memoize } from '../util/memo';

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
  readonly disableSessionTags?: boolean | Unresolved;
}

/** The role that an association names: one that the templates define, or one known by its ARN only. */
export interface RoleRef {
  readonly arn: Value;
  readonly defined?: ResourceRef;
  /** The stack whose account it must be in. EKS accepts roles of other accounts only as target roles. */
  readonly ofAccount?: StackTemplate;
}

export const ASSOCIATION_TYPE = 'AWS::EKS::PodIdentityAssociation';

export function associationsIn(templates: TemplateSet): readonly ResourceRef[] {
  return templates.resourcesOfType(ASSOCIATION_TYPE);
}

/** Reads an association. @throws OpenQuestion if a value depends on a condition */
export function associationAt(ref: ResourceRef, evaluator: Evaluator): Association {
  const properties = ref.resource.Properties ?? {};
  const text = (name: string) => evaluator.textOf(properties[name], ref.stack);
  const given = (name: string) => !evaluator.isAbsent(properties[name], ref.stack);
  return {
    ref,
    get path() { return pathOf(ref); }, // needed only for findings
    clusterName: text('ClusterName'),
    namespace: text('Namespace'),
    serviceAccount: text('ServiceAccount'),
    role: { ...roleOf(properties.RoleArn, ref.stack, evaluator), ofAccount: ref.stack },
    targetRole: given('TargetRoleArn') ? roleOf(properties.TargetRoleArn, ref.stack, evaluator) : undefined,
    policy: given('Policy') ? text('Policy') : undefined,
    disableSessionTags: given('DisableSessionTags') ? booleanOf(properties.DisableSessionTags, ref.stack, evaluator) : undefined,
  };
}

/** Whether a resource is deployed. `undefined`: it is not certain. @throws OpenQuestion if it depends on a condition */
export function isDeployed({ stack, resource }: ResourceRef, evaluator: Evaluator): boolean | undefined {
  return resource.Condition === undefined ? true : evaluator.conditionHolds(resource.Condition, stack);
}

/** The role whose permissions a session policy narrows: with a target role, the target role. */
export function narrowedRole(association: Association): RoleRef {
  return association.targetRole ?? association.role;
}

function roleOf(value: unknown, stack: StackTemplate, evaluator: Evaluator): RoleRef {
  const found = referencedResource(value, stack, evaluator);
  const arn = evaluator.textOf(value, stack);
  if (found?.ref.resource.Type === 'AWS::IAM::Role' && found.attribute === 'Arn') { return { arn, defined: found.ref }; }
  return { arn, defined: arn instanceof Unresolved ? undefined : roleWithArn(arn, stack, evaluator) };
}

/** The role of the app that will have this ARN. */
function roleWithArn(arn: string | SymbolicString, stack: StackTemplate, evaluator: Evaluator): ResourceRef | undefined {
  const key = keyOfArn(arn);
  const found = key === undefined ? [] : (rolesByArn(evaluator).get(key) ?? []).filter((role) => (
    typeof arnFieldsOf(arn)?.[4] === 'string' || sameAccount(role.stack, stack) === 'yes'));
  return found.length === 1 ? found[0] : undefined;
}

/** A key without the partition: an account is in one partition only. */
function keyOfArn(arn: string | SymbolicString): string | undefined {
  return arnFieldsOf(arn)?.slice(2).map(textKey).join('|');
}

/** The roles of the app by their future ARNs. It leaves questions open, so that other roles do not make cases. */
const rolesByArn = memoize(({ leavingOpen: evaluator }: Evaluator): ReadonlyMap<string, readonly ResourceRef[]> => (
  groupBy(evaluator.templates.resourcesOfType('AWS::IAM::Role'), (role) => {
    const arn = evaluator.textOf({ 'Fn::GetAtt': [role.logicalId, 'Arn'] }, role.stack);
    return arn instanceof Unresolved ? undefined : keyOfArn(arn);
  })));

function booleanOf(written: unknown, stack: StackTemplate, evaluator: Evaluator): boolean | Unresolved {
  const { value } = evaluator.locate(written, stack);
  if (value === true || value === 'true') { return true; }
  return value === false || value === 'false' ? false : new Unresolved('known at deployment only');
}
