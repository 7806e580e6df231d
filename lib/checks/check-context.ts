import {
  decideNarrowing, Layer, narrowedForm, NarrowingOptions, NarrowingQuestion, permitsNothing, Policy, readPolicy, ReadPolicy, Statement, StatementJson,
  statementsWithoutEffect, takesNothingAway, Text, Unknown, Verdict,
} from '../engine';
import { WELL_KNOWN_ACTIONS } from '../reference/well-known-actions';
import { Association, associationsOf, narrowedRole, RoleRef } from '../template/associations';
import { parseDocument } from '../template/document-of';
import { RolePermissions } from '../template/role-permissions';
import { TemplateSet } from '../template/template-set';

/** A session policy as far as it could be read. */
export type SessionPolicyReading =
  | { readonly kind: 'read'; readonly text: string | Text; readonly read: ReadPolicy }
  /** Not JSON at all. */
  | { readonly kind: 'invalid'; readonly text: string | Text; readonly why: string }
  | { readonly kind: 'unknown'; readonly why: string };

/** How the checks ask the engine. */
export const OPTIONS: NarrowingOptions = { knownActions: WELL_KNOWN_ACTIONS };

/** What the checks know of the app. Everything is computed once. */
export class CheckContext {
  public readonly associations: readonly Association[];
  private readonly permissions: RolePermissions;
  private readonly readings = new Map<Association, SessionPolicyReading>();
  private readonly verdicts = new Map<Association, Verdict | undefined>();
  private readonly allowsNothing = new Map<Association, boolean>();

  public constructor(public readonly templates: TemplateSet) {
    this.associations = associationsOf(templates);
    this.permissions = new RolePermissions(templates);
  }

  /** The association's session policy; `undefined` where it has none. */
  public sessionPolicy(association: Association): SessionPolicyReading | undefined {
    if (association.policy === undefined) { return undefined; }
    const known = this.readings.get(association) ?? readSessionPolicy(association);
    this.readings.set(association, known);
    return known;
  }

  /** `undefined` where there is no session policy, or none that AWS would accept. */
  public verdict(association: Association): Verdict | undefined {
    if (!this.verdicts.has(association)) { this.verdicts.set(association, this.decide(association)); }
    return this.verdicts.get(association);
  }

  private decide(association: Association): Verdict | undefined {
    const reading = this.sessionPolicy(association);
    if (!reading || reading.kind === 'invalid') { return undefined; }
    if (reading.kind === 'unknown') { return unreadable([reading.why]); }
    const { policy, problems } = reading.read;
    if (problems.some((p) => p.kind !== 'unknown')) { return undefined; }
    if (problems.length > 0) { return unreadable(problems.map((p) => `${p.where}: ${p.message}`)); }
    return decideNarrowing(this.question(policy, association), OPTIONS);
  }

  /** What is left of a statement of its session policy when all goes that is not proven to be inside its role. */
  public narrowedForm(statement: Statement, association: Association): StatementJson[] {
    const reading = this.sessionPolicy(association);
    return reading?.kind === 'read' ? narrowedForm(statement, this.question(reading.read.policy, association), OPTIONS) : [];
  }

  /** Whether it is proven that the pods may do nothing at all. */
  public permitsNothing(association: Association): boolean {
    const known = this.allowsNothing.get(association) ?? this.ask(association, permitsNothing, false, this.layersThatMatter(association));
    this.allowsNothing.set(association, known);
    return known;
  }

  /** Whether it is proven that the session policy allows all that the role does. */
  public takesNothingAway(association: Association): boolean {
    return this.ask(association, takesNothingAway, false);
  }

  /** The statements of the session policy that could go without a change. */
  public statementsWithoutEffect(association: Association): ReturnType<typeof statementsWithoutEffect> {
    return this.ask(association, statementsWithoutEffect, [], this.layersThatMatter(association));
  }

  /** The session policy, where AWS would accept it and all of it could be read. */
  public readableSession(association: Association): Policy | undefined {
    const reading = this.sessionPolicy(association);
    return reading?.kind === 'read' && reading.read.problems.length === 0 ? reading.read.policy : undefined;
  }

  public layersOf(role: RoleRef): readonly Layer[] {
    return this.permissions.of(role);
  }

  private ask<T>(
    association: Association, about: (question: NarrowingQuestion, options: NarrowingOptions) => T, otherwise: T,
    layers = this.layersOf(narrowedRole(association)),
  ): T {
    const session = this.readableSession(association);
    return session ? about({ session, layers }, OPTIONS) : otherwise;
  }

  /** Inside a session policy that narrows the role, the role's own policies change nothing. */
  private layersThatMatter(association: Association): readonly Layer[] {
    return this.verdict(association)?.kind === 'narrows' ? [] : this.layersOf(narrowedRole(association));
  }

  private question(session: Policy, association: Association): NarrowingQuestion {
    return { session, layers: this.layersOf(narrowedRole(association)) };
  }
}

function readSessionPolicy({ policy }: Association): SessionPolicyReading {
  if (policy instanceof Unknown) { return { kind: 'unknown', why: policy.reason }; }
  const text = policy!;
  const parsed = parseDocument(text);
  if ('invalid' in parsed) { return { kind: 'invalid', text, why: parsed.invalid }; }
  if ('unknown' in parsed) { return { kind: 'unknown', why: parsed.unknown }; }
  return { kind: 'read', text, read: readPolicy(parsed.document, 'the session policy') };
}

function unreadable(reasons: readonly string[]): Verdict {
  return {
    kind: 'undetermined',
    reasons: reasons.map((message) => ({
      code: 'UnclearPolicy', message: `the session policy could not be read: ${message}`, resolution: 'write that part of the policy out',
    })),
  };
}
