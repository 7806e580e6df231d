import { denyMayApply, notAllowed, TOO_LARGE } from './reasons';
import { multivaluedKeysIn } from '../policy/context-keys';
import { implies } from '../policy/implies';
import { Layer, Reason, Statement, Targets } from '../policy/policy';
import { serviceOf, statementsOfService } from '../policy/service-index';
import { Excess, NarrowingQuestion, Verdict } from '../policy/verdict';
import { ActionCatalog, mayCrossColonsIn, possibleSubsets } from '../regions/catalog';
import { DecisionContext, RequestSet, requestSetsOf } from '../regions/request-set';
import { intersectAll, subtractAll } from '../regions/subtract';
import {
  actionsMayOverlap, haveSameTargets, pairsOf, PatternPair, restrictStatement, splitTargets, statementCovers, statementCoversStatement,
} from '../regions/targets';
import { Budget, DEFAULT_BUDGET, withinBudget } from '../strings/budget';
import { GeneratedNames } from '../strings/overlaps';
import { Pattern } from '../strings/pattern';
import { KnownAction } from '../witness/candidates';
import { findWitness, LayerSlice, Search } from '../witness/find-witness';

export interface NarrowingOptions {
  /** Actions to make witnesses of. They name witnesses; no proof depends on them. @default none */
  readonly knownActions?: readonly KnownAction[];
  /** The requests that AWS makes. Others do not count. @default - every request counts that policies can speak of */
  readonly catalog?: ActionCatalog;
  /**
   * Whether generated names are `distinct`, other names than all that are written and than each other, or may be `anything`.
   * Only refutations rest on it. @default distinct
   */
  readonly generatedNames?: GeneratedNames;
  /** Comparison steps that one decision may take. @default 1,000,000 */
  readonly budget?: number;
  /** Whether one excess is enough; otherwise each statement is looked at. The kind of the verdict is the same. @default false */
  readonly firstExcessOnly?: boolean;
}

/** Taking so many statements away costs more than a guess. */
const WORTH_GUESSING = 8;

/** As many deny statements that may apply are enough of a reason. */
const DENIES_LISTED = 8;

/** As many parts of a request set as are searched for a request. */
const PARTS_SEARCHED = 64;

/**
 * Decides whether a session policy only narrows what a role permits.
 *
 * Every pair (one action pattern on one resource pattern) that the session policy allows has to be inside each layer. Most
 * pairs are inside one allow statement and out of reach of all deny statements. For the others, all allow statements are
 * taken away from the pair, one after the other: nothing left is a proof; what is left, and what a deny statement matches,
 * is searched for a request.
 * @see https://docs.aws.amazon.com/IAM/latest/UserGuide/access_policies.html#policies_session
 */
export function decideNarrowing(question: NarrowingQuestion, options: NarrowingOptions = {}): Verdict {
  const decision = new Decision(question, options);
  withinBudget(
    () => {
      for (const statement of question.session.statements) {
        if (statement.effect === 'Allow' && decision.decide(statement) && options.firstExcessOnly) { break; }
      }
    },
    () => { decision.reasons.push(TOO_LARGE); },
  );
  return decision.verdict();
}

/** The pairs of a statement of the session policy that are proven to be inside the role. */
export function pairsInside(statement: Statement, question: NarrowingQuestion, options: NarrowingOptions = {}): PatternPair[] {
  const decision = new Decision(question, options);
  return withinBudget(() => pairsOf(statement).filter((pair) => decision.isInside(pair, statement)), () => []);
}

type PairOutcome =
  | { readonly kind: 'inside' }
  | { readonly kind: 'inside as of' }
  | { readonly kind: 'excess'; readonly excess: Excess }
  | { readonly kind: 'open'; readonly reasons: readonly Reason[] };

type StatementsByEffect = Pick<LayerSlice, 'allows' | 'denies'>;

const INSIDE: PairOutcome = { kind: 'inside' };

