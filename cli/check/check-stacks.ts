/**
 * Runs the rules on the associations of all given stacks, one batch of stack families at a time (deployment/families.ts).
 * Invariant: the size of a batch changes only the memory that it needs, never a finding. Every batch contains all stacks that can
 * change what the rules find in it. A stack that cannot be read is reported beside the findings of the others.
 */
import { reportOn, reportOnTemplates } from './report-on';
import { CheckContexts } from '../../lib/analysis/check-contexts';
import { CheckInput, runRules } from '../../lib/rules/run-rules';
import { TemplateSet } from '../../lib/template/template-set';
import type { DetailsReader } from '../access/details';
import { Deployment, orUnreadable } from '../deployment/deployment';
import { Unreadable } from '../files/unreadable';
import { Report, TemplateAssociation } from '../report/report';
import { StackSource } from '../templates/stack-source';

/** Maximum number of characters of templates in memory at a time; a larger family is still read whole. */
const CHARACTERS_AT_A_TIME = 8_000_000;

/** Checks the associations of the stacks. `details` reads more of each association while its templates are in memory. */
export function checkStacks(
  sources: ReadonlyArray<StackSource | Unreadable>, input: CheckInput, limit = CHARACTERS_AT_A_TIME, details?: DetailsReader,
): Report<TemplateAssociation> {
  const deployment = new Deployment(sources, (stacks, templates) => reportOnTemplates(stacks, templates, input.settings));
  const associations: TemplateAssociation[] = [];
  const unreadable = [...deployment.unreadable];
  for (const { asked, members } of deployment.families.batches(limit)) {
    const checked = orUnreadable(deployment.stacks[asked[0]].source.file, () => check(deployment, asked, members, input, details));
    if (checked instanceof Unreadable) { unreadable.push(checked); } else { associations.push(...checked); }
  }
  const templateFindings = deployment.examined.flat();
  return {
    templates: deployment.templates, associations, unreadable, inputs: deployment.files, ...templateFindings.length > 0 && { templateFindings },
  };
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
