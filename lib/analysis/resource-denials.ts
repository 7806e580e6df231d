/**
 * Finds what a session policy names on a resource of the app, and the policy of that resource denies to the role, whatever the role's own
 * policies say.
 *
 * Invariant: each denial has a request that AWS makes, and is proven for all requests of its action and resource. A pattern that matches
 * more than the resource, such as `*`, is not a denial: other resources may be meant.
 * @see https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_evaluation-logic.html
 */
import { CheckContext } from './check-context';
import {
  allowsNoRequest, excessOf, NarrowingOptions, NarrowingQuestion, onlyAllowing, Statement, SymbolicString, Witness,
} from '../engine';
import { Association, narrowedRole } from '../template/associations';
import { Restriction } from '../template/resource-policies/resource-policies';

export interface ResourceDenial {
  readonly restriction: Restriction;
  /** One action of the session policy on one resource, as it is written. */
  readonly action: string | SymbolicString;
  readonly resource: string | SymbolicString;
  /** The request that shows it. */
  readonly witness: Witness;
  /** The statement of the resource policy that denies it; absent if none allows it. */
  readonly statement?: Statement;
  /** Whether it holds whatever is doubtful about the resource policy. */
  readonly isCertain: boolean;
}

export function denialsByResources(association: Association, context: CheckContext): readonly ResourceDenial[] {
  const session = context.readableSession(association);
  if (!session) { return []; }
  const role = narrowedRole(association);
  const restricted = session.statements.filter(({ effect, actions, resources }) => effect === 'Allow' && !actions.negated && !resources.negated)
    .flatMap((statement) => statement.resources.patterns.flatMap((pattern) => {
      const restriction = context.restrictionOn(pattern.source, role);
      return restriction ? [{ statement, pattern, restriction }] : [];
    }));
  if (restricted.length === 0) { return []; }
  const question = { session, layers: context.widestLayersOf(association) };
  const options = context.optionsFor(association);
  return restricted.flatMap(({ statement, pattern, restriction }) => statement.actions.patterns.flatMap((action) => {
    const part: Statement = { ...statement, actions: { negated: false, patterns: [action] }, resources: { negated: false, patterns: [pattern] } };
    const found = denialOf({ ...question, session: onlyAllowing(part, question) }, restriction, options);
    return found ? { restriction, action: action.source, resource: pattern.source, ...found } : [];
  }));
}

/** @param question what one action on one resource is, and the layers of the role */
function denialOf(
  { session, layers }: NarrowingQuestion, { certain, possible }: Restriction, options: NarrowingOptions,
): Pick<ResourceDenial, 'witness' | 'statement' | 'isCertain'> | undefined {
  for (const [layer, isCertain] of [[certain, true], [possible, false]] as const) {
    if (!layer || !allowsNoRequest({ session, layers: [layer] }, options)) { continue; }
    const excess = excessOf({ session, layers: [layer] }, options);
    // If the role itself allows nothing, its own policies are what has to change. A role that is not known completely may allow it.
    const isOfRole = layers.every(({ gaps }) => gaps.length === 0) && allowsNoRequest({ session, layers }, options);
    if (excess && !isOfRole) { return { witness: excess.witness, statement: excess.denial.statement, isCertain }; }
  }
  return undefined;
}
