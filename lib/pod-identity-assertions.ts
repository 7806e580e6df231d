import { Stack, Stage } from 'aws-cdk-lib';
import { IConstruct } from 'constructs';
import { onDemand } from './on-demand';
import { PodIdentityValidation } from './pod-identity-validation';
import type { Pod, Pods } from './validation/pods';

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
   * A policy document, as JSON: it allows what the session policy, the identity policies of the role and its permissions
   * boundary all allow, and none denies. It never allows more; it allows all of it where `omitted` is empty.
   */
  readonly document: any;

  /**
   * What the document leaves out because no policy document can say it.
   */
  readonly omitted: string[];
}

/**
 * What the pods of an app may do, for unit tests and for reviews. It is read from the synthesised templates: the session policy,
 * the role's policies and its permissions boundary together decide.
 */
export class PodIdentityAssertions {
  /**
   * Synthesises the app of a stack, and reads all its stacks.
   *
   * @param stack a stack of the app
   * @throws where the synthesis fails
   */
  public static fromStack(stack: Stack): PodIdentityAssertions {
    return new PodIdentityAssertions(stack.node.root);
  }

  /**
   * Synthesises an app, and reads all its stacks.
   *
   * @param app the app
   * @throws where the synthesis fails
   */
  public static fromApp(app: Stage): PodIdentityAssertions {
    return new PodIdentityAssertions(app.node.root);
  }

  private readonly pods: Pods;

  private constructor(app: IConstruct) {
    if (!Stage.isStage(app)) { throw new Error('PodIdentityAssertions: the stack is in no app. Make it with an App as its scope.'); }
    app.synth();
    this.pods = onDemand.pods().readPods(app, PodIdentityValidation._of(app)._inputFor(app));
  }

  /**
   * The pods of a service account.
   *
   * @param namespace the Kubernetes namespace
   * @param serviceAccount the Kubernetes service account
   * @param clusterName the cluster; needed only where several clusters have such a service account
   * @throws where the app has no association for it, or several
   */
  public serviceAccount(namespace: string, serviceAccount: string, clusterName?: string): PodPermissions {
    return PodPermissions._of(this.pods.find(namespace, serviceAccount, clusterName));
  }
}

/** What the pods of one service account may do. */
export class PodPermissions {
  /** @internal */
  public static _of(pod: Pod): PodPermissions {
    return new PodPermissions(pod);
  }

  private constructor(private readonly pod: Pod) {}

  /**
   * Asserts that the pods may make all of these requests: that it is proven for each of them.
   *
   * @param action an action; with wildcards, all that it matches
   * @param resource an ARN, which may have tokens of the app; with wildcards, all that it matches
   * @param options which of these requests
   * @throws where a request is denied (the message has it), or where it cannot be told (the message says why)
   */
  public allows(action: string, resource: string, options: PodRequestOptions = {}): void {
    this.pod.allows({ action, resource, conditions: options.conditions });
  }

  /**
   * Asserts that the pods may make none of these requests: that it is proven.
   *
   * @param action an action; with wildcards, all that it matches
   * @param resource an ARN, which may have tokens of the app; with wildcards, all that it matches. `*` by default
   * @param options which of these requests
   * @throws where one of them is allowed, or where it cannot be told
   */
  public denies(action: string, resource: string = '*', options: PodRequestOptions = {}): void {
    this.pod.denies({ action, resource, conditions: options.conditions });
  }

  /**
   * What the pods may do, as one policy: for a review, or a snapshot test.
   *
   * @throws where not all policies of the role are known, or where it differs with the conditions of the templates
   */
  public effectivePermissions(): EffectivePolicy {
    return this.pod.effectivePermissions();
  }
}
