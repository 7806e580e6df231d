/**
 * Searches for the shortest list of action patterns of one service that covers what is required and matches nothing that is
 * forbidden. `action-terms.ts` says what is required and forbidden.
 *
 * Invariant: the result is correct whatever the search finds; only its length depends on the search, which is bounded in steps and
 * not in time. The same input gives the same list.
 *
 * The search: `Get*`, `*Acl`, `*Object*`, `Get*Acl`, `Get*Object*` and `*Object*Acl`, each with the shortest pieces that match nothing
 * forbidden (longer pieces cost more and cover less). Then the cheapest selection that covers everything, by branch and bound.
 */
/* eslint-disable no-bitwise -- a set of requirements is a bit set */

/** What must be covered: an action or a pattern, as it is written, without the service prefix. */
export interface Requirement {
  readonly text: string;
  /** The actions that it matches, in lower case. */
  readonly names: readonly string[];
}

/** A pattern, as the texts between its asterisks. */
type Glob = readonly string[];

/** Names compared while patterns are searched, for one list. The longest lists of CDK grants need a tenth. */
const MAX_COMPARISONS = 1_000_000;

/** Selections that are tried; then the best so far is used. */
const MAX_SELECTIONS = 5_000;

/** What the pieces of a pattern are made of. Whole words can be read, and match fewer actions that AWS adds. */
export type Pieces = 'words' | 'letters';

/** @param overhead the characters that each pattern costs beyond its own: quotes, a comma and the service prefix */
export function shortestPatterns(required: readonly Requirement[], forbidden: readonly string[], overhead: number, madeOf: Pieces): string[] {
  if (required.length === 0) { return []; }
  if (forbidden.length === 0 && required.some(({ names }) => names.length > 0)) { return ['*']; }
  const candidates = cheapestCandidates(required, forbidden, overhead, madeOf === 'words' ? endsOfWords : endsOfLetters);
  return selectCheapest(candidates, required.length).map(({ text }) => text).sort();
}

interface Candidate {
  readonly text: string;
  readonly cost: number;
  /** A bit for each requirement that it covers. */
  readonly covers: bigint;
  readonly count: number;
}

/** The candidates that no other beats: none covers the same or more and costs less. */
function cheapestCandidates(required: readonly Requirement[], forbidden: readonly string[], overhead: number, endsIn: Ends): Candidate[] {
  const byCoverage = new Map<bigint, Candidate>();
  const add = (text: string, covers: bigint) => {
    const cost = text.length + overhead;
    const known = byCoverage.get(covers);
    if (known && (known.cost < cost || (known.cost === cost && known.text <= text))) { return; }
    byCoverage.set(covers, { text, cost, covers, count: bitsIn(covers) });
  };
  const distinct = new Map<string, Glob>();
  for (const pieces of findPatterns(required, forbidden, endsIn)) {
    const text = pieces.join('*');
    const known = distinct.get(text.toLowerCase());
    if (!known || text < known.join('*')) { distinct.set(text.toLowerCase(), pieces); }
  }
  for (const pieces of distinct.values()) {
    const lower = pieces.map((piece) => piece.toLowerCase());
    const covers = maskOf(required, ({ names }) => names.length > 0 && names.every((name) => matchesPieces(lower, name)));
    if (covers !== 0n) { add(pieces.join('*'), covers); }
  }
  required.forEach(({ text, names }) => {
    const pieces = text.toLowerCase().split('*');
    const isPlain = !text.includes('?');
    add(text, maskOf(required, (other) => other.text === text
      || (isPlain && names.length > 0 && other.names.length > 0 && other.names.every((name) => matchesPieces(pieces, name)))));
  });
  const all = [...byCoverage.values()].sort((a, b) => a.cost - b.cost || b.count - a.count || (a.text < b.text ? -1 : 1));
  const kept: Candidate[] = [];
  for (const one of all) {
    if (!kept.some(({ covers }) => (covers & one.covers) === one.covers)) { kept.push(one); }
  }
  return kept;
}

function maskOf(required: readonly Requirement[], isCovered: (one: Requirement) => boolean): bigint {
  return required.reduce((mask, one, i) => (isCovered(one) ? mask | (1n << BigInt(i)) : mask), 0n);
}

function bitsIn(mask: bigint): number {
  let count = 0;
  for (let rest = mask; rest !== 0n; rest &= rest - 1n) { count++; }
  return count;
}

/** Whether a name, in lower case, matches the pattern with these pieces. */
function matchesPieces(pieces: Glob, name: string): boolean {
  if (pieces.length === 1) { return name === pieces[0]; }
  const first = pieces[0];
  const last = pieces[pieces.length - 1];
  if (name.length < first.length + last.length || !name.startsWith(first) || !name.endsWith(last)) { return false; }
  let from = first.length;
  const end = name.length - last.length;
  for (let i = 1; i < pieces.length - 1; i++) {
    const at = name.indexOf(pieces[i], from);
    if (at < 0 || at + pieces[i].length > end) { return false; }
    from = at + pieces[i].length;
  }
  return true;
}

