/**
 * Finds what a session policy names on a resource of the app, and the policy of that resource denies to the role, whatever the role's own
 * policies say.
 *
 * Invariant: each denial has a request that AWS makes, and is proven for all requests of its action and resource. A pattern that is about
 * more than the resource, such as `*`, is no denial: other resources may be meant.
 * @see https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_evaluation-logic.html
 */
import { CheckContext } from './check-context';
import {
  allowsNoAwsRequest, decideNarrowing, isUnsatisfiable, Layer, NarrowingOptions, Policy, Statement, SymbolicString, Witness,
} from '../engine';
import { requestCatalog } from '../reference/request-catalog';
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
  const asking = new Asking(context.widestLayersOf(association), context.optionsFor(association));
  return restricted.flatMap(({ statement, pattern, restriction }) => statement.actions.patterns.flatMap((action) => {
    const part: Statement = { ...statement, actions: { negated: false, patterns: [action] }, resources: { negated: false, patterns: [pattern] } };
    const found = asking.denialOf({ ...session, statements: [part, ...session.statements.filter(({ effect }) => effect === 'Deny')] }, restriction);
    return found ? { restriction, action: action.source, resource: pattern.source, ...found } : [];
  }));
}

class Asking {
  public constructor(private readonly ofRole: readonly Layer[], private readonly options: NarrowingOptions) {}

  public denialOf(session: Policy, { certain, possible }: Restriction): Pick<ResourceDenial, 'witness' | 'statement' | 'isCertain'> | undefined {
    for (const [layer, isCertain] of [[certain, true], [possible, false]] as const) {
      if (!layer || !this.allowsNothing(session, [layer])) { continue; }
      const verdict = decideNarrowing({ session, layers: [layer] }, { ...this.options, firstExcessOnly: true });
      // Where the role itself allows nothing, its own policies are what has to change.
      if (verdict.kind !== 'exceeds' || this.allowsNothing(session, this.ofRole)) { continue; }
      const [{ witness, denial }] = verdict.excesses;
      return { witness, statement: denial.statement, isCertain };
    }
    return undefined;
  }

  private allowsNothing(session: Policy, layers: readonly Layer[]): boolean {
    const question = { session, layers };
    return isUnsatisfiable(question, this.options) || allowsNoAwsRequest(question, { ...this.options, catalog: requestCatalog() });
  }
}
