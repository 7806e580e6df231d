/**
 * Words for the tool that the reader of a finding uses: constructs and props in a CDK app, properties and options of the command
 * line for templates. Rules and reasons ask it, so that nobody is told about something that they do not have.
 */
import { RuleId } from './finding';

/** Who reads the findings: the author of a CDK app, or somebody with templates and the command line. */
export type Reader = 'CDK app' | 'templates';

/** How the reader says that a finding is known to be right as it is. */
export function acknowledging(rule: RuleId, reader: Reader): string {
  return reader === 'CDK app' ? 'acknowledge this rule with that reason' : `turn this rule off (--severity ${rule}=off)`;
}
