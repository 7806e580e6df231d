/**
 * The agent of a cluster: one add-on, however often it is asked for.
 *
 * Invariant: what is asked of an add-on that exists never changes what it was given before. It is set, or it is an error.
 */
import { isDeepStrictEqual } from 'util';
import { RemovalPolicy, Stack } from 'aws-cdk-lib';
import * as eks from 'aws-cdk-lib/aws-eks';
import { Construct, Dependable } from 'constructs';
import { PodIdentityValidation } from './pod-identity-validation';
import { findAgentAddon, isInAutoMode, makeAgentAddon } from './private/agent-addon';
import { injectProps } from './private/property-injection';
import { ResolveConflicts } from './resolve-conflicts';

/** Options of the EKS Pod Identity Agent add-on. */
export interface PodIdentityAgentOptions {
  /**
   * The version of the add-on, such as `v1.3.10-eksbuild.2`.
   *
   * `aws eks describe-addon-versions --addon-name eks-pod-identity-agent` lists the versions. Hybrid nodes need `v1.3.3-eksbuild.1` or later.
   *
   * @default - the default version that EKS has for the Kubernetes version of the cluster
   */
  readonly addonVersion?: string;

  /**
   * The configuration of the agent.
   *
   * For example, nodes without IPv6 need `{ agent: { additionalArgs: { '-b': '169.254.170.23' } } }`. `aws eks describe-addon-configuration`
   * prints the schema.
   *
   * @see https://docs.aws.amazon.com/eks/latest/userguide/pod-id-agent-config-ipv6.html
   * @default - the default configuration of the add-on
   */
  readonly configurationValues?: { [key: string]: any };

  /**
   * Whether the agent stays on the nodes when its add-on is deleted.
   *
   * EKS then no longer manages the agent.
   *
   * @default - not set, so the default of CloudFormation applies
   */
  readonly preserveOnDelete?: boolean;

  /**
   * The removal policy of the add-on.
   *
   * With `RemovalPolicy.RETAIN`, the pods keep their credentials when the add-on is removed from the app.
   *
   * @default - the removal policy of the cluster, if a cluster of `aws-eks` or `aws-eks-v2` has one, otherwise `RemovalPolicy.DESTROY`
   */
  readonly removalPolicy?: RemovalPolicy;

  /**
   * How EKS resolves conflicts with settings of the agent that were changed in the cluster.
   *
   * For example, the settings differ if a Helm chart has installed the agent.
   *
   * @default - not set, so the default of EKS applies
   */
  readonly resolveConflicts?: ResolveConflicts;

  /**
   * The AWS tags of the add-on.
   *
   * @default - only the tags of `Tags.of(scope)`
   */
  readonly tags?: { [key: string]: string };

  /**
   * Whether a cluster in Auto Mode also has other nodes, such as a managed node group.
   *
   * The agent that is built into Auto Mode does not run on these nodes, so the add-on is installed for them. For a cluster without Auto Mode,
   * this has no effect.
   *
   * @see https://docs.aws.amazon.com/eks/latest/userguide/eks-add-ons.html
   * @default false
   */
  readonly nodesOutsideAutoMode?: boolean;
}

/** Properties of a `PodIdentityAgent`. */
export interface PodIdentityAgentProps extends PodIdentityAgentOptions {
  /**
   * The EKS cluster.
   *
   * Any cluster is accepted: of `aws-eks` or `aws-eks-v2`, an L1, or an imported one.
   */
  readonly cluster: eks.IClusterRef;
}

const AGENT = Symbol.for('cdk-eks-pod-identity.PodIdentityAgent');

/** The child of the cluster that `ensureOn` makes. */
const CHILD = 'EnsuredPodIdentityAgent';

/**
 * The EKS Pod Identity Agent of a cluster.
 *
 * The agent is the EKS add-on `eks-pod-identity-agent`, which provides pods with the credentials of their associations. Without the agent,
 * pods get no credentials. EKS rejects a second agent in a cluster.
 *
 * Therefore, the construct uses the add-on that the app already has: an `eks.Addon`, a `CfnAddon`, or `cluster.eksPodIdentityAgent`, which
 * the CDK also creates for an `eks.ServiceAccount` with `IdentityType.POD_IDENTITY`. Otherwise, the construct creates
 * `cluster.eksPodIdentityAgent` for a cluster of `aws-eks` or `aws-eks-v2`, so that a service account that is added later uses the same add-on. For
 * a cluster in Auto Mode, where the agent is built in, the construct creates nothing unless `nodesOutsideAutoMode` is true.
 *
 * The construct does not see an add-on that the app creates later in another way, such as an `eks.Addon` of that name. The rule
 * `DuplicateAgent` reports it at synth. For an imported cluster, the construct cannot detect what other apps or people have installed, so use
 * it only if nobody has installed the agent.
 *
 * Associations can be deployed before the agent. If a construct starts pods, let it depend on the agent, so that the pods start later:
 * `chart.node.addDependency(agent)`.
 *
 * The constructor and `ensureOn` throw an error if the cluster is not an EKS cluster, or if the agent of the cluster already has another
 * value for one of the properties.
 *
 * @example
 * // Installs the add-on, unless the app already installs it.
 * const agent = PodIdentityAgent.ensureOn(cluster, {
 *   addonVersion: 'v1.3.10-eksbuild.2',
 * });
 *
 * @see https://docs.aws.amazon.com/eks/latest/userguide/pod-id-agent-setup.html
 */
