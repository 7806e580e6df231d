/**
 * Finds the differences between a cluster and the templates: associations that are missing, unexpected or changed. expected.ts
 * reads the templates, differences.ts compares the properties, and audit.ts adds the result to the report.
 * Invariant: an association is compared with every case of the conditions, and the case with the fewest differences counts. An
 * unresolved namespace or service account may be any of the cluster, so it is undetermined, never missing.
 */
import { match } from './bindings';
import { Difference, policyDifference, SAME, textDifference } from './differences';
import { ExpectedAssociation, ExpectedAssociations } from './expected';
import { Unresolved } from '../../../lib/engine';
import { Association } from '../../../lib/template/associations';
import { Value } from '../../../lib/template/value';
import { groupBy } from '../../../lib/util/group-by';
import { AuditRuleId } from '../../report/audit-rules';
import { showValue } from '../../show-value';
import type { ListedAssociation, LiveAssociation } from '../asked-for';
import { ClusterPlace, pathOf } from '../cluster-stack';

/** What a rule of the audit found. */
export interface AuditProblem {
  readonly rule: AuditRuleId;
  readonly property: string;
  readonly message: string;
  readonly fix: string;
}

export interface Drift {
  /** The problems of deployed associations, by the id of the association. */
  readonly deployed: ReadonlyMap<string, readonly AuditProblem[]>;
  /** The problems of associations that only the templates have. */
  readonly expected: ReadonlyArray<{ readonly expected: ExpectedAssociation; readonly association: Association; readonly problem: AuditProblem }>;
}

/** An association of a template in one case of its conditions. */
interface Candidate {
  readonly expected: ExpectedAssociation;
  readonly association: Association;
  /** Whether the template contains the name of the cluster as literal text. */
  readonly sure: boolean;
}

/** Associations that the cluster may have although they were not read. */
export interface Unread {
  readonly listed: readonly ListedAssociation[];
  /** Whether there may be others, which were not even listed. */
  readonly isListCut: boolean;
}

/** Compares the associations of a cluster with those of the templates. What was not read is neither missing nor compared. */
export function driftOf(
  deployed: readonly LiveAssociation[], { associations, unread, templates }: ExpectedAssociations, cluster: ClusterPlace, notRead: Unread,
): Drift {
  const candidates = associations.flatMap((expected) => expected.cases.flatMap((association): Candidate[] => (
    association && mayBeIn(association, cluster) ? [{ expected, association, sure: association.clusterName === cluster.name }] : [])));
  const isFor = ({ association: { namespace, serviceAccount } }: Candidate, one: LiveAssociation) => (
    mayBecome(namespace, one.namespace) && mayBecome(serviceAccount, one.serviceAccount));
  const isOpen = ({ association: { namespace, serviceAccount } }: Candidate) => typeof namespace !== 'string' || typeof serviceAccount !== 'string';
  const byKey = groupBy(candidates, (one) => (isOpen(one) ? undefined : keyOfCandidate(one)));
  const open = candidates.filter(isOpen);
  const found = new Set([...deployed, ...notRead.listed].map(({ namespace, serviceAccount }) => keyOf(namespace, serviceAccount)));
  return {
    deployed: new Map(deployed.map((one): [string, AuditProblem[]] => {
      const all = byKey.get(keyOf(one.namespace, one.serviceAccount)) ?? [];
      const sure = all.filter((candidate) => candidate.sure);
      const problems = (sure.length > 0 ? sure : all).map((candidate) => changes(one, candidate));
      if (problems.length > 0) { return [one.id, problems.reduce((least, other) => (other.length < least.length ? other : least))]; }
      return [one.id, open.some((candidate) => isFor(candidate, one)) ? [] : [unexpected(one, cluster, templates, unread)]];
    })),
    expected: [...groupBy(candidates, ({ expected }) => expected.key)].flatMap(([, own]) => {
      const [{ expected, association }] = own;
      if (own.some(isOpen)) { return [{ expected, association, problem: undetermined(own.find(isOpen)!) }]; }
      const isThere = own.some((one) => found.has(keyOfCandidate(one)));
      if (isThere || own.length < expected.cases.length) { return []; }
      return [{ expected, association, problem: notRead.isListCut ? unlisted(own[0]) : missing(own[0], cluster) }];
    }),
  };
}

/** Whether the association may be in this cluster. Stacks of other environments have other clusters. */
function mayBeIn({ clusterName, ref: { stack } }: Association, { name, account, region }: ClusterPlace): boolean {
  const isOfAccount = account === undefined || stack.account === undefined || stack.account === account;
  const isOfRegion = stack.region === undefined || stack.region === region;
  return isOfAccount && isOfRegion && mayBecome(clusterName, name);
}

