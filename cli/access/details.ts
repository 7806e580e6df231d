/**
 * Collects what the HTML report shows of an association beside its findings: role, session policy, effective permissions and
 * access, in each case of the conditions. check/report-on.ts stores it in the report as plain data, so the templates can be
 * dropped.
 * Invariant: what is not known is listed (`unknown`, `omitted`), never left out silently.
 */
import { Access, RoleAccess } from './access';
import { Permissions } from './permissions';
import type { CheckContext } from '../../lib/analysis/check-context';
import type { CheckContexts } from '../../lib/analysis/check-contexts';
import { describeDenial, describeRequest } from '../../lib/analysis/describe-excess';
import { limitedByOrganization } from '../../lib/analysis/outcome';
import { asWritten, effectivePermissionsOf, gapsIn, layersOfPods } from '../../lib/analysis/pod-permissions';
import { principalOf } from '../../lib/analysis/principal';
import { resolutionOf } from '../../lib/analysis/reader';
import { Layer, lengthOf, Principal, Reason, Statement, statementAsJson, TextLength, Unresolved, Verdict } from '../../lib/engine';
import { Association, isDeployed, narrowedRole, RoleRef } from '../../lib/template/associations';
import { inEveryCase } from '../../lib/template/cases';
import { pathOf, ResourceRef } from '../../lib/template/template-set';
import { memoize, memoizeBy } from '../../lib/util/memo';

/** The details of an association. */
export interface AssociationDetails {
  /** One case, unless conditions of the template make a difference; none if the association is never deployed. */
  readonly cases: readonly CaseDetails[];
}

export interface CaseDetails {
  /** The conditions of the case, such as `${Stage} is 'prod'`. Empty for an only case. */
  readonly where: readonly string[];
  /** With a target role: the role of the association, which EKS assumes first. */
  readonly sourceRole?: string;
  /** The role whose permissions the session policy narrows. */
  readonly role: RoleDetails;
  /** The levels of the organization that limit the pods, such as `service control policies of scp/root.json`. */
  readonly organization: readonly string[];
  /** Whether the policies of some resources take something from the role. */
  readonly isLimitedByResources: boolean;
  readonly session?: SessionDetails;
  /** What all layers allow together, and what no document can express. */
  readonly effective: { readonly statements: readonly string[]; readonly omitted: readonly string[] };
  /** For each statement of the session policy that guardrails of the role or of the organization limit: a request that they deny, and why. */
  readonly guardrails: readonly string[];
  /** What the proof that the session policy narrows takes for granted, such as that a resource policy allows a part of it. */
  readonly assumptions: readonly string[];
  /** Reasons why permissions are not completely known. */
  readonly unknown: readonly string[];
  readonly access: Access;
}

export interface RoleDetails {
  /** Unique among the roles of a report: two stacks may have roles of one name. */
  readonly id: string;
  readonly name: string;
  readonly layers: readonly LayerDetails[];
}

export interface LayerDetails {
  readonly name: Layer['name'];
  readonly policies: ReadonlyArray<{ readonly name: string; readonly statements: readonly string[] }>;
  readonly unknown: readonly string[];
}

export interface SessionDetails {
  /** The size in characters. It has no maximum if a deploy-time value may have any length, and no expected size if none can be estimated. */
  readonly size?: { readonly minimum: number; readonly maximum?: number; readonly expected?: number };
  /** The statements, as JSON: as they were written, if those that are deployed are proven to give the pods the same. */
  readonly statements: readonly string[];
  /** If they were compacted: the statements that are deployed. */
  readonly deployed?: readonly string[];
}

interface RoleOfPods {
  readonly layers: readonly Layer[];
  /** The layers of resource policies and of the organization. */
  readonly limits: readonly Layer[];
  readonly principal: Principal;
}

/** Reads details while the templates are in memory. A role that many associations share is examined once. */
export class DetailsReader {
  private readonly keyOf = memoize(keyOf);
  private readonly accessOf = memoizeBy(
    ({ layers, limits, principal }: RoleOfPods) => (
      [layers, limits].map((one) => `${this.keyOf(one)} ${keyOfPrincipal(principal, this.keyOf(one))}`).join(' ')),
    ({ layers, limits, principal }) => new RoleAccess(new Permissions(layers, principal), limits),
  );

  /** Returns the first of equal details, so that the report holds each only once. */
  private readonly shared = memoizeBy((details: RoleDetails) => JSON.stringify(details), (details) => details, Infinity);

