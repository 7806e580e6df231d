/**
 * What the rules and every other front end ask about an app, in one case of the conditions of its templates. It joins what
 * `template/` found with the questions to the engine.
 *
 * Invariant: each answer depends on the templates, the declarations and the settings only, so that it is computed once.
 */
import { awsManagedPolicy } from './aws-managed-policies';
import { Compacted, compareWithWritten } from './compacted-policy';
import { decideWithGrants, LayersWithGrants } from './decide-with-grants';
import { claimsOf, isFilter } from './filter';
import { DeniedByOrganization, deniedByOrganization, OrganizationOfPods, organizationOfPods } from './organization-of-pods';
import { principalOf } from './principal';
import { Reader } from './reader';
import { readSessionPolicy, SessionPolicyStatus, statusOf } from './session-policy-reading';
import { tagsOfPods } from './session-tags';
import { CheckSettings, DEFAULT_SETTINGS } from './settings';
import { trustStatementsIn } from './trust-policy';
import {
  allowsNoRequest, ClassifiedExcesses, classifyExcesses, coversRole, decideNarrowing, isUnsatisfiable, Json, Layer, NarrowingOptions,
  NarrowingQuestion, NOTHING, Policy, Statement, statementsWithoutEffect, SymbolicString, Verdict,
} from '../engine';
import { requestCatalog } from '../reference/request-catalog';
import { WELL_KNOWN_ACTIONS } from '../reference/well-known-actions';
import { Association, associationAt, AssociationRef, associationsIn, narrowedRole, RoleRef } from '../template/associations';
import { unlessOpen } from '../template/cases';
import { declaredResourcePolicies } from '../template/declared-resource-policies';
import { Evaluator } from '../template/evaluator';
import { KnownPermissions, PermissionsDeclaration } from '../template/known-permissions';
import { Bounds, Guardrails, ResourceGrant, Restriction } from '../template/resource-policies/resource-policies';
import { RoleLayers } from '../template/role-layers';
import { memoize } from '../util/memo';

/** The options for questions other than whether a session policy narrows: no reference rules requests out. */
export const OPTIONS: NarrowingOptions = { knownActions: WELL_KNOWN_ACTIONS };

/** Whether the Deny statement of a filter takes something away from the role. */
export type TakesAway =
  | 'yes'
  /** The role allows nothing of what it denies. */
  | 'outside the role'
  /** AWS makes no request for its actions on its resources. */
  | 'no such request'
  /** The pods make no request that meets its conditions. */
  | 'conditions never met';

export class CheckContext {
  /** @throws OpenQuestion if what is deployed depends on a condition */
  public readonly association = memoize((ref: AssociationRef) => associationAt(ref, this.evaluator));

  /** The session policy as it is deployed. `undefined` if the association has none. */
  public readonly sessionPolicy = memoize(readSessionPolicy);

  /** How the deployed session policy compares with the one that was written. */
  public readonly compacted = memoize((association: Association): Compacted => compareWithWritten(
    association.written, this.deployedStatus(association), () => this.widestLayersOf(association), () => this.optionsFor(association)));

  /**
   * The session policy to ask the engine about what its author meant, or why there is none: the written one if the deployed one is proven to
   * give the pods the same, otherwise the deployed one.
   */
  public readonly sessionPolicyStatus = memoize((association: Association): SessionPolicyStatus => {
    const compacted = this.compacted(association);
    return compacted.kind === 'equal' ? { kind: 'readable', policy: compacted.written } : this.deployedStatus(association);
  });

  private readonly deployedStatus = memoize((association: Association) => statusOf(this.sessionPolicy(association)));

  /** The options for questions about requests of the pods. */
  public readonly optionsFor = memoize((association: Association): NarrowingOptions => {
    const tags = tagsOfPods(association, this.evaluator);
    return { ...this.options, principal: { ...principalOf(narrowedRole(association)), tags } };
  });

