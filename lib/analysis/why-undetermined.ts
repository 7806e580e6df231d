/**
 * Why an assertion on the pods cannot be answered with yes: a request that they may make, or what it depends on.
 *
 * Invariant: what is named stands in the way. A request that is shown is one that AWS makes and that all layers allow.
 */
import { AskedRequests, needsNoPermission, policyAllowing } from './asked-requests';
import { CheckContext } from './check-context';
import { doubtfulGrants, gapsIn, layersOfPods } from './pod-permissions';
import { resolutionOf } from './reader';
import {
  decideNarrowing, dependenciesOf, describeStatement, intersectPermissions, Json, NarrowingQuestion, NOTHING, parsePolicy, Reason,
  StatementJson, Witness,
} from '../engine';
import { Association } from '../template/associations';

/** Why `mayMakeNone` is not proven. */
export interface NotDenied {
  /** What the pods may do, and a request of it. */
  readonly allowed?: { readonly witness: Witness; readonly statements: readonly StatementJson[] };
  /** If nothing is allowed for certain. */
  readonly reasons: readonly string[];
}

/** Maximum number of reasons shown. */
const SHOWN = 5;

export function whyNotDenied(requests: AskedRequests, association: Association, context: CheckContext): NotDenied {
  if (needsNoPermission(requests.action)) { return { reasons: [`AWS requires no permission for ${requests.action}, and allows it even against a Deny statement`] }; }
  const gaps = gapsIn(association, context);
  if (gaps.length > 0) { return { reasons: gaps.map(({ message }) => message) }; }
  const session = policyAllowing(requests);
  const layers = layersOfPods(association, context);
  const { document, omitted } = intersectPermissions([[session], ...layers.map(({ policies }) => policies)]);
  const { policy } = parsePolicy(document as unknown as Json, 'what they are allowed');
  const verdict = decideNarrowing({ session: policy, layers: [NOTHING] }, context.optionsFor(association));
  if (verdict.kind === 'exceeds') {
    const [{ witness }] = verdict.excesses;
    return { allowed: { witness, statements: document.Statement }, reasons: [] };
  }
  const found = [doubtfulGrants(session, association, context).map(({ message }) => message), whatItDependsOn({ session, layers }), omitted.map(({ statements, why }) => [statements.join(' and '), why].filter((text) => text !== '').join(': '))]
    .find((reasons) => reasons.length > 0);
  return { reasons: found?.slice(0, SHOWN) ?? ['no request was found that they are allowed, and no proof that there is none'] };
}

function whatItDependsOn(question: NarrowingQuestion): string[] {
  const { deployTimeValues, policyVariables, unclear } = dependenciesOf(question);
  return [
    ...(deployTimeValues.length > 0 ? [`it may depend on deploy-time values (${deployTimeValues.join(', ')})`] : []),
    ...(policyVariables.length > 0 ? [`it may depend on the values of ${policyVariables.join(', ')} in the request`] : []),
    ...unclear.map(({ statement, condition: { operator, keyName, values } }) => (
      `IAM does not document what ${operator} ${keyName} '${values.join("', '")}' of ${describeStatement(statement)} matches`)),
  ];
}

/** The reasons in the words of an assertion. */
export function whyUndetermined(reasons: readonly Reason[], association: Association, context: CheckContext): string {
  const gaps = gapsIn(association, context);
  const isGap = ({ message }: Reason) => gaps.some((gap) => gap.message === message);
  // Other resolutions are for the author of a session policy.
  return [...new Set(reasons.map((reason) => (isGap(reason) ? `${reason.message} (${resolutionOf(reason, context.reader)})` : reason.message)))].slice(0, SHOWN).join('; ');
}
