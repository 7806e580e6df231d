/**
 * The shape of the tables of trust policies, and short ways to write their rows. The verdicts come from AWS's pages and
 * from issues in which somebody tried it, never from the rules of this library.
 */
export interface TrustCase {
  readonly id: string;
  /** The page or repository in which the policy was found, or of which it is a variant. Names and accounts are changed. */
  readonly source: string;
  /** The page that settles the verdict. */
  readonly page: string;
  readonly why: string;
  /** The AssumeRolePolicyDocument as in CloudFormation: it may contain intrinsic functions, or be JSON text. */
  readonly trust: unknown;
  readonly associations: readonly [TrustedAssociation, TrustedAssociation, TrustedAssociation];
  /** What no page says about this row. The verdicts are then the reading of IAM's rules. */
  readonly unsure?: string;
}

export interface TrustedAssociation {
  readonly cluster: string;
  readonly namespace: string;
  readonly serviceAccount: string;
  readonly disableSessionTags?: boolean;
  /** Has a session policy. Session tags are then off: `disableSessionTags` is true as well. */
  readonly policy?: boolean;
  /**
   * - `rejected`: the association cannot be created: EKS refuses it, or IAM already refuses the role.
   * - `never`: EKS creates the association, and can never assume the role for it.
   * - `works`: EKS assumes the role.
   * - `depends`: on a value or a behavior that no page and no template tells.
   */
  readonly expected: 'works' | 'rejected' | 'never' | 'depends';
  readonly why?: string;
}

export interface TargetRoleCase {
  readonly id: string;
  readonly source: string;
  readonly page: string;
  readonly why: string;
  /** The account of the target role. The source role SOURCE_ROLE is in ACCOUNT and may do both actions on the target. */
  readonly account: string;
  /** The AssumeRolePolicyDocument of the target role. */
  readonly trust: unknown;
  readonly associations: readonly [TargetedAssociation, TargetedAssociation, TargetedAssociation];
  readonly unsure?: string;
}

/** An association with SOURCE_ROLE as its role, and with the case's role as its target. */
export interface TargetedAssociation extends Omit<TrustedAssociation, 'expected'> {
  readonly expected: 'works' | 'never' | 'depends';
}

/** The account and region of the clusters, of the associations' roles, and of the stack. */
export const ACCOUNT = '111122223333';
export const REGION = 'eu-west-1';
/** Another account: that of resources, or of somebody else. */
export const OTHER_ACCOUNT = '444455556666';
export const SOURCE_ROLE = `arn:aws:iam::${ACCOUNT}:role/pods`;
/** If a trust policy contains `Fn::GetAtt` of `Cluster`, the template declares the cluster `prod` under that id. */
export const DECLARED_CLUSTER = { logicalId: 'Cluster', name: 'prod' };

export const PODS = 'pods.eks.amazonaws.com';
export const BOTH = ['sts:AssumeRole', 'sts:TagSession'];

/** The ARN of a cluster, or a pattern of such ARNs. */
export const clusterArn = (name: string, region = REGION, account = ACCOUNT, partition = 'aws') =>
  `arn:${partition}:eks:${region}:${account}:cluster/${name}`;

export const document = (...Statement: unknown[]) => ({ Version: '2012-10-17', Statement });

/** A statement that allows an action to a principal: by default both actions to EKS. */
export const allow = (Condition?: unknown, Action: unknown = BOTH, Principal: unknown = { Service: PODS }) =>
  ({ Effect: 'Allow', Principal, Action, ...(Condition ? { Condition } : {}) });

export const deny = (Condition?: unknown, Action: unknown = BOTH, Principal: unknown = { Service: PODS }) =>
  ({ ...allow(Condition, Action, Principal), Effect: 'Deny' });

/** The usual trust policy, with a condition. */
export const trustIf = (Condition: unknown) => document(allow(Condition));

/** The session tags of an association. The default: they are sent. */
export const OFF = { disableSessionTags: true };
export const POLICY = { disableSessionTags: true, policy: true };

type Settings = Pick<TrustedAssociation, 'disableSessionTags' | 'policy'>;

/** Writes a verdict about `cluster/namespace/service-account`. */
const verdict = <V extends TrustedAssociation['expected']>(expected: V) =>
  (place: string, settings: Settings = {}, why?: string) => {
    const [cluster, namespace, serviceAccount] = place.split('/');
    return { cluster, namespace, serviceAccount, ...settings, expected, ...(why ? { why } : {}) };
  };

export const works = verdict('works');
export const never = verdict('never');
export const rejected = verdict('rejected');
export const depends = verdict('depends');

/** One verdict for the three kinds of associations: with session tags, without them, and with a session policy. */
type Trio<A> = readonly [A, A, A];
const trio = <A>(write: (place: string, settings?: Settings) => A, place = 'prod/payments/api'): Trio<A> =>
  [write(place), write(place, OFF), write(place, POLICY)];

export const ALL_WORK = trio(works);
export const NONE_WORK = trio(never);
export const ALL_REJECTED = trio(rejected);
export const ALL_DEPEND = trio(depends);
