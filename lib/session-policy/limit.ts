/**
 * The longest session policy, in characters of its JSON text.
 * @see https://docs.aws.amazon.com/eks/latest/APIReference/API_CreatePodIdentityAssociation.html (policy)
 */
export const SESSION_POLICY_MAX_CHARACTERS = 2048;
