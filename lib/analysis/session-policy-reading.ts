/**
 * Reads the session policy of one association, before anything is asked about its role. The rules on the text itself use the
 * reading; every question to the engine starts from the status.
 *
 * Invariant: the engine sees a session policy only if its status is `readable`: EKS would accept it, and all of it was read.
 */
import { lengthOf, ParsedPolicy, parseSessionPolicy, Policy, Reason, SymbolicString, TextLength, Unresolved } from '../engine';
import { SESSION_POLICY_MAX_CHARACTERS } from '../session-policy/limit';
import { Association } from '../template/associations';
import { Evaluator } from '../template/evaluator';
import { parseDocument } from '../template/parse-document';
import { lengthOfText } from '../template/text-length';

/** A session policy as far as it could be read. */
export type SessionPolicyReading =
  | { readonly kind: 'read'; readonly text: string | SymbolicString; readonly read: ParsedPolicy }
  /** It is not JSON. */
  | { readonly kind: 'invalid'; readonly text: string | SymbolicString; readonly why: string }
  | { readonly kind: 'unknown'; readonly why: string };

/** The policy to ask the engine about, or why there is none. */
export type SessionPolicyStatus =
  | { readonly kind: 'readable'; readonly policy: Policy }
  | { readonly kind: 'no session policy' }
  /** EKS rejects it: `InvalidSessionPolicy` says why. */
  | { readonly kind: 'invalid' }
  /** EKS rejects it, and it is too long to be worth a look: `SessionPolicyTooLarge` says so. */
  | { readonly kind: 'far too large' }
  | { readonly kind: 'unreadable'; readonly reasons: readonly Reason[] };

/** `undefined` if the association has no session policy. */
export function readSessionPolicy({ policy: text }: Association): SessionPolicyReading | undefined {
  if (text === undefined) { return undefined; }
  if (text instanceof Unresolved) { return { kind: 'unknown', why: text.reason }; }
  const parsed = parseDocument(text);
  if ('invalid' in parsed) { return { kind: 'invalid', text, why: parsed.invalid }; }
  if ('unknown' in parsed) { return { kind: 'unknown', why: parsed.unknown }; }
  return { kind: 'read', text, read: parseSessionPolicy(parsed.document, 'the session policy') };
}

/** How many characters it is deployed with, also if it could not be read; `undefined` if there is none. */
export function lengthOfSessionPolicy({ ref, policy }: Association, evaluator: Evaluator): TextLength | undefined {
  if (policy === undefined) { return undefined; }
  return policy instanceof Unresolved ? lengthOfText(ref.resource.Properties?.Policy, ref.stack, evaluator) : lengthOf(policy);
}

export function statusOf(reading: SessionPolicyReading | undefined): SessionPolicyStatus {
  if (!reading) { return { kind: 'no session policy' }; }
  if (reading.kind === 'unknown') { return unreadable([reading.why]); }
  if (reading.kind === 'invalid') { return { kind: 'invalid' }; }
  if (lengthOf(reading.text).min > 10 * SESSION_POLICY_MAX_CHARACTERS) { return { kind: 'far too large' }; }
  const { policy, problems } = reading.read;
  if (problems.some((p) => p.kind !== 'unknown')) { return { kind: 'invalid' }; }
  return problems.length === 0 ? { kind: 'readable', policy } : unreadable(problems.map((p) => `${p.where}: ${p.message}`));
}

function unreadable(messages: readonly string[]): SessionPolicyStatus {
  return {
    kind: 'unreadable',
    reasons: messages.map((message) => ({
      code: 'UnclearPolicy', message: `the session policy could not be read: ${message}`, resolution: 'write that part of the policy as literal text',
    })),
  };
}
