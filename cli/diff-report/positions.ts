/** Finds where the associations of the head are written. Each file is parsed once, and only if something in it is asked for. */
import { memoizeBy } from '../../lib/util/memo';
import type { Side } from '../diff/difference';
import { Unreadable } from '../files/unreadable';
import { Positions, Region } from '../templates/positions';
import { readStacks } from '../templates/read-stacks';
import type { StackSource } from '../templates/stack-source';
import { textOfStack } from '../templates/stack-text';

/** @returns a function that finds a property of an association; the innermost around it if it is not written */
export function positionsIn(sources: ReadonlyArray<StackSource | Unreadable>): (side: Side, property: string) => Region | undefined {
  const stacks = sources.filter((one): one is StackSource => !(one instanceof Unreadable));
  const byFile = new Map(stacks.map((source) => [source.file, source]));
  const positionsOf = memoizeBy(({ path }: StackSource) => path, (source) => orNothing(() => new Positions(textOfStack(source))));
  const nestedAt = memoizeBy((file: string) => file, (file) => stacks.flatMap((source) => orNothing(() => readStacks(source)) ?? [])
    .find(({ source }) => source.file === file)?.source);
  return ({ file, logicalId, entry }, property) => {
    const source = byFile.get(file) ?? nestedAt(file);
    const path = [...entry?.split('.') ?? [], ...property === '' ? [] : [property]];
    return source && positionsOf(source)?.at(['Resources', logicalId, ...path.length === 0 ? [] : ['Properties', ...path]]);
  };
}

/** A file may change or vanish after the comparison has read it. A position is not worth an error. */
function orNothing<T>(read: () => T): T | undefined {
  try {
    return read();
  } catch (e) {
    if (!(e instanceof Unreadable)) { throw e; }
    return undefined;
  }
}
