/**
 * Tells how compaction would shorten a session policy that is too long: the mildest `Compaction` with which it fits, and how long it is then. The rules
 * on the length print it.
 *
 * Invariant: the length is that of the policy which the constructs would deploy. What could not be read from the template gets no offer.
 */
import { CheckContext } from './check-context';
import { capitalize, counted } from './describe';
import { Reader } from './reader';
import { SHORTEN } from './shorter-policy';
import { Budget, lengthOf, policyDocument, TextLength, withinBudget } from '../engine';
import { countOf } from '../session-policy/choose-compaction';
import { compact, CompactionMode } from '../session-policy/compaction/compact';
import { SESSION_POLICY_MAX_CHARACTERS } from '../session-policy/limit';
import { LIST_VALUED, ResolvedStatement } from '../session-policy/minimize';
import { policyText } from '../session-policy/policy-text';
import { statementsInText } from '../session-policy/statements-in-text';
import { Association } from '../template/associations';
import { documentOf } from '../template/document-of';
import { WRITTEN_POLICY_KEY } from '../template/written-policy-key';
import { memberOf } from '../util/records';

export interface CompactionOffer {
  readonly compaction: 'LOSSLESS' | 'CATALOG' | 'ROLE';
  readonly length: TextLength;
}

const OFFERED: ReadonlyArray<CompactionOffer['compaction']> = ['LOSSLESS', 'CATALOG', 'ROLE'];

/**
 * A longer session policy gets no offer: of 16 policies of 2,600 to 7,300 characters, none of more than 4,300 became short enough, and the
 * proofs took up to 14 seconds.
 */
const MAX_CHARACTERS = 2 * SESSION_POLICY_MAX_CHARACTERS;

/** Questions to the engine for all compactions of a policy together: a few seconds. A policy that needs more gets no offer. */
const MAX_QUESTIONS = 250;

export function offerCompaction(association: Association, context: CheckContext): CompactionOffer | undefined {
  const compacted = context.compacted(association);
  if (compacted.kind !== 'equal' && compacted.kind !== 'not compacted') { return undefined; }
  const reading = context.sessionPolicy(association);
  if (reading?.kind !== 'read' || reading.read.problems.length > 0 || lengthOf(reading.text).min > MAX_CHARACTERS) { return undefined; }
  const { ref } = association;
  const written = compacted.kind === 'equal' ? memberOf(memberOf(memberOf(ref.resource.Metadata, WRITTEN_POLICY_KEY), 'Document'), 'Statement')
    : statementsInText(ref.resource.Properties?.Policy);
  if (!Array.isArray(written) || written.some((statement) => LIST_VALUED in statement)) { return undefined; }
  const used = OFFERED.indexOf(association.written?.compaction as CompactionOffer['compaction']);
  return withinBudget(() => firstThatFits(written, lengthOf(reading.text), OFFERED.slice(used + 1), association, context), () => undefined);
}

/** @param current the length of the deployed policy: an offer is shorter, also by the numbers that the message prints */
function firstThatFits(
  written: readonly ResolvedStatement[], current: TextLength, offered: typeof OFFERED, association: Association, context: CheckContext,
): CompactionOffer | undefined {
  const { ref } = association;
  const layers = context.widestLayersOf(association);
  const budget = new Budget(MAX_QUESTIONS);
  for (const compaction of offered) {
    const mode = compaction.toLowerCase() as CompactionMode;
    const made = compact(written, mode, { layers, budget, place: { templates: context.evaluator.templates, stack: ref.stack } });
    const text = made.mode === mode ? policyText(documentOf(policyDocument(made.statements), ref.stack, context.evaluator)) : undefined;
    const length = text === undefined ? undefined : lengthOf(text);
    if (length && length.min < current.min && countOf(length) <= SESSION_POLICY_MAX_CHARACTERS) { return { compaction, length }; }
  }
  return undefined;
}

/** The ways to shorten a session policy: first to deploy a compacted one, if a compaction makes it short enough. */
export function describeOffer(offer: CompactionOffer | undefined, reader: Reader): string {
  if (!offer) { return capitalize(SHORTEN); }
  const { compaction, length } = offer;
  const same = `which has ${describeLength(length)} and gives the pods the same permissions`;
  return reader === 'CDK app'
    ? `Set compaction: Compaction.${compaction} (a prop of PodIdentityAssociation, an option of SessionPolicyMixin) to deploy a shorter session policy, ${same}. Or ${SHORTEN}`
    : `Deploy the shorter session policy that \`cdk-pod-identity compact\` prints (${compaction.toLowerCase()}), ${same}. Or ${SHORTEN}`;
}

function describeLength({ min, max, expected }: TextLength): string {
  if (max === min) { return `${counted(min)} characters`; }
  if (max !== undefined) { return `${counted(min)} to ${counted(max)} characters`; }
  return expected === undefined ? `at least ${counted(min)} characters` : `about ${counted(expected)} characters`;
}
