import { runRules } from '../../lib/rules/run-rules';
import { StackTemplate, TemplateSet } from '../../lib/template/template-set';

/** Whatever the templates: there are findings, or none, and no check has failed. */
export function checkTemplates(stacks: readonly StackTemplate[], declarations?: Parameters<typeof runRules>[1]): void {
  const findings = runRules(new TemplateSet(stacks), declarations);
  for (const { rule, message, fix, association } of findings) {
    expect([rule, message, fix, association.path].map((text) => typeof text)).toEqual([
      'string', 'string', 'string', 'string',
    ]);
    expect(message).not.toMatch(/^The check \w+ failed on /);
  }
}
