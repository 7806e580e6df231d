import { textKey, Unresolved } from '../engine';
import { StackTemplate, TemplateSet } from './template-set';
import { LocatedValue, ReadText, Value } from './value';
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
export function exportedAs(name: Value, into: StackTemplate, templates: TemplateSet, read: ReadText): LocatedValue | undefined {
  if (name instanceof Unresolved) { return undefined; }
  const all = (exportsOf(templates, read).get(textKey(name)) ?? [])
    .filter(({ stack }) => stack.account === into.account && stack.region === into.region);
  const near = all.filter(({ stack }) => stack.assembly === into.assembly);
  const found = near.length > 0 ? near : all;
  return found.length === 1 ? found[0] : undefined;
}

const EXPORTS = new WeakMap<TemplateSet, ReadonlyMap<string, readonly LocatedValue[]>>();

/** All exports, by name; found once. */
function exportsOf(templates: TemplateSet, read: ReadText): ReadonlyMap<string, readonly LocatedValue[]> {
  const known = EXPORTS.get(templates);
  if (known) { return known; }
  const open = templates.assuming(templates.assumptions.leavingOpen()); // one name is no reason to tell cases apart for all
  EXPORTS.set(open, new Map()); // a name cannot be imported
  const named = templates.stacks.flatMap((stack) => Object.values(stack.template.Outputs ?? {}).flatMap((output) => {
    const written = memberOf(memberOf(output, 'Export'), 'Name');
    const value = memberOf(output, 'Value');
    return written === undefined || value === undefined ? [] : [{ value, stack, name: read(written, stack, open) }];
  }));
  const found = groupBy(named, ({ name }) => (name instanceof Unresolved ? undefined : textKey(name)));
  EXPORTS.set(templates, found);
  return found;
}
