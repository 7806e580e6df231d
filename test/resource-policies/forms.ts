/**
 * The forms of statements that every resource policy may have, with the verdict that holds for all services but KMS.
 * Each service says what it is called, and which forms it cannot have.
 */
import { allow } from '../make';
import { ResourcePolicyCase } from './case';
import { CONDITION_FORMS } from './condition-forms';
import { Form, FormId, FORM_IDS } from './form';
import { allows, Given, template } from './make';
import { PRINCIPAL_FORMS } from './principal-forms';

type Statement = ReturnType<typeof allows>;

/** A kind of resource, named by one action in all its statements. */
export interface Service {
  /** What the ids of its cases begin with. */
  readonly name: string;
  readonly action: string;
  /** The resource as the session policy and the identity policies name it. */
  readonly named: unknown;
  /** The resource as its own policy names it; missing where policies of that service have no `Resource`. */
  readonly attached?: unknown;
  /** The resource with a policy of these statements, or without a policy. */
  resources(statements: readonly Statement[] | undefined): Given['resources'];
}

/** The forms that only some services can have, and why. */
export const WITHOUT = {
  /** The same resource without a policy is among the cases of another kind of policy. */
  noPolicy: FORM_IDS.filter((id) => id.startsWith('no policy')),
  /** The page of NotPrincipal says that only some services support it. */
  notPrincipal: FORM_IDS.filter((id) => id.includes('NotPrincipal')),
  conditions: FORM_IDS.filter((id) => /with the ARN|all but|organization|account$|accounts$/.test(id)),
  tls: FORM_IDS.filter((id) => id.includes('TLS')),
  /** The service refuses a policy that is public. */
  everybody: ['allows everybody'] as readonly FormId[],
};

/** The cases of a service: all forms but some. */
export function casesOf(service: Service, ...without: readonly FormId[]): readonly ResourcePolicyCase[] {
  return [...PRINCIPAL_FORMS, ...CONDITION_FORMS]
    .filter(({ id }) => !without.includes(id))
    .map((form) => caseOf(service, form));
}

function caseOf(service: Service, { id, page, why, access, statement, identity, boundary }: Form): ResourcePolicyCase {
  const { name, action, named, attached } = service;
  const statements = statement && [statement[0](statement[1], action, attached, statement[2])];
  return {
    id: `${name}: ${id}`,
    page,
    why,
    access,
    template: template({
      session: [allow(action, named)],
      identity: identity ? [allow(action, named)] : [],
      boundary: boundary ? [allow('sts:GetCallerIdentity')] : undefined,
      resources: service.resources(statements),
    }),
  };
}
