/**
 * Suggests what to write in a session policy in place of a statement that exceeds the role. Rules, `compare` and tests ask it.
 *
 * Invariant: what is suggested is checked before it is printed. With it, the statement is proven to be inside the role, EKS takes
 * the session policy, and the pods are proven to keep all that they had, with ARNs compared field by field. If one of these cannot be
 * shown, the kind says so.
 */
import { shortestJson } from './shortest-json';
import {
  decideNarrowing, intersectPermissions, isUnsatisfiable, Json, Layer, NarrowingOptions, NarrowingQuestion, parsePolicy, Policy,
  policyDocument, Statement, statementAsJson, StatementJson, suggestFix, Verdict,
} from '../engine';
import { SESSION_POLICY_MAX_CHARACTERS } from '../session-policy/limit';

export type Replacement =
  /** It is proven that the role allows nothing of the statement. */
  | { readonly kind: 'remove' }
  /**
   * The pods keep what they had. `by` is in place of the statement; it is the statement itself if that stays. `deny` are statements of
   * the role to repeat in the session policy.
   */
  | { readonly kind: 'replace'; readonly by: readonly StatementJson[]; readonly deny: readonly StatementJson[] }
  /** A part of it is proven to be inside the role. The role may allow more of it, which no proof or no policy shows. */
  | { readonly kind: 'part'; readonly by: readonly StatementJson[] }
  /** Nothing was found that could be shown to be right. `tooLarge`: the session policy would have so many characters. */
  | { readonly kind: 'none'; readonly tooLarge?: number };

/** `statement` is one of the session policy of `question`, and not inside the role. */
export function suggestReplacement(statement: Statement, question: NarrowingQuestion, options: NarrowingOptions): Replacement {
  const { session, layers } = question;
  const denies = session.statements.filter((s) => s.effect === 'Deny');
  if (isUnsatisfiable({ session: { ...session, statements: [statement, ...denies] }, layers }, options)) { return { kind: 'remove' }; }
  const trial = new Trial(statement, question, options);
  const inside = suggestFix(statement, question, options);
  const narrowed = inside.length > 0 && trial.isInside({ by: inside, deny: [] }) ? { by: inside, deny: [] } : undefined;
  const drafts = [() => narrowed, () => draftWithDenies(statement, question, options, trial)];
  let tooLarge: number | undefined;
  for (const make of drafts) {
    const draft = make();
    if (!draft || !trial.losesNothing(draft)) { continue; }
    const size = trial.sizeOf(draft);
    if (size <= SESSION_POLICY_MAX_CHARACTERS) { return { kind: 'replace', ...draft }; }
    tooLarge ??= size;
  }
  if (narrowed && trial.sizeOf(narrowed) <= SESSION_POLICY_MAX_CHARACTERS) { return { kind: 'part', by: narrowed.by }; }
  return { kind: 'none', ...(tooLarge !== undefined && { tooLarge }) };
}

interface Draft {
  readonly by: readonly StatementJson[];
  readonly deny: readonly StatementJson[];
}

/** The part of the statement that the role's Allow statements allow, with the Deny statements of the role that reach into it. */
function draftWithDenies(statement: Statement, question: NarrowingQuestion, options: NarrowingOptions, trial: Trial): Draft | undefined {
  const allowing = question.layers.map((layer) => withStatements(layer, ({ effect }) => effect === 'Allow'));
  const by = suggestFix(statement, { ...question, layers: allowing }, options);
  if (by.length === 0) { return undefined; }
  const all = question.layers.flatMap(({ policies }) => policies).flatMap(({ statements }) => statements).filter(({ effect }) => effect === 'Deny');
  const needed: Statement[] = [];
  for (;;) {
    const draft = { by, deny: needed.map((one) => printable(one, question.session)) };
    const verdict = trial.decide(draft);
    if (!verdict) { return undefined; }
    if (verdict.kind === 'narrows') { return draft; }
    const found = verdict.kind === 'exceeds' ? verdict.excesses.flatMap(({ denial }) => denial.statement ?? []).filter((one) => !needed.includes(one)) : [];
    const more = found.length > 0 || verdict.kind === 'exceeds' ? found : all.filter((one) => !needed.includes(one) && trial.reaches(one, draft));
    if (more.length === 0) { return undefined; }
    needed.push(...new Set(more));
  }
}

