import { StackTemplate, Template } from '../../lib/template/template-set';

/** A stack with a template, without an environment. */
export function stackOf(id: string, template: Template, more: Partial<StackTemplate> = {}): StackTemplate {
  return { id, file: `${id}.json`, assembly: '', template, pathOf: (logicalId) => `${id}/${logicalId}`, ...more };
}
