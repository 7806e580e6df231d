import { ReportBuilder } from './report-builder';
import { runChecks, CheckInput } from '../../lib/checks/run-checks';
import { TemplateSet } from '../../lib/template/template-set';
import { Report } from '../report/report';
import { readStacks, ReadStack } from '../templates/read-stacks';
import { StackSource } from '../templates/sources';
import { Unreadable } from '../templates/unreadable';

/** Checks the associations of stacks. @throws Unreadable[] for the templates that cannot be read */
export function checkStacks(sources: ReadonlyArray<StackSource | Unreadable>, input: CheckInput): Report | Unreadable[] {
  const unreadable = sources.filter((source): source is Unreadable => source instanceof Unreadable);
  const read: ReadStack[][] = [];
  for (const source of sources) {
    if (source instanceof Unreadable) { continue; }
    try {
      read.push(readStacks(source));
    } catch (e) {
      if (!(e instanceof Unreadable)) { throw e; }
      unreadable.push(e);
    }
  }
  if (unreadable.length > 0) { return unreadable; }
  const nested = new Set(read.flatMap(([, ...inside]) => inside.map(({ source }) => source.path)));
  const stacks = read.filter(([outermost]) => !nested.has(outermost.source.path)).flat();
  const report = new ReportBuilder();
  const templates = new TemplateSet(stacks.map(({ stack }) => stack));
  report.add(stacks, templates, runChecks(templates, input));
  return { templates: stacks.length, associations: report.associations };
}
