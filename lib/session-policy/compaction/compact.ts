/**
 * The shortest session policy with the same effect (docs/adr/0012-compaction.md). Constructs and commands ask it.
 *
 * Laws, which test/session-policy/compaction checks: never longer than `minimize`, whatever deploy-time values turn out to be; once
 * is enough (unless a limit ended the search); the order of statements, actions and resources does not matter; each step is proven by the engine,
 * or not taken.
 */
import { readingsOf, TemplatePlace } from './readings';
import { CATALOG_STEP, LOSSLESS_STEP, Policy, roleStep, Step, takeStep, withLetters } from './step';
import { Budget, Layer, policyDocument, withinBudget } from '../../engine';
import { servicesAsOf } from '../../reference/services';
import { SESSION_POLICY_MAX_CHARACTERS } from '../limit';
import { LIST_VALUED, minimize, ResolvedStatement } from '../minimize';
import { isShorter, lengthOfJson, typicalLength } from './length';

/**
 * - `none`: as `minimize` writes it.
 * - `lossless`: equal in IAM's language, for every request that policies can speak of. A `Sid` is dropped: it permits nothing.
 * - `catalog`: equal for every request that AWS makes, by the reference data.
 * - `role`: equal for every such request that the role allows.
 */
export type CompactionMode = 'none' | 'lossless' | 'catalog' | 'role';

export interface Compacted {
  readonly statements: readonly ResolvedStatement[];
  /** The mode that was used. */
  readonly mode: CompactionMode;
  /** What the equality takes for granted, in sentences. */
  readonly assumptions: readonly string[];
  /** Why the mode asked for could not be had; then an easier one was used. */
  readonly reason?: string;
}

export interface CompactionOptions {
  /**
   * The layers of the role: all of its policies, with what resource policies may grant to it, and its boundary. Each must be
   * complete. Only `role` uses them.
   */
  readonly layers?: readonly Layer[];
  /** The templates that the intrinsics are written in. @default - nothing is known of what intrinsics refer to */
  readonly place?: TemplatePlace;
  /** Number of questions to the engine; each takes some milliseconds. @default - `role` becomes `catalog` after 2,000; other modes have no limit */
  readonly budget?: Budget;
}

/** @throws BudgetExceeded if `budget` is given and does not suffice */
export function compact(written: readonly ResolvedStatement[], mode: CompactionMode, options: CompactionOptions = {}): Compacted {
  if (mode !== 'role' || options.budget) { return compactIn(written, mode, options); }
  return withinBudget(
    () => compactIn(written, mode, { ...options, budget: new Budget(MAX_QUESTIONS) }),
    () => ({ ...compactIn(written, 'catalog', options), reason: TOO_MANY_QUESTIONS }),
  );
}

/** About ten seconds. Grants take at most 200 questions, policies that people wrote for pods at most 700. */
const MAX_QUESTIONS = 2000;

const TOO_MANY_QUESTIONS = `Comparing the session policy with this role takes more than ${MAX_QUESTIONS.toLocaleString('en-US')} questions to the policy engine. Use Compaction.CATALOG.`;

function compactIn(written: readonly ResolvedStatement[], mode: CompactionMode, options: CompactionOptions): Compacted {
  if (mode === 'none') { return { statements: minimize(written), mode, assumptions: [] }; }
  const minimized = minimize(written.map(withoutSid));
  if (typicalLength(policyDocument(minimized)) > MAX_CHARACTERS) {
    return { statements: minimize(written), mode: 'none', assumptions: [], reason: TOO_LONG };
  }
  const { usable, reason } = usableMode(mode, options.layers);
  const whole = new Set(written.filter((s) => LIST_VALUED in s).flatMap((s) => minimize([withoutSid(s)])).map((s) => JSON.stringify(s)));
  const start: Policy = {
    statements: minimized,
    whole,
    readings: readingsOf(written, options.place),
    taken: new Set(),
    assumptions: new Set(),
    unproven: false,
  };
  const steps = stepsOf(usable, options);
  const result = repeat(start, (policy) => compactOnce(policy, steps, options.budget));
  const wasUsed = usable === 'lossless' || !result.unproven || result.taken.size > 0;
  return {
    statements: result.statements,
    mode: wasUsed ? usable : 'lossless',
    assumptions: assumptionsOf(result),
    ...(wasUsed ? reason && { reason } : { reason: reason ?? UNPROVEN }),
  };
}

