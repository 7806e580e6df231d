/**
 * Converts findings to what the CDK reports. The CDK prints the whole text once for each violating resource, so a group of findings
 * has one resource, the first, and names the others.
 *
 * Invariant: what the CDK's CLI shows of a selection of stacks is complete. It leaves out findings on resources of other stacks, so
 * a group never spans two stacks that can be selected apart. A finding that the app acknowledges stands alone, with its reason.
 */
import type { PolicyViolation } from 'aws-cdk-lib';
import type { Acknowledgements } from './acknowledgements';
import { toViolation } from './violation';
import { describeRole } from '../analysis/describe';
import type { Finding, RuleId } from '../analysis/finding';
import { causeOf, FindingGroup, groupByCause } from '../analysis/finding-groups';
import { narrowedRole } from '../template/associations';

/** A violation, with the template of the stack that deploys it. */
export interface PlacedViolation {
  readonly file: string;
  readonly violation: PolicyViolation;
}

/** What is known of the stack that deploys the association of a finding, and that can be selected. */
export interface DeployingStack {
  /** Its template. */
  readonly fileOf: (finding: Finding) => string;
  /** Whether the CLI may drop findings on it although nobody selected other stacks. */
  readonly mayBeDropped: (finding: Finding) => boolean;
}

export function violationsOf(
  findings: readonly Finding[], acknowledgements: Acknowledgements, { fileOf, mayBeDropped }: DeployingStack,
): PlacedViolation[] {
  const keyOf = (finding: Finding, cause: string | undefined) => (
    cause === undefined || acknowledgements.covers(finding.rule, finding.association.path) ? undefined : JSON.stringify([fileOf(finding), cause]));
  const groups = groupByCause(findings, (finding) => keyOf(finding, causeOf(finding)));
  return groupByCause(groups, ([first]) => keyOf(first, roleAtFault(first))).flatMap((alike) => {
    const { shown, others } = split(alike);
    return shown.map((group, i) => ({
      file: fileOf(group[0]),
      violation: toViolation(group, i === shown.length - 1 ? others : [], acknowledgements, mayBeDropped(group[0])),
    }));
  });
}

/** The rules about what a role allows or trusts. One statement of the role may be behind many of their findings. */
const OF_ROLES: ReadonlySet<RuleId> = new Set<RuleId>([
  'GuardrailLimitsSessionPolicy', 'NarrowingUndetermined', 'NoEffectivePermissions', 'SessionPolicyExceedsRole', 'SessionPolicyOmitsCondition',
  'SessionTagDependency', 'StatementHasNoEffect', 'TargetRoleTrustPolicy',
]);

/** Equal for findings that one change of the role may settle, whatever the session policies are; `undefined` for other rules. */
function roleAtFault({ rule, severity, code, association }: Finding): string | undefined {
  return OF_ROLES.has(rule) ? JSON.stringify([rule, severity, code, describeRole(narrowedRole(association))]) : undefined;
}

/** On one role, the findings of a rule are printed for so many associations. The last one names the other associations. */
const ALIKE_SHOWN = 2;

/** Everything about the first associations, and the findings on others. */
function split(alike: readonly FindingGroup[]): { readonly shown: readonly FindingGroup[]; readonly others: readonly Finding[] } {
  const pathOf = ([{ association }]: FindingGroup) => association.path;
  const paths = new Set([...new Set(alike.map(pathOf))].slice(0, ALIKE_SHOWN));
  return { shown: alike.filter((group) => paths.has(pathOf(group))), others: alike.filter((group) => !paths.has(pathOf(group))).flat() };
}
