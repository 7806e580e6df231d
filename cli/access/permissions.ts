/**
 * Grades what layers of policies together allow of one action: all, a part, none or unclear. access.ts grades the role alone and
 * under the session policy.
 * Invariant: `all` and `none` are proofs for every request that AWS makes of the action; without a proof or a witness, the grade
 * is `unclear`. Actions that all statements treat alike are decided once, which keeps the thousands of actions of broad roles
 * fast.
 */
import { ListedAction } from './actions';
import { OPTIONS } from '../../lib/analysis/check-context';
import {
  decideNarrowing, intersectPermissions, Json, Layer, mayMatchAction, NarrowingOptions, NOTHING, parsePolicy, parseStatement, patternOfForm, Policy,
  Principal, Statement, SymbolicString, Verdict,
} from '../../lib/engine';
import { requestCatalog } from '../../lib/reference/request-catalog';
import { memoizeBy } from '../../lib/util/memo';

/** How much of an action the layers allow together. */
export type Grade =
  /** Proven: no request that AWS makes of it is allowed. */
  | 'none'
  /** Some request of it is allowed. */
  | 'part'
  /** Proven: every request that AWS makes of it is allowed. */
  | 'all'
  /** Neither could be proven. */
  | 'unclear';

/** Bound of the caches: more actions than the reference contains. */
const ACTIONS_KEPT = 30_000;

/** The permissions of a set of layers, action by action. */
export class Permissions {
  private readonly statements: readonly Statement[];
  private readonly complete: readonly Layer[];

  /** Actions with equal keys are matched by the same statements, and AWS authorizes them on the same resources. */
  public readonly keyOf = memoizeBy(({ name }: ListedAction) => name, (action) => this.readKey(action), ACTIONS_KEPT);
  private readonly gradeOf = memoizeBy(this.keyOf, (action) => this.grade(action), ACTIONS_KEPT);
  /** What the layers without gaps allow together of the action, or of one with the same key. */
  private readonly commonOf = memoizeBy(this.keyOf, (action) => commonOf(action, this.complete), ACTIONS_KEPT);

  /** @param principal what is known of the role */
  public constructor(public readonly layers: readonly Layer[], public readonly principal: Principal = {}) {
    this.statements = statementsOf(layers);
    this.complete = layers.filter(({ gaps }) => gaps.length === 0);
  }

  public of(action: ListedAction): Grade {
    if (this.complete.some((layer) => !allowsSome(layer, action))) { return 'none'; }
    return this.gradeOf(action);
  }

  /** Whether the permissions of the action depend on conditions. */
  public isConditional(action: ListedAction): boolean {
    return this.commonOf(action).policy.statements.some(({ conditions }) => conditions.length > 0);
  }

  /** Whether another layer also allows everything that these layers allow of the action: `narrows` is yes, `exceeds` is no. */
  public areInside(layer: Layer, action: ListedAction): Verdict['kind'] {
    const { policy, isAll } = commonOf(action, this.complete); // of this action alone: the other layer may distinguish it from others with the same key
    return isAll ? decide(policy, layer, action, this.principal) : 'undetermined';
  }

  private readKey({ name, resources }: ListedAction): string {
    const about = this.statements.map((statement) => mayMatchAction(statement, name));
    // A deploy-time value may match one of two actions and not the other.
    const isOpen = this.statements.some((statement, i) => (
      about[i] && statement.actions.patterns.some(({ source }) => source instanceof SymbolicString)));
    return `${about.map(Number).join('')} ${isOpen ? name : resources}`;
  }

  private grade(action: ListedAction): Grade {
    const { policy, isAll, isUnlimited } = this.commonOf(action);
    const isComplete = this.complete.length === this.layers.length;
    if (isUnlimited) { return isComplete ? 'all' : 'unclear'; }
    const some = decide(policy, NOTHING, action, this.principal);
    if (some === 'narrows' && isAll) { return 'none'; }
    if (!isComplete || some !== 'exceeds') { return 'unclear'; }
    return decideNarrowing({ session: allOf(action), layers: this.layers }, options(this.principal)).kind === 'narrows' ? 'all' : 'part';
  }
}

interface CommonPermissions {
  readonly policy: Policy;
  /** Whether the policy is complete: nothing was omitted because no policy can express it. */
  readonly isAll: boolean;
  /** Whether the action is allowed on all resources, without conditions. */
  readonly isUnlimited: boolean;
}

function commonOf(action: ListedAction, layers: readonly Layer[]): CommonPermissions {
  const { document, omitted } = intersectPermissions([[allOf(action)], ...layers.map(({ policies }) => policies)]);
  const { policy } = parsePolicy(document as unknown as Json, 'what is allowed');
  return {
    policy,
    isAll: omitted.length === 0,
    isUnlimited: omitted.length === 0 && policy.statements.every((s) => s.effect === 'Allow')
      && policy.statements.some(({ resources, conditions }) => conditions.length === 0 && !resources.negated && resources.patterns.some(({ source }) => source === '*')),
  };
}

/**
 * Decides whether the layer allows all of the policy. If no witness is found, the ARN formats of the action's resources may lead
 * to one.
 */
function decide(policy: Policy, layer: Layer, action: ListedAction, principal: Principal): Verdict['kind'] {
  const { kind } = decideNarrowing({ session: policy, layers: [layer] }, options(principal));
  if (kind !== 'undetermined') { return kind; }
  const forms = action.resources.split(' ').filter((form) => form.startsWith('arn:')).map(patternOfForm);
  const { policy: inForms } = parseStatement({ Effect: 'Allow', Action: '*', Resource: forms }, 'what AWS asks');
  const { document } = intersectPermissions([[policy], [inForms]]);
  const { policy: part } = parsePolicy(document as unknown as Json, 'what is asked');
  return decideNarrowing({ session: part, layers: [layer] }, options(principal)).kind === 'exceeds' ? 'exceeds' : 'undetermined';
}

function allOf({ name }: ListedAction): Policy {
  return parseStatement({ Effect: 'Allow', Action: name, Resource: '*' }, 'what is asked').policy;
}

function allowsSome({ policies }: Layer, { name }: ListedAction): boolean {
  return policies.some(({ statements }) => statements.some((s) => s.effect === 'Allow' && mayMatchAction(s, name)));
}

function statementsOf(layers: readonly Layer[]): Statement[] {
  return layers.flatMap(({ policies }) => policies.flatMap(({ statements }) => statements));
}

function options(principal: Principal): NarrowingOptions {
  return { ...OPTIONS, catalog: requestCatalog(), principal };
}
