/**
 * Compares a compacted session policy with the one that was written, which the `Metadata` of the association has. `CheckContext` asks it
 * once for each association, and decides with the answer which of the two the rules examine: the written one only if it is proven to
 * give the pods the same (docs/adr/0012-compaction.md).
 *
 * Invariant: `equal` is a proof for every request that the role may allow and that AWS makes, as of the reference data; the metadata
 * cannot vouch for itself. A layer of the role that is not completely known counts as one that allows everything. `differs` has a replayed
 * request.
 */
import { SessionPolicyStatus } from './session-policy-reading';
import {
  decideNarrowing, Excess, intersectPermissions, Json, Layer, NarrowingOptions, parsePolicy, parseSessionPolicy, Policy, Reason, Verdict,
} from '../engine';
import { WrittenPolicy } from '../template/written-policy';

export type Compacted =
  | { readonly kind: 'not compacted' }
  /** The pods have the same with both. `asOf`: the proof relies on the reference data of that date. */
  | { readonly kind: 'equal'; readonly written: Policy; readonly asOf?: string }
  /**
   * One of the two allows a request that the other does not. `isAllowedByRole`: the role is proven to allow it, too; otherwise it is not
   * completely known.
   */
  | { readonly kind: 'differs'; readonly more: 'deployed' | 'written'; readonly excess: Excess; readonly isAllowedByRole: boolean }
  | { readonly kind: 'undetermined'; readonly reasons: readonly Reason[] }
  /** The metadata has no session policy that EKS would accept. */
  | { readonly kind: 'unreadable'; readonly why: string };

/** @param layers the layers of the narrowed role, with all that resource policies may allow to it */
export function compareWithWritten(
  written: WrittenPolicy | undefined, status: SessionPolicyStatus, layers: () => readonly Layer[], options: () => NarrowingOptions,
): Compacted {
  if (!written) { return { kind: 'not compacted' }; }
  if (status.kind === 'unreadable') { return { kind: 'undetermined', reasons: status.reasons }; }
  if (status.kind !== 'readable') { return { kind: 'not compacted' }; } // EKS rejects it: nothing is deployed
  const { policy: claimed, problems } = parseSessionPolicy(written.document, 'the written session policy');
  const [problem] = problems;
  if (problem) { return { kind: 'unreadable', why: `${problem.where}${problem.where && ' '}${problem.message}` }; }
  return compare(status.policy, claimed, layers(), options());
}

function compare(deployed: Policy, written: Policy, layers: readonly Layer[], options: NarrowingOptions): Compacted {
  const directions = [['deployed', deployed, written], ['written', written, deployed]] as const;
  const verdicts = directions.map(([more, one, other]) => ({ more, ...isInside(one, other, layers, options) }));
  for (const { more, verdict, isAllowedByRole } of verdicts) {
    if (verdict.kind === 'exceeds') { return { kind: 'differs', more, excess: verdict.excesses[0], isAllowedByRole }; }
  }
  const reasons = verdicts.flatMap(({ verdict }) => (verdict.kind === 'undetermined' ? verdict.reasons : []));
  if (reasons.length > 0) { return { kind: 'undetermined', reasons }; }
  const [asOf] = verdicts.flatMap(({ verdict }) => (verdict.kind === 'narrows' && verdict.asOf !== undefined ? [verdict.asOf] : []));
  return { kind: 'equal', written, ...asOf !== undefined && { asOf } };
}

interface Answer {
  readonly verdict: Verdict;
  readonly isAllowedByRole: boolean;
}

/** Whether one policy allows nothing that the other does not, of what the layers allow. */
function isInside(one: Policy, other: Policy, layers: readonly Layer[], options: NarrowingOptions): Answer {
  const within: readonly Layer[] = [{ name: 'session policy', policies: [other], gaps: [] }];
  const decide = (session: Policy): Verdict => decideNarrowing({ session, layers: within }, { ...options, firstExcessOnly: true });
  const denies = one.statements.filter(({ effect }) => effect === 'Deny');
  const open = one.statements.filter(({ effect }) => effect === 'Allow')
    .filter((statement) => decide({ ...one, statements: [statement, ...denies] }).kind !== 'narrows');
  if (open.length === 0) { return { verdict: decide(one), isAllowedByRole: false }; }
  const beyond: Policy = { ...one, statements: [...open, ...denies] };
  const known = layers.filter(({ gaps }) => gaps.length === 0);
  const isAllowedByRole = known.length === layers.length;
  if (known.length === 0) { return { verdict: decide(beyond), isAllowedByRole }; }
  const { allowed, omitted } = allowedByAll(beyond, known);
  const verdict = decide(allowed);
  return { verdict: verdict.kind === 'narrows' && omitted.length > 0 ? { kind: 'undetermined', reasons: omitted } : verdict, isAllowedByRole };
}

/** What a policy and the layers allow together, and what of it no policy can express. */
function allowedByAll(policy: Policy, layers: readonly Layer[]): { readonly allowed: Policy; readonly omitted: readonly Reason[] } {
  const { document, omitted } = intersectPermissions([[policy], ...layers.map(({ policies }) => policies)]);
  const isNothing = document.Statement.length === 0; // IAM's grammar asks for a statement
  const { policy: allowed, problems } = isNothing ? { policy, problems: [] } : parsePolicy(document as unknown as Json, policy.name);
  const lost = [
    ...omitted.map(({ statements, why }) => `${statements.join(' and ')}${statements.length > 0 ? ': ' : ''}${why}`),
    ...problems.map(({ where, message }) => `${where} ${message}`),
  ];
  return {
    allowed: { name: policy.name, statements: isNothing ? [] : allowed.statements },
    omitted: lost.map((message) => ({
      code: 'Condition' as const,
      message: `what the session policy and the role allow together cannot be written as one policy: ${message}`,
      resolution: 'write the conditions of the session policy as the role has them',
    })),
  };
}
