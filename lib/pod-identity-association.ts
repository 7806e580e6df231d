/**
 * The construct. It checks its props, writes the L1, directs grants to the session policy or the role, and registers the validation.
 *
 * Invariant: what depends on grants (the policy, and whether session tags are disabled) is lazy, because grants may come until synthesis.
 */
import { Fn, IResource, ITaggableV2, RemovalPolicy, Resource, TagManager, Token } from 'aws-cdk-lib';
import * as eks from 'aws-cdk-lib/aws-eks';
import * as iam from 'aws-cdk-lib/aws-iam';
import { Construct } from 'constructs';
import { Compaction } from './compaction';
import { GrantsTo } from './grants-to';
import { PodIdentityRole } from './pod-identity-role';
import { PodIdentityValidation } from './pod-identity-validation';
import { AssociationPrincipal } from './private/association-principal';
import { tagProblems } from './private/association-tags';
import { awaitsContext } from './private/awaits-context';
import { compactionProblem, isCompacted } from './private/compaction-option';
import { describeValue } from './private/describe-value';
import { kubernetesNameError, KubernetesNameRule, NAMESPACE, SERVICE_ACCOUNT } from './private/kubernetes-names';
import { clusterThatNeedsName } from './private/pod-identity-trust';
import { injectProps } from './private/property-injection';
import { waitForRoles } from './private/role-dependencies';
import { principalOfRole, roleGranter } from './private/role-granter';
import { rememberSessionPolicy, sessionPolicyProperties, showWrittenPolicy, TAGS_WITH_POLICY } from './private/session-policy-properties';
import { addTargetRoleTrust, TargetRoleTrust, targetRoleTrustStatements, writableTrustPolicy } from './private/target-role-trust';
import { warn } from './private/warn';
import { ResourcePermissions } from './resource-permissions';
import { RolePermissions } from './role-permissions';
import { SessionPolicy } from './session-policy';

/** A Pod Identity association that the app creates or imports. */
export interface IPodIdentityAssociation extends IResource, eks.IPodIdentityAssociationRef {
  /**
   * The ARN of the association.
   *
   * @attribute
   */
  readonly associationArn: string;

  /**
   * The id of the association, such as `a-abcdefghijklmnop1`.
   *
   * @attribute
   */
  readonly associationId: string;

  /** The name of the cluster. */
  readonly clusterName: string;
}

/** Properties of a `PodIdentityAssociation`. */
export interface PodIdentityAssociationProps {
  /**
   * The EKS cluster.
   *
   * Any cluster is accepted: of `aws-eks` or `aws-eks-v2`, an L1, or an imported one. Its nodes need the EKS Pod Identity Agent, which
   * `PodIdentityAgent.ensureOn(cluster)` installs. In Auto Mode, the agent is built in. Changing the cluster replaces the association.
   */
  readonly cluster: eks.IClusterRef;

  /**
   * The Kubernetes namespace of the service account.
   *
   * Changing the namespace replaces the association.
   */
  readonly namespace: string;

  /**
   * The Kubernetes service account whose pods get the credentials.
   *
   * A service account can have only one association in a cluster. Changing the service account replaces the association.
   */
  readonly serviceAccount: string;

  /**
   * The IAM role whose credentials the pods get, in the account of the cluster.
   *
   * The trust policy of the role must allow `pods.eks.amazonaws.com` to do `sts:AssumeRole` and `sts:TagSession`, as that of a
   * `PodIdentityRole` does. Many associations can share a role.
   *
   * @default - a new `PodIdentityRole` for this association only, which gets the permissions that are granted to the association
   */
  readonly role?: iam.IRoleRef;

  /**
   * The IAM role that EKS assumes with `role` for the pods, in this or another account.
   *
   * The pods get the credentials of the target role, and the session policy narrows the target role instead of `role`.
   *
   * The trust policy of the target role must allow `role` to do `sts:AssumeRole` and `sts:TagSession`. If the app creates the target role in the
   * same stack, the association adds the statements. In another stack, the association adds them if the trust policy can contain the account,
   * the region, the cluster and the role as text. Otherwise, add those of `targetRoleTrustStatements()`. A `role` that the association creates
   * gets the permission to assume the target role.
   *
   * @default - the pods get the credentials of `role`
   */
  readonly targetRole?: iam.IRoleRef;

