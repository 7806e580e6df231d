/**
 * Compares one property of an association with what is deployed: as text, or for session policies by what they allow.
 * Invariant: two policies are the same only if their documents match or by a proof in both directions; they differ only with a
 * witness. Everything else is `unclear`, with the reason.
 */
import { bindingsIn, match, openIn, substituteIn, unify } from './bindings';
import { describeRequest } from '../../../lib/analysis/describe-excess';
import { decideNarrowing, Json, parsePolicy, Policy, Unresolved, Verdict } from '../../../lib/engine';
import { WELL_KNOWN_ACTIONS } from '../../../lib/reference/well-known-actions';
import { parseDocument } from '../../../lib/template/parse-document';
import { Value } from '../../../lib/template/value';

/** How two values differ, worded as the end of a sentence; with `unclear`, why they could not be compared. */
export type Difference = { readonly kind: 'same' } | { readonly kind: 'changed' | 'unclear'; readonly how: string };

export const SAME: Difference = { kind: 'same' };

/** Compares a value of a template, such as the ARN of a role, with the deployed value. */
export function textDifference(written: Value | undefined, deployed: string | undefined): Difference {
  if (written instanceof Unresolved) { return { kind: 'unclear', how: written.reason }; }
  if (written === undefined || deployed === undefined) {
    return written === deployed ? SAME : { kind: 'changed', how: `${deployed ?? 'none'} is deployed, and the template has ${written ?? 'none'}` };
  }
  return match(written, deployed) ? SAME : { kind: 'changed', how: `${deployed} is deployed, and the template has ${written}` };
}

/** Compares two session policies by what they allow. */
export function policyDifference(written: Value | undefined, deployed: string | undefined): Difference {
  if (written instanceof Unresolved) { return { kind: 'unclear', how: written.reason }; }
  if (written === undefined || deployed === undefined) {
    return written === deployed ? SAME : {
      kind: 'changed',
      how: deployed === undefined ? 'no session policy is deployed, so the pods can do all that the role allows' : 'the template has no session policy',
    };
  }
  if (written === deployed) { return SAME; }
  const [expected, actual] = [parseDocument(written), parseDocument(deployed)];
  if (!('document' in expected)) { return unclear(`the session policy of the template could not be read: ${'invalid' in expected ? expected.invalid : expected.unknown}`); }
  if (!('document' in actual)) { return unclear(`the deployed session policy could not be read: ${'invalid' in actual ? actual.invalid : actual.unknown}`); }
  if (unify(expected.document, actual.document)) { return SAME; }
  return meaningDifference(substituteIn(expected.document, bindingsIn(expected.document, actual.document)), actual.document);
}

function meaningDifference(document: Json, deployed: Json): Difference {
  const open = openIn(document);
  const [expected, actual] = [parsePolicy(document, "the template's session policy", 'session'), parsePolicy(deployed, 'the deployed session policy', 'session')];
  const [problem] = [...expected.problems, ...actual.problems];
  if (problem) { return unclear(`one of the two session policies could not be understood: ${problem.where}${problem.where && ' '}${problem.message}`); }
  const more = allowsMore(actual.policy, expected.policy);
  const less = allowsMore(expected.policy, actual.policy);
  if (more.kind === 'narrows' && less.kind === 'narrows') { return SAME; }
  if (open.length > 0) { return unclear(`the session policy of the template has deploy-time values (${open.join(', ')})`); }
  const differences = [
    ...more.kind === 'exceeds' ? [`the deployed one allows ${describeRequest(more.excesses[0].witness)}, and the template's does not`] : [],
    ...less.kind === 'exceeds' ? [`the template's allows ${describeRequest(less.excesses[0].witness)}, and the deployed one does not`] : [],
  ];
  if (differences.length > 0) { return { kind: 'changed', how: differences.join('; ') }; }
  return unclear([more, less].flatMap((verdict) => (verdict.kind === 'undetermined' ? verdict.reasons.map(({ message }) => message) : [])).slice(0, 3).join('; '));
}

/**
 * Decides from the policies alone, without the action catalog: policies that differ only in requests that AWS does not make today
 * are not the same.
 */
function allowsMore(session: Policy, than: Policy): Verdict {
  return decideNarrowing(
    { session, layers: [{ name: 'session policy', policies: [than], gaps: [] }] },
    { knownActions: WELL_KNOWN_ACTIONS, firstExcessOnly: true },
  );
}

function unclear(how: string): Difference {
  return { kind: 'unclear', how };
}
