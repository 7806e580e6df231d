/**
 * How a session policy becomes properties of an association's L1, whoever wrote the L1.
 *
 * Invariant: the properties are lazy, because statements may come until synthesis; an empty session policy is not deployed, and one that
 * is not empty disables session tags.
 */
import { IResolvable, IResolveContext, Lazy } from 'aws-cdk-lib';
import { CfnPodIdentityAssociation } from 'aws-cdk-lib/aws-eks';
import { WRITTEN_POLICY_KEY } from '../template/written-policy-key';

/** What a session policy shows of itself here. */
export interface RenderedPolicy {
  readonly isEmpty: boolean;
  _render(context: IResolveContext): string | undefined;
  _renderWritten(context: IResolveContext): object | undefined;
}

/** What is wrong if an author wants session tags with a session policy. */
export const TAGS_WITH_POLICY =
  'disableSessionTags is false, and there is a session policy. EKS rejects that: "When policy is specified, disableSessionTags must be set to true"';

/** The `policy` and `disableSessionTags` of an L1, given what its author wants of the tags. */
export function sessionPolicyProperties(policy: RenderedPolicy, wantsTagsDisabled: boolean | IResolvable | undefined) {
  const disabled = () => !policy.isEmpty || wantsTagsDisabled === true;
  return {
    policy: Lazy.uncachedString({ produce: (context) => policy._render(context) }),
    disableSessionTags: disabled() || Lazy.any({ produce: () => disabled() || wantsTagsDisabled }),
  };
}

/** Adds to the metadata of an L1 what was written, if another policy is deployed in its place. */
export function showWrittenPolicy(resource: CfnPodIdentityAssociation, policy: RenderedPolicy): void {
  resource.addMetadata(WRITTEN_POLICY_KEY, Lazy.uncachedAny({ produce: (context) => policy._renderWritten(context) }));
}

const WRITTEN = new WeakMap<CfnPodIdentityAssociation, { readonly policy: unknown; readonly text: string | undefined }>();

/** Records the session policy that an L1 was given as its `policy`. */
export function rememberSessionPolicy(resource: CfnPodIdentityAssociation, policy: RenderedPolicy): void {
  WRITTEN.set(resource, { policy, text: resource.policy });
}

/** The session policy that an L1 was given, unless its author has replaced it since. */
export function rememberedSessionPolicy(resource: CfnPodIdentityAssociation): unknown {
  const written = WRITTEN.get(resource);
  return written && written.text === resource.policy ? written.policy : undefined;
}
