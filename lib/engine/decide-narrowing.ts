import { Budget, withinBudget } from './budget';
import { implies } from './conditions';
import { severalValuesIn } from './context-keys';
import { findExcess, Search, Side } from './find-excess';
import { GeneratedNames } from './overlaps';
import { Pattern } from './pattern';
import { Layer, Reason, Statement, Targets } from './policy';
import { KnownAction } from './propose';
import { denyMayApply, notAllowed, TOO_LARGE } from './reasons';
import { Region, regionsOf, Scope } from './region';
import { matched, remaining } from './remaining';
import { serviceOf, statementsOfService } from './service-index';
import { actionsMayOverlap, Box, boxesOf, isAboutTheSame, statementAt, statementCovers, statementTakesIn, units } from './targets';
import { mayCrossIn, possibleParts, Universe } from './universe';
import { Excess, NarrowingQuestion, Verdict } from './verdict';

export interface NarrowingOptions {
  /** Actions to make witnesses of. They name witnesses; no proof depends on them. @default none */
  readonly knownActions?: readonly KnownAction[];
  /** The requests that AWS makes. Others do not count. @default - every request counts that policies can speak of */
  readonly universe?: Universe;
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

/** Steps that one decision may take, if nothing else is asked for. */
export const DEFAULT_BUDGET = 1_000_000;

/** Taking so many statements away costs more than a guess. */
const WORTH_GUESSING = 8;

/** As many deny statements that may apply are enough of a reason. */
const DENIES_LISTED = 8;

/** As many parts of a region as are searched for a request. */
const PARTS_SEARCHED = 64;

/**
 * Decides whether a session policy only narrows what a role permits.
 *
 * Every box (one action pattern on one resource pattern) that the session policy allows has to be inside each layer. Most
 * boxes are inside one allow statement and out of reach of all deny statements. For the others, all allow statements are
 * taken away from the box, one after the other: nothing left is a proof; what is left, and what a deny statement matches,
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

/** The boxes of a statement of the session policy that are proven to be inside the role. */
export function boxesInside(statement: Statement, question: NarrowingQuestion, options: NarrowingOptions = {}): Box[] {
  const decision = new Decision(question, options);
  return withinBudget(() => boxesOf(statement).filter((box) => decision.isInside(box, statement)), () => []);
}

type Finding =
  | { readonly kind: 'inside' }
  | { readonly kind: 'inside as of' }
  | { readonly kind: 'excess'; readonly excess: Excess }
  | { readonly kind: 'open'; readonly reasons: readonly Reason[] };

type StatementsByEffect = Pick<Side, 'allows' | 'denies'>;

const INSIDE: Finding = { kind: 'inside' };

class Decision {
  public readonly reasons: Reason[] = [];
  private readonly excesses: Excess[] = [];
  private readonly sessionDenies: readonly Statement[];
  /** Whether a statement is inside the layers if they repeat it. */
  private readonly repeatsAreInside: boolean;
  private readonly scope: Scope;
  private readonly byService = new Map<string | undefined, StatementsByEffect[]>();
  private ruledOut = false;

  public constructor(private readonly question: NarrowingQuestion, private readonly options: NarrowingOptions) {
    this.sessionDenies = question.session.statements.filter((s) => s.effect === 'Deny');
    this.repeatsAreInside = question.layers.every((layer) => isCompleteWithDenialsOf(this.sessionDenies, layer));
    const budget = new Budget(options.budget ?? DEFAULT_BUDGET);
    this.scope = {
      budget,
      mayHaveSeveral: severalValuesIn(question),
      mayCross: (pattern) => this.mayCross(pattern, budget),
      names: options.generatedNames ?? 'distinct',
    };
  }

  public verdict(): Verdict {
    if (this.excesses.length > 0) { return { kind: 'exceeds', excesses: this.excesses }; }
    if (this.reasons.length > 0) { return { kind: 'undetermined', reasons: unique(this.reasons) }; }
    return this.ruledOut ? { kind: 'narrows', asOf: this.options.universe!.asOf } : { kind: 'narrows' };
  }

