import { deniedBecause, describeDenial } from '../../lib/analysis/describe-excess';
import {
  decideNarrowing, EffectivePermissions, effectivePermissions, Excess, Layer, NarrowingOptions, NarrowingQuestion, policyDocument, Reason,
  StatementJson, statementsWithoutEffect, suggestFix, Verdict, WithoutEffect,
} from '../../lib/engine';
import { actionCatalog } from '../../lib/reference/action-catalog';
import { WELL_KNOWN_ACTIONS } from '../../lib/reference/well-known-actions';
import { PolicyInput } from '../policies/layers';
import { refTo, StatementRef } from '../policies/statement-ref';

/** What `--format json` writes: public. */
export interface Comparison extends Decision {
  readonly size: Size;
  readonly withoutEffect: ReadonlyArray<{ readonly statement: StatementRef; readonly why: WithoutEffect }>;
  readonly effective?: EffectivePermissions;
}

/** The verdict, and what it rests on. */
export interface Decision {
  readonly verdict: Verdict['kind'];
  /** The date of the reference data by which some requests were ruled out, where that made a difference. */
  readonly asOf?: string;
  /** Of `exceeds`: one for each statement that does. */
  readonly excesses?: readonly ExcessFound[];
  /** Of `undetermined`. */
  readonly reasons?: readonly Reason[];
}

export interface ExcessFound {
  readonly statement: StatementRef;
  readonly request: RequestFound;
  readonly denied: {
    readonly layer: Layer['name'];
    /** None: no statement of the layer allows the request. */
    readonly statement?: StatementRef;
    readonly why: string;
    /** As AWS puts it in the message of the error. */
    readonly message: string;
  };
  /** What is inside the role of the statement; none: nothing is. Only where it was asked for. */
  readonly instead?: readonly StatementJson[];
}

export interface RequestFound {
  readonly action: string;
  readonly resource: string;
  readonly context: { readonly [key: string]: string | readonly string[] };
  /** Condition keys that matter and that the request does not have. */
  readonly missing: readonly string[];
}

/** In characters. */
export interface Size {
  readonly minified: number;
  /** Where the policy was given as text. */
  readonly asWritten?: number;
  readonly limit: number;
}

/** As the checks at synthesis decide, which have the reference data too. */
export function narrowingOptions(reference: boolean): NarrowingOptions {
  return { knownActions: WELL_KNOWN_ACTIONS, catalog: reference ? actionCatalog() : undefined };
}

/** Whether the session policy narrows the role. */
export function decide(session: PolicyInput, role: readonly Layer[], options: NarrowingOptions): Decision {
  if (session.unclear.length > 0) { return { verdict: 'undetermined', reasons: session.unclear }; }
  const verdict = decideNarrowing({ session: session.policy, layers: role }, options);
  switch (verdict.kind) {
    case 'narrows': return { verdict: 'narrows', asOf: verdict.asOf };
    case 'exceeds': return { verdict: 'exceeds', excesses: verdict.excesses.map(explainExcess) };
    case 'undetermined': return { verdict: 'undetermined', reasons: verdict.reasons };
  }
}

/** The same with all that can be said of the two. */
export function comparePolicies(session: PolicyInput, role: readonly Layer[], size: Size, options: NarrowingOptions): Comparison {
  const question: NarrowingQuestion = { session: session.policy, layers: role };
  const { excesses, ...decision } = decide(session, role, options);
  const exceeding = new Set(excesses?.map(({ statement }) => statement.index));
  const withoutEffect = session.unclear.length > 0 ? [] : statementsWithoutEffect(question, options);
  const written = ({ statement }: ExcessFound) => session.policy.statements.find((s) => s.index === statement.index)!;
  return {
    ...decision,
    ...(excesses && { excesses: excesses.map((excess) => ({ ...excess, instead: suggestFix(written(excess), question, options) })) }),
    size,
    withoutEffect: withoutEffect.filter(({ statement }) => !exceeding.has(statement.index))
      .map(({ statement, why }) => ({ statement: refTo(statement), why })),
  };
}

/** What session policy, role and boundary allow together. */
export function effectiveOf(session: PolicyInput, role: readonly Layer[]): EffectivePermissions {
  const unclear = [...session.unclear, ...role.flatMap(({ gaps }) => gaps)];
  if (unclear.length > 0) { // what could not be read may be a denial
    return { document: policyDocument([]), omitted: unclear.map(({ message }) => ({ statements: [], why: message })) };
  }
  const [identity, boundary] = role;
  return effectivePermissions(session.policy, identity.policies, boundary?.policies[0]);
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
      ...(denial.statement && { statement: refTo(denial.statement) }),
      why: describeDenial(denial),
      message: deniedBecause(denial, witness.action),
    },
  };
}