function mayBecome(written: Value, deployed: string): boolean {
  return written instanceof Unresolved || match(written, deployed) !== undefined;
}

function keyOf(namespace: string, serviceAccount: string): string {
  return JSON.stringify([namespace, serviceAccount]);
}

/** The key of a candidate with literal names. */
function keyOfCandidate({ association: { namespace, serviceAccount } }: Candidate): string {
  return keyOf(String(namespace), String(serviceAccount));
}

function changes(deployed: LiveAssociation, candidate: Candidate): AuditProblem[] {
  const { association: { role, targetRole, policy, disableSessionTags } } = candidate;
  const where = placeOf(candidate.expected);
  const path = pathOf(deployed);
  const parts: ReadonlyArray<readonly [AuditRuleId, string, string, Difference]> = [
    ['ChangedRole', 'RoleArn', 'role', textDifference(role.arn, deployed.roleArn)],
    ['ChangedTargetRole', 'TargetRoleArn', 'target role', textDifference(targetRole?.arn, deployed.targetRoleArn)],
    ['ChangedSessionTags', 'DisableSessionTags', 'session tag setting', tagsDifference(disableSessionTags, deployed.disableSessionTags)],
    ['ChangedSessionPolicy', 'Policy', 'session policy', policyDifference(policy, deployed.policy)],
  ];
  return parts.flatMap(([rule, property, what, difference]): AuditProblem[] => {
    if (difference.kind === 'same') { return []; }
    const taken = candidate.sure ? '' : ` The template names its cluster ${candidate.association.clusterName}, which is assumed to be this one.`;
    return [difference.kind === 'changed' ? {
      rule,
      property,
      message: `The ${what} of ${path} differs from that of ${where}: ${difference.how}.${taken}`,
      fix: 'Deploy the template, or change it to match the cluster.',
    } : {
      rule: 'DriftUndetermined',
      property,
      message: `The audit could not determine whether the ${what} of ${path} is that of ${where}: ${difference.how}.${taken}`,
      fix: `Compare them yourself, or audit against templates in which the ${what} is a literal value.`,
    }];
  });
}

function tagsDifference(written: boolean | Unresolved | undefined, deployed = false): Difference {
  if (written instanceof Unresolved) { return { kind: 'unclear', how: written.reason }; }
  const said = (disabled: boolean) => (disabled ? 'disabled' : 'enabled');
  return (written ?? false) === deployed ? SAME : { kind: 'changed', how: `session tags are ${said(deployed)} in the cluster, and ${said(!deployed)} in the template` };
}

function unexpected(one: LiveAssociation, { name }: ClusterPlace, templates: number, unread: readonly string[]): AuditProblem {
  const but = unread.length === 0 ? '' : ` The templates may have more associations than were found: ${unread.slice(0, 3).join('; ')}.`;
  return {
    rule: 'UnexpectedAssociation',
    property: '',
    message: `Cluster ${name} gives service account '${one.serviceAccount}' in namespace '${one.namespace}' the role ${one.targetRoleArn ?? one.roleArn}, `
      + `and no association of the ${templates === 1 ? 'template' : `${templates} templates`} does.${but}`,
    fix: `Add the association to the templates, or delete it: aws eks delete-pod-identity-association --cluster-name ${name} --association-id ${one.id}`,
  };
}

function missing({ expected, association: { namespace, serviceAccount, clusterName }, sure }: Candidate, { name }: ClusterPlace): AuditProblem {
  const taken = sure ? '' : ` The template names its cluster ${clusterName}, which is assumed to be ${name}.`;
  return {
    rule: 'MissingAssociation',
    property: '',
    message: `${placeOf(expected)} is for service account '${serviceAccount}' in namespace '${namespace}', but cluster ${name} has no association for it. `
      + `The pods get no credentials from EKS Pod Identity.${taken}`,
    fix: 'Deploy the template, or remove the association from it.',
  };
}

function undetermined({ expected, association: { namespace, serviceAccount } }: Candidate): AuditProblem {
  return {
    rule: 'DriftUndetermined',
    property: '',
    message: `The audit could not determine whether the cluster has ${placeOf(expected)}: its service account is a deploy-time value `
      + `(${showValue(namespace)}/${showValue(serviceAccount)}).`,
    fix: 'Audit against templates in which the namespace and the service account are literal values.',
  };
}

function unlisted({ expected }: Candidate): AuditProblem {
  return {
    rule: 'DriftUndetermined',
    property: '',
    message: `The audit could not determine whether the cluster has ${placeOf(expected)}: the list of its associations could not be read to its end.`,
    fix: 'Audit again when the whole list can be read.',
  };
}

function placeOf({ path, file }: ExpectedAssociation): string {
  return `${path} (${file})`;
}
