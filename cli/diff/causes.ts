/**
 * Names the cause of one gain or loss: the layers that deny the request on one side and allow it on the other, with their statements.
 * compare-pods.ts merges changes of the same causes.
 * Invariant: each layer that denies the request on the one side changed, because the other side allows it: each is a cause. The first in the
 * order of `ORDER` is the main one, and the sentences name all of them.
 */
import { Gain } from './compare-permissions';
import { Cause } from './difference';
import { evaluateAt, LayerOutcome } from './evaluate-at';
import { placeOf, PodAccess } from './pod-access';
import { describeRole, nameOfRole } from '../../lib/analysis/describe';
import { hasSessionTags } from '../../lib/analysis/session-tags';
import { describeStatement, isOrganizational, Statement } from '../../lib/engine';
import { narrowedRole } from '../../lib/template/associations';

export interface FoundCauses {
  readonly cause: Cause;
  /** Sentences. */
  readonly causes: string;
}

export type Direction = 'gained' | 'lost';

/** The order in which causes are named. */
const ORDER: readonly Cause[] = [
  'association added', 'association removed', 'trust policy', 'another role', 'session policy', 'session tags', 'role', 'boundary', 'resource policy', 'organization',
];

/**
 * Without EKS Pod Identity, the SDKs of AWS go on to the next credentials that they find: a web identity token, or the role of the node.
 * @see https://docs.aws.amazon.com/sdkref/latest/guide/standardized-credentials.html
 */
const OTHER_CREDENTIALS = 'the pods get no credentials from EKS Pod Identity, and use other credentials that they find, such as those of IAM roles for service accounts or of the node';

/** @param lacking the side that denies the request @param having the side that allows it */
export function causesOf(gain: Gain, direction: Direction, lacking: PodAccess, having: PodAccess): FoundCauses {
  const found = lacking.none ? [ofNone(direction, lacking)] : gain.denying.map((denied) => ofLayer(denied, gain, direction, lacking, having));
  const ordered = [...found].sort((a, b) => ORDER.indexOf(a.cause) - ORDER.indexOf(b.cause));
  return { cause: ordered[0].cause, causes: [...new Set(ordered.map(({ causes }) => causes))].join(' ') };
}

function ofNone(direction: Direction, { none }: PodAccess): FoundCauses {
  const side = direction === 'gained' ? 'base' : 'head';
  if (none!.cause === 'no association') {
    return direction === 'gained'
      ? { cause: 'association added', causes: `The association is added; without it, ${OTHER_CREDENTIALS}.` }
      : { cause: 'association removed', causes: `The association is removed; without it, ${OTHER_CREDENTIALS}.` };
  }
  return { cause: none!.cause, causes: `In the ${side}, ${none!.why}, so the pods get no credentials from EKS Pod Identity.` };
}

function ofLayer(denied: LayerOutcome, gain: Gain, direction: Direction, lacking: PodAccess, having: PodAccess): FoundCauses {
  const { layer, denying } = denied;
  const allowing = gain.allowing.find((one) => placeOf(one.layer) === placeOf(layer));
  const statement = allowing?.allowing;
  const isOfRole = layer.name === 'identity policies' || layer.name === 'permissions boundary';
  if (isOfRole && dependsOnTags(denied, gain, lacking, having)) {
    const [before, after] = direction === 'gained' ? [lacking, having] : [having, lacking];
    return {
      cause: 'session tags',
      causes: `Session tags are ${describeTags(before)} in the base and ${describeTags(after)} in the head, and ${describe(denying ?? statement)} depends on them.`,
    };
  }
  const says = (number: 'one' | 'many') => sentence(direction, number, denying, statement);
  if (layer.name === 'session policy') { return { cause: 'session policy', causes: allowing ? `The session policy ${says('one')}.` : WITHOUT_SESSION_POLICY[direction] }; }
  if (isOrganizational(layer)) { return { cause: 'organization', causes: `The ${layer.name}${layer.source === undefined ? '' : ` of ${layer.source}`} ${says('many')}.` }; }
  if (layer.name === 'resource policies') { return { cause: 'resource policy', causes: `The resource policies ${says('many')}.` }; }
  if (lacking.role !== having.role) {
    const [before, after] = direction === 'gained' ? [lacking, having] : [having, lacking];
    return { cause: 'another role', causes: `The pods have ${nameOf(after)} instead of ${nameOf(before)}.` };
  }
  if (layer.name === 'permissions boundary') { return { cause: 'boundary', causes: allowing ? `The permissions boundary ${says('one')}.` : WITHOUT_BOUNDARY[direction] }; }
  const isGrant = !denying && statement !== undefined && [...having.grants].some((policy) => policy.name === statement.policy);
  return isGrant
    ? { cause: 'resource policy', causes: `A resource policy ${says('one')}.` }
    : { cause: 'role', causes: `The policies of ${roleOf(having)} ${says('many')}.` };
}

const WITHOUT_SESSION_POLICY: Readonly<Record<Direction, string>> = {
  gained: 'The association no longer has a session policy: its pods can do all that the role allows.',
  lost: 'The association now has a session policy: its pods can only do what this policy allows.',
};

const WITHOUT_BOUNDARY: Readonly<Record<Direction, string>> = {
  gained: 'The role no longer has a permissions boundary.',
  lost: 'The role now has a permissions boundary.',
};

/** A denial that ends or begins, or a permission that does. */
function sentence(direction: Direction, number: 'one' | 'many', denying: Statement | undefined, allowing: Statement | undefined): string {
  const s = number === 'one' ? 's' : '';
  if (denying) { return `${direction === 'gained' ? 'no longer' : 'now'} ${number === 'one' ? 'denies' : 'deny'} it: ${describeStatement(denying)}`; }
  const by = allowing ? `: ${describeStatement(allowing)}` : '';
  return `${direction === 'gained' ? 'now' : 'no longer'} allow${s} it${by}`;
}

/** Whether the same layers would allow the request if the pods had the session tags of the other side. */
function dependsOnTags({ layer }: LayerOutcome, gain: Gain, lacking: PodAccess, having: PodAccess): boolean {
  const [own, other] = [lacking, having].map(({ association }) => association && hasSessionTags(association));
  if (own === other || lacking.role !== having.role) { return false; }
  const tagged: PodAccess = { ...lacking, options: having.options, layers: lacking.layers.filter((one) => placeOf(one) === placeOf(layer)) };
  return evaluateAt(tagged, 'least', gain.witness, new Map()).every(({ outcome }) => outcome === 'allowed');
}

function describeTags({ association }: PodAccess): string {
  const has = association && hasSessionTags(association);
  return has === undefined ? 'unknown' : has ? 'on' : 'off';
}

function describe(statement: Statement | undefined): string {
  return statement ? describeStatement(statement) : 'what the role may do';
}

function roleOf({ association }: PodAccess): string {
  return association ? describeRole(narrowedRole(association)) : 'the role';
}

function nameOf({ association }: PodAccess): string {
  return association ? `the role ${nameOfRole(narrowedRole(association))}` : 'no role';
}
