/** Finds the outputs of stacks, and their exports. */
import { textKey, Unresolved } from '../../engine';
import { groupBy } from '../../util/group-by';
import { memberOf } from '../../util/records';
import { StackTemplate } from '../template-set';
import { TemplateValues } from '../template-values';
import { LocatedValue } from '../value';

export function outputOfStack(stack: StackTemplate, name: string): LocatedValue | undefined {
  const output = memberOf(stack.template.Outputs, name);
  const value = memberOf(output, 'Value');
  return value === undefined ? undefined : { value, stack };
}

/** All exports, by `textKey` of their names. */
export type Exports = ReadonlyMap<string, readonly LocatedValue[]>;

/** All exports of the templates. */
export function exportsOf(values: TemplateValues): Exports {
  const named = values.templates.stacks.flatMap((stack) => Object.values(stack.template.Outputs ?? {}).flatMap((output) => {
    const written = memberOf(memberOf(output, 'Export'), 'Name');
    const value = memberOf(output, 'Value');
    return written === undefined || value === undefined ? [] : [{ value, stack, name: values.textOf(written, stack) }];
  }));
  return groupBy(named, ({ name }) => (name instanceof Unresolved ? undefined : textKey(name)));
}
