import { type Heading } from './markdown';
import { type Problem } from './problem';

/** Returns what is wrong with the headings of a page: it needs one title, before the others, and no level may be skipped. */
export function headingProblems(file: string, headings: readonly Heading[]): Problem[] {
  return headings.flatMap(({ level, line }, index) => {
    const before = index === 0 ? 0 : headings[index - 1].level;
    if (index > 0 && level === 1) { return [{ file, line, message: 'heading: a page has one title. Begin this heading with ##.' }]; }
    if (level <= before + 1) { return []; }
    return [{ file, line, message: `heading: level ${level} follows ${before === 0 ? 'no title' : `level ${before}`}. Begin it with ${'#'.repeat(before + 1)}.` }];
  });
}
