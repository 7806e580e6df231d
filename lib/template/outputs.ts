import { textKey, Unresolved } from '../engine';
import { StackTemplate } from './template-set';
import { TemplateValues } from './template-values';
import { LocatedValue, Value } from './value';
import { groupBy } from '../util/group-by';
import { memberOf } from '../util/records';

export function outputOfStack(stack: StackTemplate, name: string): LocatedValue | undefined {
  const output = memberOf(stack.template.Outputs, name);
  const value = memberOf(output, 'Value');
  return value === undefined ? undefined : { value, stack };
}

/**
 * What is exported under a name, for an import into `into`. Exports are unique within an account and region; stages that are
 * deployed to different ones may all have it, so the importer's own stage comes first. `undefined` where two could be meant.
 */
export function exportedAs(name: Value, into: StackTemplate, values: TemplateValues): LocatedValue | undefined {
  if (name instanceof Unresolved) { return undefined; }
  const all = values.exportsNamed(textKey(name))
    .filter(({ stack }) => stack.account === into.account && stack.region === into.region);
  const near = all.filter(({ stack }) => stack.assembly === into.assembly);
  const found = near.length > 0 ? near : all;
  return found.length === 1 ? found[0] : undefined;
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
