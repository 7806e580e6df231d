/**
 * Finds a witness: a request that the session policy allows and a layer of the role does not. `decide/search.ts` asks it about the
 * sets that subtraction leaves.
 *
 * In doubt, there is no witness: a candidate is accepted only if the session policy certainly allows it and the layer certainly does not, for
 * all values of the symbolic variables. Then the request is made concrete and replayed by the independent evaluator, under each reading of
 * IAM's documents. `undefined` proves nothing.
 */
import { Candidate, candidatesOf, KnownAction } from './candidates';
import { Concretizer } from './concretize';
import { certainlyMatches, conditionsMayHold, mayMatch } from './symbolic-request';
import { evaluate, Outcome, Request } from '../evaluate/evaluate';
import { Layer, Policy, Statement, wholeStatement } from '../policy/policy';
import { serviceOf, statementsOfService } from '../policy/service-index';
import { mayShareKeys } from '../policy/symbolic-keys';
import { Denial, Excess, NarrowingQuestion } from '../policy/verdict';
import { hasFields } from '../regions/arn-forms';
import { Place } from '../regions/place';
import { DecisionContext, RequestSet } from '../regions/request-set';
import { pairOfRequest, PatternPair, statementMayOverlap } from '../regions/targets';

/** The statements of a layer that matter to an action. */
export interface LayerSlice {
  readonly layer: Layer;
  /** The deny statements of the session policy. */
  readonly sessionDenies: readonly Statement[];
  readonly allows: readonly Statement[];
  readonly denies: readonly Statement[];
}

/** What to search: a pair of a statement of the session policy, for requests that one layer does not allow. */
export interface Search {
  readonly pair: PatternPair;
  readonly statement: Statement;
  readonly slice: LayerSlice;
  readonly question: NarrowingQuestion;
  readonly known: readonly KnownAction[];
  /** The allow statements of the layer that may reach into the pair. */
  readonly near: readonly Statement[];
  readonly context: DecisionContext;
  /** Facts about the other parts of the request, such as its condition keys, that follow from its action and resource. @default - nothing */
  readonly place?: Place;
  /** The statement as the policy has it, to report. @default `statement` */
  readonly written?: Statement;
}

/**
 * A request of the request set that the session policy allows and the layer does not. With `names` distinct, this assumes that
 * different resources have different names.
 */
export function findWitness(requests: RequestSet, search: Search): Excess | undefined {
  const { statement, slice, context } = search;
  const statements = () => [statement, ...slice.sessionDenies, ...slice.allows, ...slice.denies];
  if (mayShareKeys(statements())) { return undefined; }
  for (const candidate of candidatesOf(requests, { ...search, statements })) {
    if (!certainlyMatches(statement, candidate, context.budget)) { continue; }
    if (slice.sessionDenies.some((deny) => mayMatch(deny, candidate, context.names, context.budget))) { continue; }
    const denial = denialOf(candidate, search);
    const excess = denial && replay(candidate, search, denial);
    if (excess) { return excess; }
  }
  return undefined;
}

function denialOf(candidate: Candidate, { slice: { layer, allows, denies }, pair, context }: Search): Denial | undefined {
  const deny = denies.find((s) => certainlyMatches(s, candidate, context.budget));
  if (deny) { return { ...named(layer), statement: wholeStatement(deny) }; }
  const mayBeAllowed = layer.gaps.length > 0 || allows.some((s) => mayMatch(s, candidate, context.names, context.budget)
    // An invented resource represents the whole pair, so it is a witness only if no allow statement may match a resource of the pair.
    || (candidate.resourceInvented && mayMatchElsewhere(s, candidate, pair, context)));
  return mayBeAllowed ? undefined : named(layer);
}

function named({ name, source }: Layer): Denial {
  return { layer: name, ...(source !== undefined && { source }) };
}

function mayMatchElsewhere(statement: Statement, candidate: Candidate, pair: PatternPair, { budget, names }: DecisionContext): boolean {
  return statementMayOverlap(statement, { ...pairOfRequest(candidate.action, candidate.resource), resource: pair.resource }, names, budget)
    && conditionsMayHold(statement, candidate, budget);
}

function isWellFormed(action: string, resource: string): boolean {
  return WELL_FORMED_ACTION.test(action) && WELL_FORMED_RESOURCE.test(resource) && !REGIONAL_RESOURCE_OF_GLOBAL_SERVICE.test(resource);
}

/** The forms of actions and resources in requests of AWS: https://docs.aws.amazon.com/IAM/latest/UserGuide/reference-arns.html */
const WELL_FORMED_ACTION = /^[a-z0-9-]+:[a-z0-9][a-z0-9-]*$/i;
const WELL_FORMED_RESOURCE =
  /^(\*|arn:aws(-(cn|us-gov|iso|iso-b|iso-e|iso-f|eusc))?:[a-z0-9-]+:([a-z]+(-[a-z]+)+-\d)?:(\d{12}|aws)?:.*)$/s;
const REGIONAL_RESOURCE_OF_GLOBAL_SERVICE = /^arn:[^:]*:(iam|cloudfront|route53|organizations):[^:]+:/;

/** Gives the symbolic variables values and evaluates the request, under each reading that IAM's documents leave open. */
function replay(candidate: Candidate, search: Search, denial: Denial): Excess | undefined {
  const { statement, written = statement, slice: { layer }, question, place } = search;
  const concretizer = new Concretizer();
  concretizer.fillContext(candidate.context);
  const action = concretizer.fill(candidate.action.source);
  const resource = concretizer.fillResource(candidate.resource.source);
  if (!isWellFormed(action, resource) || (resource !== '*' && place?.form && !hasFields(resource, place.form.strictFields))) { return undefined; }
  const { context, assumed, valueOf } = concretizer;
  const request: Request = { action, resource, context, isAskedOnStar: candidate.isAskedOnStar };
  const refused: Outcome = denial.statement ? 'explicitDeny' : 'implicitDeny';
  const service = serviceOf(pairOfRequest(candidate.action, candidate.resource).action);
  const ofService = (policies: readonly Policy[]) => policies.map((p) => ({ ...p, statements: statementsOfService(p, service) }));
  const [session, role] = [ofService([question.session]), ofService(layer.policies)];
  const holds = (['crosses', 'stays'] as const).every((reading) =>
    evaluate(session, request, valueOf, reading) === 'allowed' && evaluate(role, request, valueOf, reading) === refused);
  if (!holds) { return undefined; }
  const { keyNames } = candidate;
  const missing = [...keyNames.keys()].filter((key) => !context.has(key));
  return { statement: wholeStatement(written), denial, witness: { action, resource, context, missing, keyNames, assumed } };
}
