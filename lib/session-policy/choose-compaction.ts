/**
 * Chooses how a session policy is written for a `Compaction`: the statements to deploy, and how they were made.
 *
 * Invariant: a shorter policy that could not be checked later is not chosen. The check reads the deployed text and the written statements from the
 * template, so both must be readable there.
 */
import { compact, CompactionMode } from './compaction/compact';
import { TemplatePlace } from './compaction/readings';
import { SESSION_POLICY_MAX_CHARACTERS } from './limit';
import { LIST_VALUED, minimize, ResolvedStatement } from './minimize';
import { policyText } from './policy-text';
import { Json, Layer, lengthOf, parseSessionPolicy, policyDocument, TextLength } from '../engine';
import { inEveryCase } from '../template/cases';
import { documentOf } from '../template/document-of';
import { Evaluator } from '../template/evaluator';
import { memoize } from '../util/memo';

/** The values of the enum `Compaction`, which this file does not import: it is the other way round. */
export type Asked = 'NONE' | 'LOSSLESS' | 'CATALOG' | 'ROLE' | 'WHEN_NEEDED';

export interface ChosenPolicy {
  readonly statements: readonly ResolvedStatement[];
  readonly mode: CompactionMode;
  /** Whether the role, which was not read, may make it shorter. */
  readonly mayBeShorter?: boolean;
  /** Why it is not what was asked for, and what resolves it: sentences. */
  readonly problem?: string;
}

/** The role as far as it is known: its layers, or why they are not complete, with what resolves it. */
export type RoleKnowledge =
  | { readonly kind: 'known'; readonly layers: readonly Layer[] }
  | { readonly kind: 'incomplete'; readonly why: string; readonly fix: string }
  /** It is too early to read it. */
  | { readonly kind: 'not read' };

const MODES: readonly CompactionMode[] = ['none', 'lossless', 'catalog', 'role'];

/** @param written as they were written, resolved */
export function chooseCompaction(written: readonly ResolvedStatement[], asked: Asked, place: TemplatePlace, role: () => RoleKnowledge): ChosenPolicy {
  const none: ChosenPolicy = { statements: minimize(written), mode: 'none' };
  if (asked === 'NONE') { return none; }
  const unchecked = whyUnchecked(written, none.statements, place);
  const chooser = new Chooser(written, place, role);
  if (asked !== 'WHEN_NEEDED') {
    return unchecked === undefined ? chooser.in(asked.toLowerCase() as CompactionMode) : { ...none, problem: unchecked };
  }
  if (isShortEnough(measure(none.statements, place))) { return none; }
  return unchecked === undefined ? chooser.shortestNeeded() : { ...none, problem: unchecked };
}

class Chooser {
  public readonly in = memoize((mode: CompactionMode) => (mode === 'role' ? this.inRole() : this.compacted(mode)));

  public constructor(
    private readonly written: readonly ResolvedStatement[], private readonly place: TemplatePlace, private readonly role: () => RoleKnowledge,
  ) {}

  /** The first that fits; the shortest, if none does. */
  public shortestNeeded(): ChosenPolicy {
    let best: { readonly policy: ChosenPolicy; readonly length: number } | undefined;
    for (const mode of MODES) {
      const policy = this.in(mode);
      const length = measure(policy.statements, this.place);
      if (isShortEnough(length)) { return { statements: policy.statements, mode: policy.mode }; }
      if (!best || length < best.length) { best = { policy, length }; }
    }
    return { ...this.in('role'), statements: best!.policy.statements, mode: best!.policy.mode };
  }

  /** Never longer than without the role. */
  private inRole(): ChosenPolicy {
    const role = this.role();
    const catalog = this.in('catalog');
    if (role.kind === 'not read') { return { ...catalog, mayBeShorter: true }; }
    if (role.kind === 'incomplete') { return { ...catalog, problem: `The role is not completely known: ${role.why}. ${role.fix}` }; }
    const ofRole = this.compacted('role', role.layers);
    return measure(catalog.statements, this.place) <= measure(ofRole.statements, this.place) ? { ...catalog, ...problemOf(ofRole) } : ofRole;
  }

  private compacted(mode: CompactionMode, layers?: readonly Layer[]): ChosenPolicy {
    const { statements, mode: used, reason } = compact(this.written, mode, { place: this.place, layers });
    return { statements, mode: used, ...problemOf({ problem: reason }) };
  }
}

function problemOf({ problem }: Pick<ChosenPolicy, 'problem'>): Pick<ChosenPolicy, 'problem'> {
  return problem === undefined ? {} : { problem };
}

function isShortEnough(length: number): boolean {
  return length <= SESSION_POLICY_MAX_CHARACTERS;
}

/**
 * The length that counts: the longest possible one, or the expected one if there is no longest, or the shortest if nothing can be expected. In the longest
 * case of the conditions.
 */
export function measure(statements: readonly ResolvedStatement[], place: TemplatePlace): number {
  return Math.max(...lengthsOf(statements, place).map((length) => (length ? countOf(length) : Infinity)));
}

/** The characters of the policy in each case of the conditions; `undefined` if a part of it could not be read. */
export function lengthsOf(statements: readonly ResolvedStatement[], { templates, stack }: TemplatePlace): ReadonlyArray<TextLength | undefined> {
  const there = templates.stackWithId(stack.id) ?? stack;
  return inEveryCase((assumptions) => {
    const text = policyText(documentOf(policyDocument(statements), there, new Evaluator(templates, assumptions)));
    return text === undefined ? undefined : lengthOf(text);
  }).map(({ value }) => value);
}

/** The number of characters that decides whether a policy is short enough. */
export function countOf({ min, max, expected }: TextLength): number {
  return max ?? expected ?? min;
}

/** Why the check could not compare another policy with the written one. */
function whyUnchecked(
  written: readonly ResolvedStatement[], minimized: readonly ResolvedStatement[], { templates, stack }: TemplatePlace,
): string | undefined {
  const fix = 'Write that part of the policy as literal text.';
  if (written.some((statement) => LIST_VALUED in statement)) { return `A list of the session policy is a deploy-time value. ${fix}`; }
  const there = templates.stackWithId(stack.id) ?? stack;
  const problems = inEveryCase((assumptions) => {
    const document: Json = documentOf(policyDocument(minimized), there, new Evaluator(templates, assumptions));
    return parseSessionPolicy(document, 'the session policy').problems;
  }).flatMap(({ value }) => value);
  return problems.length === 0 ? undefined : `The session policy could not be read: ${problems[0].where} ${problems[0].message}. ${fix}`;
}
