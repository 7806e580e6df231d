/**
 * The session tags that EKS sets, and what is known of them in requests of the pods of an association.
 *
 * Invariant: only what is certain. A role's own tags are principal tags, too, and those of a role that the app does not define are not
 * known.
 * @see https://docs.aws.amazon.com/eks/latest/userguide/pod-id-abac.html#pod-id-abac-tags
 */
import { IsMissing } from './missing-keys';
import { Reader } from './reader';
import { isJsonObject, Json, Principal, SymbolicString, Unresolved } from '../engine';
import { Association, narrowedRole, RoleRef } from '../template/associations';
import { documentOf } from '../template/document-of';
import { Evaluator } from '../template/evaluator';
import { ResourceRef } from '../template/template-set';
import { Value } from '../template/value';
import { ANY_TEXT } from '../template/value-kinds';
import { memoizePair } from '../util/memo';

/** In lower case, as EKS writes them. */
export const SESSION_TAGS = [
  'eks-cluster-arn', 'eks-cluster-name', 'kubernetes-namespace', 'kubernetes-service-account', 'kubernetes-pod-name', 'kubernetes-pod-uid',
] as const;

export type SessionTag = typeof SESSION_TAGS[number];

/** Whether sessions have the tags. EKS sets none together with a session policy. `undefined`: it is a deploy-time value. */
export function hasSessionTags({ policy, disableSessionTags }: Association): boolean | undefined {
  if (policy !== undefined || disableSessionTags === true) { return false; }
  return disableSessionTags instanceof Unresolved ? undefined : true;
}

/** What to do for the pods to have session tags. */
export function keepingTags({ policy, disableSessionTags }: Association, reader: Reader): string {
  const name = reader === 'CDK app' ? 'disableSessionTags' : 'DisableSessionTags';
  const disabled = disableSessionTags === true ? [`do not set ${name} to true`] : [];
  return [...policy === undefined ? [] : ['remove the session policy'], ...disabled].join(', and ');
}

/** The value of the tag, if the association has it. */
export function valueOfTag(tag: SessionTag, { clusterName, namespace, serviceAccount }: Association): Value | undefined {
  switch (tag) {
    case 'eks-cluster-name': return clusterName;
    case 'kubernetes-namespace': return namespace;
    case 'kubernetes-service-account': return serviceAccount;
    default: return undefined;
  }
}

/** A value of the tag that nothing tells. */
export function unknownTag(tag: SessionTag): string | SymbolicString {
  return SymbolicString.of({ id: `session tag ${tag}`, label: `the session tag ${tag}`, kind: ANY_TEXT });
}

/** What is known of the tags in requests of the pods. A tag of the session takes the place of one of the role. */
export function tagsOfPods(association: Association, evaluator: Evaluator): NonNullable<Principal['tags']> {
  const has = hasSessionTags(association);
  const role = narrowedRole(association).defined;
  const tags = new Map<string, string | SymbolicString | 'missing'>(role ? tagsOf(evaluator, role) : []);
  for (const tag of SESSION_TAGS) {
    const value = valueOfTag(tag, association);
    if (has) { tags.set(tag, value === undefined || value instanceof Unresolved ? unknownTag(tag) : value); }
    if (has === false && role && !mayHaveTag(role, tag, evaluator)) { tags.set(tag, 'missing'); }
  }
  return tags;
}

/** Whether the role itself may have the tag. @param name in lower case. */
function mayHaveTag(role: RoleRef['defined'], name: string, evaluator: Evaluator): boolean {
  return role !== undefined && tagKeysOf(evaluator, role).some((key) => typeof key !== 'string' || key.toLowerCase() === name);
}

/** Many associations share a role: computed once. */
const tagKeysOf = memoizePair((evaluator: Evaluator, { resource, stack }: ResourceRef): ReadonlyArray<Json | undefined> => {
  const tags = documentOf(resource.Properties?.Tags ?? [], stack, evaluator);
  return Array.isArray(tags) ? (tags as readonly Json[]).map((tag) => (tag as { readonly Key?: Json } | null)?.Key) : [undefined];
});

/** The tags of the role itself whose key and value are known, by their key in lower case. */
const tagsOf = memoizePair((evaluator: Evaluator, { resource, stack }: ResourceRef): ReadonlyArray<readonly [string, string | SymbolicString]> => {
  const tags = documentOf(resource.Properties?.Tags ?? [], stack, evaluator);
  return (Array.isArray(tags) ? tags as readonly Json[] : []).flatMap((tag) => {
    const { Key: key, Value: value } = isJsonObject(tag) ? tag : {};
    return typeof key === 'string' && (typeof value === 'string' || value instanceof SymbolicString) ? [[key.toLowerCase(), value] as const] : [];
  });
});

/** Whether EKS certainly leaves out the session tags: together with a session policy, or if they are disabled. */
export function lacksSessionTags(association: Association): boolean {
  return hasSessionTags(association) === false;
}

/** In a request to assume a role, session tags are request tags. In other requests, request tags are those of the new resource. */
export function isRequestTag(key: string): boolean {
  return SESSION_TAGS.some((name) => key === `aws:requesttag/${name}`);
}

/** A role's own tags are principal tags, too, and so are not missing. */
export const principalTagsMissing = memoizePair((evaluator: Evaluator, role: RoleRef['defined']): IsMissing => (
  (key) => SESSION_TAGS.some((name) => key === `aws:principaltag/${name}` && !mayHaveTag(role, name, evaluator))));
