/**
 * Assertions for unit tests of an app. They synthesize the app and ask `validation/pods.ts`, which asks the same questions as the rules.
 *
 * Invariant: an assertion passes only with a proof; what cannot be decided throws.
 */
import { Stack, Stage } from 'aws-cdk-lib';
import { IConstruct } from 'constructs';
import { onDemand } from './on-demand';
import { PodIdentityValidation } from './pod-identity-validation';
import { SessionPolicySize } from './session-policy-size';
import type { Pod, Pods, ReadSessionPolicy } from './validation/pods';

/** Options that limit the requests of an assertion. */
export interface PodRequestOptions {
  /**
   * Conditions that the requests meet, as in the `Condition` of a policy statement.
   *
   * For example, `{ StringEquals: { 's3:prefix': 'tenant-a/' } }` limits the assertion to requests with this prefix.
   *
   * @default - requests with any context
   */
  readonly conditions?: { [operator: string]: any };
}

/** The effective permissions of pods, as one policy. */
export interface EffectivePolicy {
  /**
   * The policy document, as JSON.
   *
   * The document allows the requests that the session policy, the role, and the policies of the organization that `PodIdentityValidation` knows
   * all allow, except those that a resource policy certainly denies. The document never allows more than the session policy and the role. If
   * `omitted` is empty, the document allows all of these requests. It does not contain Deny statements of resource policies on how a request is
   * made, such as that of `enforceSSL`.
   */
  readonly document: any;

  /**
   * The permissions that the document does not contain, because no policy document can express them.
   *
   * Each item names the statements and the reason.
   */
  readonly omitted: string[];
}

/**
 * Whether a session policy only narrows the role.
 *
 * A session policy narrows the role if the role allows every request that the session policy allows.
 */
export enum NarrowingVerdict {
  /**
   * The role is proven to allow every request that the session policy allows.
   *
   * A session policy that allows everything and denies a part of it (`SessionPolicy.allExcept`) also narrows the role.
   */
  NARROWS = 'narrows',

  /**
   * The session policy allows a request that the role does not allow, so the pods are denied the request.
   *
   * The finding `SessionPolicyExceedsRole` names the request and ends the synthesis, unless it is acknowledged or has a lower severity.
   */
  EXCEEDS = 'exceeds',

  /**
   * Neither `NARROWS` nor `EXCEEDS` could be proven.
   *
   * The finding `NarrowingUndetermined` gives the reasons, and what resolves them.
   */
  UNDETERMINED = 'undetermined',
}

/** The session policy of an association in the synthesized template, with grants, aspects and overrides. */
export interface DeployedSessionPolicy {
  /**
   * The statements in the JSON form of IAM.
   *
   * A deploy-time value is written as in `Fn::Sub`, such as `${AWS::Region}`, with the logical id of its resource.
   *
   * @default - a part of the policy cannot be read from the template, and the verdict is `UNDETERMINED`
   */
  readonly statements?: any[];

  /**
   * The written statements, if the association has a `compaction` and a compacted policy is deployed in their place.
   *
   * The form is the same as that of `statements`.
   *
   * @default - the written statements are deployed, or they are not proven to give the pods the same permissions (`CompactedPolicyDiffers`)
   */
  readonly writtenStatements?: any[];

  /**
   * The size of the policy, in characters.
   *
   * EKS accepts at most `SessionPolicy.MAX_CHARACTERS`.
   */
  readonly size: SessionPolicySize;

  /**
   * Whether the policy only narrows the role.
   *
   * If the answer differs with the conditions of the templates, this is the worst one.
   */
  readonly verdict: NarrowingVerdict;

  /**
   * The assumptions of the verdict `NARROWS`, one sentence each.
   *
   * An example is that the policy of a bucket allows a request that the policies of the role do not allow. For every other verdict, the list
   * is empty.
   */
  readonly assumptions: string[];
}

/**
 * Assertions on the permissions of the pods of an app, for unit tests and reviews.
 *
 * The permissions are read from the synthesized templates. They depend on the session policy, the policies of the role, its permissions
 * boundary, resource policies, and the policies of the organization that `PodIdentityValidation` has. An assertion passes only if it is
 * proven for each request.
 *
 * @example
 * const assertions = PodIdentityAssertions.fromApp(app);
 * const pods = assertions.serviceAccount('tenant-a', 'app');
 * pods.allows('s3:GetObject', bucket.arnForObjects('tenant-a/*'));
 * pods.denies('s3:GetObject', bucket.arnForObjects('tenant-b/*'));
 */
export class PodIdentityAssertions {
  /**
   * Synthesizes the app of a stack, and reads all stacks of the app.
   *
   * Throws an error if the stack does not belong to an app, or if the synthesis fails.
   *
   * @param stack a stack of the app
   */
  public static fromStack(stack: Stack): PodIdentityAssertions {
    return new PodIdentityAssertions(stack.node.root);
  }

  /**
   * Synthesizes an app, and reads all its stacks.
   *
   * Throws an error if the synthesis fails.
   *
   * @param app the app, or a stage of it
   */
  public static fromApp(app: Stage): PodIdentityAssertions {
    return new PodIdentityAssertions(app.node.root);
  }

  private readonly pods: Pods;

  private constructor(app: IConstruct) {
    if (!Stage.isStage(app)) { throw new Error('PodIdentityAssertions: the stack is not in an app. Create it with an App as its scope.'); }
    app.synth();
    this.pods = onDemand().readPods(app, PodIdentityValidation._of(app)._inputFor(app));
  }

