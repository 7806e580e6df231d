/**
 * Writes a report as JUnit XML, for pipelines that show tests: one suite for each template or cluster, one test for each
 * association and family of rules.
 * Invariant: a test fails exactly if one of its findings counts for the exit code. Other findings are in its output.
 */
import reports, { TestSuite } from 'junit-report-builder';
import type { AuditRuleId } from './audit-rules';
import { CheckedAssociation, Report, ReportedFinding, sourceOf } from './report';
import { pageOf } from './rule-pages';
import type { RuleId } from '../../lib/analysis/finding';
import { RULES } from '../../lib/rules/run-rules';

/** The family of each rule. One test for each rule would be more tests than people read. */
const FAMILIES: { readonly [rule in RuleId | AuditRuleId]: string } = {
  ActionResourceMismatch: 'session policy',
  DuplicateAssociation: 'service account',
  GuardrailLimitsSessionPolicy: 'narrowing',
  InvalidKubernetesName: 'service account',
  InvalidSessionPolicy: 'session policy',
  NarrowingUndetermined: 'narrowing',
  NoEffectivePermissions: 'narrowing',
  ResourcePolicyHasNoEffect: 'session policy',
  RoleInAnotherAccount: 'role',
  RoleTooLarge: 'role',
  RoleTrustPolicy: 'role',
  SessionPolicyDoesNotNarrow: 'narrowing',
  SessionPolicyEscape: 'session policy',
  SessionPolicyExceedsRole: 'narrowing',
  SessionPolicyMayBeTooLarge: 'session policy',
  SessionPolicyOmitsCondition: 'narrowing',
  SessionPolicyTooLarge: 'session policy',
  SessionTagDependency: 'session policy',
  SessionTagsMustBeDisabled: 'session policy',
  StatementHasNoEffect: 'narrowing',
  TargetRoleNotAssumable: 'target role',
  TargetRoleTrustPolicy: 'target role',
  UnknownAction: 'session policy',
  UnknownConditionKey: 'session policy',
  UnscopedAssociation: 'session policy',
  RoleNotFound: 'role',
  MissingAssociation: 'drift',
  UnexpectedAssociation: 'drift',
  ChangedSessionPolicy: 'drift',
  ChangedSessionTags: 'drift',
  ChangedRole: 'drift',
  ChangedTargetRole: 'drift',
  DriftUndetermined: 'drift',
};

/** @param counts whether a finding counts for the exit code */
export function junitReport({ associations, audit, unreadable = [] }: Report, counts: (finding: ReportedFinding) => boolean): string {
  const builder = reports.newBuilder().name('cdk-pod-identity');
  const families = [...new Set([...RULES, ...audit?.rules ?? []].map(({ id }) => FAMILIES[id]))];
  for (const source of new Set(associations.map(sourceOf))) {
    const suite = builder.testSuite().name(stripControls(source));
    associations.filter((association) => sourceOf(association) === source).forEach((association) => addTests(association, families, suite, counts));
  }
  for (const { file, message } of unreadable) {
    builder.testSuite().name(stripControls(file)).testCase().className(stripControls(file)).name('can be read').file(stripControls(file)).error(stripControls(message), 'Unreadable');
  }
  return `${builder.build()}\n`;
}

function addTests(
  association: CheckedAssociation, families: readonly string[], suite: TestSuite, counts: (finding: ReportedFinding) => boolean,
): void {
  const { path, findings } = association;
  const source = sourceOf(association);
  for (const family of families) {
    const test = suite.testCase().className(stripControls(source)).name(stripControls(`${path}: ${family}`));
    if ('file' in association) { test.file(stripControls(association.file)); }
    const own = findings.filter(({ rule }) => FAMILIES[rule] === family);
    const failing = own.filter(counts);
    const others = own.filter((finding) => !counts(finding));
    const text = (some: readonly ReportedFinding[]) => some.map((finding) => describe(finding, source)).join('\n');
    if (failing.length > 0) {
      test.failure([...new Set(failing.map(({ rule }) => rule))].join(', '), `PodIdentity::${failing[0].rule}`).stacktrace(text(failing));
    }
    if (others.length > 0) { test.standardOutput(text(others)); }
  }
}

function describe({ rule, severity, message, fix, region, acknowledged }: ReportedFinding, source: string): string {
  const said = acknowledged === undefined ? '' : ` Acknowledged: ${acknowledged}`;
  return stripControls(`${source}${region ? `:${region.line}` : ''}: ${severity} ${rule}: ${message} Fix: ${fix} ${pageOf(rule)}${said}`);
}

/** Replaces the characters that XML cannot contain. @see https://www.w3.org/TR/xml/#charsets */
function stripControls(text: string): string {
  return text.replace(/[\u0000-\u0008\u000b\u000c\u000e-\u001f\ud800-\udfff\ufffe\uffff]/gu, '\uFFFD');
}