class Decision {
  public readonly reasons: Reason[] = [];
  private readonly excesses: Excess[] = [];
  private readonly sessionDenies: readonly Statement[];
  /** Whether a statement is inside the layers if they repeat it. */
  private readonly repeatsAreInside: boolean;
  private readonly context: DecisionContext;
  private readonly byService = new Map<string | undefined, StatementsByEffect[]>();
  private ruledOut = false;

  public constructor(private readonly question: NarrowingQuestion, private readonly options: NarrowingOptions) {
    this.sessionDenies = question.session.statements.filter((s) => s.effect === 'Deny');
    this.repeatsAreInside = question.layers.every((layer) => isCompleteWithDenialsOf(this.sessionDenies, layer));
    const budget = new Budget(options.budget ?? DEFAULT_BUDGET);
    this.context = {
      budget,
      mayBeMultivalued: multivaluedKeysIn(question),
      mayCrossColons: (pattern) => this.mayCrossColons(pattern, budget),
      names: options.generatedNames ?? 'distinct',
    };
  }

  public verdict(): Verdict {
    if (this.excesses.length > 0) { return { kind: 'exceeds', excesses: this.excesses }; }
    if (this.reasons.length > 0) { return { kind: 'undetermined', reasons: unique(this.reasons) }; }
    return this.ruledOut ? { kind: 'narrows', asOf: this.options.catalog!.asOf } : { kind: 'narrows' };
  }

  /** Whether it exceeds. At most one excess a statement: one request is enough to see what is wrong with it. */
  public decide(statement: Statement): boolean {
    if (this.repeatsAreInside && this.question.layers.every((layer) => isRepeatedIn(layer, statement))) { return false; }
    if (this.isInsideOneOfEach(statement)) { return false; }
    const reasons: Reason[] = [];
    for (const action of splitTargets(statement.actions)) {
      const slices = this.slicesOf(action);
      for (const resource of splitTargets(statement.resources)) {
        for (const slice of slices) {
          const outcome = this.decidePair({ action, resource }, statement, slice);
          if (outcome.kind === 'excess') {
            this.excesses.push(outcome.excess);
            return true;
          }
          if (outcome.kind === 'open') { reasons.push(...outcome.reasons); }
          this.ruledOut ||= outcome.kind === 'inside as of';
        }
      }
    }
    this.reasons.push(...reasons);
    return false;
  }

  /** Of a pair of which AWS makes no request at all, nothing is left that is worth writing. */
  public isInside(pair: PatternPair, statement: Statement): boolean {
    return this.slicesOf(pair.action).every((slice) => this.decidePair(pair, statement, slice).kind.startsWith('inside')) && this.isPossible(pair);
  }

  private isPossible(pair: PatternPair): boolean {
    const { catalog } = this.options;
    return !catalog || requestSetsOf(pair, [], this.context).some((requests) => !possibleSubsets(requests, catalog, this.context).next().done);
  }

  /**
   * Whether nothing is denied, and one statement of each layer allows all of it. So it is with most statements, and quickly seen.
   * Only for actions of one service: what `statementsOf` a service says of actions of others, it does not tell.
   */
  private isInsideOneOfEach(statement: Statement): boolean {
    const service = serviceOf(statement.actions);
    if (service === undefined || this.question.layers.some((layer) => layer.gaps.length > 0)) { return false; }
    return this.statementsOf(service).every(({ allows, denies }) => denies.length === 0 && allows.some((allow) => (
      implies(statement.conditions, allow.conditions) && statementCoversStatement(allow, statement, this.context.budget))));
  }

  private slicesOf(action: Targets): LayerSlice[] {
    const about = (statements: readonly Statement[]) => statements.filter((s) => actionsMayOverlap(s, action, 'anything', this.context.budget));
    const own = about(this.sessionDenies);
    const near = this.statementsOf(serviceOf(action));
    return this.question.layers.map((layer, i) => ({ layer, sessionDenies: own, allows: about(near[i].allows), denies: about(near[i].denies) }));
  }

