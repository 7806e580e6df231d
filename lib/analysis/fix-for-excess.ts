/**
 * Words the ways to fix an excess: change the session policy, change the role, or keep both because something else allows the
 * request. `SessionPolicyExceedsRole` prints them.
 *
 * Invariant: each way that is printed helps. What is not shown to help is left out.
 */
import { hasBoundaryOfAws } from './boundary-of-aws';
import { CheckContext } from './check-context';
import { Compacted } from './compacted-policy';
import { counted, printStatements } from './describe';
import { acknowledging, Reader } from './reader';
import { Replacement, suggestReplacement } from './suggest-replacement';
import { decideNarrowing, describeStatement, Excess, Layer, NarrowingQuestion, questionOfFix, Statement, statementAsJson } from '../engine';
import { SESSION_POLICY_MAX_CHARACTERS } from '../session-policy/limit';
import { Association, narrowedRole } from '../template/associations';

export function fixForExcess(excess: Excess, association: Association, context: CheckContext): string {
  const { statement, denial } = excess;
  const session = context.readableSession(association)!;
  const options = context.optionsFor(association);
  const question = questionOfFix(excess, { session, layers: context.layersOf(narrowedRole(association)) }, options);
  const replacement = lengthOfCompacted(suggestReplacement(statement, question, options), context.compacted(association).kind);
  const ofAws = hasBoundaryOfAws(narrowedRole(association), context.evaluator);
  const lacking = denial.statement ? [] : layersThatLack(statement, question, (asked) => decideNarrowing(asked, options).kind === 'narrows');
  return [
    inSessionPolicy(statement, replacement),
    ...(denial.statement ? [`Or change ${describeStatement(denial.statement)}: what it denies, no other statement can allow.`] : []),
    ...(lacking.length > 0 ? [`Or allow it in ${describeLayers(lacking, context.reader, ofAws)}.`] : []),
    // A resource policy that names a role is limited by an implicit denial of its boundary, and by every explicit one.
    ...(denial.statement || denial.layer === 'permissions boundary' ? [] : [
      `If a resource policy that names the role allows it, ${acknowledging('SessionPolicyExceedsRole', context.reader)}.`,
    ]),
  ].join(' ');
}

/** How long a policy is when it is compacted, its statements do not tell. */
function lengthOfCompacted(replacement: Replacement, compacted: Compacted['kind']): Replacement {
  return replacement.kind === 'none' && compacted === 'equal' ? { kind: 'none' } : replacement;
}

function inSessionPolicy(statement: Statement, replacement: Replacement): string {
  const written = `${describeStatement(statement)}, ${JSON.stringify(statementAsJson(statement))}`;
  const leaveOut = `In ${written}, leave out what the role does not allow`;
  switch (replacement.kind) {
    case 'remove': return `Remove ${written}: the role allows none of it.`;
    case 'part': return `${leaveOut}. The role allows this part of it, and may allow more: ${printStatements(replacement.by)}.`;
    case 'none': return replacement.tooLarge === undefined ? `${leaveOut}.`
      : `${leaveOut}. With all that the role allows of it, the session policy has ${counted(replacement.tooLarge)} characters; EKS accepts at most ${counted(SESSION_POLICY_MAX_CHARACTERS)}.`;
    case 'replace': {
      const { by, deny } = replacement;
      if (deny.length === 0) { return `${leaveOut}: replace it with ${printStatements(by)}.`; }
      const isKept = by.length === 1 && JSON.stringify(by[0]) === JSON.stringify(statementAsJson(statement));
      return isKept ? `Repeat in the session policy what the role denies: add ${printStatements(deny)}.`
        : `${leaveOut}: replace it with ${printStatements(by)}, and repeat what the role denies: add ${printStatements(deny)}.`;
    }
  }
}

/** The layers that have to allow the statement, if it is inside the role then. */
function layersThatLack(statement: Statement, question: NarrowingQuestion, isInside: (question: NarrowingQuestion) => boolean): Layer['name'][] {
  const denies = question.session.statements.filter(({ effect }) => effect === 'Deny');
  const session = { ...question.session, statements: [statement, ...denies] };
  const lacking = question.layers.filter((layer) => !isInside({ session, layers: [layer] }));
  const allowing = lacking.map((layer): Layer => ({ ...layer, policies: [...layer.policies, { name: 'what is allowed', statements: [statement] }] }));
  return allowing.every((layer) => isInside({ session, layers: [layer] })) ? lacking.map(({ name }) => name) : [];
}

/** Where to allow something. @param ofAws the boundary is a policy that AWS maintains */
export function describeLayers(names: ReadonlyArray<Layer['name']>, reader: Reader, ofAws: boolean): string {
  const grants = reader === 'CDK app' && names.includes('identity policies') ? ' (with GrantsTo.SESSION_POLICY_AND_ROLE, grants go to both)' : '';
  const boundary = ofAws ? 'another permissions boundary for the role (AWS maintains this one)' : "the role's permissions boundary";
  return names.map((name) => (name === 'permissions boundary' ? boundary : `the role${grants}`)).join(' and in ');
}
