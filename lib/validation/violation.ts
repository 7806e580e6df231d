/**
 * Turns findings into what the CDK reports.
 *
 * Invariant: an error reaches the user, whichever stacks the CLI selects.
 */
import type { PolicyViolatingResource, PolicyViolation } from 'aws-cdk-lib';
import type { Acknowledgements } from './acknowledgements';
import { ACKNOWLEDGEMENT_HAS_NO_EFFECT, CHECK_FAILED } from './app-rules';
import type { UnusedAcknowledgement } from './unused-acknowledgements';
import type { Finding, Severity } from '../analysis/finding';

/**
 * @param everywhere whether the CLI must not drop the finding with the stacks that it does not select
 */
export function toViolation(finding: Finding, acknowledgements: Acknowledgements, everywhere: boolean): PolicyViolation {
  const { rule, association: { path } } = finding;
  const ofTheApp = everywhere && finding.severity === 'error' && !acknowledgements.isAcknowledged(rule, path);
  return {
    ruleName: acknowledgements.reportedName(rule, path),
    severity: finding.severity,
    description: finding.message,
    fix: finding.fix,
    ...(ofTheApp ? { violatingResources: [OF_THE_APP], ruleMetadata: { construct: path } } : { violatingResources: [resourceOf(finding)] }),
  };
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
    description: `The checks of the app's associations ended with an error: ${error instanceof Error ? error.message : String(error)}. `
      + 'Whether the associations are right is not known.',
    fix: 'If the message names a file or a value that your app gives, fix it. Otherwise report this as a bug of cdk-eks-pod-identity, and until it '
      + `is fixed, Validations.of(app).acknowledge({ id: 'PodIdentity::${CHECK_FAILED}', reason: '…' }).`,
    violatingResources: [OF_THE_APP],
  };
}

