/**
 * Collects the layers of a role (identity policies and permissions boundary) from the templates and from declarations. The
 * engine compares session policies with them.
 *
 * Invariant: if a layer may have a policy that is not in it, it has a gap.
 * For speed, layers are memoized for each role, because many associations share a role.
 */
import { isJsonObject, Json, JsonObject, Layer, mayBeEqual, SymbolicString, textKey, Unresolved } from '../engine';
import { arnFieldsOf } from './arn-fields';
import { RoleRef, roleWithOtherPath } from './associations';
import { Attachments, attachmentsOf, PolicyResource } from './attachments';
import { DeclaredResourcePolicy } from './declared-resource-policies';
import { documentOf } from './document-of';
import { Evaluator } from './evaluator';
import { KnownPermissions } from './known-permissions';
import { LayerBuilder } from './layer-builder';
import { objectOrText } from './parse-document';
import { referencedResource } from './references';
import { ResourceGrant, ResourcePolicies, Restriction } from './resource-policies/resource-policies';
import { gapsOf, gapsOfNamed } from './role-gaps';
import { keyOf, pathOf, ResourceRef, StackTemplate } from './template-set';
import { LocatedValue, Value } from './value';
import { groupBy } from '../util/group-by';
import { memoizeBy } from '../util/memo';

/** The resolution if a role or policy of an account could not be read. */
const HOW_TO_READ = 'read it with credentials that are allowed to: `cdk-pod-identity snapshot` writes what it has to a file';

/** The known permissions of roles, from the templates and from declarations. */
export class RoleLayers {
  /** What resource policies leave to the role, at most and at least; `undefined` if they leave everything. */
  public readonly resourceLayersOf = memoizeBy(keyOfRole, (role: RoleRef) => (
    this.resourcePolicies.layersFor(role, hasPermissionsBoundary(this.ownLayersOf(role)), 'left out')));

  /** The same, with their Deny statements on how a request is made. */
  public readonly guardedResourceLayersOf = memoizeBy(keyOfRole, (role: RoleRef) => (
    this.resourcePolicies.layersFor(role, hasPermissionsBoundary(this.ownLayersOf(role)), 'counted')));

  private readonly attachments: Attachments;
  private readonly resourcePolicies: ResourcePolicies;
  private readonly ownLayersOf = memoizeBy(keyOfRole, (role: RoleRef) => (role.defined ? this.defined(role.defined) : this.imported(role)));
  private readonly grantsTo = memoizeBy(keyOfRole, (role: RoleRef) => (
    this.resourcePolicies.grantsTo(role, hasPermissionsBoundary(this.ownLayersOf(role)))));
  private readonly layersOf = memoizeBy(keyOfRole, (role: RoleRef) => (
    withGrants(this.ownLayersOf(role), this.grantsTo(role).filter(({ isCertain }) => isCertain), ['yes'])));
  private readonly widestLayersOf = memoizeBy(keyOfRole, (role: RoleRef) => (
    this.grantsTo(role).every(({ isCertain, passesBoundary }) => isCertain && passesBoundary !== 'perhaps') ? this.layersOf(role)
      : withGrants(this.ownLayersOf(role), this.grantsTo(role), ['yes', 'perhaps'])));
  private readonly trustPolicyAt = memoizeBy(keyOf, ({ resource, stack }: ResourceRef) => (
    objectOrText(documentOf(resource.Properties?.AssumeRolePolicyDocument ?? {}, stack, this.evaluator))));
  private ownByArn?: ReadonlyMap<string, readonly ResourceRef[]>;

  /** @param declaredResources the policies of resources that no template defines */
  public constructor(
    private readonly evaluator: Evaluator,
    private readonly known: KnownPermissions,
    declaredResources: () => readonly DeclaredResourcePolicy[] = () => [],
  ) {
    this.attachments = attachmentsOf(evaluator);
    this.resourcePolicies = new ResourcePolicies(evaluator, declaredResources);
  }

  /** The layers that a session policy on this role has to be inside of. */
  public of(role: RoleRef): readonly Layer[] {
    return this.layersOf(role);
  }

  /** The layers without what resource policies allow. */
  public ownOf(role: RoleRef): readonly Layer[] {
    return this.ownLayersOf(role);
  }

  /** The layers if everything that a resource policy may allow to the role is allowed. Those of `of`, if nothing is doubtful. */
  public widestOf(role: RoleRef): readonly Layer[] {
    return this.widestLayersOf(role);
  }

  /** What the resource policies of the app allow to the role without an identity policy. */
  public resourceGrantsTo(role: RoleRef): readonly ResourceGrant[] {
    return this.grantsTo(role);
  }