  /**
   * The maximum permissions of the pods.
   *
   * If grants go to the session policy (see `grantsTo`), their statements are added to those given here.
   *
   * @default - the permissions that are granted to the association, if `grantsTo` adds them to the session policy. Otherwise no session policy, so the pods may do all that the role allows
   */
  readonly sessionPolicy?: SessionPolicy;

  /**
   * How the template contains the session policy.
   *
   * A compacted policy is shorter, so that it fits into 2,048 characters, and gives the pods the same permissions.
   *
   * @default Compaction.NONE
   */
  readonly compaction?: Compaction;

  /**
   * The policies that receive the permissions of grants to the association.
   *
   * @default - `GrantsTo.SESSION_POLICY` if `role` or `targetRole` is given. Otherwise `GrantsTo.SESSION_POLICY_AND_ROLE` with a `sessionPolicy`, and `GrantsTo.ROLE` without one or with `SessionPolicy.allExcept`
   */
  readonly grantsTo?: GrantsTo;

  /**
   * Whether EKS omits the six session tags, such as `kubernetes-namespace`.
   *
   * Policies can refer to the session tags as `aws:PrincipalTag/…`. EKS does not allow session tags together with a session policy.
   *
   * @default - true if there is a session policy, otherwise false
   */
  readonly disableSessionTags?: boolean;

  /**
   * The permissions of an imported role or target role, and of its managed policies.
   *
   * The checks of all associations of the app use them. They are not deployed.
   *
   * @default - only the policies that the app defines and AWS managed policies are known
   */
  readonly rolePermissions?: RolePermissions[];

  /**
   * The policies of resources that the app does not define, such as buckets and KMS keys of other apps.
   *
   * The checks of all associations of the app use them. They are not deployed.
   *
   * @default - only the policies of resources that the app defines are known
   */
  readonly resourcePermissions?: ResourcePermissions[];

  /**
   * The AWS tags of the association, at most 50.
   *
   * A key must not begin with `aws:`. These tags are not the session tags of the pods.
   *
   * @default - only the tags of `Tags.of(scope)`
   */
  readonly tags?: { [key: string]: string };

  /**
   * The removal policy of the association.
   *
   * With `RemovalPolicy.RETAIN`, the pods keep their credentials when the association is removed from the app.
   *
   * @default RemovalPolicy.DESTROY
   */
  readonly removalPolicy?: RemovalPolicy;
}

/** Attributes of an existing association. */
export interface PodIdentityAssociationAttributes {
  /**
   * The ARN of the association.
   */
  readonly associationArn: string;

  /**
   * The id of the association.
   *
   * @default - the last part of the ARN
   */
  readonly associationId?: string;
}

/** What is wrong, and the fix. */
const TAGS_AND_FIX: [string, string] = [
  TAGS_WITH_POLICY, 'Remove disableSessionTags, or remove the session policy; to grant permissions to the role instead, use GrantsTo.ROLE.',
];

const ASSOCIATION = Symbol.for('cdk-eks-pod-identity.PodIdentityAssociation');

/**
 * An EKS Pod Identity association, which gives an IAM role to the pods of one Kubernetes service account.
 *
 * A session policy can narrow the role for these pods. You can grant permissions to an association as to a role. The property `grantsTo`
 * decides whether they are added to the session policy, to the role or to both.
 *
 * The construct registers `PodIdentityValidation` with the app. If the session policy allows a request that the role does not allow, the
 * synthesis fails.
 *
 * The constructor throws an error if a property is not of its type or has a value that EKS rejects, such as an invalid Kubernetes name, a tag key
 * that begins with `aws:`, or session tags together with a session policy. The constructor also throws an error if `grantsTo` includes a role
 * that cannot be granted permissions, such as an L1, or if a `PodIdentityRole` is in another stack, and its trust policy
 * refers to a cluster that is in the association's stack and has no explicit name.
 *
 * @example
 * const association = new PodIdentityAssociation(this, 'TenantA', {
 *   cluster,
 *   namespace: 'tenant-a',
 *   serviceAccount: 'app',
 *   role,
 * });
 * bucket.grantRead(association, 'tenant-a/*'); // is added to the session policy
 *
 * @see https://docs.aws.amazon.com/eks/latest/userguide/pod-identities.html
 * @resource AWS::EKS::PodIdentityAssociation
 */