/** Patterns with one or two pieces that match nothing forbidden, each with the shortest last piece. `endsIn` gives the positions where a piece may begin and end. */
function* findPatterns(required: readonly Requirement[], forbidden: readonly string[], endsIn: Ends): Generator<Glob> {
  let left = MAX_COMPARISONS;
  /** Lengthens a piece until nothing forbidden matches, and lists what still did before. */
  function* grow(
    lengths: readonly number[], names: readonly string[], piecesOf: (length: number) => Glob,
    between?: (names: readonly string[], length: number) => Generator<Glob>,
  ): Generator<Glob> {
    let matched = names;
    for (const length of lengths) {
      if (left <= 0) { return; }
      left -= matched.length;
      const pieces = piecesOf(length);
      const lower = pieces.map((piece) => piece.toLowerCase());
      matched = matched.filter((name) => matchesPieces(lower, name));
      if (matched.length === 0) {
        yield pieces;
        return;
      }
      if (between) { yield* between(matched, length); }
    }
  }
  const texts = required.filter(({ names }) => names.length > 0).map(({ text }) => text);
  for (const text of texts) {
    const run = text.split(/[*?]/);
    const [head, tail] = [run[0], run[run.length - 1]];
    yield* grow(endsIn(head).slice(1), forbidden, (n) => [head.slice(0, n), '']);
    yield* grow(endsIn(tail).map((n) => tail.length - n).reverse().slice(1), forbidden, (n) => ['', tail.slice(tail.length - n)]);
    for (const infix of run) { yield* infixes(infix, 0, infix.length, forbidden, (piece) => ['', piece, '']); }
  }
  for (const text of texts) {
    const run = text.split(/[*?]/);
    const [head, tail] = [run[0], run[run.length - 1]];
    const isWhole = run.length === 1;
    yield* grow(endsIn(head).slice(1), forbidden, (n) => [head.slice(0, n), ''], function* (names, n) {
      const suffixes = endsIn(tail).map((end) => tail.length - end).reverse().filter((m) => !isWhole || n + m < head.length);
      yield* grow(suffixes, names, (m) => [head.slice(0, n), tail.slice(tail.length - m)]);
      yield* infixes(head, n, head.length, names, (piece) => [head.slice(0, n), piece, '']);
    });
    yield* grow(endsIn(tail).map((n) => tail.length - n).reverse().slice(1), forbidden, (n) => ['', tail.slice(tail.length - n)], function* (names, n) {
      yield* infixes(tail, 0, tail.length - n, names, (piece) => ['', piece, tail.slice(tail.length - n)]);
    });
  }

  /** Pieces between two positions. */
  function* infixes(text: string, from: number, to: number, names: readonly string[], piecesOf: (piece: string) => Glob): Generator<Glob> {
    const ends = endsIn(text).filter((end) => end >= from && end <= to);
    for (const at of new Set([from, ...ends])) {
      yield* grow(ends.filter((end) => end > at).map((end) => end - at), names, (n) => piecesOf(text.slice(at, at + n)));
    }
  }
}

type Ends = (text: string) => readonly number[];

/** The positions between the words of a name, such as 3 and 9 of `GetObjectAcl`, and its two ends. */
function endsOfWords(text: string): readonly number[] {
  const starts = [...text].flatMap((char, i) => (i > 0 && isCapital(char) && !isCapital(text[i - 1]) ? [i] : []));
  return [0, ...starts, text.length];
}

function isCapital(char: string): boolean {
  return /[A-Z]/.test(char);
}

function endsOfLetters(text: string): readonly number[] {
  return Array.from({ length: text.length + 1 }, (_, i) => i);
}

/** The cheapest selection that covers every requirement, as far as the steps suffice. */
function selectCheapest(candidates: readonly Candidate[], count: number): Candidate[] {
  const all = (1n << BigInt(count)) - 1n;
  let best = selectGreedily(candidates, all);
  let bestCost = costOf(best);
  let steps = MAX_SELECTIONS;
  const covering = Array.from({ length: count }, (_, i) => candidates.filter(({ covers }) => (covers & (1n << BigInt(i))) !== 0n));
  /** What a requirement costs at least: the cost of a candidate by the number of requirements that it covers, for the cheapest one. */
  const share = covering.map((list) => Math.min(...list.map(({ cost, count: bits }) => cost / bits)));
  const visit = (chosen: readonly Candidate[], cost: number, open: bigint) => {
    if (open === 0n) {
      if (cost < bestCost) { [best, bestCost] = [[...chosen], cost]; }
      return;
    }
    if (steps-- <= 0) { return; }
    let bound = cost;
    let next = -1;
    for (let i = 0; i < count; i++) {
      if ((open & (1n << BigInt(i))) === 0n) { continue; }
      bound += share[i];
      if (next < 0 || covering[i].length < covering[next].length) { next = i; }
    }
    if (bound >= bestCost - 1e-6) { return; }
    for (const one of covering[next]) { visit([...chosen, one], cost + one.cost, open & ~one.covers); }
  };
  visit([], 0, all);
  return best;
}

function selectGreedily(candidates: readonly Candidate[], all: bigint): Candidate[] {
  const chosen: Candidate[] = [];
  for (let open = all; open !== 0n;) {
    let next: Candidate | undefined;
    let least = Infinity;
    for (const one of candidates) {
      const bits = bitsIn(one.covers & open);
      if (bits > 0 && one.cost / bits < least) { [next, least] = [one, one.cost / bits]; }
    }
    chosen.push(next!);
    open &= ~next!.covers;
  }
  return chosen.reduceRight<Candidate[]>((kept, one) => {
    const others = kept.filter((other) => other !== one);
    const covered = others.reduce((mask, { covers }) => mask | covers, 0n);
    return (covered & one.covers) === one.covers ? others : kept;
  }, chosen);
}

function costOf(candidates: readonly Candidate[]): number {
  return candidates.reduce((sum, { cost }) => sum + cost, 0);
}