  /** How the resource that a pattern of a statement is on, or inside of, limits the role. */
  public restrictionOn(pattern: string | SymbolicString, role: RoleRef): Restriction | undefined {
    return this.resourcePolicies.restrictionOn(pattern, role, hasPermissionsBoundary(this.ownLayersOf(role)));
  }

  /** The trust policy; `undefined` if it is not known. */
  public trustPolicyOf({ arn, defined }: RoleRef): Json | undefined {
    return defined ? this.trustPolicyAt(defined) : this.known.role(arn)?.trustPolicy;
  }

  private defined(role: ResourceRef): Layer[] {
    const { stack, resource: { Properties: properties = {} } } = role;
    const path = pathOf(role);
    const identity = new LayerBuilder('identity policies');
    for (const item of this.itemsOf(properties.Policies, stack)) {
      const inline = documentOf(item.value, item.stack, this.evaluator);
      const { PolicyName: name, PolicyDocument: document } = isInlinePolicy(inline) ? inline : { PolicyName: '?', PolicyDocument: inline };
      identity.add(objectOrText(document), `inline policy ${quoted(name)} of ${path}`);
    }
    for (const item of this.itemsOf(properties.ManagedPolicyArns, stack)) { this.addManaged(item, path, identity); }
    this.attachments.to(role).forEach((attached) => identity.addAttached(attached));
    gapsOf(role, this.evaluator).forEach((gap) => identity.miss(...gap));
    if (this.evaluator.isAbsent(properties.PermissionsBoundary, stack)) { return [identity.build()]; }
    const boundary = new LayerBuilder('permissions boundary');
    this.addManaged({ value: properties.PermissionsBoundary, stack }, path, boundary);
    return [identity.build(), boundary.build()];
  }

  private imported(role: RoleRef): Layer[] {
    const { arn } = role;
    const identity = new LayerBuilder('identity policies');
    const attached = this.attachments.toImported(role);
    attached.forEach((policy) => identity.addAttached(policy));
    const declared = this.known.role(arn);
    const path = `the role ${describeValue(arn)}`;
    const near = declared ? undefined : roleWithOtherPath(arn, this.evaluator);
    if (near) {
      identity.miss(`no role has the ARN ${describeValue(arn)}: the role of that name in the same account is ${pathOf(near.role)}, and its ARN has another path, `
        + `${describeValue(near.arn)}; EKS rejects the association`, 'write the ARN with the path of the role, which Fn::GetAtt of the role returns');
      return [identity.build()];
    }
    if (!declared) {
      const also = attached.length === 0 ? '' : `, except ${attached.map(({ policy }) => policy.name).join(', ')}`;
      identity.miss(`no template defines ${path}, so its policies are not known${also}`,
        'give what the role has', 'role');
      return [identity.build()];
    }
    if (declared.unread !== undefined) {
      identity.miss(`what ${path} has is not known: ${declared.unread}`, HOW_TO_READ, 'snapshot');
      return [identity.build()];
    }
    if (declared.conflict !== undefined) {
      identity.miss(`${declared.source} and ${declared.conflict} disagree about ${path}`, 'give what the role has once');
    }
    gapsOfNamed(path, role.ofAccount, this.evaluator).forEach((gap) => identity.miss(...gap));
    declared.identityPolicies.forEach(({ name, document }) => identity.add(document, name));
    declared.managedPolicyArns.forEach((managed) => this.addKnown(managed, path, identity));
    const boundary = new LayerBuilder('permissions boundary');
    if (declared.permissionsBoundary) { boundary.add(declared.permissionsBoundary.document, declared.permissionsBoundary.name); }
    if (declared.permissionsBoundaryArn !== undefined) { this.addKnown(declared.permissionsBoundaryArn, path, boundary); }
    const hasBoundary = declared.permissionsBoundary !== undefined || declared.permissionsBoundaryArn !== undefined;
    return hasBoundary ? [identity.build(), boundary.build()] : [identity.build()];
  }

  private addManaged(item: LocatedValue, path: string, layer: LayerBuilder): void {
    const found = referencedResource(item.value, item.stack, this.evaluator);
    if (found?.ref.resource.Type === 'AWS::IAM::ManagedPolicy') {
      layer.addAttached({ policy: this.attachments.policyAt(found.ref) });
      return;
    }
    this.addKnown(this.evaluator.textOf(item.value, item.stack), path, layer);
  }

