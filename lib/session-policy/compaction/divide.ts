/**
 * Divides a table of requirements into the shortest statements that a bounded, deterministic search finds: from the statements as
 * they are written, and from one statement for each resource, it takes the best of these moves until none makes it shorter.
 * - merge: two statements become one, on all of their resources;
 * - factor: what two statements have in common becomes a statement on the resources of both;
 * - everywhere: a statement applies to `*`, where the terms allow that.
 *
 * Invariant: each statement is allowed by the table, and all requirements remain in some statement.
 */
import { Block, Table } from './requirements';
import { ResolvedStatement } from '../minimize';
import { typicalLength } from './length';
import { Relation } from './relation';

/** More statements are only merged with their neighbors in the order of their text. A session policy has room for 40. */
const MAX_COMPARED = 40;

export interface Division {
  readonly statements: readonly ResolvedStatement[];
  readonly length: number;
}

/** Divisions, the shortest first. */
export function divide(table: Table, relation: Relation): Division[] {
  const cost = costIn(table, relation);
  const starts: Array<readonly [start: readonly Block[], moves: readonly Move[]]> = [
    [table.written, [merge, everywhere]], [table.written, [merge, factor, everywhere]], [table.byResource, [merge, factor, everywhere]],
  ];
  const divisions = starts.map(([start, moves]): Division => {
    const blocks = improve(mergeEqual(start), moves, table, cost);
    return { statements: blocks.map((block) => statementOf(block, table, relation)), length: blocks.reduce((sum, block) => sum + cost(block), 0) };
  });
  return divisions.sort((a, b) => a.length - b.length);
}

function statementOf(block: Block, table: Table, { effect, condition }: Relation): ResolvedStatement {
  return {
    Effect: effect,
    Action: oneOrMany(table.actionsOf(block)),
    Resource: oneOrMany(block.resources.map((r) => table.resources[r].value)),
    ...(condition === undefined ? {} : { Condition: condition }),
  };
}

function oneOrMany(list: readonly unknown[]): unknown {
  return list.length === 1 ? list[0] : list;
}

type Cost = (block: Block) => number;

/** The characters of a block's statement, with its comma. */
function costIn(table: Table, relation: Relation): Cost {
  const known = new Map<string, number>();
  return (block) => {
    const key = keyOf(block);
    const cost = known.get(key) ?? typicalLength(statementOf(block, table, relation)) + 1;
    known.set(key, cost);
    return cost;
  };
}

function keyOf({ actions, resources }: Block): string {
  return `${actions.join()}|${resources.join()}`;
}

/** What two blocks, or one, may become; none of the results is longer in sum. */
type Move = (a: Block, b: Block | undefined, table: Table) => ReadonlyArray<readonly Block[]>;

const merge: Move = (a, b) => (b ? [[{ actions: union(a.actions, b.actions), resources: union(a.resources, b.resources) }]] : []);

const factor: Move = (a, b) => {
  if (!b) { return []; }
  const common = a.actions.filter((action) => b.actions.includes(action));
  if (common.length === 0) { return []; }
  const shared: Block = { actions: common, resources: union(a.resources, b.resources) };
  const rest = [a, b].map((block) => ({ ...block, actions: block.actions.filter((action) => !common.includes(action)) }))
    .filter(({ actions }) => actions.length > 0);
  return [[shared, ...rest]];
};

const everywhere: Move = (a, b, table) => {
  if (table.everywhere === undefined || (b && !a.resources.includes(table.everywhere) && !b.resources.includes(table.everywhere))) { return []; }
  return [[{ actions: union(a.actions, b?.actions ?? []), resources: [table.everywhere] }]];
};

function improve(start: readonly Block[], moves: readonly Move[], table: Table, cost: Cost): readonly Block[] {
  let blocks = sortedBlocks(start);
  const tried = new Map<string, { readonly saved: number; readonly made: readonly Block[] } | undefined>();
  const bestOf = (a: Block, b: Block | undefined) => {
    const key = `${keyOf(a)}/${b ? keyOf(b) : ''}`;
    if (tried.has(key)) { return tried.get(key); }
    const before = cost(a) + (b ? cost(b) : 0);
    let best: { readonly saved: number; readonly made: readonly Block[] } | undefined;
    for (const made of moves.flatMap((move) => move(a, b, table)).filter((list) => list.every((block) => table.isAllowed(block)))) {
      const saved = before - made.reduce((sum, block) => sum + cost(block), 0);
      if (saved > (best?.saved ?? 0)) { best = { saved, made }; }
    }
    tried.set(key, best);
    return best;
  };
  for (;;) {
    let best: { readonly saved: number; readonly made: readonly Block[]; readonly of: readonly Block[] } | undefined;
    blocks.forEach((a, i) => {
      const others = [undefined, ...blocks.slice(i + 1, i + 1 + (blocks.length > MAX_COMPARED ? 1 : MAX_COMPARED))];
      for (const b of others) {
        const found = bestOf(a, b);
        if (found && found.saved > (best?.saved ?? 0)) { best = { ...found, of: b ? [a, b] : [a] }; }
      }
    });
    if (!best) { return blocks; }
    const { of, made } = best;
    blocks = sortedBlocks(mergeEqual([...blocks.filter((block) => !of.includes(block)), ...made]));
  }
}

/** Blocks with the same actions, or the same resources, are one. All of their pairs are required, so nothing else is allowed. */
function mergeEqual(blocks: readonly Block[]): readonly Block[] {
  let current = blocks;
  for (;;) {
    const byActions = joinBy(current, ({ actions }) => actions.join(), (a, b) => ({ ...a, resources: union(a.resources, b.resources) }));
    const joined = joinBy(byActions, ({ resources }) => resources.join(), (a, b) => ({ ...a, actions: union(a.actions, b.actions) }));
    if (joined.length === current.length) { return joined; }
    current = joined;
  }
}

function joinBy(blocks: readonly Block[], keyOfBlock: (block: Block) => string, join: (a: Block, b: Block) => Block): Block[] {
  const joined = new Map<string, Block>();
  for (const block of blocks) {
    const key = keyOfBlock(block);
    const known = joined.get(key);
    joined.set(key, known ? join(known, block) : block);
  }
  return [...joined.values()];
}

function union(a: readonly number[], b: readonly number[]): readonly number[] {
  return [...new Set([...a, ...b])].sort((x, y) => x - y);
}

/** The order of the search, and so its result, does not depend on the order of the statements. */
function sortedBlocks(blocks: readonly Block[]): Block[] {
  return [...blocks].sort((a, b) => (keyOf(a) < keyOf(b) ? -1 : 1));
}
