/**
 * Turns findings into what the CDK reports.
 *
 * Invariant: an error reaches the user, whichever stacks the CLI selects.
 */
import type { PolicyViolatingResource, PolicyViolation } from 'aws-cdk-lib';
import type { Acknowledgements } from './acknowledgements';
import { ACKNOWLEDGEMENT_HAS_NO_EFFECT, CHECK_FAILED } from './app-rules';
import type { UnusedAcknowledgement } from './unused-acknowledgements';
import type { Finding, Severity, TemplateFinding } from '../analysis/finding';
import { FindingGroup } from '../analysis/finding-groups';
import { pageOfRule } from '../analysis/rule-page';
import { shorten } from '../analysis/shorten';
import { groupBy } from '../util/group-by';

/** How many other associations of a finding are printed. */
const OTHERS_SHOWN = 3;

/** The file that the CDK writes beside the templates, in cdk.out. */
const REPORT = 'validation-report.json';

/**
 * Findings of one cause, as one violation.
 * @param alike findings on other associations, to be named
 * @param everywhere whether the CLI must not drop the finding with the stacks that it does not select
 */
export function toViolation(
  group: FindingGroup, alike: readonly Finding[], acknowledgements: Acknowledgements, everywhere: boolean,
): PolicyViolation {
  const [first, ...others] = group;
  const { rule, severity, code, message, fix, reasons = [], association: { path } } = first;
  const ofTheApp = everywhere && severity === 'error' && !acknowledgements.isAcknowledged(rule, path);
  const page = pageOfRule(rule);
  const [shortMessage, shortFix] = [message, fix].map(shorten);
  const isShort = shortMessage === message && shortFix === fix;
  const same = others.length === 0 ? '' : ` The same applies to ${listed(others)}${others.length > OTHERS_SHOWN ? `; ${REPORT} lists all` : ''}.`;
  const alsoAlike = alike.length === 0 ? '' : ` The rule also reports ${listed(alike)}; their texts are in ${REPORT}.`;
  return {
    ruleName: acknowledgements.reportedName(rule, path),
    severity,
    description: `${shortMessage}${same}${alsoAlike}`,
    // The CDK indents the lines of a fix. A link on a line of its own can be opened from most terminals.
    fix: `${shortFix}${isShort ? '' : ` The whole text is in ${REPORT}.`}\n${page}`,
    violatingResources: [ofTheApp ? OF_THE_APP : resourceOf(first)],
    // The CDK writes this to its report, and does not print it.
    ruleMetadata: {
      code,
      page,
      ...ofTheApp ? { construct: path } : {},
      ...isShort ? {} : { message, fix },
      ...reasons.length > 1 ? { reasons: reasons.map((reason) => reason.message).join('; ') } : {},
      ...others.length === 0 ? {} : { associations: group.map((one) => one.association.path).join(', ') },
      ...textsOf(alike),
    },
  };
}

function listed(findings: readonly Finding[]): string {
  const paths = [...new Set(findings.map(({ association }) => association.path))];
  const more = paths.length - OTHERS_SHOWN;
  return `${paths.length === 1 ? '' : `${paths.length} other associations: `}${paths.slice(0, OTHERS_SHOWN).join(', ')}`
    + `${more > 0 ? ` and ${more} more` : ''}`;
}

/** The findings by association. */
function textsOf(findings: readonly Finding[]): { readonly [path: string]: string } {
  const byPath = groupBy(findings, ({ association }) => association.path);
  return Object.fromEntries([...byPath].map(([path, own]) => [path, own.map(({ message, fix }) => `${message} Fix: ${fix}`).join('\n')]));
}

/** A violation with no resource at all would count, but would not be printed. */
const OF_THE_APP: PolicyViolatingResource = { locations: [] };

function resourceOf({ association: { ref }, property }: Finding): PolicyViolatingResource {
  return {
    resourceLogicalId: ref.logicalId,
    templatePath: ref.stack.file,
    locations: property === '' ? [] : [`Properties.${property}`],
  };
}

/**
 * A finding on a template, at its stack.
 * @param everywhere as for `toViolation`
 */
export function toTemplateViolation(
  { rule, severity, code, message, fix, stack, at }: TemplateFinding, acknowledgements: Acknowledgements, everywhere: boolean,
): PolicyViolation {
  const page = pageOfRule(rule);
  const ofTheApp = everywhere && severity === 'error' && !acknowledgements.isAcknowledged(rule, stack.id);
  return {
    ruleName: acknowledgements.reportedName(rule, stack.id),
    severity,
    description: shorten(`${stack.id}: ${message}`),
    fix: `${shorten(fix)}\n${page}`,
    violatingResources: [ofTheApp ? OF_THE_APP : { ...OF_THE_APP, constructPath: stack.id }],
    ruleMetadata: { code, page, template: stack.file, at: at.join('.') },
  };
}

/**
 * @param everywhere as for `toViolation`
 */
export function toUnusedViolation(
  { path, message, fix }: UnusedAcknowledgement, severity: Severity, acknowledgements: Acknowledgements, everywhere: boolean,
): PolicyViolation {
  return {
    ruleName: acknowledgements.reportedName(ACKNOWLEDGEMENT_HAS_NO_EFFECT, path),
    severity,
    description: message,
    fix,
    violatingResources: [everywhere && severity === 'error' ? OF_THE_APP : { ...OF_THE_APP, constructPath: path }],
  };
}

/** The checks could not run. The CLI would drop the report of a plugin that throws, and exit with 0. */
export function toFailure(error: unknown): PolicyViolation {
  return {
    ruleName: CHECK_FAILED,
    severity: 'error',
    description: `The checks of the app's associations ended with an error: ${(error instanceof Error ? error.message : String(error)).replace(/\.$/, '')}. `
      + 'It is unknown whether the associations are right.',
    fix: 'If the message names a file or a value that your app gives, fix it. Otherwise report this as a bug of cdk-eks-pod-identity, and until it '
      + `is fixed, Validations.of(app).acknowledge({ id: 'PodIdentity::${CHECK_FAILED}', reason: '…' }).`,
    violatingResources: [OF_THE_APP],
  };
}