export class PodIdentityAssociation extends Resource implements IPodIdentityAssociation, iam.IGrantable, ITaggableV2 {
  /**
   * The `constructUniqueId` of an `IPropertyInjector` for this class.
   *
   * The injector changes the properties of each association in the app, stage or stack that has it, for example to tag all of them.
   */
  public static readonly PROPERTY_INJECTION_ID: string = 'cdk-eks-pod-identity.PodIdentityAssociation';

  /**
   * Imports an existing association by its ARN.
   *
   * Throws an error if the ARN is not the ARN of a Pod Identity association.
   *
   * @param scope the scope of the imported association
   * @param id the construct id
   * @param associationArn the ARN, such as `arn:aws:eks:us-west-2:111122223333:podidentityassociation/my-cluster/a-abcdefghijklmnop1`
   */
  public static fromPodIdentityAssociationArn(scope: Construct, id: string, associationArn: string): IPodIdentityAssociation {
    return PodIdentityAssociation.fromPodIdentityAssociationAttributes(scope, id, { associationArn });
  }

  /**
   * Imports an existing association by its attributes.
   *
   * Throws an error if the ARN is not the ARN of a Pod Identity association.
   *
   * @param scope the scope of the imported association
   * @param id the construct id
   * @param attributes the attributes of the association
   */
  public static fromPodIdentityAssociationAttributes(
    scope: Construct, id: string, attributes: PodIdentityAssociationAttributes,
  ): IPodIdentityAssociation {
    const associationArn = attributes?.associationArn;
    const isArn = Token.isUnresolved(associationArn) || /^arn:[^:]+:eks:[^:]*:[^:]*:podidentityassociation\/[^/]+\/[^/]+$/.test(associationArn);
    if (!isArn && !awaitsContext(scope)) {
      throw new Error(`${scope.node.path}/${id}: '${associationArn}' is not the ARN of a Pod Identity association. `
        + 'Give one like arn:aws:eks:REGION:ACCOUNT:podidentityassociation/CLUSTER/a-ID.');
    }
    class Import extends Resource implements IPodIdentityAssociation {
      public readonly associationArn = associationArn;
      public readonly associationId = attributes.associationId ?? partOf(associationArn, 2);
      public readonly clusterName = partOf(associationArn, 1);
      public readonly podIdentityAssociationRef = { associationArn };
    }
    return new Import(scope, id, isArn ? { environmentFromArn: associationArn } : {});
  }

  /**
   * Returns whether an object is a `PodIdentityAssociation`, created by this or another copy of this library.
   *
   * For an imported association, the result is false.
   *
   * @param x any object
   */
  public static isPodIdentityAssociation(x: any): boolean {
    return typeof x === 'object' && x !== null && ASSOCIATION in x;
  }

  /** The EKS cluster, as it was given. */
  public readonly cluster: eks.IClusterRef;

  /** The Kubernetes namespace of the service account. */
  public readonly namespace: string;

  /** The Kubernetes service account. */
  public readonly serviceAccount: string;

  /** The target role, as it was given. */
  public readonly targetRole?: iam.IRoleRef;

  /**
   * The session policy of the association, which limits the permissions of the pods.
   *
   * The policy contains the `sessionPolicy` that was given, and the permissions that grants add to it. If the policy is empty, the association is
   * deployed without a session policy.
   */
  public readonly sessionPolicy: SessionPolicy;

  /** The AWS tags of the association. */
  public readonly cdkTagManager: TagManager;

  // An app may have thousands of associations: these, and no copy of all props. They have names that classes which extend
  // this one seldom have.
  private readonly resource: eks.CfnPodIdentityAssociation;
  private readonly grantsGoTo: GrantsTo;
  private readonly ownsRole: boolean;
  private readonly roleReference: iam.IRoleRef;
  private readonly wantsTagsDisabled?: boolean;
  private associationPrincipal?: iam.IPrincipal;
  private importedRole?: iam.IRole;

