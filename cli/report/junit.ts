import { getJunitXml, TestCase } from 'junit-xml';
import { CheckedAssociation, Report, ReportedFinding } from './report';
import { pageOf } from './rule-pages';
import type { RuleId } from '../../lib/checks/finding';

/** What a test is about: a rule each would be far more tests than people look at. */
const FAMILIES: { readonly [rule in RuleId]: string } = {
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
  UnscopedAssociation: 'session policy',
};

/** For pipelines that show tests: a suite for each template, and in it a test for each association and family of rules. */
export function junitReport({ associations }: Report, counts: (finding: ReportedFinding) => boolean): string {
  const files = [...new Set(associations.map(({ file }) => file))];
  return `<?xml version="1.0" encoding="UTF-8"?>\n${getJunitXml({
    name: 'cdk-pod-identity',
    suites: files.map((file) => ({
      name: valid(file),
      testCases: associations.filter((association) => association.file === file).flatMap((association) => testsOf(association, counts)),
    })),
  })}\n`;
}

function testsOf({ path, file, findings }: CheckedAssociation, counts: (finding: ReportedFinding) => boolean): TestCase[] {
  return [...new Set(Object.values(FAMILIES))].map((family) => {
    const own = findings.filter(({ rule }) => FAMILIES[rule] === family);
    const others = own.filter((finding) => !counts(finding));
    return {
      name: valid(`${path}: ${family}`),
      classname: valid(file),
      failures: own.filter(counts).map((finding) => ({ message: describe(finding, file), type: `PodIdentity::${finding.rule}` })),
      ...others.length > 0 && { systemOut: others.map((finding) => describe(finding, file)) },
    };
  });
}

function describe({ rule, severity, message, fix, region }: ReportedFinding, file: string): string {
  return valid(`${file}${region ? `:${region.line}` : ''}: ${severity} ${rule}: ${message} Fix: ${fix} ${pageOf(rule)}`);
}

/** XML has no way to write most control characters. @see https://www.w3.org/TR/xml/#charsets */
function valid(text: string): string {
  return text.replace(/[\u0000-\u0008\u000b\u000c\u000e-\u001f\ud800-\udfff\ufffe\uffff]/gu, '\uFFFD');
}