  /** Of each layer. */
  private statementsOf(service: string | undefined): StatementsByEffect[] {
    const known = this.byService.get(service);
    if (known) { return known; }
    const statements = this.question.layers.map(({ policies }) => {
      const all = policies.flatMap((policy) => statementsOfService(policy, service));
      return { allows: all.filter((s) => s.effect === 'Allow'), denies: all.filter((s) => s.effect === 'Deny') };
    });
    this.byService.set(service, statements);
    return statements;
  }

  private decidePair(pair: PatternPair, statement: Statement, slice: LayerSlice): PairOutcome {
    const { budget } = this.context;
    const { layer } = slice;
    if (slice.sessionDenies.some((deny) => implies(statement.conditions, deny.conditions) && statementCovers(deny, pair, budget))) { return INSIDE; }
    const denies = this.restrictTo(pair, slice.denies).filter((deny) => !this.isDeniedAlready(deny));
    const isCovered = slice.allows.some((allow) => implies(statement.conditions, allow.conditions) && statementCovers(allow, pair, budget));
    if (isCovered && denies.length === 0 && layer.gaps.length === 0) { return INSIDE; }
    const near = this.restrictTo(pair, slice.allows);
    const search: Search = { pair, statement, slice, question: this.question, known: this.options.knownActions ?? [], near, context: this.context };
    const sets = requestSetsOf(pair, statement.conditions, this.context);
    const own = this.restrictTo(pair, slice.sessionDenies);
    const outcomes = isCovered ? [] : [this.guess(sets, search) ?? this.search(subtractAll(sets, [...own, ...near], this.context), search, () =>
      notAllowed(statement, pair, layer, slice.allows.filter((s) => statementCovers(s, pair, budget)), near))];
    for (const deny of denies) {
      if (outcomes.filter((f) => f.kind === 'open').length > DENIES_LISTED || outcomes.some((f) => f.kind === 'excess')) { break; }
      outcomes.push(this.decideDeny(sets, deny, own, search));
    }
    const excess = outcomes.find((f) => f.kind === 'excess');
    if (excess) { return excess; }
    // What is missing may deny anything, and allow anything.
    if (layer.gaps.length > 0) { return { kind: 'open', reasons: layer.gaps }; }
    const reasons = outcomes.flatMap((f) => (f.kind === 'open' ? f.reasons : []));
    if (reasons.length > 0) { return { kind: 'open', reasons }; }
    return outcomes.find((f) => f.kind === 'inside as of') ?? INSIDE;
  }

  /** What the deny statement matches, unless the session policy (`own`) denies it too. */
  private decideDeny(sets: readonly RequestSet[], deny: Statement, own: readonly Statement[], search: Search): PairOutcome {
    const reason = () => denyMayApply(search.statement, deny, search.pair);
    const named = { ...search, known: [...search.known, ...namedActions(deny).map((action) => ({ action, resource: '*' }))] };
    const denied = this.search(subtractAll(intersectAll(sets, deny, this.context), own, this.context), named, reason);
    if (denied.kind !== 'open') { return denied; }
    // Where readings differ, what is searched is larger than what the statement matches; field by field is closer.
    const closer = this.search(subtractAll(intersectAll(sets, deny, this.context, true), own, this.context), named, reason);
    return closer.kind === 'excess' ? closer : denied;
  }

  /** What the reference rules out here, the verdict rests on. */
  private mayCrossColons(pattern: Pattern, budget: Budget): boolean {
    const crosses = !this.options.catalog || mayCrossColonsIn(this.options.catalog, pattern, budget);
    this.ruledOut ||= !crosses;
    return crosses;
  }

  /** The statements with only what matters to the pair. */
  private restrictTo(pair: PatternPair, statements: readonly Statement[]): Statement[] {
    return statements.map((s) => restrictStatement(s, pair, this.context.budget)).filter((s) => s !== undefined);
  }

