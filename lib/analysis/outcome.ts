/**
 * What becomes of the session policy of one association: the one place that decides which rule reports it. The rules on
 * narrowing ask for the outcome and report the kinds that are theirs.
 *
 * | kind | reported by |
 * |---|---|
 * | `no session policy`, `denies everything`, `narrows` | none of them |
 * | `invalid` | `InvalidSessionPolicy` |
 * | `far too large` | `SessionPolicyTooLarge` |
 * | `differs from the written policy` | `CompactedPolicyDiffers` alone, unless it is off: a wildcard of a compacted policy often exceeds the role |
 * | `unreadable`, `undetermined` | `NarrowingUndetermined` |
 * | `allows nothing` | `NoEffectivePermissions` |
 * | `no effective permissions` | `NoEffectivePermissions` alone: what else is open makes no difference to the pods |
 * | `denied by the organization` | `NoEffectivePermissions` alone, for the same reason |
 * | `exceeds` | `SessionPolicyExceedsRole`, `SessionPolicyOmitsCondition`: by the kind of each excess |
 * | `does not narrow` | `SessionPolicyDoesNotNarrow`, with its `reasons` also `NarrowingUndetermined` |
 *
 * If only guardrails of the role stand in the way, the outcome is that without them, and `guardrails` has what they deny. Then
 * `GuardrailLimitsSessionPolicy` also reports, if it is on.
 *
 * `DeniedByOrganizationPolicy` adds what policies of the organization deny, to the kinds from `exceeds` on and to `undetermined`.
 * `StatementHasNoEffect` adds single statements to the kinds from `exceeds` on, because the whole policy has an effect there.
 *
 * Invariant: each kind but `undetermined` is proven. What could not be proven is never assumed.
 */
import { CheckContext } from './check-context';
import { isOnEverything } from './filter';
import { DeniedByOrganization } from './organization-of-pods';
import { SessionPolicyStatus } from './session-policy-reading';
import { ClassifiedExcess, Excess, Reason } from '../engine';
import { Association } from '../template/associations';
import { memoizePair } from '../util/memo';

export type Outcome =
  | Exclude<SessionPolicyStatus, { readonly kind: 'readable' }>
  /** It is compacted, and not proven to give the pods what the written policy does. */
  | { readonly kind: 'differs from the written policy' }
  /** It has no Allow statement, and denies every request: its author meant that. */
  | { readonly kind: 'denies everything' }
  /** It has no Allow statement, and denies some requests only. */
  | { readonly kind: 'allows nothing' }
  /** The role allows nothing of what it allows, such as `example`. */
  | { readonly kind: 'no effective permissions'; readonly example?: Excess }
  /** Policies of the organization allow nothing of what it and the role allow, such as `example`. */
  | { readonly kind: 'denied by the organization'; readonly example?: Excess }
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
  const compacted = context.compacted(association).kind;
  if (compacted !== 'not compacted' && compacted !== 'equal' && context.settings.severities.get('CompactedPolicyDiffers') !== 'off') {
    return { kind: 'differs from the written policy' };
  }
  const verdict = context.verdict(association)!;
  const { statements } = status.policy;
  if (statements.every(({ effect }) => effect === 'Deny')) { return { kind: statements.some(isOnEverything) ? 'denies everything' : 'allows nothing' }; }
  const reasons = verdict.kind === 'undetermined' ? verdict.reasons : [];
  if (context.isUnsatisfiable(association)) {
    return { kind: 'no effective permissions', example: verdict.kind === 'exceeds' ? verdict.excesses[0] : undefined };
  }
  if (context.isDeniedByOrganization(association)) {
    return { kind: 'denied by the organization', example: context.deniedByOrganization(association).find(({ isCertain }) => isCertain) };
  }
  if (verdict.kind !== 'exceeds') { return context.coversRole(association) ? { kind: 'does not narrow', reasons } : verdict; }
  const { excesses, reasons: doubts } = context.classifiedExcesses(association);
  const serious = excesses.filter(({ kind }) => kind !== 'guardrail');
  if (serious.length > 0) { return { kind: 'exceeds', excesses: serious }; }
  if (context.coversRole(association)) { return { kind: 'does not narrow', reasons: doubts, guardrails: excesses }; }
  return doubts.length > 0 ? { kind: 'undetermined', reasons: doubts, guardrails: excesses } : { kind: 'narrows', guardrails: excesses };
}

/** What policies of the organization deny of a session policy of which they leave something: all of a pair of each statement. */
export function deadByOrganization(association: Association, context: CheckContext): readonly DeniedByOrganization[] {
  return besideOrganization(association, context).filter(({ dead }) => dead.length > 0);
}

/** The same of statements of which they leave something everywhere. */
export function limitedByOrganization(association: Association, context: CheckContext): readonly DeniedByOrganization[] {
  return besideOrganization(association, context).filter(({ dead }) => dead.length === 0);
}

const LEAVE_SOMETHING: ReadonlySet<Outcome['kind']> = new Set<Outcome['kind']>(['exceeds', 'undetermined', 'does not narrow', 'narrows']);

function besideOrganization(association: Association, context: CheckContext): readonly DeniedByOrganization[] {
  return LEAVE_SOMETHING.has(outcomeOf(association, context).kind) ? context.deniedByOrganization(association) : [];
}