  /**
   * @param scope the scope of the association
   * @param id the construct id. If you rename it, CloudFormation creates a second association before it deletes the first, and EKS rejects the second
   * @param props the properties of the association
   */
  constructor(scope: Construct, id: string, props: PodIdentityAssociationProps) {
    super(scope, id);
    props = injectProps(PodIdentityAssociation.PROPERTY_INJECTION_ID, props, scope, id);
    this.checkProps(props);

    const { targetRole } = props;
    this.sessionPolicy = SessionPolicy._ownedBy(this, props.sessionPolicy, props.compaction);
    this.ownsRole = props.role === undefined;
    this.roleReference = props.role ?? this.ownRole(targetRole);
    this.cluster = props.cluster;
    this.namespace = props.namespace;
    this.serviceAccount = props.serviceAccount;
    this.targetRole = targetRole;
    this.wantsTagsDisabled = props.disableSessionTags;
    this.grantsGoTo = props.grantsTo ?? defaultGrantsTo(props);
    if (this.grantsGoTo !== GrantsTo.SESSION_POLICY) { this.grantableRole(); } // says so here, and not at the first grant

    const resource = new eks.CfnPodIdentityAssociation(this, 'Resource', {
      clusterName: props.cluster.clusterRef.clusterName,
      namespace: props.namespace,
      serviceAccount: props.serviceAccount,
      roleArn: this.roleReference.roleRef.roleArn,
      targetRoleArn: targetRole?.roleRef.roleArn,
      ...sessionPolicyProperties(this.sessionPolicy, props.disableSessionTags),
      tags: props.tags && Object.entries(props.tags).map(([key, value]) => ({ key, value })),
    });
    if (props.removalPolicy) { resource.applyRemovalPolicy(props.removalPolicy); } // without one, CloudFormation deletes
    rememberSessionPolicy(resource, this.sessionPolicy);
    if (isCompacted(props.compaction)) { showWrittenPolicy(resource, this.sessionPolicy); }
    this.resource = resource;
    this.cdkTagManager = resource.cdkTagManager;
    if (targetRole) {
      const trust = this.targetRoleTrust();
      const policy = writableTrustPolicy(targetRole, trust);
      if (policy) { addTargetRoleTrust(policy, trust); }
    }
    this.node.addValidation({ validate: () => tagProblems(this.cdkTagManager.tagValues()) }); // Tags.of adds some at synthesis
    if (this.tagsWanted) { // statements may also reach the session policy later, through the `SessionPolicy` that was given
      this.node.addValidation({ validate: () => (this.sessionPolicy.isEmpty ? [] : [TAGS_AND_FIX.join('. ')]) });
    }
    if (props.grantsTo === GrantsTo.SESSION_POLICY) { this.node.addValidation({ validate: () => this.warnIfUnscoped() }); }
    waitForRoles(this, [this.roleReference, ...(targetRole ? [targetRole] : [])]);
    PodIdentityValidation._registerWith(this);
    if (props.rolePermissions) { PodIdentityValidation._declare(this, props.rolePermissions); }
    if (props.resourcePermissions) { PodIdentityValidation._declare(this, props.resourcePermissions); }
  }

  /** The principal to grant permissions to. */
  public get grantPrincipal(): iam.IPrincipal {
    this.associationPrincipal ??= this.principalFor(this.grantsGoTo);
    return this.associationPrincipal;
  }

  /**
   * The ARN of the association.
   *
   * @attribute
   */
  public get associationArn(): string {
    return this.resource.attrAssociationArn;
  }

  /**
   * The id of the association.
   *
   * @attribute
   */
  public get associationId(): string {
    return this.resource.attrAssociationId;
  }

  /**
   * The external id that EKS presents to the target role.
   *
   * Without a target role, the external id is empty.
   *
   * @attribute
   */
  public get externalId(): string {
    return this.resource.attrExternalId;
  }

  /** The name of the cluster. */
  public get clusterName(): string {
    return this.resource.clusterName;
  }

  /**
   * The IAM role of the association.
   *
   * This is the role that was given, or the role that the association created. If the given role cannot be granted permissions, such as an L1,
   * this is a role that is imported by its ARN.
   */
  public get role(): iam.IRole {
    if (isRole(this.roleReference)) { return this.roleReference; }
    this.importedRole ??= iam.Role.fromRoleArn(this, 'Role', this.roleReference.roleRef.roleArn);
    return this.importedRole;
  }

  /** A reference to this association. */
  public get podIdentityAssociationRef(): eks.PodIdentityAssociationReference {
    return { associationArn: this.associationArn };
  }