/** A Sid is unique within its policy. */
function printable(deny: Statement, session: Policy): StatementJson {
  const isTaken = session.statements.some(({ sid }) => sid !== undefined && sid === deny.sid);
  return statementAsJson(isTaken ? { ...deny, sid: undefined } : deny);
}

function withStatements(layer: Layer, isKept: (statement: Statement) => boolean): Layer {
  return { ...layer, policies: layer.policies.map((policy) => ({ ...policy, statements: policy.statements.filter(isKept) })) };
}

/** Tries drafts in place of the statement. */
class Trial {
  private readonly denies: readonly Statement[];
  private readonly others: readonly Statement[];

  public constructor(
    private readonly statement: Statement, private readonly question: NarrowingQuestion, private readonly options: NarrowingOptions,
  ) {
    this.denies = question.session.statements.filter(({ effect }) => effect === 'Deny');
    this.others = question.session.statements.filter((one) => one.effect === 'Allow' && one.index !== statement.index);
  }

  /** Whether the draft is inside the role; `undefined` if EKS would reject it. */
  public decide(draft: Draft): Verdict | undefined {
    const own = this.read(draft);
    return own && decideNarrowing({ ...this.question, session: { ...this.question.session, statements: [...own, ...this.denies] } }, this.options);
  }

  public isInside(draft: Draft): boolean {
    return this.decide(draft)?.kind === 'narrows';
  }

  /** Whether the draft is proven to allow all that the statement and the role allow together. */
  public losesNothing(draft: Draft): boolean {
    // The role denies what its Deny statements deny anyway.
    if (draft.by.length === 1 && isSame(draft.by[0], statementAsJson(this.statement))) { return true; }
    const own = this.read(draft);
    const before = own && this.allowedBefore();
    if (!before) { return false; }
    const statements = [...own, ...this.others, ...this.denies];
    const after: Layer = { name: 'session policy', policies: [{ name: 'the new session policy', statements }], gaps: [] };
    return decideNarrowing({ session: { name: 'what the pods had', statements: before }, layers: [after] }, this.options).kind === 'narrows';
  }

  /** Whether a Deny statement may deny a part of the draft. */
  public reaches(deny: Statement, draft: Draft): boolean {
    const own = (this.read(draft) ?? []).filter(({ effect }) => effect === 'Allow');
    const allowing = { ...deny, effect: 'Allow' as const };
    const layer: Layer = { name: 'identity policies', policies: [{ name: 'what is denied', statements: [allowing] }], gaps: [] };
    return !isUnsatisfiable({ session: { ...this.question.session, statements: own }, layers: [layer] }, this.options);
  }

  /** The length of the session policy with the draft, with the shortest deploy-time values. */
  public sizeOf({ by, deny }: Draft): number {
    const others = this.question.session.statements.filter((one) => one.index !== this.statement.index).map(statementAsJson);
    return shortestJson(policyDocument([...others, ...by, ...deny]) as unknown as Json).length;
  }

  /** What the statement and the role allow together; `undefined` if no policy can express it. */
  private allowedBefore(): readonly Statement[] | undefined {
    const own: Policy = { ...this.question.session, statements: [this.statement, ...this.denies] };
    const { document, omitted } = intersectPermissions([[own], ...this.question.layers.map(({ policies }) => policies)], this.options);
    const { policy, problems } = parsePolicy(document as unknown as Json, 'what the pods had');
    return omitted.length === 0 && problems.length === 0 ? policy.statements : undefined;
  }

  /** The statements of the draft, read as the session policy is read; `undefined` if EKS would reject them. */
  private read({ by, deny }: Draft): readonly Statement[] | undefined {
    const Version = this.statement.policyVariables ? '2012-10-17' : '2008-10-17';
    const { policy, problems } = parsePolicy({ Version, Statement: [...by, ...deny] as Json }, this.question.session.name, 'session');
    return problems.length === 0 ? policy.statements : undefined;
  }
}

function isSame(a: StatementJson, b: StatementJson): boolean {
  return JSON.stringify(a) === JSON.stringify(b);
}
