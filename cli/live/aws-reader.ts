/**
 * All calls to AWS: this file, resource-reader.ts and the parts of the SDK that they bundle are a separate file in bin/, which only the
 * commands that need it load.
 * Invariant: it changes nothing in the account. docs/cli-audit.md has the IAM policy for these calls; a test compares the two.
 */
import { DescribePodIdentityAssociationCommand, EKSClient, ListPodIdentityAssociationsCommand } from '@aws-sdk/client-eks';
import {
  GetPolicyCommand, GetPolicyVersionCommand, GetRoleCommand, GetRolePolicyCommand, IAMClient, ListAttachedRolePoliciesCommand,
  ListRolePoliciesCommand,
} from '@aws-sdk/client-iam';
import {
  associationIn, attachedIn, defaultVersionIn, inlineDocumentIn, inlineNamesIn, ListedAssociation, listedIn, LiveAssociation, LiveRole, markerIn,
  roleIn, versionDocumentIn,
} from './asked-for';
import type { Connection } from './connection-settings';
import { requestHandlerOf, timedSend, TimeLimits } from './timed-client';
import { UnexpectedAnswer } from './unexpected-answer';

export { resourceReader, type ResourceReader } from './resource-reader';

/** One page of a list. */
export interface Page<T> {
  readonly items: readonly T[];
  readonly next?: string;
}

/** The calls to EKS. Each throws an error of the SDK, or an UnexpectedAnswer. */
export interface EksReader {
  readonly region: () => Promise<string>;
  readonly listAssociations: (clusterName: string, nextToken?: string) => Promise<Page<ListedAssociation>>;
  readonly describeAssociation: (clusterName: string, association: ListedAssociation) => Promise<LiveAssociation>;
}

/** The calls to IAM. Each throws an error of the SDK, or an UnexpectedAnswer. */
export interface IamReader {
  readonly getRole: (name: string) => Promise<LiveRole>;
  readonly listRolePolicies: (role: string, marker?: string) => Promise<Page<string>>;
  readonly getRolePolicy: (role: string, policy: string) => Promise<object>;
  /** Returns ARNs. */
  readonly listAttachedRolePolicies: (role: string, marker?: string) => Promise<Page<string>>;
  /** Returns the default version. */
  readonly getPolicy: (arn: string) => Promise<string>;
  readonly getPolicyVersion: (arn: string, version: string) => Promise<object>;
}

/** @param secrets what was sent and must not be shown is added to it */
export function eksReader(connection: Connection, limits: TimeLimits, secrets: Set<string>): EksReader {
  const client = new EKSClient({ ...connection, requestHandler: requestHandlerOf(limits) });
  const send = timedSend(client, 'JSON', limits, secrets);
  return {
    region: () => client.config.region(),
    listAssociations: async (clusterName, nextToken) => {
      const { associations, nextToken: next } = await send(new ListPodIdentityAssociationsCommand({ clusterName, nextToken }));
      // The model does not require it, but EKS always answers with a list: without one, nothing is known of the cluster.
      if (!associations) { throw new UnexpectedAnswer('it has no associations'); }
      return { items: associations.map((one) => listedIn(one, clusterName)), next: next || undefined };
    },
    describeAssociation: async (clusterName, wanted) => {
      const { association } = await send(new DescribePodIdentityAssociationCommand({ clusterName, associationId: wanted.id }));
      return associationIn(association, clusterName, wanted);
    },
  };
}

/** @param secrets what was sent and must not be shown is added to it */
export function iamReader(connection: Connection, limits: TimeLimits, secrets: Set<string>): IamReader {
  const client = new IAMClient({ ...connection, requestHandler: requestHandlerOf(limits) });
  const send = timedSend(client, 'XML', limits, secrets);
  return {
    getRole: async (name) => roleIn((await send(new GetRoleCommand({ RoleName: name }))).Role, name),
    listRolePolicies: async (role, marker) => {
      const answer = await send(new ListRolePoliciesCommand({ RoleName: role, Marker: marker }));
      return { items: inlineNamesIn(answer.PolicyNames), next: markerIn(answer) };
    },
    getRolePolicy: async (role, policy) => (
      inlineDocumentIn(await send(new GetRolePolicyCommand({ RoleName: role, PolicyName: policy })), role, policy)),
    listAttachedRolePolicies: async (role, marker) => {
      const answer = await send(new ListAttachedRolePoliciesCommand({ RoleName: role, Marker: marker }));
      return { items: attachedIn(answer.AttachedPolicies), next: markerIn(answer) };
    },
    getPolicy: async (arn) => defaultVersionIn((await send(new GetPolicyCommand({ PolicyArn: arn }))).Policy, arn),
    getPolicyVersion: async (arn, version) => (
      versionDocumentIn((await send(new GetPolicyVersionCommand({ PolicyArn: arn, VersionId: version }))).PolicyVersion, version)),
  };
}
