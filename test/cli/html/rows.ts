/** Rows and reports that are written here, for the tests of the page's data. */
import type { LevelAccess } from '../../../cli/access/access';
import type { CaseDetails, RoleDetails } from '../../../cli/access/details';
import type { ReportedFinding, TemplateAssociation } from '../../../cli/report/report';

type Changes = Partial<LevelAccess['changes']>;

export function level(changes: Changes, name: LevelAccess['level'] = 'Read'): LevelAccess {
  return {
    level: name,
    actions: 10,
    changes: { kept: [], narrowed: [], taken: [], beyond: [], unclear: [], ...changes },
    conditional: 0,
    unlimited: 0,
  };
}

export const ROLE: RoleDetails = { id: 'Role', name: 'Role', layers: [] };

export function details(changes: Changes, properties: Partial<CaseDetails> = {}): CaseDetails {
  return {
    where: [],
    role: ROLE,
    organization: [],
    isLimitedByResources: false,
    session: { statements: [] },
    effective: { statements: [], omitted: [] },
    guardrails: [],
    assumptions: [],
    unknown: [],
    access: { services: [{ service: 's3', levels: [level(changes)] }], unlisted: [] },
    ...properties,
  };
}

export function finding(
  severity: ReportedFinding['severity'], properties: Partial<ReportedFinding> = {},
): ReportedFinding {
  return {
    rule: 'SessionPolicyExceedsRole',
    severity,
    code: 'x',
    message: 'x',
    fix: 'x',
    property: '',
    fingerprint: 'x',
    ...properties,
  };
}

/** @param name `namespace/service-account` or `cluster/namespace/service-account` */
export function account(
  name: string, cases: readonly CaseDetails[] = [details({})], findings: readonly ReportedFinding[] = [],
): TemplateAssociation {
  const [serviceAccount, namespace, cluster = 'prod'] = name.split('/').reverse();
  return {
    path: name,
    cluster,
    namespace,
    serviceAccount,
    findings,
    details: { cases },
    stack: 'App',
    logicalId: 'Pods',
    file: 'App.template.json',
  };
}
