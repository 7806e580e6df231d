import { Budget } from './budget';
import { elementsCover, resourceCovers } from './covers';
import { mayOverlap } from './overlaps';
import { arnFields, characterElement, Element, Pattern, wildcardOr } from './pattern';
import { partsOf, Text, TextPart } from './text';

type Elements = readonly Element[];

/** More patterns than this say nothing to a reader. */
const MOST_PATTERNS = 12;

/**
 * The patterns that together match what both actions do; `undefined` where no few patterns do.
 */
export function actionsInCommon(a: Pattern, b: Pattern, budget: Budget): Array<string | Text> | undefined {
  if (elementsCover(a.elements, b.elements, budget)) { return [b.source]; }
  if (elementsCover(b.elements, a.elements, budget)) { return [a.source]; }
  if (!mayOverlap(a, b, 'anything', budget)) { return []; }
  return inCommon(asWritten(a), asWritten(b), budget)?.map(sourceOf);
}

/** An action pattern compares in lower case; people write it otherwise. */
function asWritten({ source }: Pattern): Elements {
  return partsOf(source).flatMap((part): Element[] => (typeof part === 'string'
    ? [...part].map((char) => wildcardOr(char, 'ignored'))
    : [{ type: 'atom', atom: part }]));
}

/** The same for resources: ARNs field by field. */
export function resourcesInCommon(a: Pattern, b: Pattern, budget: Budget): Array<string | Text> | undefined {
  if (resourceCovers(a, b, budget)) { return [b.source]; }
  if (resourceCovers(b, a, budget)) { return [a.source]; }
  if (!mayOverlap(a, b, 'anything', budget)) { return []; }
  return a.unknown === undefined && b.unknown === undefined ? arnsInCommon(a.elements, b.elements, budget) : undefined;
}

/** The same for ARNs in conditions, where the fields are compared one by one too. */
export function arnsInCommon(a: Elements, b: Elements, budget: Budget): Array<string | Text> | undefined {
  const [x, y] = [arnFields(a), arnFields(b)];
  if (!x || !y) { return undefined; }
  let arns: Elements[] = [[]];
  for (let i = 0; i < x.length; i++) {
    const field = inCommon(x[i], y[i], budget);
    if (!field) { return undefined; }
    arns = arns.flatMap((arn) => field.map((f) => [...arn, ...(i > 0 ? [characterElement(':')] : []), ...f]));
    if (arns.length > MOST_PATTERNS) { return undefined; }
  }
  return arns.map(sourceOf);
}

/** The same for text in conditions, in the form that it has there in Version 2012-10-17. */
export function textsInCommon(a: Elements, b: Elements, budget: Budget): Array<string | Text> | undefined {
  if (elementsCover(a, b, budget)) { return [sourceOf(b)]; }
  if (elementsCover(b, a, budget)) { return [sourceOf(a)]; }
  return inCommon(a, b, budget)?.map(sourceOf);
}

/** Walks along both patterns at once; where both have a `*`, the rest of either may come first. */
function inCommon(a: Elements, b: Elements, budget: Budget): Elements[] | undefined {
  const known = new Map<number, Elements[]>();
  const from = (i: number, j: number): Elements[] => {
    const at = i * (b.length + 1) + j;
    const found = known.get(at) ?? shortlist(walk(i, j));
    known.set(at, found);
    return found;
  };
  const after = (element: Element, rest: readonly Elements[]) => rest.map((r) => [element, ...r]);
  const walk = (i: number, j: number): Elements[] => {
    budget.spend(1);
    const [x, y] = [a[i], b[j]];
    if (!x && !y) { return [[]]; }
    if (x?.type === 'many' && y?.type === 'many') {
      return after(x, [...from(i + 1, j), ...from(i, j + 1)].map((rest) => (rest[0]?.type === 'many' ? rest.slice(1) : rest)));
    }
    if (x?.type === 'many') { return [...from(i + 1, j), ...(y ? after(y, from(i, j + 1)) : [])]; }
    if (y?.type === 'many') { return [...from(i, j + 1), ...(x ? after(x, from(i + 1, j)) : [])]; }
    if (!x || !y) { return []; }
    const both = single(x, y);
    return both ? after(both, from(i + 1, j + 1)) : [];
  };
  const single = (x: Element, y: Element): Element | undefined => {
    if (x.type === 'atom' || y.type === 'atom') {
      if (x.type !== 'atom' || y.type !== 'atom' || x.atom.id !== y.atom.id) { throw new Inexpressible(); }
      return x;
    }
    if (x.type === 'one') { return y; }
    if (y.type === 'one') { return x; }
    return elementsCover([x], [y], budget) ? y : elementsCover([y], [x], budget) ? x : undefined;
  };
  const shortlist = (patterns: readonly Elements[]): Elements[] => {
    const isSaid = (p: Elements, i: number) => patterns.some((q, k) => k !== i && elementsCover(q, p, budget)
      && (k < i || !elementsCover(p, q, budget)));
    const left = patterns.filter((p, i) => !isSaid(p, i));
    if (left.length > MOST_PATTERNS) { throw new Inexpressible(); }
    return left;
  };
  try {
    return from(0, 0);
  } catch (e) {
    if (!(e instanceof Inexpressible)) { throw e; }
    return undefined;
  }
}

/** Thrown and caught here. */
class Inexpressible extends Error {}

function sourceOf(elements: Elements): string | Text {
  return Text.of(...elements.map((e): TextPart => {
    switch (e.type) {
      case 'char': return e.char === '*' || e.char === '?' || e.char === '$' ? `\${${e.char}}` : e.char;
      case 'one': return '?';
      case 'many': return '*';
      default: return e.atom.variable === undefined ? e.atom.origin ?? e.atom : e.atom.label;
    }
  }));
}
