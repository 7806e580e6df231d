import reports, { TestSuite } from 'junit-report-builder';
import { CheckedAssociation, Report, ReportedFinding } from './report';
import { pageOf } from './rule-pages';
import type { RuleId } from '../../lib/checks/finding';

/** What a test is about: a rule each would be far more tests than people look at. */
const FAMILIES: { readonly [rule in RuleId]: string } = {
  ActionResourceMismatch: 'session policy',
  DuplicateAssociation: 'service account',
  InvalidKubernetesName: 'service account',
  InvalidSessionPolicy: 'session policy',
  NarrowingUndetermined: 'narrowing',
  NoEffectivePermissions: 'narrowing',
  RoleInAnotherAccount: 'role',
  RoleTrustPolicy: 'role',
  SessionPolicyDoesNotNarrow: 'narrowing',
  SessionPolicyEscape: 'session policy',
  SessionPolicyExceedsRole: 'narrowing',
  SessionPolicyMayBeTooLarge: 'session policy',
  SessionPolicyTooLarge: 'session policy',
  SessionTagDependency: 'session policy',
  SessionTagsMustBeDisabled: 'session policy',
  StatementHasNoEffect: 'narrowing',
  TargetRoleNotAssumable: 'target role',
  TargetRoleTrustPolicy: 'target role',
  UnknownAction: 'session policy',
  UnknownConditionKey: 'session policy',
  UnscopedAssociation: 'session policy',
};

/** For pipelines that show tests: a suite for each template, and in it a test for each association and family of rules. */
export function junitReport({ associations, unreadable = [] }: Report, counts: (finding: ReportedFinding) => boolean): string {
  const builder = reports.newBuilder().name('cdk-pod-identity');
  for (const file of new Set(associations.map((association) => association.file))) {
    const suite = builder.testSuite().name(valid(file));
    associations.filter((association) => association.file === file).forEach((association) => addTests(association, suite, counts));
  }
  for (const { file, message } of unreadable) {
    builder.testSuite().name(valid(file)).testCase().className(valid(file)).name('can be read').file(valid(file)).error(valid(message), 'Unreadable');
  }
  return `${builder.build()}\n`;
}

function addTests({ path, file, findings }: CheckedAssociation, suite: TestSuite, counts: (finding: ReportedFinding) => boolean): void {
  for (const family of new Set(Object.values(FAMILIES))) {
    const test = suite.testCase().className(valid(file)).name(valid(`${path}: ${family}`)).file(valid(file));
    const own = findings.filter(({ rule }) => FAMILIES[rule] === family);
    const failing = own.filter(counts);
    const others = own.filter((finding) => !counts(finding));
    const text = (some: readonly ReportedFinding[]) => some.map((finding) => describe(finding, file)).join('\n');
    if (failing.length > 0) {
      test.failure([...new Set(failing.map(({ rule }) => rule))].join(', '), `PodIdentity::${failing[0].rule}`).stacktrace(text(failing));
    }
    if (others.length > 0) { test.standardOutput(text(others)); }
  }
}

function describe({ rule, severity, message, fix, region, acknowledged }: ReportedFinding, file: string): string {
  const said = acknowledged === undefined ? '' : ` Acknowledged: ${acknowledged}`;
  return valid(`${file}${region ? `:${region.line}` : ''}: ${severity} ${rule}: ${message} Fix: ${fix} ${pageOf(rule)}${said}`);
}

/** XML has no way to write most control characters. @see https://www.w3.org/TR/xml/#charsets */
function valid(text: string): string {
  return text.replace(/[\u0000-\u0008\u000b\u000c\u000e-\u001f\ud800-\udfff\ufffe\uffff]/gu, '\uFFFD');
}