  public of(ref: ResourceRef, contexts: CheckContexts): AssociationDetails {
    const cases = inEveryCase((assumptions) => {
      const context = contexts.in(assumptions);
      return isDeployed(ref, context.evaluator) === false ? undefined : this.inCase(context.association(ref), context);
    });
    const different = new Map<string, { readonly details: Omit<CaseDetails, 'where'>; readonly where: string[][] }>();
    for (const { assumptions, value } of cases) {
      if (!value) { continue; }
      const key = cases.length === 1 ? '' : JSON.stringify(value);
      const known = different.get(key) ?? { details: value, where: [] };
      known.where.push(assumptions.descriptions());
      different.set(key, known);
    }
    const common = ([first, ...others]: string[][]) => first.filter((text) => others.every((other) => other.includes(text)));
    return { cases: [...different.values()].map(({ details, where }) => ({ where: different.size === 1 ? [] : common(where), ...details })) };
  }

  private inCase(association: Association, context: CheckContext): Omit<CaseDetails, 'where'> {
    const role = narrowedRole(association);
    const layers = context.layersOf(role);
    const { layers: organization } = context.organizationOf(association);
    const { most: ofResources } = context.resourceLayersOf(role);
    const session = association.policy === undefined ? undefined : layersOfPods(association, context)[0];
    const { document, omitted } = effectivePermissionsOf(association, context);
    const reading = context.sessionPolicy(association);
    const length = !reading || reading.kind === 'unknown' ? undefined : lengthOf(reading.text);
    return {
      ...association.targetRole && { sourceRole: nameOf(association.role) },
      role: this.roleDetails(role, layers),
      organization: organization.map(({ name, source }) => `${name} of ${source}`),
      isLimitedByResources: ofResources !== undefined,
      ...session && {
        session: {
          ...length && { size: sizeOf(length) },
          statements: asWritten([session], association, context)[0].policies.flatMap(({ statements }) => statements.map(written)),
          ...context.compacted(association).kind === 'equal' && { deployed: session.policies.flatMap(({ statements }) => statements.map(written)) },
        },
      },
      effective: {
        statements: document.Statement.map((statement) => JSON.stringify(statement, undefined, 2)),
        omitted: omitted.map(({ statements, why }) => `${statements.join(' and ')}${statements.length > 0 ? ': ' : ''}${why}`),
      },
      guardrails: [...context.classifiedExcesses(association).excesses.filter(({ kind }) => kind === 'guardrail'), ...limitedByOrganization(association, context)]
        .map(({ witness, denial }) => `${describeRequest(witness)}: ${describeDenial(denial)}`),
      assumptions: assumptionsOf(context.verdict(association)),
      unknown: gapsIn(association, context).map(describeGap),
      access: this.accessOf({ layers, limits: [...ofResources ? [ofResources] : [], ...organization], principal: principalOf(role) }).under(session),
    };
  }

  private roleDetails(role: RoleRef, layers: readonly Layer[]): RoleDetails {
    return this.shared({
      id: role.defined ? JSON.stringify([role.defined.stack.id, role.defined.logicalId]) : nameOf(role),
      name: nameOf(role),
      layers: layers.map((layer) => ({
        name: layer.name,
        policies: layer.policies.map((policy) => ({ name: policy.name, statements: policy.statements.map(written) })),
        unknown: layer.gaps.map(describeGap),
      })),
    });
  }
}

function written(statement: Statement): string {
  return JSON.stringify(statementAsJson(statement), undefined, 2);
}

function nameOf({ arn, defined }: RoleRef): string {
  return defined ? pathOf(defined) : arn instanceof Unresolved ? `a role that is not known (${arn.reason})` : arn.toString();
}

/** Layers with equal keys have the same statements, whatever the names of their policies. */
/** Most policies do not depend on the role, so that roles with equal policies share an answer. */
function keyOfPrincipal(principal: Principal, policies: string): string {
  return /aws:(principal|resource)(account|arn|org)/i.test(policies) ? JSON.stringify(principal) : String(principal.partition);
}

function keyOf(layers: readonly Layer[]): string {
  return JSON.stringify(layers.map(({ name, policies, gaps }) => [
    name, policies.map(({ statements }) => statements.map(({ policy: _, ...statement }) => statement)), gaps.length > 0,
  ]));
}

function assumptionsOf(verdict: Verdict | undefined): readonly string[] {
  return verdict?.kind === 'narrows' ? (verdict.assumptions ?? []).map(({ message }) => message) : [];
}

function describeGap(gap: Reason): string {
  return `${gap.message} (${resolutionOf(gap, 'templates')})`;
}

function sizeOf({ min, max, expected }: TextLength): NonNullable<SessionDetails['size']> {
  return { minimum: min, ...max !== undefined && { maximum: max }, ...expected !== undefined && { expected } };
}
