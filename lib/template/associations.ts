/**
 * Finds the associations of the templates, those of add-ons included, and reads one in one case of their conditions: its names, its role and its session
 * policy. `analysis/` starts here.
 *
 * Invariant: a role counts as defined only if the reference or the ARN certainly names it. Otherwise only its ARN is known.
 */
import { SymbolicString, textKey, Unresolved } from '../engine';
import { AddonEntry, addonEntriesIn, AddonEntryRef, namespaceOfAddon, propertyOfEntry } from './addon-entries';
import { arnFieldsOf, keyOfArn } from './arn-fields';
import { Evaluator } from './evaluator';
import { referencedResource } from './references';
import { ASSOCIATION_TYPE } from './relevant-types';
import { pathOf, ResourceRef, sameAccount, StackTemplate, TemplateSet } from './template-set';
import { Value } from './value';
import { WrittenPolicy, writtenPolicyOf } from './written-policy';
import { groupBy } from '../util/group-by';
import { memoize } from '../util/memo';

/** The resource of an association: an `AWS::EKS::PodIdentityAssociation`, or an `AWS::EKS::Addon` with the entry that is meant. */
export interface AssociationRef extends ResourceRef {
  readonly entry?: AddonEntry;
}

/** An association as it will be deployed, whoever wrote it. */
export interface Association {
  readonly ref: AssociationRef;
  /** Construct path, or logical id. That of the add-on for an entry of an add-on. */
  readonly path: string;
  readonly clusterName: Value;
  readonly namespace: Value;
  readonly serviceAccount: Value;
  readonly role: RoleRef;
  readonly targetRole?: RoleRef;
  readonly policy?: Value;
  /** What `policy` was before it was compacted. */
  readonly written?: WrittenPolicy;
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

/** A required property that is not there: CloudFormation rejects the template. */
export class MissingProperty extends Unresolved {
  public constructor() { super('missing'); }
}

export function associationsIn(templates: TemplateSet): readonly AssociationRef[] {
  return [...templates.resourcesOfType(ASSOCIATION_TYPE), ...addonEntriesIn(templates)];
}

/** Whether the association is an entry of an add-on. It cannot have a session policy, a target role, or a setting of session tags. */
export function isOfAddon({ ref }: Association): boolean {
  return ref.entry !== undefined;
}

/** The place of a property of an association below the properties of its resource, such as `PodIdentityAssociations.0.RoleArn`. */
export function placeOfProperty({ ref: { entry } }: Association, property: string): string {
  switch (entry && property) {
    case undefined: case 'ClusterName': return property;
    case 'Namespace': return 'NamespaceConfig.Namespace';
    case 'RoleArn': case 'ServiceAccount': return `${entry!.at}.${property}`;
    default: return entry!.at;
  }
}

/** Reads an association. @throws OpenQuestion if a value depends on a condition */
export function associationAt(ref: AssociationRef, evaluator: Evaluator): Association {
  const properties = ref.resource.Properties ?? {};
  const textOf = (value: unknown) => (evaluator.isAbsent(value, ref.stack) ? new MissingProperty() : evaluator.textOf(value, ref.stack));
  if (isEntry(ref)) {
    return {
      ref,
      get path() { return pathOf(ref); },
      clusterName: textOf(properties.ClusterName),
      namespace: namespaceOfAddon(ref, evaluator),
      serviceAccount: textOf(propertyOfEntry(ref, 'ServiceAccount')),
      role: { ...roleOf(propertyOfEntry(ref, 'RoleArn'), ref.stack, evaluator), ofAccount: ref.stack },
    };
  }
  const text = (name: string) => textOf(properties[name]);
  const given = (name: string) => !evaluator.isAbsent(properties[name], ref.stack);
  const written = given('Policy') ? writtenPolicyOf(ref, evaluator) : undefined;
  return {
    ref,
    get path() { return pathOf(ref); }, // needed only for findings
    clusterName: text('ClusterName'),
    namespace: text('Namespace'),
    serviceAccount: text('ServiceAccount'),
    role: { ...roleOf(properties.RoleArn, ref.stack, evaluator), ofAccount: ref.stack },
    targetRole: given('TargetRoleArn') ? roleOf(properties.TargetRoleArn, ref.stack, evaluator) : undefined,
    policy: given('Policy') ? text('Policy') : undefined,
    ...written && { written },
    disableSessionTags: given('DisableSessionTags') ? booleanOf(properties.DisableSessionTags, ref.stack, evaluator) : undefined,
  };
}

/** Whether a resource is deployed. `undefined`: it is not certain. @throws OpenQuestion if it depends on a condition */
export function isDeployed({ stack, resource, entry }: AssociationRef, evaluator: Evaluator): boolean | undefined {
  const own = resource.Condition === undefined ? true : evaluator.conditionHolds(resource.Condition, stack);
  let isIt = own;
  for (const { condition, holds } of isIt === false ? [] : entry?.branches ?? []) {
    const found = evaluator.conditionHolds(condition, stack);
    if (found === !holds) { return false; }
    if (found === undefined) { isIt = undefined; }
  }
  return isIt;
}

function isEntry(ref: AssociationRef): ref is AddonEntryRef {
  return ref.entry !== undefined;
}

/** The role whose permissions a session policy narrows: with a target role, the target role. */
export function narrowedRole(association: Association): RoleRef {
  return association.targetRole ?? association.role;
}

function roleOf(value: unknown, stack: StackTemplate, evaluator: Evaluator): RoleRef {
  if (evaluator.isAbsent(value, stack)) { return { arn: new MissingProperty() }; }
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

/** The roles of the app by their future ARNs. It leaves questions open, so that other roles do not make cases. */
const rolesByArn = memoize(({ leavingOpen: evaluator }: Evaluator): ReadonlyMap<string, readonly ResourceRef[]> => (
  groupBy(evaluator.templates.resourcesOfType('AWS::IAM::Role'), (role) => {
    const arn = evaluator.textOf({ 'Fn::GetAtt': [role.logicalId, 'Arn'] }, role.stack);
    return arn instanceof Unresolved ? undefined : keyOfArn(arn);
  })));

/** A role of the app with the name of this ARN, in the same account, and another path. Then no role has the ARN: names are unique within an account. */
export function roleWithOtherPath(arn: Value, evaluator: Evaluator): { readonly role: ResourceRef; readonly arn: Value } | undefined {
  const key = nameKeyOf(arn);
  const found = key === undefined ? [] : rolesByName(evaluator).get(key) ?? [];
  return found.length === 1 ? { role: found[0], arn: arnOfRole(found[0], evaluator) } : undefined;
}

const rolesByName = memoize((evaluator: Evaluator): ReadonlyMap<string, readonly ResourceRef[]> => (
  groupBy(evaluator.templates.resourcesOfType('AWS::IAM::Role'), (role) => nameKeyOf(arnOfRole(role, evaluator)))));

function arnOfRole(role: ResourceRef, { leavingOpen: evaluator }: Evaluator): Value {
  return evaluator.textOf({ 'Fn::GetAtt': [role.logicalId, 'Arn'] }, role.stack);
}

/** A key of the account and of the name, without the path. */
function nameKeyOf(arn: Value): string | undefined {
  const { 2: service, 4: account, 5: rest } = arnFieldsOf(arn) ?? [];
  const name = service === 'iam' && typeof rest === 'string' ? /^role\/(?:.*\/)?([^/]+)$/.exec(rest)?.[1] : undefined;
  return name === undefined ? undefined : `${textKey(account)} ${name}`;
}

function booleanOf(written: unknown, stack: StackTemplate, evaluator: Evaluator): boolean | Unresolved {
  const { value } = evaluator.locate(written, stack);
  if (value === true || value === 'true') { return true; }
  return value === false || value === 'false' ? false : new Unresolved('a deploy-time value');
}