export class PodIdentityAgent extends Construct {
  /**
   * The `constructUniqueId` of an `IPropertyInjector` for this class.
   *
   * The injector also receives the agents that `ensureOn` creates.
   */
  public static readonly PROPERTY_INJECTION_ID: string = 'cdk-eks-pod-identity.PodIdentityAgent';

  /**
   * Installs the agent on a cluster, unless the app already does.
   *
   * You can call this any number of times for a cluster.
   *
   * Throws an error if the cluster is not an EKS cluster, or if the agent of the cluster already has another value for one of the options.
   *
   * @param cluster the EKS cluster, of `aws-eks` or `aws-eks-v2`, an L1, or an imported one
   * @param options the options of the add-on. An option that is not given is not changed
   */
  public static ensureOn(cluster: eks.IClusterRef, options: PodIdentityAgentOptions = {}): PodIdentityAgent {
    if (!cluster?.clusterRef) { throw new Error(`PodIdentityAgent.ensureOn: ${NO_CLUSTER}`); }
    const child = cluster.node.tryFindChild(CHILD);
    if (!PodIdentityAgent.isPodIdentityAgent(child)) { return new PodIdentityAgent(cluster as unknown as Construct, CHILD, { ...options, cluster }); }
    (child as PodIdentityAgent)._ensure(options);
    return child as PodIdentityAgent;
  }

  /**
   * Returns whether an object is a `PodIdentityAgent`, created by this or another copy of this library.
   *
   * @param x any object
   */
  public static isPodIdentityAgent(x: any): boolean {
    return typeof x === 'object' && x !== null && AGENT in x;
  }

  /** The EKS cluster of the agent, as it was given. */
  public readonly cluster: eks.IClusterRef;

  private resource?: eks.CfnAddon;
  private removalPolicy?: RemovalPolicy;

  /**
   * @param scope the scope of the agent. The add-on itself belongs to the cluster if that is a cluster of `aws-eks` or `aws-eks-v2`
   * @param id the construct id
   * @param props the properties of the agent
   */
  constructor(scope: Construct, id: string, props: PodIdentityAgentProps) {
    super(scope, id);
    props = injectProps(PodIdentityAgent.PROPERTY_INJECTION_ID, props, scope, id);
    if (!props?.cluster?.clusterRef) { throw new Error(`${this.node.path}: ${NO_CLUSTER}`); }
    this.cluster = props.cluster;
    this._ensure(props);
    const roots = () => (this.resource ? [this.resource] : []);
    Dependable.implement(this, { get dependencyRoots() { return roots(); } });
    PodIdentityValidation._registerWith(this);
  }

  /**
   * The add-on of the agent.
   *
   * The add-on is undefined if the cluster uses the agent that is built into Auto Mode.
   */
  public get addon(): eks.IAddonRef | undefined {
    return this.resource;
  }

  /** @internal */
  public _ensure(options: PodIdentityAgentOptions): void {
    const isBuiltIn = isInAutoMode(this.cluster) && options.nodesOutsideAutoMode !== true;
    this.resource ??= findAgentAddon(this.cluster) ?? (isBuiltIn ? undefined : makeAgentAddon(this.cluster, this));
    if (this.resource) { this.configure(this.resource, options); }
  }

  private configure(addon: eks.CfnAddon, options: PodIdentityAgentOptions): void {
    const { addonVersion, configurationValues, preserveOnDelete, removalPolicy, resolveConflicts, tags = {} } = options;
    addon.addonVersion = this.agreed('addonVersion', addonVersion, addon.addonVersion);
    const values = configurationValues && Stack.of(addon).toJsonString(configurationValues);
    addon.configurationValues = this.agreed('configurationValues', values, addon.configurationValues);
    addon.preserveOnDelete = this.agreed('preserveOnDelete', preserveOnDelete, addon.preserveOnDelete);
    addon.resolveConflicts = this.agreed('resolveConflicts', resolveConflicts, addon.resolveConflicts);
    const own = addon.tags.tagValues();
    for (const [key, value] of Object.entries(tags)) { addon.tags.setTag(key, this.agreed(`the tag ${key}`, value, own[key])!); }
    this.removalPolicy = this.agreed('removalPolicy', removalPolicy, this.removalPolicy);
    if (removalPolicy) { addon.applyRemovalPolicy(removalPolicy); }
  }

  /** The value that is asked for, or that there is. */
  private agreed<T>(name: string, asked: T | undefined, existing: T | undefined): T | undefined {
    const [a, b] = [asked, existing].map((value) => comparable(Stack.of(this.resource!).resolve(value)));
    if (a === undefined) { return existing; }
    if (b === undefined) { return asked; } // `eks.Addon` gives a token for configuration values that were not given
    if (!isDeepStrictEqual(a, b)) {
      throw new Error(`${this.node.path}: ${name} is ${JSON.stringify(a)}, but the agent of the cluster exists with ${JSON.stringify(b)} (${this.resource!.node.path}). `
        + 'A cluster has one agent. Give the same value everywhere, or give it in one place only.');
    }
    return existing;
  }
}

Object.defineProperty(PodIdentityAgent.prototype, AGENT, { value: true });

const NO_CLUSTER = 'cluster is not an EKS cluster. Give one, such as eks.Cluster.fromClusterAttributes(…).';

/** JSON in any order of its members. */
function comparable(value: unknown): unknown {
  if (typeof value !== 'string') { return value; }
  try {
    return JSON.parse(value);
  } catch {
    return value;
  }
}