  /**
   * Returns the permissions of the pods of a service account.
   *
   * Throws an error if the app has no association for the service account, or several.
   *
   * @param namespace the Kubernetes namespace
   * @param serviceAccount the Kubernetes service account
   * @param clusterName the name of the cluster, which is needed only if several clusters have such a service account
   */
  public serviceAccount(namespace: string, serviceAccount: string, clusterName?: string): PodPermissions {
    return PodPermissions._of(this.pods.find(namespace, serviceAccount, clusterName));
  }

  /**
   * Returns the permissions of the pods of every association of the app, in the order of the templates.
   *
   * Throws an error if a part of the templates that may contain more associations cannot be read, such as a macro. The finding
   * `TemplateNotExamined` names the part. If the part contains no associations, acknowledge that finding on the stack.
   *
   * @example
   * for (const pods of PodIdentityAssertions.fromApp(app).associations()) {
   *   pods.denies('iam:*');
   * }
   */
  public associations(): PodPermissions[] {
    return this.pods.all().map((pod) => PodPermissions._of(pod));
  }
}

const VERDICTS: { readonly [kind in ReadSessionPolicy['verdict']]: NarrowingVerdict } = {
  narrows: NarrowingVerdict.NARROWS,
  exceeds: NarrowingVerdict.EXCEEDS,
  undetermined: NarrowingVerdict.UNDETERMINED,
};

/**
 * The permissions of the pods of one service account.
 *
 * The properties are text. A deploy-time value is written as in `Fn::Sub`, such as `${ClusterName}`. If a value cannot be read from the template,
 * the property contains the reason, in parentheses.
 *
 * @example
 * const pods = PodIdentityAssertions.fromApp(app).serviceAccount('tenant-a', 'app');
 * pods.allows('s3:GetObject', bucket.arnForObjects('tenant-a/*'));
 * pods.denies('s3:PutObject', bucket.arnForObjects('*'));
 * const policy = pods.effectivePermissions().document; // for a snapshot test
 */
export class PodPermissions {
  /** @internal */
  public static _of(pod: Pod): PodPermissions {
    return new PodPermissions(pod);
  }

  /** The construct path of the association. */
  public readonly path: string;

  /** The name of the cluster. */
  public readonly clusterName: string;

  /** The Kubernetes namespace of the service account. */
  public readonly namespace: string;

  /** The Kubernetes service account. */
  public readonly serviceAccount: string;

  /**
   * The role whose permissions the session policy narrows.
   *
   * This is the target role if the association has one, otherwise the role of the association. The value is the construct path of the role,
   * or the ARN of a role that the app does not define.
   */
  public readonly narrowedRole: string;

  private constructor(private readonly pod: Pod) {
    this.path = pod.path;
    this.clusterName = pod.clusterName;
    this.namespace = pod.namespace;
    this.serviceAccount = pod.serviceAccount;
    this.narrowedRole = pod.narrowedRole;
  }

  /**
   * Asserts that the pods may make all of these requests.
   *
   * The assertion passes only if this is proven for each request. Deny statements of resource policies that test how a request is made, such as
   * the statement of `enforceSSL`, are ignored, so the assertion passes although they deny some of the requests.
   *
   * Throws an error if a request is denied, or if the answer cannot be determined. The message names the request or the reason. It also throws
   * an error if the pods never make such a request: AWS does not have the action, AWS never authorizes it on the resource, the conditions
   * exclude each other, or the association is never deployed.
   *
   * @param action the action. With wildcards, the assertion applies to all actions that match
   * @param resource the ARN of the resource, which may contain tokens of the app. With wildcards, the assertion applies to all resources that match
   * @param options the options that limit the requests
   */
  public allows(action: string, resource: string, options: PodRequestOptions = {}): void {
    this.pod.allows({ action, resource, conditions: options.conditions });
  }

  /**
   * Asserts that the pods may make none of these requests.
   *
   * The assertion passes only if this is proven for each request. Deny statements of resource policies that test how a request is made, such as
   * the statement of `enforceSSL`, are ignored.
   *
   * Throws an error if a request is allowed, or if the answer cannot be determined. The message names the request or the reason. It also throws
   * an error if the pods never make such a request: AWS does not have the action, AWS never authorizes it on the resource, the conditions
   * exclude each other, or the association is never deployed.
   *
   * @param action the action. With wildcards, the assertion applies to all actions that match
   * @param resource the ARN of the resource, which may contain tokens of the app. With wildcards, the assertion applies to all resources that
   * match, and by default to every resource
   * @param options the options that limit the requests
   */
  public denies(action: string, resource: string = '*', options: PodRequestOptions = {}): void {
    this.pod.denies({ action, resource, conditions: options.conditions });
  }

  /**
   * Returns the effective permissions of the pods as one policy, for a review or a snapshot test.
   *
   * Throws an error if a policy that limits the pods is unknown, if the permissions differ with the conditions of the templates, or if the
   * association is never deployed.
   */
  public effectivePermissions(): EffectivePolicy {
    return this.pod.effectivePermissions();
  }

  /**
   * Returns the session policy of the association.
   *
   * The result is undefined if the association does not have a session policy. The pods may then do all that the role allows.
   *
   * Throws an error if the policy is invalid or far too large (see the findings `InvalidSessionPolicy` and `SessionPolicyTooLarge`), if its
   * statements or its size differ with the conditions of the templates, or if the association is never deployed.
   *
   * @example
   * const session = PodIdentityAssertions.fromApp(app).serviceAccount('tenant-a', 'app').sessionPolicy()!;
   * const narrows = session.verdict === NarrowingVerdict.NARROWS;
   * const characters = session.size.minimum; // at most 2,048
   */
  public sessionPolicy(): DeployedSessionPolicy | undefined {
    const read = this.pod.sessionPolicy();
    return read && { ...read, verdict: VERDICTS[read.verdict] };
  }
}
