/**
 * The member of the `Metadata` of an association with the session policy that was written, if it was compacted:
 * `{ Compaction: 'CATALOG', Document: { Version, Statement } }`. The constructs write it and `written-policy.ts` reads it. This file
 * imports nothing, so that the constructs load without the engine.
 */
export const WRITTEN_POLICY_KEY = 'cdk-eks-pod-identity:written-session-policy';
