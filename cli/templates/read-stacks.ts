/**
 * Reads the template of a stack, and those of its nested stacks if they are local files, as the `StackTemplate`s that
 * lib/template evaluates. sources.ts found the stack; deployment/deployment.ts calls this file, and does not keep all that it
 * reads.
 * Invariant: a nested stack that cannot be read becomes a stack with the reason (`unread`), so that the rules know what they
 * cannot see. Only an outermost stack fails as a whole.
 */
import * as path from 'path';
import { pathIn } from './construct-metadata';
import { withIncludes } from './includes';
import { parse } from './parse';
import { isTemplate } from './sources';
import { shownBeside, StackSource } from './stack-source';
import { textOfStack } from './stack-text';
import { StackTemplate, Template } from '../../lib/template/template-set';
import { isRecord, memberOf } from '../../lib/util/records';
import { inMegabytes } from '../files/limits';
import { Unreadable } from '../files/unreadable';

/** Maximum number of nested stacks of a stack, at all levels. CloudFormation's own limit is far lower. */
const MAX_NESTED = 1000;
/** Maximum size of the templates of a stack and of its nested stacks together, which are in memory at the same time. */
const MAX_CHARACTERS = 64 * 1024 * 1024;

/** A stack, and the source of its template. */
export interface ReadStack {
  readonly source: StackSource;
  readonly stack: StackTemplate;
  /** The text of the template. */
  readonly text: string;
  /** Why the template of a nested stack could not be read. The stack is then empty. */
  readonly error?: Unreadable;
}

/** Reads a stack and its nested stacks. The outermost comes first. @throws Unreadable if the outermost cannot be read */
export function readStacks(outermost: StackSource): ReadStack[] {
  const read: ReadStack[] = [];
  let characters = 0;
  const visit = (source: StackSource, outer: readonly string[]): void => {
    if (outer.includes(source.path)) { throw new Unreadable(source.file, 'its nested stacks lead in a circle'); }
    if (read.length > MAX_NESTED) { throw new Unreadable(outermost.file, `it has more than ${MAX_NESTED} nested stacks`); }
    const [one, ...included] = outer.length === 0 ? readOne(source) : readNested(source);
    read.push(one, ...included);
    characters += one.text.length;
    if (characters > MAX_CHARACTERS) { throw new Unreadable(outermost.file, `it and its nested stacks have more than ${inMegabytes(MAX_CHARACTERS)}`); }
    nestedIn(source, one.stack).forEach((nested) => visit(nested, [...outer, source.path]));
  };
  visit(outermost, []);
  return read;
}

/** The stack, and the files that it includes and that cannot be read: they may contain anything, as a nested stack may. */
function readOne(source: StackSource): readonly [ReadStack, ...ReadStack[]] {
  const text = textOfStack(source);
  const written = parse(text, source.file);
  const { template, unreadable } = source.constructs ? { template: written, unreadable: [] } : withIncludes(written, text, source);
  return [
    { source, stack: readStack(source, template), text },
    ...unreadable.map((error): ReadStack => {
      const included = { ...source, id: `${source.id} ${error.file}`, file: error.file, name: undefined, parent: undefined };
      return { source: included, stack: unreadStack(included, error), text: '', error };
    }),
  ];
}

function readNested(source: StackSource): readonly [ReadStack, ...ReadStack[]] {
  try {
    return readOne(source);
  } catch (e) {
    if (!(e instanceof Unreadable)) { throw e; }
    return [{ source, stack: unreadStack(source, e), text: '', error: e }];
  }
}

/** A stack whose template cannot be read, with the reason. */
export function unreadStack(source: Omit<StackSource, 'path' | 'given'>, { line, reason }: Unreadable): StackTemplate {
  const { id, name, file, assembly, account, region, parent } = source;
  const unread = line === undefined ? reason : `line ${line}: ${reason}`;
  return { id, name, file, assembly, account, region, parent, template: {}, unread, pathOf: (logicalId) => logicalId };
}

function readStack(source: StackSource, template: unknown): StackTemplate {
  if (!isTemplate(template) && !(source.constructs && isRecord(template))) {
    throw new Unreadable(source.file, 'it is not a CloudFormation template: it has no Resources', 1);
  }
  const { id, name, file, assembly, account, region, parent } = source;
  return { id, name, file, assembly, account, region, parent, template: template as Template, pathOf: pathsOf(source, template as Template) };
}

/** Returns the path of the construct that people wrote, according to the CDK's metadata, or the logical id without metadata. */
function pathsOf({ constructs }: StackSource, template: Template): (logicalId: string) => string {
  return (logicalId) => {
    const written = constructPath(constructs, template, logicalId);
    if (written === undefined) { return constructs ? `${constructs.path}/${logicalId}` : logicalId; }
    const around = written.replace(/\/(Resource|Default)$/, ''); // drop the default child of an L2
    return around === constructs?.path || !around.includes('/') ? written : around;
  };
}

function constructPath(constructs: StackSource['constructs'], template: Template, logicalId: string): string | undefined {
  const written = memberOf(memberOf(template.Resources?.[logicalId], 'Metadata'), 'aws:cdk:path');
  if (typeof written === 'string') { return written; }
  return constructs && pathIn(constructs.metadata().paths, constructs.path, logicalId);
}

/** The nested stacks whose templates are local files: those of the CDK, and those that `aws cloudformation package` accepts. */
function nestedIn(source: StackSource, { id, template }: StackTemplate): StackSource[] {
  return Object.entries(template.Resources ?? {}).flatMap(([logicalId, resource]) => {
    if (memberOf(resource, 'Type') !== 'AWS::CloudFormation::Stack') { return []; }
    const { assembly, account, region, constructs, given } = source;
    const url = memberOf(memberOf(resource, 'Properties'), 'TemplateURL');
    const asset = memberOf(memberOf(resource, 'Metadata'), 'aws:asset:path');
    const file = typeof asset === 'string' ? asset : localFile(url) ?? (constructs && assetAt(url, constructs.assets()));
    if (file === undefined) { return []; }
    const inner = nestedPath(constructPath(constructs, template, logicalId)) ?? `${constructs?.path ?? id}/${logicalId}`;
    return [{
      // the id of the parent already differs from the stacks of other apps
      id: constructs && inner.startsWith(`${constructs.path}/`) ? `${id}${inner.slice(constructs.path.length)}` : inner,
      path: path.resolve(path.dirname(source.path), file),
      file: shownBeside(source, file),
      prefix: source.prefix,
      assembly,
      given,
      account,
      region,
      constructs: constructs && { ...constructs, path: inner },
      parent: { stackId: id, logicalId },
    }];
  });
}

/** Returns the asset whose hash the URL contains: `{ 'Fn::Join': ['', ['https://s3.', …, '/…/HASH.json']] }`. */
function assetAt(url: unknown, assets: ReadonlyMap<string, string>): string | undefined {
  const hash = /([0-9a-f]{64})\.json/.exec(JSON.stringify(url) ?? '')?.[1];
  return hash === undefined ? undefined : assets.get(hash);
}

/** Returns the TemplateURL if it is a local file, not a URL. */
function localFile(url: unknown): string | undefined {
  return typeof url === 'string' && /\.(json|ya?ml|template)$/.test(url) && !/^[a-z0-9]+:\/\//i.test(url) ? url : undefined;
}

/** `Parent/Child.NestedStack/Child.NestedStackResource` → `Parent/Child` */
function nestedPath(written = ''): string | undefined {
  return /^(.*)\.NestedStack\/[^/]*\.NestedStackResource$/.exec(written)?.[1];
}
