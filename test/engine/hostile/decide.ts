/** Decides what can be read of any JSON. A verdict of any kind is an answer; an exception is none. */
import {
  decideNarrowing, Json, KnownAction, Layer, NarrowingOptions, NarrowingQuestion, parsePolicy, Policy, Verdict,
} from '../../../lib/engine';

const BUDGET = 500_000;
export const KINDS = ['narrows', 'exceeds', 'undetermined'];
const KNOWN_ACTIONS: readonly KnownAction[] = [{ action: 's3:GetObject', resource: 'arn:aws:s3:::data/key' }];

export function layer(...policies: Policy[]): Layer {
  return { name: 'identity policies', policies, gaps: [] };
}

/** What could be read of them, decided; whatever could not be read is left out. */
export function decide(session: Json, role: Json, options: NarrowingOptions = {}): Verdict {
  const question: NarrowingQuestion = {
    session: parsePolicy(session, 'session policy', 'session').policy,
    layers: [layer(parsePolicy(role, 'role policy').policy)],
  };
  return decideNarrowing(question, { knownActions: KNOWN_ACTIONS, budget: BUDGET, ...options });
}

/** Both ways round, and each with itself. */
export function decideAll(a: Json, b: Json): Verdict[] {
  return [decide(a, b), decide(b, a), decide(a, a), decide(b, b)];
}

export function expectAnswers(verdicts: readonly Verdict[]): void {
  for (const { kind } of verdicts) { expect(KINDS).toContain(kind); }
}
