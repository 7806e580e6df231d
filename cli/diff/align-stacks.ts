/**
 * Finds the stacks that are the same in both deployments, and gives those of the head the ids of the base: deploy-time values are
 * identified by the ids of their stacks, so that values of the two sides can be compared. First step of a comparison.
 *
 * The same stack of CloudFormation has the same name. A CDK stack whose name changes is another stack: CloudFormation makes all of its
 * resources anew, so values of the two are different values. Templates have no name: the paths below the folders that people compare
 * tell them apart, and a single template is compared with a single one.
 * Invariant: two stacks have equal ids only if they are the same stack. A stack without an account or a region has those of the other
 * side, because a stack stays where it is.
 */
import * as path from 'path';
import { groupBy } from '../../lib/util/group-by';
import { Unreadable } from '../files/unreadable';
import { StackSource } from '../templates/stack-source';

type Source = StackSource | Unreadable;

export interface AlignedSources {
  readonly base: readonly Source[];
  readonly head: readonly Source[];
}

export function alignStacks(base: readonly Source[], head: readonly Source[]): AlignedSources {
  const [own, others] = [base, head].map((sources) => sources.filter((one): one is StackSource => !(one instanceof Unreadable)));
  const pairs = pairsOf(own, others);
  const bases = new Map([...pairs].map(([of, one]) => [one, of]));
  const taken = new Set(own.map(({ id }) => id));
  return {
    base: base.map((source) => (source instanceof Unreadable ? source : withEnvironment(source, bases.get(source)))),
    head: head.map((source) => {
      if (source instanceof Unreadable) { return source; }
      const same = pairs.get(source);
      return same ? withEnvironment({ ...source, id: same.id }, same) : taken.has(source.id) ? { ...source, id: newIdOf(source, taken) } : source;
    }),
  };
}

function withEnvironment(source: StackSource, same: StackSource | undefined): StackSource {
  return { ...source, account: source.account ?? same?.account, region: source.region ?? same?.region };
}

/** An id for another stack with the same construct path, or file. */
function newIdOf({ id, name }: StackSource, taken: ReadonlySet<string>): string {
  const named = `${id} (${name ?? 'head'})`;
  return taken.has(named) ? newIdOf({ id: named } as StackSource, taken) : named;
}

/** Stacks of the head with their stacks of the base: each pair has a key that no other stack of its side has. */
function pairsOf(base: readonly StackSource[], head: readonly StackSource[]): Map<StackSource, StackSource> {
  const pairs = new Map<StackSource, StackSource>();
  const paired = new Set<StackSource>();
  const [ofBase, ofHead] = [relativePaths(base), relativePaths(head)];
  const place = (source: StackSource) => ofBase.get(source) ?? ofHead.get(source)!;
  const keys: ReadonlyArray<(source: StackSource) => string | undefined> = [
    ({ constructs, name, account, region }) => constructs && keyOf(constructs.path, name, account, region),
    ({ constructs, name }) => constructs && keyOf(constructs.path, name),
    ({ name, account, region }) => (name === undefined ? undefined : keyOf(name, account, region)),
    ({ name }) => name,
    ({ constructs, name }) => constructs && (name === undefined ? constructs.path : undefined),
    (source) => (source.name === undefined ? place(source) : undefined),
    ({ name }) => (name === undefined ? '' : undefined),
  ];
  // A stack of an assembly and a template without a name, such as the one that is deployed: the same file, or the only ones.
  const ofFiles: typeof keys = [(source) => path.basename(source.path), () => ''];
  for (const key of [...keys, ...ofFiles]) {
    const left = [base, head].map((side) => groupBy(side.filter((one) => !paired.has(one)), key));
    for (const [at, [one, another]] of left[0]) {
      const [same, more] = left[1].get(at) ?? [];
      if (another || !same || more || (ofFiles.includes(key) && (one.name === undefined) === (same.name === undefined))) { continue; }
      pairs.set(same, one);
      paired.add(one).add(same);
    }
  }
  return pairs;
}

function keyOf(...parts: ReadonlyArray<string | undefined>): string {
  return JSON.stringify(parts);
}

/** The path of each template below the folder that all of its side are in. */
function relativePaths(sources: readonly StackSource[]): Map<StackSource, string> {
  const folders = sources.map((source) => path.dirname(source.path).split(path.sep));
  const [first = []] = folders;
  const length = folders.reduce((shared, folder) => {
    const differs = first.findIndex((name, i) => name !== folder[i]);
    return Math.min(shared, differs < 0 ? first.length : differs);
  }, first.length);
  return new Map(sources.map((source) => [source, source.path.split(path.sep).slice(length).join('/')]));
}