  /**
   * Returns the statements that the trust policy of the target role needs.
   *
   * Use the statements if the app cannot change the target role. The first statement allows only the role of this association to assume the
   * target role. If session tags are disabled, the statement requires the external id that EKS presents:
   * `region/account/cluster/namespace/service account`. The second statement allows that role to pass session tags.
   *
   * Throws an error if the association does not have a target role.
   *
   * @see https://docs.aws.amazon.com/eks/latest/userguide/pod-id-assign-target-role.html
   */
  public targetRoleTrustStatements(): iam.PolicyStatement[] {
    if (!this.targetRole) { this.fail('the association does not have a target role', 'Give it a targetRole.'); }
    return targetRoleTrustStatements(this.targetRoleTrust());
  }

  private checkProps(props: PodIdentityAssociationProps): void {
    if (!props) { this.fail('there are no props', 'Give at least cluster, namespace and serviceAccount.'); }
    const { cluster, role, targetRole, sessionPolicy } = props;
    if (!cluster?.clusterRef) { this.fail(`cluster is ${describeValue(cluster)}`, 'Give an EKS cluster, such as eks.Cluster.fromClusterAttributes(…).'); }
    this.checkRole('role', role);
    this.checkRole('targetRole', targetRole);
    const nameless = role && clusterThatNeedsName(role, this);
    if (nameless) {
      this.fail(`the trust policy of ${role.node.path} refers to the cluster ${nameless.node.path}, which is deployed with this association. The association refers to `
        + 'the role, so the stacks would depend on each other', 'Give the cluster a clusterName, or put the role into the stack of the cluster.');
    }
    if (sessionPolicy !== undefined && !SessionPolicy.isSessionPolicy(sessionPolicy)) {
      this.fail(`sessionPolicy is ${describeValue(sessionPolicy)}`, 'Give SessionPolicy.fromDocument(…), fromStatements(…), fromJson(…), fromFile(…) or allExcept(…).');
    }
    const notAList = RolePermissions._listProblem(props.rolePermissions);
    if (notAList !== undefined) {
      this.fail(notAList, 'Give a list of RolePermissions.ofRole(…), ofManagedPolicy(…) or fromSnapshot(…), such as [RolePermissions.ofRole(…)].');
    }
    const notOfResources = ResourcePermissions._listProblem(props.resourcePermissions);
    if (notOfResources !== undefined) {
      this.fail(notOfResources, 'Give a list of ResourcePermissions.ofResource(…) or fromSnapshot(…), such as [ResourcePermissions.ofResource(…)].');
    }
    const invalid = sessionPolicy?._problem();
    if (invalid !== undefined && !awaitsContext(this)) { this.fail(`sessionPolicy: ${invalid}`, 'EKS would reject the association.'); }
    if (props.grantsTo !== undefined && !Object.values(GrantsTo).includes(props.grantsTo)) {
      this.fail(`grantsTo is ${describeValue(props.grantsTo)}`, `Give one of ${Object.values(GrantsTo).join(', ')}.`);
    }
    const notACompaction = compactionProblem(props.compaction, Object.values(Compaction));
    if (notACompaction !== undefined) { this.fail(...notACompaction); }
    this.checkName(props.namespace, NAMESPACE);
    this.checkName(props.serviceAccount, SERVICE_ACCOUNT);
    const [wrongTag] = tagProblems(props.tags ?? {});
    if (wrongTag !== undefined) { throw new Error(`${this.node.path}: ${wrongTag}`); }
    if (props.disableSessionTags === false && sessionPolicy && !sessionPolicy.isEmpty) { this.failForTags(); }
  }

  private checkRole(name: string, role: iam.IRoleRef | undefined): void {
    if (role !== undefined && !role?.roleRef) { this.fail(`${name} is ${describeValue(role)}`, 'Give an IAM role, such as iam.Role.fromRoleArn(…).'); }
  }

  private checkName(name: string, rule: KubernetesNameRule): void {
    if (typeof name !== 'string') { this.fail(`${rule.what} is ${describeValue(name)}`, `Kubernetes accepts ${rule.description}.`); }
    const error = Token.isUnresolved(name) ? undefined : kubernetesNameError(name, rule);
    if (error !== undefined && !awaitsContext(this)) { this.fail(error, `Give ${rule.what} the name that the pods' manifests have.`); }
  }

