/**
 * Entry point of this folder, which checks the associations of templates: paths and options in, a `Report` out. `check` and
 * `report` call it. It finds the stacks (templates), check-stacks.ts runs the rules on them, and report-on.ts converts findings
 * to plain data.
 * Invariant: a path that cannot be read is part of the report, never silently skipped.
 */
import { checkStacks } from './check-stacks';
import { ALL_RULES } from '../../lib/rules/run-rules';
import type { DetailsReader } from '../access/details';
import { declarationsIn } from '../deployment/declarations';
import { UsageError } from '../exit-codes';
import { environmentIn, EnvironmentOptions } from '../options/environment';
import type { OrganizationOptions } from '../options/organization';
import { severitiesIn, SeverityOptions } from '../options/report';
import { organizationIn, readOrganization } from '../policies/organization';
import { Report, TemplateAssociation } from '../report/report';
import { findStacks } from '../templates/sources';

/**
 * Checks the associations of all stacks at the paths.
 * @param details reads what the HTML page shows beside the findings
 * @throws UsageError if nothing can be read
 */
export function checkPaths(
  paths: readonly string[], options: EnvironmentOptions & SeverityOptions & OrganizationOptions, details?: DetailsReader,
): Report<TemplateAssociation> {
  const settings = {
    reader: 'templates' as const,
    strict: options.strict,
    distinctResources: true,
    severities: severitiesIn(options.severity, ALL_RULES.map(({ id }) => id)),
    organization: organizationIn(readOrganization(options)),
  };
  const input = { settings, declarations: declarationsIn(options.roles) };
  const report = checkStacks(findStacks(paths, environmentIn(options)), input, undefined, details);
  const { unreadable = [] } = report;
  if (unreadable.length > 0 && report.templates === 0) { throw new UsageError(...unreadable.map(({ message }) => message)); }
  return { ...report, inputs: [...paths, ...options.roles, ...options.scp, ...options.rcp, ...report.inputs ?? []] };
}
