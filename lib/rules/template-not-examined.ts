/**
 * Reports the parts of a template that may hide associations, once for each kind. A part that may only change what roles may do makes
 * gaps of their policies instead, which `NarrowingUndetermined` reports where it matters.
 *
 * Invariant: a message is the same for equal parts of different templates, so that front ends can print it once.
 */
import { TemplateRule } from './rule';
import { TemplateProblem } from '../analysis/finding';
import { acknowledging, Reader } from '../analysis/reader';
import { UnexaminedCode, UnexaminedPart, unexaminedPartsOf } from '../template/unexamined-parts';
import { groupBy } from '../util/group-by';

/** How many parts of a kind are named. */
const NAMED = 5;

export const TEMPLATE_NOT_EXAMINED: TemplateRule = {
  id: 'TemplateNotExamined',
  severity: 'warning',
  check: (stack, templates, reader) => {
    const parts = unexaminedPartsOf(templates, stack).filter(({ mayHideAssociations }) => mayHideAssociations);
    return [...groupBy(parts, ({ code }) => code)].map(([code, some]): TemplateProblem => ({
      code,
      at: some[0].at,
      message: messageOf(code, some),
      fix: fixOf(code, reader),
    }));
  },
};

function messageOf(code: UnexaminedCode, parts: readonly UnexaminedPart[]): string {
  const one = parts.length === 1;
  const named = (describe: (part: UnexaminedPart) => string) => {
    const names = [...new Set(parts.map(describe))];
    const more = names.length > NAMED ? `, and ${names.length - NAMED} more` : '';
    return `${names.slice(0, NAMED).join(', ')}${more}`;
  };
  const list = named(({ name }) => name);
  switch (code) {
    case 'IncludedFile':
      return `Not examined: ${list}. CloudFormation adds it to the template at deployment, and it may contain associations and policies of roles.`;
    case 'LoopNotExpanded':
      return `Not examined: the resources of ${named(({ name, why }) => `${name} (${why})`)}. CloudFormation expands the ${one ? 'loop' : 'loops'} at deployment, `
        + `and ${one ? 'it' : 'they'} may create associations.`;
    case 'LoopOverDefault':
      return `Examined only for a default: ${named(({ name, why }) => `${name}, for ${why}`)}. A deployment with another value has other associations.`;
    case 'Macro':
      return `Not examined: the output of ${list}. CloudFormation runs ${one ? 'it' : 'them'} at deployment, and `
        + `${one ? 'it' : 'they'} may add or change associations, roles and policies.`;
    case 'Module':
      return `Not examined: ${list}. The resources that ${one ? 'it stands' : 'they stand'} for replace ${one ? 'it' : 'them'} before the deployment, and they may be associations.`;
    case 'NestedStackNotRead':
      return `Not examined: the ${one ? 'template' : 'templates'} of ${list}. ${one ? 'It is' : 'They are'} not among the templates that were read, and may contain associations.`;
    case 'TemplateNotRead':
      return `Not examined: ${named(({ name, why }) => `${name} (${why})`)}. It may contain associations.`;
  }
}

const PROCESSED = 'Check the processed template, which `aws cloudformation get-template --stack-name STACK --template-stage Processed` prints after a '
  + 'deployment. For a change set, add `--change-set-name NAME`';

function fixOf(code: UnexaminedCode, reader: Reader): string {
  const known = `If it has no associations, ${acknowledging('TemplateNotExamined', reader)}.`;
  switch (code) {
    case 'LoopNotExpanded': case 'LoopOverDefault': return `Write out the items of the loop, if it creates associations. ${PROCESSED}. ${known}`;
    case 'NestedStackNotRead': return reader === 'CDK app'
      ? `Define the nested stack in the app, or check its template with \`cdk-pod-identity check\`. ${known}`
      : `Set TemplateURL to a local file (./child.yaml), as for \`aws cloudformation package\`, or also check that template. ${known}`;
    case 'TemplateNotRead': return `Let the app write its templates to cdk.out. ${known}`;
    case 'IncludedFile': return reader === 'CDK app' ? `${PROCESSED}. ${known}`
      : `Set Location to a local file, as for \`aws cloudformation package\`. ${PROCESSED}. ${known}`;
    case 'Macro': case 'Module': return `${PROCESSED}. ${known}`;
  }
}