  /** Whether it exceeds. At most one excess a statement: one request is enough to see what is wrong with it. */
  public decide(statement: Statement): boolean {
    if (this.repeatsAreInside && this.question.layers.every((layer) => isRepeatedIn(layer, statement))) { return false; }
    if (this.isInsideOneOfEach(statement)) { return false; }
    const reasons: Reason[] = [];
    for (const action of units(statement.actions)) {
      const sides = this.sidesOf(action);
      for (const resource of units(statement.resources)) {
        for (const side of sides) {
          const finding = this.decideBox({ action, resource }, statement, side);
          if (finding.kind === 'excess') {
            this.excesses.push(finding.excess);
            return true;
          }
          if (finding.kind === 'open') { reasons.push(...finding.reasons); }
          this.ruledOut ||= finding.kind === 'inside as of';
        }
      }
    }
    this.reasons.push(...reasons);
    return false;
  }

  /** Of a box of which AWS makes no request at all, nothing is left that is worth writing. */
  public isInside(box: Box, statement: Statement): boolean {
    return this.sidesOf(box.action).every((side) => this.decideBox(box, statement, side).kind.startsWith('inside')) && this.isPossible(box);
  }

  private isPossible(box: Box): boolean {
    const { universe } = this.options;
    return !universe || regionsOf(box, [], this.scope).some((region) => !possibleParts(region, universe, this.scope).next().done);
  }

  /**
   * Whether nothing is denied, and one statement of each layer allows all of it. So it is with most statements, and quickly seen.
   * Only for actions of one service: what `statementsOf` a service says of actions of others, it does not tell.
   */
  private isInsideOneOfEach(statement: Statement): boolean {
    const service = serviceOf(statement.actions);
    if (service === undefined || this.question.layers.some((layer) => layer.unknown.length > 0)) { return false; }
    return this.statementsOf(service).every(({ allows, denies }) => denies.length === 0 && allows.some((allow) => (
      implies(statement.conditions, allow.conditions) && statementTakesIn(allow, statement, this.scope.budget))));
  }