  /** Whether the session policy narrows; a filter does, if its other statements do. `undefined` if there is none, or EKS would reject it. */
  public readonly verdict = memoize((association: Association) => this.decide(association));

  /** What each excess means for the pods. */
  public readonly classifiedExcesses = memoize((association: Association): ClassifiedExcesses => {
    const verdict = this.verdict(association);
    const nothing: ClassifiedExcesses = { excesses: [], reasons: [] };
    if (verdict?.kind !== 'exceeds') { return nothing; }
    return this.ask(association, ({ session, layers }, options) => (
      classifyExcesses(verdict, { session: claimsOf(session), layers }, options)), nothing, this.widestLayersOf(association));
  });

  /** Whether it is proven that role and session policy have no allowed request in common. */
  public readonly isUnsatisfiable = memoize((association: Association) => (
    this.ask(association, isUnsatisfiable, false, this.layersThatMatter(association))));

  /** The layers of the organization that limit the pods. */
  public readonly organizationOf = memoize((association: Association): OrganizationOfPods => (
    organizationOfPods(association, this.settings.organization)));

  /** What policies of the organization deny of the session policy. */
  public readonly deniedByOrganization = memoize((association: Association): readonly DeniedByOrganization[] => (
    this.ask(association, ({ session, layers }, options) => (
      deniedByOrganization(this.organizationOf(association), { session: claimsOf(session), layers }, options)), [])));

  /** Whether it is proven that policies of the organization leave nothing of what role and session policy allow, and that these allow something, or may. */
  public readonly isDeniedByOrganization = memoize((association: Association): boolean => {
    const { certain } = this.organizationOf(association);
    return certain.length > 0 && this.ask(association, (question, options) => (
      allowsNoRequest({ ...question, layers: [...question.layers, ...certain] }, options) && !allowsNoRequest(question, options)), false);
  });

  private readonly permissions: RoleLayers;
  private readonly options: NarrowingOptions;
  private readonly statementsOfTrust = memoize((trust: Json) => trustStatementsIn(trust));
  private all?: readonly Association[];

  public constructor(
    public readonly evaluator: Evaluator,
    declarations: readonly PermissionsDeclaration[] = [],
    public readonly settings: CheckSettings = DEFAULT_SETTINGS,
  ) {
    const known = new KnownPermissions(evaluator, declarations, awsManagedPolicy);
    this.permissions = new RoleLayers(evaluator, known, () => declaredResourcePolicies(declarations, evaluator));
    this.options = { ...OPTIONS, catalog: requestCatalog(), generatedNames: settings.distinctResources ? 'distinct' : 'anything' };
  }

  /** All associations of the app. The conditions of other associations than the one in question are left open. */
  public get associations(): readonly Association[] {
    this.all ??= associationsIn(this.evaluator.templates).map((ref) => (
      unlessOpen(() => this.association(ref)) ?? associationAt(ref, this.evaluator.leavingOpen)));
    return this.all;
  }

  /** Who reads what is found. */
  public get reader(): Reader {
    return this.settings.reader ?? 'CDK app';
  }

  /** The session policy that its author meant (see `sessionPolicyStatus`), if EKS would accept it and all of it was read. */
  public readableSession(association: Association): Policy | undefined {
    const status = this.sessionPolicyStatus(association);
    return status.kind === 'readable' ? status.policy : undefined;
  }

  /** The session policy that AWS evaluates, if EKS would accept it and all of it was read. */
  public deployedSession(association: Association): Policy | undefined {
    const status = this.deployedStatus(association);
    return status.kind === 'readable' ? status.policy : undefined;
  }

  /** Whether it is proven that the session policy allows all that the role does. */
  public coversRole(association: Association): boolean {
    return this.ask(association, coversRole, false, this.widestLayersOf(association));
  }

