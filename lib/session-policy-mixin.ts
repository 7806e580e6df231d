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
   * How the session policy of the association is written in the template: as it is, or shorter with the same effect for the pods, so that it fits into
   * 2,048 characters.
   *
   * @default - that of the association if it has one, otherwise `Compaction.NONE`
   */
  readonly compaction?: Compaction;
}

/**
 * Gives a session policy to associations that other constructs create: an L1, `eks.ServiceAccount` with `IdentityType.POD_IDENTITY`, EKS
 * Blueprints, an included template.
 *
 * `serviceAccount.with(new SessionPolicyMixin(…))` applies it to each `CfnPodIdentityAssociation` in `serviceAccount`, and to nothing
 * else. A construct without one is left as it is; `Mixins.of(serviceAccount).requireAny().apply(…)` fails then.
 *
 * An association that has a session policy keeps it, and the statements are added. The mixin sets `disableSessionTags`, as EKS requires,
 * and registers `PodIdentityValidation`.
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
   * @param sessionPolicy what the pods may do at most. Statements that it gets later count, too. While it is empty, it changes nothing
   * @param options how it is written
   * @throws if it is not a session policy
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
   * Whether a construct is the L1 of an association.
   *
   * @param construct any construct
   */
  public supports(construct: IConstruct): boolean {
    return CfnPodIdentityAssociation.isCfnPodIdentityAssociation(construct);
  }

  /**
   * Gives an association the session policy. Any other construct is left as it is.
   *
   * @param construct the L1 of an association
   * @throws if the association has a policy whose text is not known at synth, if its author wants session tags, or if EKS would reject a statement
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
