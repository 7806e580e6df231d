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
   * The version of the add-on, such as `v1.3.10-eksbuild.2`. `aws eks describe-addon-versions --addon-name eks-pod-identity-agent` lists
   * them. Hybrid nodes need `v1.3.3-eksbuild.1` or later.
   *
   * @default - EKS chooses the default version of the cluster's Kubernetes version
   */
  readonly addonVersion?: string;

  /**
   * The configuration of the agent, such as `{ agent: { additionalArgs: { '-b': '169.254.170.23' } } }` for nodes without IPv6.
   * `aws eks describe-addon-configuration` prints its schema.
   *
   * @see https://docs.aws.amazon.com/eks/latest/userguide/pod-id-agent-config-ipv6.html
   * @default - the add-on's own
   */
  readonly configurationValues?: { [key: string]: any };

  /**
   * Whether the agent stays on the nodes when its add-on is deleted. EKS then no longer manages it.
   *
   * @default - the add-on does not say, and CloudFormation decides
   */
  readonly preserveOnDelete?: boolean;

  /**
   * What happens to the add-on when it is removed from the app. With `RETAIN` the pods keep their credentials.
   *
   * @default - that of the cluster, if a cluster of `aws-eks` or `aws-eks-v2` has one; otherwise `RemovalPolicy.DESTROY`
   */
  readonly removalPolicy?: RemovalPolicy;

  /**
   * What EKS does about settings that somebody else has changed in the cluster, for example if a Helm chart has installed the agent.
   *
   * @default - the add-on does not say, and EKS decides
   */
  readonly resolveConflicts?: ResolveConflicts;

  /**
   * AWS tags of the add-on.
   *
   * @default - none but those of `Tags.of(scope)`
   */
  readonly tags?: { [key: string]: string };

  /**
   * Whether the cluster has other nodes beside those of Auto Mode, such as a managed node group. The agent of Auto Mode does not run
   * there. Without Auto Mode, it makes no difference.
   *
   * @see https://docs.aws.amazon.com/eks/latest/userguide/eks-add-ons.html
   * @default false
   */
  readonly nodesOutsideAutoMode?: boolean;
}

/** Properties of a `PodIdentityAgent`. */
export interface PodIdentityAgentProps extends PodIdentityAgentOptions {
  /**
   * The cluster: of `aws-eks`, `aws-eks-v2`, an L1, or imported.
   */
  readonly cluster: eks.IClusterRef;
}

const AGENT = Symbol.for('cdk-eks-pod-identity.PodIdentityAgent');

/** The child of the cluster that `ensureOn` makes. */
const CHILD = 'EnsuredPodIdentityAgent';

/**
 * The EKS Pod Identity Agent of a cluster: the add-on `eks-pod-identity-agent`, which brings the credentials of associations to the
 * pods. Without it, pods get none. A cluster has it once: EKS rejects a second one.
 *
 * So the construct takes the add-on that the app has already: `eks.Addon`, `CfnAddon`, or `cluster.eksPodIdentityAgent`, which the CDK
 * also makes for an `eks.ServiceAccount` with `IdentityType.POD_IDENTITY`. For a cluster of `aws-eks` or `aws-eks-v2` it makes that one, so a
 * service account that comes later shares it. For a cluster in Auto Mode it makes nothing: there, the agent is built in.
 *
 * It cannot know of an add-on that comes later in another way (an `eks.Addon` of that name): `DuplicateAgent` reports it at synth. For an
 * imported cluster, it cannot know what other apps or people have installed: use it if nobody has.
 *
 * Associations can be deployed before the agent. A construct that starts pods depends on it to let them wait:
 * `chart.node.addDependency(agent)`.
 *
 * @see https://docs.aws.amazon.com/eks/latest/userguide/pod-id-agent-setup.html
 */
export class PodIdentityAgent extends Construct {
  /**
   * The `constructUniqueId` of an `IPropertyInjector` for this class, which also gets the agents that `ensureOn` makes.
   */
  public static readonly PROPERTY_INJECTION_ID: string = 'cdk-eks-pod-identity.PodIdentityAgent';

  /**
   * Gives a cluster its agent, unless it has one. It may be called any number of times for one cluster.
   *
   * @param cluster of `aws-eks`, `aws-eks-v2`, an L1, or imported
   * @param options options of the add-on. What is left out is not changed
   * @throws if the agent exists with another value for one of the options
   */
  public static ensureOn(cluster: eks.IClusterRef, options: PodIdentityAgentOptions = {}): PodIdentityAgent {
    if (!cluster?.clusterRef) { throw new Error(`PodIdentityAgent.ensureOn: ${NO_CLUSTER}`); }
    const child = cluster.node.tryFindChild(CHILD);
    if (!PodIdentityAgent.isPodIdentityAgent(child)) { return new PodIdentityAgent(cluster as unknown as Construct, CHILD, { ...options, cluster }); }
    (child as PodIdentityAgent)._ensure(options);
    return child as PodIdentityAgent;
  }

  /**
   * Whether `x` is a `PodIdentityAgent`, made with this or another copy of this library.
   *
   * @param x anything
   */
  public static isPodIdentityAgent(x: any): boolean {
    return typeof x === 'object' && x !== null && AGENT in x;
  }

  /** The cluster, as it was given. */
  public readonly cluster: eks.IClusterRef;

  private resource?: eks.CfnAddon;
  private removalPolicy?: RemovalPolicy;

  /**
   * @param scope where the agent belongs. The add-on itself belongs to the cluster, if that is one of `aws-eks` or `aws-eks-v2`
   * @param id the construct id
   * @param props properties of the agent
   * @throws if the agent exists with another value for one of the props
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

  /** The add-on. It is absent if Auto Mode has the agent built in. */
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
