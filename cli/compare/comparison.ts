/**
 * Main file of this folder, which compares policy files: asks the engine whether a session policy narrows a role, and converts
 * the answer to the public JSON of `compare`. as-text.ts prints one answer; compare-pairs.ts and the files below it decide a
 * stream of pairs.
 * Invariant: if a part of the session policy could not be understood, the verdict is `undetermined`.
 */
import { deniedBecause, describeDenial } from '../../lib/analysis/describe-excess';
import { resolutionOf } from '../../lib/analysis/reader';
import { suggestReplacement } from '../../lib/analysis/suggest-replacement';
import {
  allowsNoRequest, Assumption, classifyExcesses, decideNarrowing, EffectivePermissions, Excess, ExcessKind, intersectPermissions,
  isOrganizational, Layer, NarrowingOptions, NarrowingQuestion, policyDocument, questionOfFix, Reason, Statement, StatementJson,
  statementsWithoutEffect, Verdict, WithoutEffect,
} from '../../lib/engine';
import { requestCatalog } from '../../lib/reference/request-catalog';
import { WELL_KNOWN_ACTIONS } from '../../lib/reference/well-known-actions';
import { PolicyInput } from '../policies/layers';
import { refTo, StatementRef } from '../policies/statement-ref';

/** The output of `--format json`. Public. */
export interface Comparison extends Decision {
  /** It has no Allow statement, so the pods can do nothing, whatever the role allows. */
  readonly allowsNothing?: true;
  readonly size: Size;
  readonly withoutEffect: ReadonlyArray<{ readonly statement: StatementRef; readonly why: WithoutEffect }>;
  readonly effective?: EffectivePermissions;
}

/** The verdict, with the evidence for it. */
export interface Decision {
  readonly verdict: Verdict['kind'];
  /** The date of the reference data, if the verdict relies on it. */
  readonly asOf?: string;
  /** With `narrows`: what else the verdict takes for granted about the requests that AWS makes. */
  readonly assumptions?: readonly Assumption[];
  /** With `exceeds`: one for each statement that exceeds the role. */
  readonly excesses?: readonly ExcessFound[];
  /** With `undetermined`: what is in doubt. With `exceeds`: what is in doubt about the role without its guardrails, if anything. */
  readonly reasons?: readonly Reason[];
}

export interface ExcessFound {
  readonly statement: StatementRef;
  /** What it means for the pods, if it was asked for. The worst that was found of the statement. */
  readonly kind?: ExcessKind;
  readonly request: RequestFound;
  readonly denied: {
    readonly layer: Layer['name'];
    /** Which of several layers with this name, such as the file of a level of the organization. */
    readonly source?: string;
    /** The statement that denies the request. None: no statement of the layer allows the request. */
    readonly statement?: StatementRef;
    readonly why: string;
    /** The reason in the error message of AWS. */
    readonly message: string;
  };
  /**
   * The statements to write in its place. With them the session policy narrows, and the pods keep all that they have: what the role
   * allows of it, and Deny statements of the role to repeat. Empty: the role allows nothing of it. Absent: none were found.
   */
  readonly instead?: readonly StatementJson[];
  /** If nothing was found to write in its place: a part that is inside the role, which may allow more of it. */
  readonly inside?: readonly StatementJson[];
}

export interface RequestFound {
  readonly action: string;
  readonly resource: string;
  readonly context: { readonly [key: string]: string | readonly string[] };
  /** Condition keys that matter and are missing from the request. */
  readonly missing: readonly string[];
}

/** The size of the session policy, in characters. */
export interface Size {
  readonly minified: number;
  /** The size of the text, if the policy was given as text. */
  readonly asWritten?: number;
  readonly limit: number;
}

/** The options of the checks at synth, which also use the reference data. */
export function narrowingOptions(reference: boolean): NarrowingOptions {
  return { knownActions: WELL_KNOWN_ACTIONS, catalog: reference ? requestCatalog() : undefined };
}

/** Decides whether the session policy narrows the role. */
export function decide(session: PolicyInput, role: readonly Layer[], options: NarrowingOptions): Decision {
  if (session.unclear.length > 0) { return { verdict: 'undetermined', reasons: session.unclear }; }
  const verdict = decideNarrowing({ session: session.policy, layers: role }, options);
  return explainVerdict(verdict, (excesses) => excesses.map(explainExcess));
}

