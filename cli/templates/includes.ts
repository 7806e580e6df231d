/**
 * Expands `AWS::Include` of local files, as they are written before `aws cloudformation package` uploads them. read-stacks.ts calls it
 * for templates that are not of the CDK.
 * Invariant: a file that is not local, or whose members collide with those around it, stays as it is written, and lib/template names
 * it as not examined. A local file that cannot be read is an `Unreadable`.
 * @see https://docs.aws.amazon.com/cli/latest/reference/cloudformation/package.html
 * @see https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/transform-aws-include.html
 */
import * as path from 'path';
import { parse } from './parse';
import { shownBeside, StackSource } from './stack-source';
import { memoizePair } from '../../lib/util/memo';
import { isRecord, memberOf } from '../../lib/util/records';
import { readInside } from '../files/read-file';
import { Unreadable } from '../files/unreadable';

/** Maximum number of characters that one template includes, each inclusion counted. CloudFormation takes 1 MB of template in all. */
const MAX_INCLUDED_CHARACTERS = 8_000_000;

const TRANSFORM = 'Fn::Transform';

export interface Included {
  /** The template with the files; the same object if it includes none. */
  readonly template: unknown;
  readonly unreadable: readonly Unreadable[];
}

/** Expands the local files that a template includes. They are not searched for more of them: CloudFormation does not either. */
export function withIncludes(template: unknown, text: string, source: StackSource): Included {
  if (!text.includes('AWS::Include')) { return { template, unreadable: [] }; }
  const files = new IncludedFiles(source);
  return { template: expand(files, template), unreadable: files.unreadable };
}

/** Each value once: an alias of YAML may give one value many places. */
const expand = memoizePair((files: IncludedFiles, value: unknown): unknown => {
  if (Array.isArray(value)) { return value.map((item) => expand(files, item)); }
  if (!isRecord(value)) { return value; }
  const found = files.at(value[TRANSFORM]);
  const others = Object.entries(value).filter(([key]) => found === undefined || key !== TRANSFORM)
    .map(([key, member]) => [key, expand(files, member)] as const);
  if (found === undefined) { return Object.fromEntries(others); }
  if (others.length === 0) { return found.content; }
  const { content } = found;
  return isRecord(content) && others.every(([key]) => !Object.hasOwn(content, key))
    ? Object.fromEntries([...others, ...Object.entries(content)])
    : Object.fromEntries([...others, [TRANSFORM, value[TRANSFORM]]]);
});

/** The files that one template includes, each read once. */
class IncludedFiles {
  public readonly unreadable: Unreadable[] = [];
  private readonly read = new Map<string, { readonly content: unknown; readonly length: number } | undefined>();
  private left = MAX_INCLUDED_CHARACTERS;

  public constructor(private readonly source: StackSource) {}

  /** The content of the local file that an `Fn::Transform` includes. */
  public at(transform: unknown): { readonly content: unknown } | undefined {
    const location = memberOf(memberOf(transform, 'Parameters'), 'Location');
    if (memberOf(transform, 'Name') !== 'AWS::Include' || typeof location !== 'string' || /^[a-z0-9]+:\/\//i.test(location)) { return undefined; }
    if (!this.read.has(location)) { this.read.set(location, this.readFile(location)); }
    const found = this.read.get(location);
    this.left -= found?.length ?? 0;
    return this.left < 0 ? undefined : found;
  }

  private readFile(location: string): { readonly content: unknown; readonly length: number } | undefined {
    const shown = shownBeside(this.source, location);
    try {
      const text = readInside(this.source.given, path.resolve(path.dirname(this.source.path), location), shown);
      return { content: parse(text, shown), length: text.length };
    } catch (e) {
      if (!(e instanceof Unreadable)) { throw e; }
      this.unreadable.push(e);
      return undefined;
    }
  }
}
