/**
 * Reads the session policy that was written from the `Metadata` of an association whose `Policy` is a compacted one.
 *
 * Invariant: it is a claim of the template. `analysis/compacted-policy.ts` proves it before anything relies on it.
 */
import { Json } from '../engine';
import { documentOf } from './document-of';
import { Evaluator } from './evaluator';
import { ResourceRef } from './template-set';
import { WRITTEN_POLICY_KEY } from './written-policy-key';
import { memberOf } from '../util/records';

export interface WrittenPolicy {
  /** Such as `CATALOG`; `undefined` if the metadata has none. */
  readonly compaction?: string;
  /** The policy document. A part that could not be read is `Unresolved`. */
  readonly document: Json;
}

/** `undefined` if the template has none. @throws OpenQuestion if a value depends on a condition */
export function writtenPolicyOf({ resource, stack }: ResourceRef, evaluator: Evaluator): WrittenPolicy | undefined {
  const written = memberOf(resource.Metadata, WRITTEN_POLICY_KEY);
  if (written === undefined) { return undefined; }
  const compaction = memberOf(written, 'Compaction');
  return {
    ...typeof compaction === 'string' && { compaction },
    document: documentOf(memberOf(written, 'Document'), stack, evaluator),
  };
}
