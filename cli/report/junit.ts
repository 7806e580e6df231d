/**
 * Writes a report as JUnit XML, for pipelines that show tests: one suite for each template or cluster, one test for each
 * association and family of rules.
 * Invariants: a test fails exactly if one of its findings counts for the exit code. Other findings are in its output. Text of the
 * input never becomes markup, and characters that XML cannot contain become visible.
 */
import XMLBuilder from 'fast-xml-builder';
import type { AuditRuleId } from './audit-rules';
import { CheckedAssociation, Report, ReportedFinding, sourceOf } from './report';
import { pageOf } from './rule-pages';
import type { RuleId } from '../../lib/analysis/finding';
import { RULES } from '../../lib/rules/run-rules';
import { groupBy } from '../../lib/util/group-by';
import { oneLine, visible } from '../visible';

/** The family of each rule. One test for each rule would be more tests than people read. */
const FAMILIES: { readonly [rule in RuleId | AuditRuleId]: string } = {
  ActionResourceMismatch: 'session policy',
  AgentMissing: 'cluster',
  CompactedPolicyDiffers: 'session policy',
  DeniedByOrganizationPolicy: 'narrowing',
  DeniedByResourcePolicy: 'narrowing',
  DuplicateAgent: 'cluster',
  DuplicateAssociation: 'service account',
  FargateOnlyCluster: 'cluster',
  GuardrailLimitsSessionPolicy: 'narrowing',
  InvalidKubernetesName: 'service account',
  InvalidSessionPolicy: 'session policy',
  NarrowingUndetermined: 'narrowing',
  NoEffectivePermissions: 'narrowing',
  ResourcePolicyHasNoEffect: 'session policy',
  RoleInAnotherAccount: 'role',
  RoleTooLarge: 'role',
  RoleTrustPolicy: 'role',
  RoleUsableByAnyAssociation: 'role',
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
  TemplateNotExamined: 'template',
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

/** The tests of a template itself, by the families of their rules. */
const TESTS_OF_TEMPLATES: { readonly [family: string]: string } = { template: 'is examined whole', cluster: 'gives each cluster one agent' };

interface Outcome {
  readonly '@_message': string;
  readonly '@_type': string;
  readonly '#text'?: string;
}

/** A test, as the XML builder takes it: members with `@_` become attributes, and others elements. */
interface TestCase {
  readonly '@_classname': string;
  readonly '@_name': string;
  readonly '@_file'?: string;
  readonly 'failure'?: Outcome;
  readonly 'error'?: Outcome;
  readonly 'system-out'?: string;
}

interface Suite {
  readonly name: string;
  readonly tests: readonly TestCase[];
}

/** @param counts whether a finding counts for the exit code */
export function junitReport(
  { associations, templateFindings = [], audit, unreadable = [] }: Report, counts: (finding: ReportedFinding) => boolean,
): string {
  const families = [...new Set([...RULES, ...audit?.rules ?? []].map(({ id }) => FAMILIES[id]))];
  const bySource = groupBy(associations, sourceOf);
  const byFile = groupBy(templateFindings, ({ file }) => file);
  return xmlOf([
    ...[...new Set([...bySource.keys(), ...byFile.keys()])].map((source) => ({
      name: source,
      tests: [
        ...(bySource.get(source) ?? []).flatMap((association) => testsOf(association, families, counts)),
        ...(byFile.get(source) ?? []).flatMap(({ findings }) => [...groupBy(findings, ({ rule }) => FAMILIES[rule])].map(([family, own]) => (
          { '@_classname': source, '@_name': TESTS_OF_TEMPLATES[family] ?? family, '@_file': source, ...resultsOf(own, source, counts) }))),
      ],
    })),
    ...unreadable.map(({ file, message }) => ({
      name: file,
      tests: [{ '@_classname': file, '@_name': 'can be read', '@_file': file, 'error': { '@_message': message, '@_type': 'Unreadable' } }],
    })),
  ]);
}

function testsOf(association: CheckedAssociation, families: readonly string[], counts: (finding: ReportedFinding) => boolean): TestCase[] {
  const { path, findings } = association;
  const source = sourceOf(association);
  return families.map((family) => ({
    '@_classname': source,
    '@_name': `${path}: ${family}`,
    ...'file' in association && { '@_file': association.file },
    ...resultsOf(findings.filter(({ rule }) => FAMILIES[rule] === family), source, counts),
  }));
}

function resultsOf(
  own: readonly ReportedFinding[], source: string, counts: (finding: ReportedFinding) => boolean,
): Pick<TestCase, 'failure' | 'system-out'> {
  const failing = own.filter(counts);
  const others = own.filter((finding) => !counts(finding));
  const textOf = (some: readonly ReportedFinding[]) => some.map((finding) => oneLine(describe(finding, source))).join('\n');
  return {
    ...failing.length > 0 && {
      failure: {
        '@_message': [...new Set(failing.map(({ rule }) => rule))].join(', '), '@_type': `PodIdentity::${failing[0].rule}`, '#text': textOf(failing),
      },
    },
    ...others.length > 0 && { 'system-out': textOf(others) },
  };
}

function describe({ rule, severity, message, fix, region, acknowledged }: ReportedFinding, source: string): string {
  const said = acknowledged === undefined ? '' : ` Acknowledged: ${acknowledged}`;
  return `${source}${region ? `:${region.line}` : ''}: ${severity} ${rule}: ${message} Fix: ${fix} ${pageOf(rule)}${said}`;
}

function xmlOf(suites: readonly Suite[]): string {
  const tests = suites.flatMap((suite) => suite.tests);
  return new XMLBuilder({
    ignoreAttributes: false,
    suppressBooleanAttributes: false, // a name may be `true`
    suppressEmptyNode: true,
    format: true,
    attributeValueProcessor: (_, value) => oneLine(String(value)),
    tagValueProcessor: (_, value) => visible(String(value)),
  }).build({
    '?xml': { '@_version': '1.0', '@_encoding': 'UTF-8' },
    'testsuites': {
      '@_name': 'cdk-pod-identity',
      ...countsOf(tests),
      'testsuite': suites.map((suite) => ({ '@_name': suite.name, ...countsOf(suite.tests), 'testcase': suite.tests })),
    },
  });
}

function countsOf(tests: readonly TestCase[]) {
  return {
    '@_tests': tests.length,
    '@_failures': tests.filter(({ failure }) => failure).length,
    '@_errors': tests.filter(({ error }) => error).length,
    '@_skipped': 0,
  };
}