function explainVerdict(verdict: Verdict, explain: (excesses: readonly Excess[]) => readonly ExcessFound[]): Decision {
  switch (verdict.kind) {
    case 'narrows': return { verdict: 'narrows', asOf: verdict.asOf, ...(verdict.assumptions && { assumptions: verdict.assumptions }) };
    case 'exceeds': return { verdict: 'exceeds', excesses: explain(verdict.excesses) };
    case 'undetermined': return { verdict: 'undetermined', reasons: verdict.reasons.map(explainReason) };
  }
}

/** Decides, and adds what excesses mean, fixes, statements without effect, and the size. */
export function comparePolicies(session: PolicyInput, role: readonly Layer[], size: Size, options: NarrowingOptions): Comparison {
  if (session.unclear.length > 0) { return { verdict: 'undetermined', reasons: session.unclear, size, withoutEffect: [] }; }
  const question: NarrowingQuestion = { session: session.policy, layers: role };
  const verdict = decideNarrowing(question, options);
  const decision = verdict.kind === 'exceeds' ? explainExcesses(verdict, question, options) : explainVerdict(verdict, () => []);
  const ofRole = { ...question, layers: role.filter((layer) => !isOrganizational(layer)) };
  const exceeding = new Set(decision.excesses?.map(({ statement }) => statement.index));
  return {
    ...decision,
    ...(session.policy.statements.every(({ effect }) => effect === 'Deny') && { allowsNothing: true as const }),
    size,
    withoutEffect: statementsWithoutEffect(ofRole, options).filter(({ statement }) => !exceeding.has(statement.index))
      .map(({ statement, why }) => ({ statement: refTo(statement), why })),
  };
}

/** The excesses with what they mean for the pods, and what to write instead. */
function explainExcesses(
  verdict: Extract<Verdict, { kind: 'exceeds' }>, question: NarrowingQuestion, options: NarrowingOptions,
): Decision {
  const { excesses, reasons } = classifyExcesses(verdict, question, options);
  const explained = excesses.map((excess) => {
    const { statement, ...found } = explainExcess(excess);
    // A guardrail limits the pods whatever the session policy says, so nothing is to be written instead.
    const replacement = excess.kind === 'guardrail' ? {} : isDeadByOrganization(excess, question, options) ? { instead: [] } : replacementOf(excess.statement, questionOfFix(excess, question, options), options);
    return { statement, kind: excess.kind, ...found, ...replacement };
  });
  return { verdict: 'exceeds', excesses: explained, ...(reasons.length > 0 && { reasons: reasons.map(explainReason) }) };
}

/** Whether role and organization leave nothing of the statement: there is no part to write in its place. */
function isDeadByOrganization({ statement, denial }: Excess, { session, layers }: NarrowingQuestion, options: NarrowingOptions): boolean {
  const only = { ...session, statements: [statement, ...session.statements.filter(({ effect }) => effect === 'Deny')] };
  return isOrganizational({ name: denial.layer }) && allowsNoRequest({ session: only, layers }, options);
}

function replacementOf(statement: Statement, question: NarrowingQuestion, options: NarrowingOptions): Pick<ExcessFound, 'instead' | 'inside'> {
  const replacement = suggestReplacement(statement, question, options);
  switch (replacement.kind) {
    case 'remove': return { instead: [] };
    case 'replace': return { instead: [...replacement.by, ...replacement.deny] };
    case 'part': return { inside: replacement.by };
    case 'none': return {};
  }
}

/** Returns what session policy and layers allow together, as one document. */
export function effectiveOf(session: PolicyInput, role: readonly Layer[]): EffectivePermissions {
  const unclear = [...session.unclear, ...role.flatMap(({ gaps }) => gaps)];
  if (unclear.length > 0) { // a part that could not be read may be a denial
    return { document: policyDocument([]), omitted: unclear.map(({ message }) => ({ statements: [], why: message })) };
  }
  return intersectPermissions([[session.policy], ...role.map(({ policies }) => policies)]);
}

function explainReason(reason: Reason): Reason {
  return { code: reason.code, message: reason.message, resolution: resolutionOf(reason, 'policy files') };
}

function explainExcess({ statement, witness, denial }: Excess): ExcessFound {
  const nameOf = (key: string) => witness.keyNames.get(key) ?? key;
  return {
    statement: refTo(statement),
    request: {
      action: witness.action,
      resource: witness.resource,
      context: Object.fromEntries([...witness.context].map(([key, value]) => [nameOf(key), value])),
      missing: witness.missing.map(nameOf),
    },
    denied: {
      layer: denial.layer,
      ...(denial.source !== undefined && { source: denial.source }),
      ...(denial.statement && { statement: refTo(denial.statement) }),
      why: describeDenial(denial),
      message: deniedBecause(denial, witness.action),
    },
  };
}