  private ownRole(targetRole: iam.IRoleRef | undefined): iam.IRole {
    const role = new PodIdentityRole(this, 'Role');
    if (targetRole) {
      role.addToPrincipalPolicy(new iam.PolicyStatement({
        actions: ['sts:AssumeRole', 'sts:TagSession'],
        resources: [targetRole.roleRef.roleArn],
      }));
    }
    return role;
  }

  private principalFor(grantsTo: GrantsTo): iam.IPrincipal {
    if (grantsTo === GrantsTo.ROLE) { return principalOfRole(this.grantableRole(), this); }
    const narrowed = this.narrowedRole();
    return new AssociationPrincipal({
      roleArn: narrowed.roleRef.roleArn,
      account: narrowed.env.account,
      association: this,
      role: grantsTo === GrantsTo.SESSION_POLICY_AND_ROLE ? roleGranter(this.grantableRole(), this, grantsTo) : undefined,
      addToSessionPolicy: (statement) => {
        if (this.tagsWanted) { this.failForTags(); }
        this.sessionPolicy.addStatements(statement);
      },
    });
  }

  private grantableRole(): iam.IRole {
    const role = this.narrowedRole();
    if (!isRole(role)) {
      this.fail(`grantsTo is ${this.grantsGoTo}, and ${role.node.path} is a role that cannot be granted permissions`,
        'Give an iam.IRole (such as iam.Role, or iam.Role.fromRoleArn), or use GrantsTo.SESSION_POLICY.');
    }
    return role;
  }

  private narrowedRole(): iam.IRoleRef {
    return this.targetRole ?? this.roleReference;
  }

  private targetRoleTrust(): TargetRoleTrust {
    return {
      association: this,
      role: this.roleReference,
      ownsRole: this.ownsRole,
      clusterName: this.resource.clusterName,
      namespace: this.resource.namespace,
      serviceAccount: this.resource.serviceAccount,
      tagsDisabled: () => this.tagsDisabled(),
    };
  }

  /** As things stand: what is granted later may need it. */
  private tagsDisabled(): boolean {
    return !this.sessionPolicy.isEmpty || this.wantsTagsDisabled === true;
  }

  /** Only what was asked for explicitly: by default, an association that nothing was granted to may be meant to have the whole role. */
  private warnIfUnscoped(): string[] {
    if (this.sessionPolicy.isEmpty) {
      warn(this, 'nothingGranted', `grantsTo is GrantsTo.SESSION_POLICY, but the session policy is empty: nothing was granted to ${this.node.path}, and no statements `
        + `were given. It is deployed without a session policy, so its pods can do all that ${this.narrowedRole().node.path} can. Grant it what the pods need, or `
        + 'give it statements. If the pods are meant to have the whole role, remove grantsTo.');
    }
    return [];
  }

  private get tagsWanted(): boolean {
    return this.wantsTagsDisabled === false;
  }

  private failForTags(): never {
    this.fail(...TAGS_AND_FIX);
  }

  private fail(what: string, fix: string): never {
    throw new Error(`${this.node.path}: ${what}${what.endsWith('.') ? '' : '.'} ${fix}`);
  }
}

Object.defineProperty(PodIdentityAssociation.prototype, ASSOCIATION, { value: true });

/** See `GrantsTo`. */
function defaultGrantsTo({ role, targetRole, sessionPolicy }: PodIdentityAssociationProps): GrantsTo {
  if (role !== undefined || targetRole !== undefined) { return GrantsTo.SESSION_POLICY; }
  return sessionPolicy && !sessionPolicy._startsFromRole ? GrantsTo.SESSION_POLICY_AND_ROLE : GrantsTo.ROLE;
}

/** Whether a role can be granted permissions: an L1 cannot. */
function isRole(role: iam.IRoleRef): role is iam.IRole {
  return 'grantPrincipal' in role;
}

/** Part 1 of `…:podidentityassociation/cluster/a-id` is `cluster`, part 2 is `a-id`. */
function partOf(associationArn: string, index: number): string {
  return Token.isUnresolved(associationArn) ? Fn.select(index, Fn.split('/', associationArn)) : associationArn.split('/')[index] ?? '';
}