  private sidesOf(action: Targets): Side[] {
    const about = (statements: readonly Statement[]) => statements.filter((s) => actionsMayOverlap(s, action, 'anything', this.scope.budget));
    const own = about(this.sessionDenies);
    const near = this.statementsOf(serviceOf(action));
    return this.question.layers.map((layer, i) => ({ layer, own, allows: about(near[i].allows), denies: about(near[i].denies) }));
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

  private decideBox(box: Box, statement: Statement, side: Side): Finding {
    const { budget } = this.scope;
    const { layer } = side;
    if (side.own.some((deny) => implies(statement.conditions, deny.conditions) && statementCovers(deny, box, budget))) { return INSIDE; }
    const denies = this.reaching(box, side.denies).filter((deny) => !this.isDeniedAlready(deny));
    const isCovered = side.allows.some((allow) => implies(statement.conditions, allow.conditions) && statementCovers(allow, box, budget));
    if (isCovered && denies.length === 0 && layer.unknown.length === 0) { return INSIDE; }
    const near = this.reaching(box, side.allows);
    const search: Search = { box, statement, side, question: this.question, known: this.options.knownActions ?? [], near, scope: this.scope };
    const regions = regionsOf(box, statement.conditions, this.scope);
    const own = this.reaching(box, side.own);
    const findings = isCovered ? [] : [this.guessed(regions, search) ?? this.searched(remaining(regions, [...own, ...near], this.scope), search, () =>
      notAllowed(statement, box, layer, side.allows.filter((s) => statementCovers(s, box, budget)), near))];
    for (const deny of denies) {
      if (findings.filter((f) => f.kind === 'open').length > DENIES_LISTED || findings.some((f) => f.kind === 'excess')) { break; }
      findings.push(this.decideDeny(regions, deny, own, search));
    }
    const excess = findings.find((f) => f.kind === 'excess');
    if (excess) { return excess; }
    // What is missing may deny anything, and allow anything.
    if (layer.unknown.length > 0) { return { kind: 'open', reasons: layer.unknown }; }
    const reasons = findings.flatMap((f) => (f.kind === 'open' ? f.reasons : []));
    if (reasons.length > 0) { return { kind: 'open', reasons }; }
    return findings.find((f) => f.kind === 'inside as of') ?? INSIDE;
  }

  /** What the deny statement matches, unless the session policy (`own`) denies it too. */
  private decideDeny(regions: readonly Region[], deny: Statement, own: readonly Statement[], search: Search): Finding {
    const reason = () => denyMayApply(search.statement, deny, search.box);
    const named = { ...search, known: [...search.known, ...namedActions(deny).map((action) => ({ action, resource: '*' }))] };
    const denied = this.searched(remaining(matched(regions, deny, this.scope), own, this.scope), named, reason);
    if (denied.kind !== 'open') { return denied; }
    // Where readings differ, what is searched is larger than what the statement matches; field by field is closer.
    const closer = this.searched(remaining(matched(regions, deny, this.scope, true), own, this.scope), named, reason);
    return closer.kind === 'excess' ? closer : denied;
  }

  /** What the reference rules out here, the verdict rests on. */
  private mayCross(pattern: Pattern, budget: Budget): boolean {
    const crosses = !this.options.universe || mayCrossIn(this.options.universe, pattern, budget);
    this.ruledOut ||= !crosses;
    return crosses;
  }

  /** The statements with only what matters to the box. */
  private reaching(box: Box, statements: readonly Statement[]): Statement[] {
    return statements.map((s) => statementAt(s, box, this.scope.budget)).filter((s) => s !== undefined);
  }

  /** Whether the session policy itself denies everything that `deny` denies. */
  private isDeniedAlready(deny: Statement): boolean {
    return this.sessionDenies.some((s) => implies(deny.conditions, s.conditions)
      && boxesOf(deny).every((box) => statementCovers(s, box, this.scope.budget)));
  }

  /** Where many statements allow parts of a box, most requests of it show whether others are missing. */
  private guessed(regions: readonly Region[], search: Search): Finding | undefined {
    if (this.options.universe || search.near.length < WORTH_GUESSING) { return undefined; }
    for (const region of regions) {
      const excess = findExcess(region, search);
      if (excess) { return { kind: 'excess', excess }; }
    }
    return undefined;
  }

  /** Searches parts of the session policy's allowance that the layer may not allow. No part at all: there is nothing to search. */
  private searched(parts: Iterable<Region>, search: Search, reason: () => Reason): Finding {
    let count = 0;
    let ruledOut = 0;
    for (const part of parts) {
      count++;
      if (!this.options.universe) {
        const excess = findExcess(part, search);
        if (excess) { return { kind: 'excess', excess }; }
      } else {
        const possible = this.searchPossible(part, this.options.universe, search);
        if (typeof possible === 'object') { return { kind: 'excess', excess: possible }; }
        if (!possible) { ruledOut++; }
      }
      if (count - ruledOut >= PARTS_SEARCHED) { break; }
    }
    if (count === 0) { return INSIDE; }
    return count === ruledOut ? { kind: 'inside as of' } : { kind: 'open', reasons: [reason()] };
  }

  /** An excess that AWS could ask about, or whether there may be one. */
  private searchPossible(part: Region, universe: Universe, search: Search): Excess | boolean {
    let isPossible = false;
    const known = namesOf(search.known);
    for (const wellKnown of [true, false]) { // a request that people know says more
      for (const { action, region } of possibleParts(part, universe, this.scope, (name) => known.has(name) === wellKnown)) {
        isPossible = true;
        const excess = region && findExcess(region, action === undefined ? search : { ...search, known: realActions(action, search.known) });
        if (excess) { return excess; }
      }
    }
    return isPossible;
  }
}

/** Whether all is known of the layer, and it denies nothing but what the session policy denies in the same words. */
function isCompleteWithDenialsOf(sessionDenies: readonly Statement[], { policies, unknown }: Layer): boolean {
  return unknown.length === 0 && policies.every((p) => p.statements.every((s) => s.effect === 'Allow'
    || sessionDenies.some((own) => isAboutTheSame(own, s) && implies(s.conditions, own.conditions))));
}

/** Whether the layer has the very statement. */
function isRepeatedIn({ policies }: Layer, statement: Statement): boolean {
  return policies.some((p) => p.statements.some((allow) => isAboutTheSame(allow, statement) && implies(statement.conditions, allow.conditions)));
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