  private addKnown(arn: Value, path: string, layer: LayerBuilder): void {
    const own = this.ownManagedPolicy(arn);
    if (own) {
      layer.addAttached({ policy: own });
      return;
    }
    const known = this.known.managedPolicy(arn);
    if (known && 'document' in known) {
      layer.add(known.document, `the managed policy ${nameIn(arn)}`);
      return;
    }
    if (known && 'unread' in known) {
      layer.miss(`what the managed policy ${describeValue(arn)} of ${path} has is not known: ${known.unread}`, HOW_TO_READ, 'snapshot');
      return;
    }
    layer.miss(`no template defines the managed policy ${describeValue(arn)} of ${path}${known ? ` (${known.missing})` : ''}${this.unless(arn)}`,
      'give the document of the policy', 'managed policy');
  }

  /** The managed policy of the app that will have this ARN. */
  private ownManagedPolicy(arn: Value): PolicyResource | undefined {
    if (arn instanceof Unresolved) { return undefined; }
    this.ownByArn ??= this.managedPoliciesByArn();
    const found = this.ownByArn.get(textKey(arn)) ?? [];
    return found.length === 1 ? this.attachments.policyAt(found[0]) : undefined;
  }

  /** Names the managed policies of the app that may have this ARN, such as one whose name has the same parameter in another template. */
  private unless(arn: Value): string {
    if (arn instanceof Unresolved || typeof arn === 'string' || !arnFieldsOf(arn)) { return ''; }
    const found = this.evaluator.templates.resourcesOfType('AWS::IAM::ManagedPolicy').flatMap((ref) => {
      const own = this.evaluator.leavingOpen.textOf({ Ref: ref.logicalId }, ref.stack);
      return ref.resource.Properties?.ManagedPolicyName !== undefined && !(own instanceof Unresolved) && mayBeEqual(own, arn) ? [ref] : [];
    });
    return found.length === 0 ? '' : `, unless it is ${found.slice(0, 3).map((ref) => `${pathOf(ref)} of ${ref.stack.file}`).join(' or ')}, `
      + 'whose name is a deploy-time value';
  }

  private managedPoliciesByArn(): ReadonlyMap<string, readonly ResourceRef[]> {
    return groupBy(this.evaluator.templates.resourcesOfType('AWS::IAM::ManagedPolicy'), (ref) => {
      const own = this.evaluator.textOf({ Ref: ref.logicalId }, ref.stack);
      return own instanceof Unresolved ? undefined : textKey(own);
    });
  }

  /** A value that is not a list counts as one item that is not understood, so it is not lost. */
  private itemsOf(value: unknown, stack: StackTemplate): readonly LocatedValue[] {
    if (this.evaluator.isAbsent(value, stack)) { return []; }
    return this.evaluator.listAt(value, stack) ?? [{ value, stack }];
  }
}

/**
 * What a resource policy allows to the role by its ARN counts as if its identity policies allowed it: the permissions boundary and session
 * policies limit both. What it allows to everyone may pass the boundary.
 * @see https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_evaluation-logic.html
 */
function withGrants(
  [identity, ...others]: readonly Layer[], grants: readonly ResourceGrant[], passing: ReadonlyArray<ResourceGrant['passesBoundary']>,
): readonly Layer[] {
  const withPolicies = (layer: Layer, added: readonly ResourceGrant[]) => (
    added.length === 0 ? layer : { ...layer, policies: [...layer.policies, ...added.map(({ policy }) => policy)] });
  const ofBoundary = grants.filter(({ passesBoundary }) => passing.includes(passesBoundary));
  return [withPolicies(identity, grants), ...others.map((layer) => withPolicies(layer, ofBoundary))];
}

/** Whether the role has a permissions boundary; `undefined` if its policies are not known. */
function hasPermissionsBoundary([identity, ...others]: readonly Layer[]): boolean | undefined {
  return others.length > 0 ? true : identity.gaps.some(({ need }) => need === 'role' || need === 'snapshot') ? undefined : false;
}

/** Imported roles may have equal ARNs in different accounts. */
function keyOfRole({ arn, defined, ofAccount }: RoleRef): string {
  return defined ? keyOf(defined) : `${arn instanceof Unresolved ? arn.reason : textKey(arn)} ${ofAccount?.id}`;
}

function isInlinePolicy(value: Json): value is JsonObject {
  return isJsonObject(value) && 'PolicyDocument' in value;
}

/** A name that is not text is wrong, and is shown as it stands. */
function quoted(name: Json | undefined): string {
  return isJsonObject(name) || Array.isArray(name) ? JSON.stringify(name) : `'${String(name)}'`;
}

function describeValue(value: Value): string {
  return value instanceof Unresolved ? value.reason : value.toString();
}

/** `arn:aws:iam::aws:policy/job-function/ViewOnlyAccess` → `ViewOnlyAccess` */
function nameIn(arn: Value): string {
  return describeValue(arn).split('/').pop()!;
}
