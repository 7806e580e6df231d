/**
 * Which findings the CDK's CLI would drop. It reads them from the validation report and keeps those on the stacks that it selects. Without
 * a selector, it selects the stacks outside of stages. If all stacks are in stages, `cdk synth` would drop each finding and exit with 0.
 *
 * The CLI also keeps findings on no construct, whichever stacks it selects (`filterReportsByStacks` in
 * https://github.com/aws/aws-cdk-cli/blob/main/packages/%40aws-cdk/cloud-assembly-api/lib/validation/loading.ts).
 */
import { IConstruct } from 'constructs';
import type { StackTemplate, TemplateSet } from '../template/template-set';

/** The CLI sets it to `false` in the context of the apps that it runs. Then it reports the findings, and not the app. */
const APP_REPORTS = '@aws-cdk/core:failSynthOnValidationErrors';

/**
 * The stacks whose assets are bundled: those that are selected with `--exclusively`, none for commands that need no templates, such as
 * `cdk ls`, and otherwise `**`. The CLI tells apps nothing else about its selection.
 */
const BUNDLED_STACKS = 'aws:cdk:bundling-stacks';

/** Whether the CLI may drop findings of the app without the user having said so. With `--exclusively`, only the selected stacks count. */
export function mayDropFindings(app: IConstruct): boolean {
  const appReports = app.node.tryGetContext(APP_REPORTS);
  if (appReports !== false && appReports !== 'false') { return false; }
  const bundled = app.node.tryGetContext(BUNDLED_STACKS);
  // `--exclusively` without stacks bundles none, as `cdk ls` does.
  return !Array.isArray(bundled) || bundled.length === 0 || bundled.includes('**');
}

/** Whether the findings on a stack are shown if no stack is selected by name. The CLI takes all that is below a selected stack's path. */
export function isShownByDefault(stack: StackTemplate, templates: TemplateSet): boolean {
  return templates.stacks.some((other) => other.assembly === '' && (stack.id === other.id || stack.id.startsWith(`${other.id}/`)));
}