  /** Whether the session policy itself denies everything that `deny` denies. */
  private isDeniedAlready(deny: Statement): boolean {
    return this.sessionDenies.some((s) => implies(deny.conditions, s.conditions)
      && pairsOf(deny).every((pair) => statementCovers(s, pair, this.context.budget)));
  }

  /** Where many statements allow parts of a pair, most requests of it show whether others are missing. */
  private guess(sets: readonly RequestSet[], search: Search): PairOutcome | undefined {
    if (this.options.catalog || search.near.length < WORTH_GUESSING) { return undefined; }
    for (const requests of sets) {
      const excess = findWitness(requests, search);
      if (excess) { return { kind: 'excess', excess }; }
    }
    return undefined;
  }

  /** Searches parts of the session policy's allowance that the layer may not allow. No part at all: there is nothing to search. */
  private search(parts: Iterable<RequestSet>, search: Search, reason: () => Reason): PairOutcome {
    let count = 0;
    let ruledOut = 0;
    for (const part of parts) {
      count++;
      if (!this.options.catalog) {
        const excess = findWitness(part, search);
        if (excess) { return { kind: 'excess', excess }; }
      } else {
        const possible = this.searchPossible(part, this.options.catalog, search);
        if (typeof possible === 'object') { return { kind: 'excess', excess: possible }; }
        if (!possible) { ruledOut++; }
      }
      if (count - ruledOut >= PARTS_SEARCHED) { break; }
    }
    if (count === 0) { return INSIDE; }
    return count === ruledOut ? { kind: 'inside as of' } : { kind: 'open', reasons: [reason()] };
  }

  /** An excess that AWS could ask about, or whether there may be one. */
  private searchPossible(part: RequestSet, catalog: ActionCatalog, search: Search): Excess | boolean {
    let isPossible = false;
    const known = namesOf(search.known);
    for (const wellKnown of [true, false]) { // a request that people know says more
      for (const { action, requests } of possibleSubsets(part, catalog, this.context, (name) => known.has(name) === wellKnown)) {
        isPossible = true;
        const excess = requests && findWitness(requests, action === undefined ? search : { ...search, known: realActions(action, search.known) });
        if (excess) { return excess; }
      }
    }
    return isPossible;
  }
}

/** Whether all is known of the layer, and it denies nothing but what the session policy denies in the same words. */
function isCompleteWithDenialsOf(sessionDenies: readonly Statement[], { policies, gaps }: Layer): boolean {
  return gaps.length === 0 && policies.every((p) => p.statements.every((s) => s.effect === 'Allow'
    || sessionDenies.some((own) => haveSameTargets(own, s) && implies(s.conditions, own.conditions))));
}

/** Whether the layer has the very statement. */
function isRepeatedIn({ policies }: Layer, statement: Statement): boolean {
  return policies.some((p) => p.statements.some((allow) => haveSameTargets(allow, statement) && implies(statement.conditions, allow.conditions)));
}

const NAMES = new WeakMap<readonly KnownAction[], ReadonlySet<string>>();

/** In lower case. */
function namesOf(actions: readonly KnownAction[]): ReadonlySet<string> {
  const known = NAMES.get(actions) ?? new Set(actions.map(({ action }) => action.toLowerCase()));
  NAMES.set(actions, known);
  return known;
}

/** The action as the reference writes it, with the usual resources that are known of it. */
function realActions(action: string, known: readonly KnownAction[]): readonly KnownAction[] {
  const usual = known.filter((k) => k.action.toLowerCase() === action.toLowerCase());
  return [...usual, { action, resource: '*' }];
}

/** The actions that the statement writes out, as it writes them. */
function namedActions(statement: Statement): string[] {
  return statement.actions.patterns.flatMap(({ source }) => (typeof source === 'string' && !/[*?]/.test(source) ? [source] : []));
}

function unique(reasons: readonly Reason[]): Reason[] {
  return [...new Map(reasons.map((r) => [r.message, r])).values()];
}
