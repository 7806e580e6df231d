import { Assignment } from './assignment';
import { evaluate, Outcome, Request } from './evaluate';
import { certainlyMatches, conditionsMayHold, mayMatch } from './open-request';
import { Layer, Policy, Statement } from './policy';
import { KnownAction, Proposal, proposals } from './propose';
import { Region, Scope } from './region';
import { serviceOf, statementsOfService } from './service-index';
import { Box, boxOfRequest, statementMayOverlap } from './targets';
import { Denial, Excess, NarrowingQuestion } from './verdict';

/** A layer, as far as it matters to an action. */
export interface Side {
  readonly layer: Layer;
  /** The deny statements of the session policy. */
  readonly own: readonly Statement[];
  readonly allows: readonly Statement[];
  readonly denies: readonly Statement[];
}

/** Where an excess is looked for: in what a box of a statement of the session policy allows and a layer may not. */
export interface Search {
  readonly box: Box;
  readonly statement: Statement;
  readonly side: Side;
  readonly question: NarrowingQuestion;
  readonly known: readonly KnownAction[];
  /** The allow statements of the layer that may reach into the box. */
  readonly near: readonly Statement[];
  readonly scope: Scope;
}

/**
 * A request of the region that the session policy certainly allows and the layer certainly does not, whatever the values of
 * the atoms, as long as (with `names` distinct) different resources have different names. What it finds has been replayed.
 */
export function findExcess(region: Region, search: Search): Excess | undefined {
  const { statement, side, box, near, known, scope } = search;
  for (const proposal of proposals(region, box, known, near, scope)) {
    if (!certainlyMatches(statement, proposal, scope.budget)) { continue; }
    if (side.own.some((deny) => mayMatch(deny, proposal, scope.names, scope.budget))) { continue; }
    const denial = denialOf(proposal, search);
    const excess = denial && replay(proposal, search, denial);
    if (excess) { return excess; }
  }
  return undefined;
}

function denialOf(proposal: Proposal, { side: { layer, allows, denies }, box, scope }: Search): Denial | undefined {
  const deny = denies.find((s) => certainlyMatches(s, proposal, scope.budget));
  if (deny) { return { layer: layer.name, statement: deny }; }
  const mayBeAllowed = layer.unknown.length > 0 || allows.some((s) => mayMatch(s, proposal, scope.names, scope.budget)
    // A made-up resource stands for all of the box, so nothing in the box may be allowed.
    || (proposal.resourceInvented && mayMatchElsewhere(s, proposal, box, scope)));
  return mayBeAllowed ? undefined : { layer: layer.name };
}

function mayMatchElsewhere(statement: Statement, proposal: Proposal, box: Box, { budget, names }: Scope): boolean {
  return statementMayOverlap(statement, { ...boxOfRequest(proposal.action, proposal.resource), resource: box.resource }, names, budget)
    && conditionsMayHold(statement, proposal, budget);
}

function isWellFormed(action: string, resource: string): boolean {
  return WELL_FORMED_ACTION.test(action) && WELL_FORMED_RESOURCE.test(resource) && !REGIONAL_RESOURCE_OF_GLOBAL_SERVICE.test(resource);
}

/** What AWS could ask about, as far as the form shows it: https://docs.aws.amazon.com/IAM/latest/UserGuide/reference-arns.html */
const WELL_FORMED_ACTION = /^[A-Za-z0-9-]+:[A-Za-z0-9]+$/;
const WELL_FORMED_RESOURCE =
  /^(\*|arn:aws(-(cn|us-gov|iso|iso-b|iso-e|iso-f|eusc))?:[a-z0-9-]+:([a-z]+(-[a-z]+)+-\d)?:(\d{12}|aws)?:.+)$/s;
const REGIONAL_RESOURCE_OF_GLOBAL_SERVICE = /^arn:[^:]*:(iam|cloudfront|route53|organizations):[^:]+:/;

/** Gives the atoms values and evaluates the request, under each reading that IAM's documents leave open. */
function replay(proposal: Proposal, { statement, side: { layer }, question }: Search, denial: Denial): Excess | undefined {
  const assignment = new Assignment();
  assignment.fillContext(proposal.context);
  const action = assignment.fill(proposal.action.source);
  const resource = assignment.fillResource(proposal.resource.source);
  if (!isWellFormed(action, resource)) { return undefined; }
  const { context, assumed, valueOf } = assignment;
  const request: Request = { action, resource, context };
  const refused: Outcome = denial.statement ? 'explicitDeny' : 'implicitDeny';
  const service = serviceOf(boxOfRequest(proposal.action, proposal.resource).action);
  const ofService = (policies: readonly Policy[]) => policies.map((p) => ({ ...p, statements: statementsOfService(p, service) }));
  const [session, role] = [ofService([question.session]), ofService(layer.policies)];
  const holds = (['crosses', 'stays'] as const).every((reading) =>
    evaluate(session, request, valueOf, reading) === 'allowed' && evaluate(role, request, valueOf, reading) === refused);
  if (!holds) { return undefined; }
  const { keyNames } = proposal;
  const missing = [...keyNames.keys()].filter((key) => !context.has(key));
  return { statement, denial, witness: { action, resource, context, missing, keyNames, assumed } };
}
