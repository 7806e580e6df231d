/**
 * Main file of this folder: all given stacks as one deployment. dependencies.ts finds what each stack defines and refers to;
 * families.ts groups the stacks that affect each other. `check`, `explain` and `audit` read their templates through it.
 * Each template is read once for its names and for what it contains of clusters, and dropped. The stacks that matter are read again,
 * family by family, so that memory stays small.
 * Invariant: a stack that cannot be read takes part in every family, because it may affect any other.
 */
import * as path from 'path';
import { Dependencies, dependenciesOf } from './dependencies';
import { Families } from './families';
import { clusterPartsOf, definesCluster } from '../../lib/template/cluster-part';
import { StackTemplate, TemplateSet } from '../../lib/template/template-set';
import { Unreadable } from '../files/unreadable';
import { ReadStack, readStacks, unreadStack } from '../templates/read-stacks';
import { StackSource } from '../templates/stack-source';

/** A stack that is not nested in another, and what is kept of it. */
interface OutermostStack {
  readonly source: StackSource;
  readonly names: Dependencies;
  readonly templates: number;
  /** The templates of its nested stacks. */
  readonly nested: readonly string[];
  /** What it and its nested stacks contain of clusters. */
  readonly clusterParts: readonly StackTemplate[];
}

/** @typeParam T what is kept of each stack in addition to its names: see `examine` */
export class Deployment<T = undefined> {
  public readonly stacks: readonly OutermostStack[];
  /** What cannot be read, in the order of the input, each message once. */
  public readonly unreadable: readonly Unreadable[];
  public readonly families: Families;
  /** What `examine` returned for each stack, in the order of the stacks. */
  public readonly examined: readonly T[];
  /** Stacks that cannot be read: they may affect all others. */
  private readonly unread: readonly StackTemplate[];

  /** @param examine reads what is to be kept of a stack and its nested stacks, while their templates are in memory */
  public constructor(sources: ReadonlyArray<StackSource | Unreadable>, examine?: (stacks: readonly ReadStack[], templates: TemplateSet) => T) {
    const unreadable: Unreadable[] = [];
    const unread: StackTemplate[] = [];
    const read: Array<OutermostStack & { readonly examined: T }> = [];
    for (const source of sources) {
      if (source instanceof Unreadable) {
        unreadable.push(source);
        unread.push(unreadStack({ id: source.file, file: source.file, assembly: '' }, source));
        continue;
      }
      const stacks = orUnreadable(source.file, () => outermostAt(source, examine));
      if (stacks instanceof Unreadable) {
        unreadable.push(stacks);
        unread.push(unreadStack(source, stacks));
      } else {
        read.push({ ...stacks.outermost, examined: stacks.examined as T });
        unreadable.push(...stacks.unreadable.map(({ error }) => error));
        unread.push(...stacks.unreadable.map(({ stack }) => stack));
      }
    }
    const nested = new Set(read.flatMap((one) => one.nested));
    const outermost = read.filter(({ source }) => !nested.has(source.path));
    this.stacks = outermost;
    this.examined = outermost.map(({ examined }) => examined);
    this.unreadable = [...new Map(unreadable.map((one) => [one.message, one])).values()];
    this.unread = unread;
    this.families = new Families(this.stacks.map(({ names }) => names));
  }

  /** The paths of the templates that were read, and of the manifests of their cloud assemblies. */
  public get files(): string[] {
    return this.stacks.flatMap(({ source, nested }) => [
      source.path, ...nested, ...source.constructs ? [path.join(path.dirname(source.path), 'manifest.json')] : [],
    ]);
  }

  /** The number of templates that could be read. */
  public get templates(): number {
    return this.stacks.reduce((sum, { templates }) => sum + templates, 0);
  }

  /** What all stacks contain of clusters. */
  public get clusterParts(): readonly StackTemplate[] {
    return this.stacks.flatMap(({ clusterParts }) => clusterParts);
  }

  /**
   * Reads the stacks with these numbers again, and adds those that cannot be read, and what the others contain of clusters.
   * @throws Unreadable
   */
  public read(members: Iterable<number>): { readonly stacks: readonly StackTemplate[]; readonly of: ReadonlyMap<number, readonly ReadStack[]> } {
    const of = new Map([...members].sort((a, b) => a - b).map((i) => [i, readStacks(this.stacks[i].source)]));
    const stacks = [...of.values()].flat().map(({ stack }) => stack);
    const ids = new Set(stacks.map(({ id }) => id));
    const parts = this.clusterParts;
    const beside = [...this.unread, ...definesCluster(parts) ? parts : []];
    return { stacks: [...stacks, ...beside.filter(({ id }) => !ids.has(id))], of };
  }
}

interface Found<T> {
  readonly outermost: OutermostStack;
  readonly examined?: T;
  readonly unreadable: ReadonlyArray<{ readonly stack: StackTemplate; readonly error: Unreadable }>;
}

function outermostAt<T>(source: StackSource, examine?: (stacks: readonly ReadStack[], templates: TemplateSet) => T): Found<T> {
  const stacks = readStacks(source);
  const templates = new TemplateSet(stacks.map(({ stack }) => stack));
  return {
    outermost: {
      source,
      names: dependenciesOf(stacks, templates),
      templates: stacks.filter(({ error }) => !error).length,
      clusterParts: clusterPartsOf(templates),
      nested: stacks.slice(1).map((one) => one.source.path).filter((one) => one !== source.path),
    },
    examined: examine?.(stacks, templates),
    unreadable: stacks.flatMap(({ stack, error }) => (error ? [{ stack, error }] : [])),
  };
}

/**
 * Returns an `Unreadable` instead of throwing it. Nesting that overflows the stack is such an error: nobody wrote such a
 * template.
 */
export function orUnreadable<T>(file: string, read: () => T): T | Unreadable {
  try {
    return read();
  } catch (e) {
    if (e instanceof RangeError) { return new Unreadable(file, 'it is nested too deeply'); }
    if (e instanceof Unreadable) { return e; }
    throw e;
  }
}
