import { Families } from './families';
import { Names, namesOf } from './names';
import { reportOn } from './report-on';
import { CheckContexts } from '../../lib/checks/check-contexts';
import { CheckInput, runChecks } from '../../lib/checks/run-checks';
import { TemplateSet } from '../../lib/template/template-set';
import type { DetailsReader } from '../html/details';
import { Report, TemplateAssociation } from '../report/report';
import { readStacks } from '../templates/read-stacks';
import { StackSource } from '../templates/sources';
import { Unreadable } from '../templates/unreadable';

/** As many characters of templates are in memory at a time, unless stacks that have to do with each other have more. */
const CHARACTERS_AT_A_TIME = 8_000_000;

/** A stack that is no other's nested stack, and what was kept of it. */
interface Outermost {
  readonly source: StackSource;
  readonly names: Names;
  readonly templates: number;
  /** The templates of its nested stacks. */
  readonly nested: readonly string[];
}

/**
 * Checks the associations of stacks: all templates are read once for the names in them, and those that matter again, family by
 * family. `details` reads more of each while they are. The answer is the templates that cannot be read where there are some.
 */
export function checkStacks(
  sources: ReadonlyArray<StackSource | Unreadable>, input: CheckInput, limit = CHARACTERS_AT_A_TIME, details?: DetailsReader,
): Report<TemplateAssociation> | Unreadable[] {
  const read = sources.map((source) => (source instanceof Unreadable ? source : orUnreadable(source, () => readNames(source))));
  const unreadable = read.filter((one) => one instanceof Unreadable);
  if (unreadable.length > 0) { return unreadable; }
  const nested = new Set((read as Outermost[]).flatMap((one) => one.nested));
  const stacks = (read as Outermost[]).filter(({ source }) => !nested.has(source.path));
  const associations: TemplateAssociation[] = [];
  for (const { asked, members } of new Families(stacks.map(({ names }) => names)).batches(limit)) {
    const family = [...members].sort((a, b) => a - b).map((i) => ({ source: stacks[i].source, asked: asked.includes(i) }));
    const checked = orUnreadable(stacks[asked[0]].source, () => check(family, input, details));
    if (checked instanceof Unreadable) { return [checked]; }
    associations.push(...checked);
  }
  return { templates: stacks.reduce((sum, { templates }) => sum + templates, 0), associations };
}

function readNames(source: StackSource): Outermost {
  const stacks = readStacks(source);
  return { source, names: namesOf(stacks), templates: stacks.length, nested: stacks.slice(1).map((one) => one.source.path) };
}

function check(
  family: ReadonlyArray<{ readonly source: StackSource; readonly asked: boolean }>, input: CheckInput, details?: DetailsReader,
): TemplateAssociation[] {
  const read = family.flatMap(({ source, asked }) => readStacks(source).map(({ stack, source: own }) => ({ stack, source: own, asked })));
  const templates = new TemplateSet(read.map(({ stack }) => stack));
  const asked = read.filter((one) => one.asked);
  const about = new Set(asked.map(({ stack }) => stack));
  const contexts = new CheckContexts(templates, input.declarations, input.settings);
  const findings = runChecks(templates, { ...input, about: ({ stack }) => about.has(stack) }, contexts);
  return reportOn(asked, templates, findings, details && ((ref) => details.of(ref, contexts)));
}

/** What is nested so deeply that a parser gets through it, and nothing else does, is not a template that anybody wrote. */
function orUnreadable<T>({ file }: StackSource, read: () => T): T | Unreadable {
  try {
    return read();
  } catch (e) {
    if (e instanceof RangeError) { return new Unreadable(file, 'it is nested too deeply'); }
    if (e instanceof Unreadable) { return e; }
    throw e;
  }
}
