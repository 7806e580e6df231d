/**
 * All calls to AWS: this file and the parts of the SDK that it bundles are a separate file in bin/, which only the commands that
 * need it load.
 * Invariant: it changes nothing in the account. docs/cli-audit.md has the IAM policy for these calls; a test compares the two.
 */
import {
  DescribePodIdentityAssociationCommand, EKSClient, ListPodIdentityAssociationsCommand, PodIdentityAssociation, PodIdentityAssociationSummary,
} from '@aws-sdk/client-eks';
import {
  AttachedPolicy, GetPolicyCommand, GetPolicyVersionCommand, GetRoleCommand, GetRolePolicyCommand, IAMClient, ListAttachedRolePoliciesCommand,
  ListRolePoliciesCommand, Policy, Role,
} from '@aws-sdk/client-iam';

/**
 * The settings that the command passes to the SDK. The SDK finds all others in the environment and in the files of the AWS CLI.
 */
export interface Connection {
  readonly profile?: string;
  readonly region?: string;
  readonly endpoint?: string;
  readonly credentials?: { readonly accessKeyId: string; readonly secretAccessKey: string; readonly sessionToken?: string };
  readonly maxAttempts?: number;
  readonly retryMode?: string;
  readonly customUserAgent?: string;
}

/** One page of a list. */
export interface Page<T> {
  readonly items: readonly T[];
  readonly next?: string;
}

export interface EksReader {
  readonly region: () => Promise<string>;
  readonly listAssociations: (clusterName: string, nextToken?: string) => Promise<Page<PodIdentityAssociationSummary>>;
  readonly describeAssociation: (clusterName: string, associationId: string) => Promise<PodIdentityAssociation | undefined>;
}

export interface IamReader {
  readonly getRole: (name: string) => Promise<Role | undefined>;
  readonly listRolePolicies: (role: string, marker?: string) => Promise<Page<string>>;
  readonly getRolePolicy: (role: string, policy: string) => Promise<string | undefined>;
  readonly listAttachedRolePolicies: (role: string, marker?: string) => Promise<Page<AttachedPolicy>>;
  readonly getPolicy: (arn: string) => Promise<Policy | undefined>;
  readonly getPolicyVersion: (arn: string, version: string) => Promise<string | undefined>;
}

export function eksReader(connection: Connection): EksReader {
  const client = new EKSClient(connection);
  return {
    region: () => client.config.region(),
    listAssociations: async (clusterName, nextToken) => {
      const answer = await client.send(new ListPodIdentityAssociationsCommand({ clusterName, nextToken }));
      return { items: answer.associations ?? [], next: answer.nextToken };
    },
    describeAssociation: async (clusterName, associationId) =>
      (await client.send(new DescribePodIdentityAssociationCommand({ clusterName, associationId }))).association,
  };
}

export function iamReader(connection: Connection): IamReader {
  const client = new IAMClient(connection);
  return {
    getRole: async (name) => (await client.send(new GetRoleCommand({ RoleName: name }))).Role,
    listRolePolicies: async (role, marker) => {
      const answer = await client.send(new ListRolePoliciesCommand({ RoleName: role, Marker: marker }));
      return { items: answer.PolicyNames ?? [], next: answer.IsTruncated ? answer.Marker : undefined };
    },
    getRolePolicy: async (role, policy) => (await client.send(new GetRolePolicyCommand({ RoleName: role, PolicyName: policy }))).PolicyDocument,
    listAttachedRolePolicies: async (role, marker) => {
      const answer = await client.send(new ListAttachedRolePoliciesCommand({ RoleName: role, Marker: marker }));
      return { items: answer.AttachedPolicies ?? [], next: answer.IsTruncated ? answer.Marker : undefined };
    },
    getPolicy: async (arn) => (await client.send(new GetPolicyCommand({ PolicyArn: arn }))).Policy,
    getPolicyVersion: async (arn, version) =>
      (await client.send(new GetPolicyVersionCommand({ PolicyArn: arn, VersionId: version }))).PolicyVersion?.Document,
  };
}
