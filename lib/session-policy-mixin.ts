import { Mixin, Token } from 'aws-cdk-lib';
import { CfnPodIdentityAssociation } from 'aws-cdk-lib/aws-eks';
import { IConstruct } from 'constructs';
import { Compaction } from './compaction';
import { PodIdentityValidation } from './pod-identity-validation';
import { awaitsContext } from './private/awaits-context';
import { compactionProblem, isCompacted } from './private/compaction-option';
import { describeValue } from './private/describe-value';
import { rememberedSessionPolicy, rememberSessionPolicy, sessionPolicyProperties, showWrittenPolicy, TAGS_WITH_POLICY } from './private/session-policy-properties';
import { SessionPolicy } from './session-policy';

/** Options of a `SessionPolicyMixin`. */
export interface SessionPolicyMixinOptions {
  /**
   * How the template contains the session policy of the association.
   *
   * A compacted policy is shorter, so that it fits into 2,048 characters, and gives the pods the same permissions.
   *
   * @default - the compaction of the association if it has one, otherwise `Compaction.NONE`
   */
  readonly compaction?: Compaction;
}

/**
 * Gives a session policy to associations that other constructs create.
 *
 * Examples are an L1, an `eks.ServiceAccount` with `IdentityType.POD_IDENTITY`, EKS Blueprints and an included template.
 * `serviceAccount.with(new SessionPolicyMixin(…))` applies the mixin to each `CfnPodIdentityAssociation` in `serviceAccount`, and to nothing
 * else. If there is none, nothing changes. To fail instead, use `Mixins.of(serviceAccount).requireAny().apply(…)`.
 *
 * If an association already has a session policy, the mixin adds its statements to that policy. The mixin sets `disableSessionTags`, as EKS
 * requires, and registers `PodIdentityValidation`.
 *
 * The constructor throws an error if the session policy is not a `SessionPolicy`, or if the compaction is not a `Compaction`.
 *
 * @example
 * Mixins.of(this).apply(new SessionPolicyMixin(SessionPolicy.fromStatements(new iam.PolicyStatement({
 *   actions: ['s3:GetObject'],
 *   resources: [bucket.arnForObjects('tenant-a/*')],
 * }))));
 *
 * @see https://docs.aws.amazon.com/cdk/v2/guide/mixins.html
 */
export class SessionPolicyMixin extends Mixin {
  /**
   * @param sessionPolicy the maximum permissions of the pods. Statements that are added to it later count, too. While it is empty, nothing changes
   * @param options the options of the mixin
   */
  constructor(private readonly sessionPolicy: SessionPolicy, private readonly options: SessionPolicyMixinOptions = {}) {
    super();
    const notACompaction = compactionProblem(options?.compaction, Object.values(Compaction));
    if (notACompaction !== undefined) { throw new Error(`SessionPolicyMixin: ${notACompaction.join('. ')}`); }
    if (!SessionPolicy.isSessionPolicy(sessionPolicy)) {
      throw new Error(`SessionPolicyMixin: sessionPolicy is ${describeValue(sessionPolicy)}. `
        + 'Give SessionPolicy.fromDocument(…), fromStatements(…), fromJson(…), fromFile(…) or allExcept(…).');
    }
  }

  /**
   * Returns whether a construct is the L1 of an association.
   *
   * @param construct any construct
   */
  public supports(construct: IConstruct): boolean {
    return CfnPodIdentityAssociation.isCfnPodIdentityAssociation(construct);
  }

  /**
   * Gives the session policy to an association.
   *
   * Any other construct is not changed.
   *
   * Throws an error if the association is a plain `CfnResource`, if it already has a policy that contains tokens or is not a valid session
   * policy, if its `disableSessionTags` is false although there is a session policy, if the session policy of the mixin contains that
   * of the association, or if EKS would reject a statement.
   *
   * @param construct the L1 of an association
   */
  public applyTo(construct: IConstruct): void {
    if (!CfnPodIdentityAssociation.isCfnPodIdentityAssociation(construct)) { return; }
    if (!('policy' in construct)) {
      fail(construct, 'it is a plain CfnResource, whose properties a mixin cannot set', 'Create it as eks.CfnPodIdentityAssociation.');
    }
    const invalid = this.sessionPolicy._problem();
    if (invalid !== undefined && !awaitsContext(construct)) { fail(construct, `sessionPolicy: ${invalid}`, 'EKS would reject the association.'); }
    const written = rememberedSessionPolicy(construct) as SessionPolicy | undefined;
    if (written) { this.extend(written, construct); } else { this.write(construct); }
    this.compact(rememberedSessionPolicy(construct) as SessionPolicy, construct);
    PodIdentityValidation._registerWith(construct);
  }

  /** Another mixin or a `PodIdentityAssociation` has written the session policy. */
  private extend(written: SessionPolicy, resource: CfnPodIdentityAssociation): void {
    if (written._contains(this.sessionPolicy)) { return; } // applied twice
    if (this.sessionPolicy._contains(written)) {
      fail(resource, 'the session policy of the mixin already contains the one of this association', 'Give the mixin a session policy of its own.');
    }
    written._include(this.sessionPolicy);
  }

  private compact(policy: SessionPolicy, resource: CfnPodIdentityAssociation): void {
    policy._compactWith(this.options.compaction);
    if (isCompacted(this.options.compaction)) { showWrittenPolicy(resource, policy); }
  }

  private write(resource: CfnPodIdentityAssociation): void {
    const policy = SessionPolicy._ownedBy(resource, policyOfAuthor(resource));
    policy._include(this.sessionPolicy);
    const { disableSessionTags: wanted } = resource;
    if (wanted === false) {
      if (!policy.isEmpty) { fail(resource, ...TAGS_AND_FIX); }
      resource.node.addValidation({ validate: () => (policy.isEmpty ? [] : [TAGS_AND_FIX.join('. ')]) });
    }
    const { policy: text, disableSessionTags } = sessionPolicyProperties(policy, wanted);
    resource.policy = text;
    resource.disableSessionTags = disableSessionTags;
    rememberSessionPolicy(resource, policy);
  }
}

/** What is wrong, and the fix. */
const TAGS_AND_FIX: [string, string] = [TAGS_WITH_POLICY, 'Remove disableSessionTags, or do not apply the SessionPolicyMixin.'];

/** The session policy that the author of an L1 wrote. */
function policyOfAuthor(resource: CfnPodIdentityAssociation): SessionPolicy | undefined {
  const { policy } = resource;
  if (!policy) { return undefined; }
  if (Token.isUnresolved(policy)) {
    fail(resource, 'its policy contains tokens, so the mixin cannot add statements to it', 'Remove policy, and give its statements to the SessionPolicyMixin.');
  }
  try {
    return SessionPolicy._fromText(policy, `${resource.node.path}: policy`);
  } catch (e) {
    if (awaitsContext(resource)) { return undefined; }
    throw e;
  }
}

function fail(resource: CfnPodIdentityAssociation, what: string, fix: string): never {
  throw new Error(`${resource.node.path}: ${what}. ${fix}`);
}
