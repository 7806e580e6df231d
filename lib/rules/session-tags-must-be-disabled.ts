import { Rule } from './rule';
import { Unresolved } from '../engine';

/** @see https://docs.aws.amazon.com/eks/latest/APIReference/API_CreatePodIdentityAssociation.html (policy) */
export const SESSION_TAGS_MUST_BE_DISABLED: Rule = {
  id: 'SessionTagsMustBeDisabled',
  severity: 'error',
  check: (association, context) => {
    const { policy, disableSessionTags } = association;
    if (policy === undefined || disableSessionTags === true || disableSessionTags instanceof Unresolved) { return []; }
    return [{
      code: 'TagsNotDisabled',
      property: 'DisableSessionTags',
      message: `${association.path} has a session policy, but its session tags are not disabled. The deployment fails: `
        + 'InvalidParameterException, "When policy is specified, disableSessionTags must be set to true".',
      fix: context.reader === 'CDK app'
        ? 'Set disableSessionTags to true (PodIdentityAssociation does so itself), or remove the session policy.'
        : 'Set DisableSessionTags to true, or remove the session policy.',
    }];
  },
};
