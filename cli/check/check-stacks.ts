/**
 * Runs the rules on the associations of all given stacks, one batch of stack families at a time (deployment/families.ts).
 * Invariant: the size of a batch changes only the memory that it needs, never a finding. Every batch contains all stacks that can
 * change what the rules find in it. A stack that cannot be read is reported beside the findings of the others.
 */
import { reportOn, reportOnTemplates } from './report-on';
import { CheckContexts } from '../../lib/analysis/check-contexts';
import { RuleId } from '../../lib/analysis/finding';
import { CheckInput, runRules, runTemplateRules } from '../../lib/rules/run-rules';
import { TemplateSet } from '../../lib/template/template-set';
import { groupBy } from '../../lib/util/group-by';
import type { DetailsReader } from '../access/details';
import { Deployment, orUnreadable } from '../deployment/deployment';
import { Unreadable } from '../files/unreadable';
import { Report, TemplateAssociation, TemplateReport } from '../report/report';
import { StackSource } from '../templates/stack-source';

/** Maximum number of characters of templates in memory at a time; a larger family is still read whole. */
const CHARACTERS_AT_A_TIME = 8_000_000;

/** Checks the associations of the stacks. `details` reads more of each association while its templates are in memory. */
export function checkStacks(
  sources: ReadonlyArray<StackSource | Unreadable>, input: CheckInput, limit = CHARACTERS_AT_A_TIME, details?: DetailsReader,
): Report<TemplateAssociation> {
  const { settings } = input;
  const deployment = new Deployment(sources, (stacks, templates) => (
    reportOnTemplates(stacks, runTemplateRules(templates, settings).filter(({ rule }) => !OF_SEVERAL_STACKS.has(rule)))));
  const associations: TemplateAssociation[] = [];
  const unreadable = [...deployment.unreadable];
  for (const { asked, members } of deployment.families.batches(limit)) {
    const checked = orUnreadable(deployment.stacks[asked[0]].source.file, () => check(deployment, asked, members, input, details));
    if (checked instanceof Unreadable) { unreadable.push(checked); } else { associations.push(...checked); }
  }
  const templateFindings = withFindingsOfSeveralStacks(deployment, settings);
  return {
    templates: deployment.templates, associations, unreadable, inputs: deployment.files, ...templateFindings.length > 0 && { templateFindings },
  };
}

/** The rules about templates that compare stacks. They read what is kept of clusters. */
const OF_SEVERAL_STACKS: ReadonlySet<RuleId> = new Set<RuleId>(['DuplicateAgent']);

/** The findings on templates, in the order of the stacks. A stack is read again for the positions of findings that others have a part in. */
function withFindingsOfSeveralStacks(deployment: Deployment<TemplateReport[]>, settings: CheckInput['settings']): TemplateReport[] {
  const compared = runTemplateRules(new TemplateSet(deployment.clusterParts), settings).filter(({ rule }) => OF_SEVERAL_STACKS.has(rule));
  const found = new Set(compared.map(({ stack }) => stack.id));
  return deployment.stacks.flatMap(({ source, clusterParts }, i) => {
    const reports = deployment.examined[i];
    if (!clusterParts.some(({ id }) => found.has(id))) { return reports; }
    const more = orUnreadable(source.file, () => reportOnTemplates(deployment.read([i]).of.get(i)!, compared));
    return more instanceof Unreadable ? reports : merged([...reports, ...more]);
  });
}

/** One report for each template. */
function merged(reports: readonly TemplateReport[]): TemplateReport[] {
  return [...groupBy(reports, ({ stack, file }) => JSON.stringify([stack, file])).values()]
    .map((same) => ({ ...same[0], findings: same.flatMap(({ findings }) => findings) }));
}

function check(
  deployment: Pick<Deployment, 'read'>, asked: readonly number[], members: ReadonlySet<number>, input: CheckInput, details?: DetailsReader,
): TemplateAssociation[] {
  const { stacks, of } = deployment.read(members);
  const templates = new TemplateSet(stacks);
  const own = asked.flatMap((i) => of.get(i)!).filter(({ error }) => !error);
  const about = new Set(own.map(({ stack }) => stack.id));
  const contexts = new CheckContexts(templates, input.declarations, input.settings);
  const findings = runRules(templates, { ...input, about: ({ stack }) => about.has(stack.id) }, contexts);
  return reportOn(own, templates, findings, details && ((ref) => details.of(ref, contexts)));
}