  /** Whether the Deny statement of a filter takes something away from the role. Only a proof says that it does not. */
  public takesAway(statement: Statement, association: Association): TakesAway {
    const denied: Statement = { ...statement, effect: 'Allow' };
    const options = this.optionsFor(association);
    const layers = this.layersOf(narrowedRole(association));
    const isOutsideRole = (one: Statement) => isUnsatisfiable({ session: { name: one.policy, statements: [one] }, layers }, options);
    const isNeverMade = (one: Statement) => (
      decideNarrowing({ session: { name: one.policy, statements: [one] }, layers: [NOTHING] }, options).kind === 'narrows');
    const unconditional = { ...denied, conditions: [] };
    if (isOutsideRole(unconditional)) { return 'outside the role'; }
    if (isNeverMade(unconditional)) { return 'no such request'; }
    if (isNeverMade(denied)) { return 'conditions never met'; }
    return isOutsideRole(denied) ? 'outside the role' : 'yes';
  }

  /** The statements of the session policy that could go without a change. */
  public statementsWithoutEffect(association: Association): ReturnType<typeof statementsWithoutEffect> {
    return this.ask(association, statementsWithoutEffect, [], this.layersThatMatter(association));
  }

  public layersOf(role: RoleRef): readonly Layer[] {
    return this.permissions.of(role);
  }

  /** What resource policies of the app allow to the role without an identity policy. What is certain is part of the layers, too. */
  public resourceGrantsTo(role: RoleRef): readonly ResourceGrant[] {
    return this.permissions.resourceGrantsTo(role);
  }

  /** What the resource policies of the app leave to the role, at most and at least; `undefined` if they leave everything. */
  public resourceLayersOf(role: RoleRef, guardrails: Guardrails = 'left out'): Bounds<Layer | undefined> {
    return guardrails === 'counted' ? this.permissions.guardedResourceLayersOf(role) : this.permissions.resourceLayersOf(role);
  }

  /** How the resource that a pattern of a statement is on, or inside of, limits the role. */
  public restrictionOn(pattern: string | SymbolicString, role: RoleRef): Restriction | undefined {
    return this.permissions.restrictionOn(pattern, role);
  }

  /** The statements of the role's trust policy; `undefined` if the policy is not known. */
  public trustStatements(role: RoleRef): readonly Json[] | undefined {
    const trust = this.permissions.trustPolicyOf(role);
    return trust === undefined ? undefined : this.statementsOfTrust(trust);
  }

  private decide(association: Association): Verdict | undefined {
    const status = this.sessionPolicyStatus(association);
    switch (status.kind) {
      case 'readable':
        return decideWithGrants(claimsOf(status.policy), this.layersWithGrants(narrowedRole(association)), this.optionsFor(association));
      case 'unreadable': return { kind: 'undetermined', reasons: status.reasons };
      default: return undefined;
    }
  }

  private layersWithGrants(role: RoleRef): LayersWithGrants {
    const { permissions } = this;
    return { own: permissions.ownOf(role), certain: permissions.of(role), widest: permissions.widestOf(role), grants: this.resourceGrantsTo(role) };
  }

  /** What is proven to be denied by these layers is denied whatever doubtful grants turn out to be. */
  public widestLayersOf(association: Association): readonly Layer[] {
    return this.permissions.widestOf(narrowedRole(association));
  }

  private ask<T>(
    association: Association, about: (question: NarrowingQuestion, options: NarrowingOptions) => T, otherwise: T,
    layers = this.layersOf(narrowedRole(association)),
  ): T {
    const session = this.readableSession(association);
    return session ? about({ session, layers }, this.optionsFor(association)) : otherwise;
  }

  /** If the session policy narrows the role and is not a filter, the role's own policies change nothing inside it. */
  private layersThatMatter(association: Association): readonly Layer[] {
    const session = this.readableSession(association);
    if (session && isFilter(session)) { return this.widestLayersOf(association); }
    const verdict = this.verdict(association);
    return verdict?.kind === 'narrows' && verdict.asOf === undefined ? [] : this.widestLayersOf(association);
  }
}
