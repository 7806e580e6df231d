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

/** Which requests are asked about. */
export interface PodRequestOptions {
  /**
   * Only requests of which these conditions hold, as in the `Condition` of a policy statement, such as
   * `{ StringEquals: { 's3:prefix': 'tenant-a/' } }`.
   *
   * @default - requests with any context
   */
  readonly conditions?: { [operator: string]: any };
}

/** What pods may do, as one policy. */
export interface EffectivePolicy {
  /**
   * A policy document, as JSON. It allows what the session policy, the role, and the policies of the organization that the plugin knows
   * all allow, except what a resource policy certainly denies. It never allows more than the session policy and the role. If `omitted` is
   * empty, it allows all of that. Deny statements of resource policies on how a request is made, such as that of `enforceSSL`, are left out.
   */
  readonly document: any;

  /**
   * What the document leaves out because no policy document can say it.
   */
  readonly omitted: string[];
}

/** Whether a session policy only narrows the role: whether the role allows every request that the session policy allows. */
export enum NarrowingVerdict {
  /**
   * The role allows every request that the session policy allows. This is proven. A session policy that allows everything and
   * denies a part (`SessionPolicy.allExcept`) only takes away from the role: it narrows.
   */
  NARROWS = 'narrows',

  /**
   * The session policy allows a request that the role does not allow; the pods are denied it. The finding `SessionPolicyExceedsRole`
   * names the request and ends the synthesis, unless it is acknowledged or has a lower severity.
   */
  EXCEEDS = 'exceeds',

  /** Neither could be shown. The finding `NarrowingUndetermined` gives the reasons and what resolves them. */
  UNDETERMINED = 'undetermined',
}

/** The session policy of an association, as the synthesized template has it: with grants, aspects and overrides. */
export interface DeployedSessionPolicy {
  /**
   * The statements in IAM's JSON form. A deploy-time value reads as in `Fn::Sub`, such as `${AWS::Region}`, with the logical id of
   * its resource.
   *
   * @default - a part of the policy cannot be read from the template; the verdict is then `UNDETERMINED`
   */
  readonly statements?: any[];

  /**
   * What was written, in the same form, if the association has a `compaction` and another policy is deployed in its place.
   *
   * @default - the statements are as they were written, or it is not proven that they give the pods the same (`CompactedPolicyDiffers`)
   */
  readonly writtenStatements?: any[];

  /** How many characters the policy has. EKS accepts at most `SessionPolicy.MAX_CHARACTERS`. */
  readonly size: SessionPolicySize;

  /** Whether the policy only narrows the role. If that differs with the conditions of the templates, this is the worst case. */
  readonly verdict: NarrowingVerdict;

  /**
   * What the verdict `NARROWS` takes for granted, one sentence each, such as that the policy of a bucket allows what the role's own policies
   * do not. It is empty with every other verdict.
   */
  readonly assumptions: string[];
}

/**
 * What the pods of an app may do, for unit tests and for reviews. It is read from the synthesized templates: the session policy,
 * the role's policies, its permissions boundary, resource policies and the policies of the organization that the plugin has together decide.
 */
export class PodIdentityAssertions {
  /**
   * Synthesizes the app of a stack, and reads all its stacks.
   *
   * @param stack a stack of the app
   * @throws if the synthesis fails
   */
  public static fromStack(stack: Stack): PodIdentityAssertions {
    return new PodIdentityAssertions(stack.node.root);
  }

  /**
   * Synthesizes an app, and reads all its stacks.
   *
   * @param app the app
   * @throws if the synthesis fails
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
   * The pods of a service account.
   *
   * @param namespace the Kubernetes namespace
   * @param serviceAccount the Kubernetes service account
   * @param clusterName the cluster; needed only if several clusters have such a service account
   * @throws if the app has no association for it, or several
   */
  public serviceAccount(namespace: string, serviceAccount: string, clusterName?: string): PodPermissions {
    return PodPermissions._of(this.pods.find(namespace, serviceAccount, clusterName));
  }

  /**
   * The pods of every association of the app, in the order of the templates: to assert something of all of them, or to list them.
   *
   * @throws if a part of the templates may contain more associations and cannot be read, such as a macro: see the finding
   * `TemplateNotExamined`. Acknowledge that finding at the stack if the part has none.
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
 * What the pods of one service account may do. In its properties, a deploy-time value reads as in `Fn::Sub`, such as `${ClusterName}`; a
 * value that cannot be read from the template is the reason for that, in parentheses.
 */
export class PodPermissions {
  /** @internal */
  public static _of(pod: Pod): PodPermissions {
    return new PodPermissions(pod);
  }

  /** The path of the construct of the association. */
  public readonly path: string;

  /** The name of the cluster. */
  public readonly clusterName: string;

  /** The Kubernetes namespace. */
  public readonly namespace: string;

  /** The Kubernetes service account. */
  public readonly serviceAccount: string;

  /**
   * The role that the session policy narrows: the target role, if there is one, and otherwise the role of the association. It is the
   * path of the construct, or the ARN of a role that the app does not define.
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
   * Asserts that the pods may make all of these requests: that it is proven for each of them. Deny statements of resource policies that
   * test how a request is made, such as the statement of `enforceSSL`, are ignored: it passes although they deny some of the requests.
   *
   * @param action an action; with wildcards, all that it matches
   * @param resource an ARN, which may have tokens of the app; with wildcards, all that it matches
   * @param options which of these requests
   * @throws if a request is denied (the message has it), or if it cannot be told (the message says why); also if the pods never make
   * such a request: AWS does not have the action, or never authorizes it on the resource, or the conditions exclude each other
   */
  public allows(action: string, resource: string, options: PodRequestOptions = {}): void {
    this.pod.allows({ action, resource, conditions: options.conditions });
  }

  /**
   * Asserts that the pods may make none of these requests: that it is proven. Deny statements of resource policies that test how a
   * request is made, such as the statement of `enforceSSL`, are ignored.
   *
   * @param action an action; with wildcards, all that it matches
   * @param resource an ARN, which may have tokens of the app; with wildcards, all that it matches. `*` by default
   * @param options which of these requests
   * @throws if one of them is allowed, or if it cannot be told; also if the pods never make such a request: AWS does not have the
   * action, or never authorizes it on the resource, or the conditions exclude each other
   */
  public denies(action: string, resource: string = '*', options: PodRequestOptions = {}): void {
    this.pod.denies({ action, resource, conditions: options.conditions });
  }

  /**
   * What the pods may do, as one policy: for a review, or a snapshot test.
   *
   * @throws if not all policies of the role are known, or if it differs with the conditions of the templates
   */
  public effectivePermissions(): EffectivePolicy {
    return this.pod.effectivePermissions();
  }

  /**
   * The session policy of the association. Without one, this is undefined: the pods may do all that the role allows.
   *
   * @throws if the policy is invalid or far too large (see the findings `InvalidSessionPolicy` and `SessionPolicyTooLarge`), if its
   * statements or its size differ with the conditions of the templates, or if the association is never deployed
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
