/**
 * What becomes of the session policy of one association: the one place that decides which rule reports it. The rules on
 * narrowing ask for the outcome and report the kinds that are theirs.
 *
 * | kind | reported by |
 * |---|---|
 * | `no session policy`, `denies everything`, `narrows` | none of them |
 * | `invalid` | `InvalidSessionPolicy` |
 * | `far too large` | `SessionPolicyTooLarge` |
 * | `unreadable`, `undetermined` | `NarrowingUndetermined` |
 * | `allows nothing` | `NoEffectivePermissions` |
 * | `no effective permissions` | `NoEffectivePermissions` alone: what else is open makes no difference to the pods |
 * | `exceeds` | `SessionPolicyExceedsRole`, `SessionPolicyOmitsCondition`: by the kind of each excess |
 * | `does not narrow` | `SessionPolicyDoesNotNarrow`, with its `reasons` also `NarrowingUndetermined` |
 *
 * If only guardrails of the role stand in the way, the outcome is that without them, and `guardrails` has what they deny. Then
 * `GuardrailLimitsSessionPolicy` also reports, if it is on.
 *
 * `StatementHasNoEffect` adds single statements to the kinds from `exceeds` on, because the whole policy has an effect there.
 *
 * Invariant: each kind but `undetermined` is proven. What could not be proven is never assumed.
 */
import { CheckContext } from './check-context';
import { isOnEverything } from './filter';
import { SessionPolicyStatus } from './session-policy-reading';
import { ClassifiedExcess, Excess, Reason } from '../engine';
import { Association } from '../template/associations';
import { memoizePair } from '../util/memo';

export type Outcome =
  | Exclude<SessionPolicyStatus, { readonly kind: 'readable' }>
  /** It has no Allow statement, and denies every request: its author meant that. */
  | { readonly kind: 'denies everything' }
  /** It has no Allow statement, and denies some requests only. */
  | { readonly kind: 'allows nothing' }
  /** The role allows nothing of what it allows, such as `example`. */
  | { readonly kind: 'no effective permissions'; readonly example?: Excess }
  | { readonly kind: 'exceeds'; readonly excesses: readonly ClassifiedExcess[] }
  | { readonly kind: 'undetermined'; readonly reasons: readonly Reason[] } & Guardrails
  /** It allows all that the role allows. Unless there are `reasons`, it allows nothing else. */
  | { readonly kind: 'does not narrow'; readonly reasons: readonly Reason[] } & Guardrails
  | { readonly kind: 'narrows' } & Guardrails;

interface Guardrails {
  /** What guardrails of the role deny. @default - nothing */
  readonly guardrails?: readonly ClassifiedExcess[];
}

/** Computed once for each association. */
export const outcomeOf: (association: Association, context: CheckContext) => Outcome = memoizePair(decideOutcome);

function decideOutcome(association: Association, context: CheckContext): Outcome {
  const status = context.sessionPolicyStatus(association);
  if (status.kind !== 'readable') { return status; }
  const verdict = context.verdict(association)!;
  const { statements } = status.policy;
  if (statements.every(({ effect }) => effect === 'Deny')) { return { kind: statements.some(isOnEverything) ? 'denies everything' : 'allows nothing' }; }
  const reasons = verdict.kind === 'undetermined' ? verdict.reasons : [];
  if (context.isUnsatisfiable(association)) {
    return { kind: 'no effective permissions', example: verdict.kind === 'exceeds' ? verdict.excesses[0] : undefined };
  }
  if (verdict.kind !== 'exceeds') { return context.coversRole(association) ? { kind: 'does not narrow', reasons } : verdict; }
  const { excesses, reasons: doubts } = context.classifiedExcesses(association);
  const serious = excesses.filter(({ kind }) => kind !== 'guardrail');
  if (serious.length > 0) { return { kind: 'exceeds', excesses: serious }; }
  if (context.coversRole(association)) { return { kind: 'does not narrow', reasons: doubts, guardrails: excesses }; }
  return doubts.length > 0 ? { kind: 'undetermined', reasons: doubts, guardrails: excesses } : { kind: 'narrows', guardrails: excesses };
}