/** The search compares each pair with each other: a longer policy takes minutes, and no compaction makes a tenth of it. */
const MAX_CHARACTERS = 10 * SESSION_POLICY_MAX_CHARACTERS;

const TOO_LONG = `The session policy has more than ${MAX_CHARACTERS.toLocaleString('en-US')} characters, and is not compacted.`;

const UNPROVEN = 'The engine could not prove that the shorter session policy has the same effect.';

/** A `role` that is not completely known may allow what a wildcard matches. */
function usableMode(mode: CompactionMode, layers: readonly Layer[] = []): { readonly usable: CompactionMode; readonly reason?: string } {
  if (mode !== 'role') { return { usable: mode }; }
  if (layers.length === 0) { return { usable: 'catalog', reason: 'The policies of the role are not known.' }; }
  const [gap] = layers.flatMap(({ gaps }) => gaps);
  return gap ? { usable: 'catalog', reason: `Not all policies of the role are known: ${gap.message}` } : { usable: mode };
}

function withoutSid(statement: ResolvedStatement): ResolvedStatement {
  const { Sid, ...rest } = statement;
  return rest;
}

/** Again until nothing gets shorter: so the result cannot be compacted again. */
function repeat(start: Policy, compactAgain: (policy: Policy) => Policy): Policy {
  let policy = start;
  for (let round = 0; round < MAX_ROUNDS; round++) {
    const next = compactAgain(policy);
    if (!isShorter(lengthOfJson(next.statements), lengthOfJson(policy.statements))) { return { ...policy, unproven: next.unproven }; }
    policy = next;
  }
  return policy;
}

/** Each round saves at least one character of at most some thousand; two or three rounds are usual. */
const MAX_ROUNDS = 100;

/** The steps beyond IAM's language. */
function stepsOf(mode: CompactionMode, { layers = [], budget }: CompactionOptions): readonly Step[] {
  return mode === 'role' ? [CATALOG_STEP, roleStep(layers, budget)] : mode === 'catalog' ? [CATALOG_STEP] : [];
}

function compactOnce(policy: Policy, steps: readonly Step[], budget: Budget | undefined): Policy {
  const take = (step: Step, from: Policy) => takeStep(step, from, budget);
  const lossless = take(LOSSLESS_STEP, policy);
  const best = shortest([lossless, ...steps.map((step) => take(step, lossless))]);
  return steps.length === 0 || isLikelyToFit(best) ? best : shortest([best, ...steps.map((step) => take(withLetters(step), lossless))]);
}

/** The shortest of the policies: the first one of that length. */
function shortest(policies: readonly Policy[]): Policy {
  const best = policies.reduce((a, b) => (typicalLength(b.statements) < typicalLength(a.statements) ? b : a));
  return { ...best, unproven: policies.some(({ unproven }) => unproven) };
}

function isLikelyToFit({ statements }: Policy): boolean {
  return typicalLength(policyDocument(statements)) <= SESSION_POLICY_MAX_CHARACTERS;
}

function assumptionsOf({ taken, assumptions }: Policy): string[] {
  const asOf = `An action that AWS added after ${servicesAsOf()}, or a resource that AWS authorizes an action on since then, may match a wildcard of the shorter policy.`;
  return [
    ...(taken.size > 0 ? [asOf] : []),
    ...(taken.has('role') ? ['The role allows no more than the policies that were compared: a wildcard may match what they do not allow.'] : []),
    ...[...assumptions].sort(),
  ];
}
