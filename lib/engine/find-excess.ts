import { Budget } from './budget';
import { implies } from './conditions';
import { evaluate, Outcome, Request } from './evaluate';
import { Layer, Statement } from './policy';
import { Box, boxOfRequest, statementCovers, statementMayOverlap } from './targets';
import { Denial, Excess, NarrowingQuestion } from './verdict';
import { Assignment, Candidate, candidatesOf, KnownAction, satisfyingContext } from './witness';

/**
 * Searches the box for a request that the session policy certainly allows and the layer certainly does not, whatever
 * the values of the atoms, as long as different resources have different names. What it finds has been replayed.
 */
export function findExcess(
  box: Box, statement: Statement, layer: Layer, question: NarrowingQuestion, known: readonly KnownAction[], budget: Budget,
): Omit<Excess, 'narrowed'> | undefined {
  const context = satisfyingContext(statement.conditions);
  if (!context) { return undefined; }
  const sessionDenies = question.session.statements.filter((s) => s.effect === 'Deny');
  for (const candidate of candidatesOf(box, known, layer.policies.flatMap((p) => p.statements).filter((s) => s.effect === 'Deny'), budget)) {
    const request = boxOfRequest(candidate.action, candidate.resource);
    if (!statementCovers(statement, request, budget)) { continue; }
    if (sessionDenies.some((deny) => statementMayOverlap(deny, request, 'distinct', budget))) { continue; }
    // A made-up resource stands for all of the box, so nothing in the box may be allowed.
    const denial = denialOf(request, candidate.resourceInvented ? { ...request, resource: box.resource } : request, statement, layer, budget);
    const excess = denial && replay(candidate, new Map(context), statement, layer, denial, question);
    if (excess) { return excess; }
  }
  return undefined;
}

/** `reach`: what must not be allowed, if no statement denies the request. */
function denialOf(request: Box, reach: Box, statement: Statement, layer: Layer, budget: Budget): Denial | undefined {
  const all = layer.policies.flatMap((p) => p.statements);
  const deny = all.find((s) => s.effect === 'Deny' && implies(statement.conditions, s.conditions) && statementCovers(s, request, budget));
  if (deny) { return { layer: layer.name, statement: deny }; }
  const mayBeAllowed = layer.unknown.length > 0 || all.some((s) => s.effect === 'Allow' && statementMayOverlap(s, reach, 'distinct', budget));
  return mayBeAllowed ? undefined : { layer: layer.name };
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
function replay(
  candidate: Candidate, context: Map<string, string>, statement: Statement, layer: Layer, denial: Denial, question: NarrowingQuestion,
): Omit<Excess, 'narrowed'> | undefined {
  const assignment = new Assignment();
  const action = assignment.fillAction(candidate.action.source);
  const resource = assignment.fillResource(candidate.resource.source, context);
  if (!isWellFormed(action, resource)) { return undefined; }
  const request: Request = { action, resource, context };
  const refused: Outcome = denial.statement ? 'explicitDeny' : 'implicitDeny';
  const holds = (['crosses', 'stays'] as const).every((reading) =>
    evaluate([question.session], request, assignment.valueOf, reading) === 'allowed'
    && evaluate(layer.policies, request, assignment.valueOf, reading) === refused);
  return holds ? { statement, denial, witness: { action, resource, context, assumed: assignment.assumed } } : undefined;
}
