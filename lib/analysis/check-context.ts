import {
  coversRole, decideNarrowing, isUnsatisfiable, Json, Layer, lengthOf, NarrowingOptions, NarrowingQuestion, ParsedPolicy, parsePolicy, Policy,
  Statement, StatementJson, statementsWithoutEffect, suggestFix, SymbolicString, Unresolved, Verdict,
} from '../engine';
import { awsManagedPolicy } from './aws-managed-policies';
import { CheckSettings, DEFAULT_SETTINGS } from './settings';
import { trustStatementsIn } from './trust-policy';
import { actionCatalog } from '../reference/action-catalog';
import { WELL_KNOWN_ACTIONS } from '../reference/well-known-actions';
import { SESSION_POLICY_MAX_CHARACTERS } from '../session-policy/limit';
import { Association, associationAt, associationsIn, narrowedRole, RoleRef } from '../template/associations';
import { unlessOpen } from '../template/cases';
import { Evaluator } from '../template/evaluator';
import { KnownPermissions, PermissionsDeclaration } from '../template/known-permissions';
import { parseDocument } from '../template/parse-document';
import { RoleLayers } from '../template/role-layers';
import { ResourceRef } from '../template/template-set';

/** A session policy as far as it could be read. */
export type SessionPolicyReading =
  | { readonly kind: 'read'; readonly text: string | SymbolicString; readonly read: ParsedPolicy }
  /** Not JSON at all. */
  | { readonly kind: 'invalid'; readonly text: string | SymbolicString; readonly why: string }
  | { readonly kind: 'unknown'; readonly why: string };

/** How the engine is asked about other things than whether a session policy narrows: without what rules requests out. */
export const OPTIONS: NarrowingOptions = { knownActions: WELL_KNOWN_ACTIONS };

/** What the checks know of the app, in one case of its conditions. Everything is computed once. */
export class CheckContext {
  private readonly permissions: RoleLayers;
  private readonly read = new Map<ResourceRef, Association>();
  private readonly readings = new Map<Association, SessionPolicyReading>();
  private readonly verdicts = new Map<Association, Verdict | undefined>();
  private readonly trust = new Map<Json, readonly Json[]>();
  private readonly allowsNothing = new Map<Association, boolean>();
  private readonly options: NarrowingOptions;
  private all?: readonly Association[];

  public constructor(
    public readonly evaluator: Evaluator,
    declarations: readonly PermissionsDeclaration[] = [],
    public readonly settings: CheckSettings = DEFAULT_SETTINGS,
  ) {
    this.permissions = new RoleLayers(evaluator, new KnownPermissions(evaluator, declarations, awsManagedPolicy));
    this.options = { ...OPTIONS, catalog: actionCatalog(), generatedNames: settings.distinctResources ? 'distinct' : 'anything' };
  }

  /** @throws OpenQuestion where what is deployed depends on a condition */
  public association(ref: ResourceRef): Association {
    const known = this.read.get(ref) ?? associationAt(ref, this.evaluator);
    this.read.set(ref, known);
    return known;
  }

  /** All associations of the app. What depends on the conditions of others than the one that is looked at is left open. */
  public get associations(): readonly Association[] {
    this.all ??= associationsIn(this.evaluator.templates).map((ref) => (
      unlessOpen(() => this.association(ref)) ?? associationAt(ref, this.evaluator.leavingOpen)));
    return this.all;
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
    if (!reading || reading.kind === 'invalid' || isFarTooLarge(reading)) { return undefined; }
    if (reading.kind === 'unknown') { return unreadable([reading.why]); }
    const { policy, problems } = reading.read;
    if (problems.some((p) => p.kind !== 'unknown')) { return undefined; }
    if (problems.length > 0) { return unreadable(problems.map((p) => `${p.where}: ${p.message}`)); }
    return decideNarrowing(this.question(policy, association), this.options);
  }

  /** What is left of a statement of its session policy when all goes that is not proven to be inside its role. */
  public suggestFix(statement: Statement, association: Association): StatementJson[] {
    const reading = this.sessionPolicy(association);
    return reading?.kind === 'read' ? suggestFix(statement, this.question(reading.read.policy, association), this.options) : [];
  }

  /** Whether it is proven that the pods may do nothing at all. */
  public isUnsatisfiable(association: Association): boolean {
    const known = this.allowsNothing.get(association) ?? this.ask(association, isUnsatisfiable, false, this.layersThatMatter(association));
    this.allowsNothing.set(association, known);
    return known;
  }

  /** Whether it is proven that the session policy allows all that the role does. */
  public coversRole(association: Association): boolean {
    return this.ask(association, coversRole, false);
  }

  /** The statements of the session policy that could go without a change. */
  public statementsWithoutEffect(association: Association): ReturnType<typeof statementsWithoutEffect> {
    return this.ask(association, statementsWithoutEffect, [], this.layersThatMatter(association));
  }

  /** The session policy, where AWS would accept it and all of it could be read. */
  public readableSession(association: Association): Policy | undefined {
    const reading = this.sessionPolicy(association);
    return reading?.kind === 'read' && reading.read.problems.length === 0 && !isFarTooLarge(reading) ? reading.read.policy : undefined;
  }

  public layersOf(role: RoleRef): readonly Layer[] {
    return this.permissions.of(role);
  }

  /** What the trust policy of a role says; `undefined` where it is not known. */
  public trustStatements(role: RoleRef): readonly Json[] | undefined {
    const trust = this.permissions.trustPolicyOf(role);
    if (trust === undefined) { return undefined; }
    const known = this.trust.get(trust) ?? trustStatementsIn(trust);
    this.trust.set(trust, known);
    return known;
  }

  private ask<T>(
    association: Association, about: (question: NarrowingQuestion, options: NarrowingOptions) => T, otherwise: T,
    layers = this.layersOf(narrowedRole(association)),
  ): T {
    const session = this.readableSession(association);
    return session ? about({ session, layers }, this.options) : otherwise;
  }

  /** Inside a session policy that narrows the role, the role's own policies change nothing. */
  private layersThatMatter(association: Association): readonly Layer[] {
    const verdict = this.verdict(association);
    return verdict?.kind === 'narrows' && verdict.asOf === undefined ? [] : this.layersOf(narrowedRole(association));
  }

  private question(session: Policy, association: Association): NarrowingQuestion {
    return { session, layers: this.layersOf(narrowedRole(association)) };
  }
}

function readSessionPolicy({ policy }: Association): SessionPolicyReading {
  if (policy instanceof Unresolved) { return { kind: 'unknown', why: policy.reason }; }
  const text = policy!;
  const parsed = parseDocument(text);
  if ('invalid' in parsed) { return { kind: 'invalid', text, why: parsed.invalid }; }
  if ('unknown' in parsed) { return { kind: 'unknown', why: parsed.unknown }; }
  return { kind: 'read', text, read: parsePolicy(parsed.document, 'the session policy') };
}

/** Where a policy is so long that nothing of it will be deployed, to say so is enough. */
function isFarTooLarge(reading: SessionPolicyReading): boolean {
  return reading.kind !== 'unknown' && lengthOf(reading.text).min > 10 * SESSION_POLICY_MAX_CHARACTERS;
}

function unreadable(reasons: readonly string[]): Verdict {
  return {
    kind: 'undetermined',
    reasons: reasons.map((message) => ({
      code: 'UnclearPolicy', message: `the session policy could not be read: ${message}`, resolution: 'write that part of the policy out',
    })),
  };
}
