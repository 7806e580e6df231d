/**
 * Intersects two patterns of actions, resources or condition values, and writes the result as patterns.
 *
 * Invariant: the patterns together match exactly what both match, with ARNs compared field by field. If that needs more than a few
 * patterns, or depends on the value of a symbolic variable, the result is `undefined`.
 */
import { Budget } from '../strings/budget';
import { elementsCover, resourceCovers } from '../strings/covers';
import { mayOverlap } from '../strings/overlaps';
import { arnFields, characterElement, Element, Pattern, patternElement } from '../strings/pattern';
import { partsOf, StringPart, SymbolicString } from '../strings/symbolic-string';

type Elements = readonly Element[];

/** A list of more patterns is hard to read. */
const MAX_PATTERNS = 12;

/** The patterns that together match the actions that both patterns match. */
export function intersectActions(a: Pattern, b: Pattern, budget: Budget): Array<string | SymbolicString> | undefined {
  if (elementsCover(a.elements, b.elements, budget)) { return [b.source]; }
  if (elementsCover(b.elements, a.elements, budget)) { return [a.source]; }
  if (!mayOverlap(a, b, 'anything', budget)) { return []; }
  return intersectPair(asWritten(a), asWritten(b), budget)?.map(sourceOf);
}

/** The elements of an action pattern in the case in which it is written. Comparisons use lower case. */
function asWritten({ source }: Pattern): Elements {
  return partsOf(source).flatMap((part): Element[] => (typeof part === 'string'
    ? [...part].map((char) => patternElement(char, 'ignored'))
    : [{ type: 'variable', variable: part }]));
}

/** The same for resources. Compares ARNs field by field. */
export function intersectResources(a: Pattern, b: Pattern, budget: Budget): Array<string | SymbolicString> | undefined {
  if (resourceCovers(a, b, budget)) { return [b.source]; }
  if (resourceCovers(b, a, budget)) { return [a.source]; }
  if (!mayOverlap(a, b, 'anything', budget)) { return []; }
  return a.unclear === undefined && b.unclear === undefined ? intersectArns(a.elements, b.elements, budget) : undefined;
}

/** The same for ARNs in conditions. IAM compares their fields one by one, too. */
export function intersectArns(a: Elements, b: Elements, budget: Budget): Array<string | SymbolicString> | undefined {
  const [x, y] = [arnFields(a), arnFields(b)];
  if (!x || !y) { return undefined; }
  let arns: Elements[] = [[]];
  for (let i = 0; i < x.length; i++) {
    const field = intersectPair(x[i], y[i], budget);
    if (!field) { return undefined; }
    arns = arns.flatMap((arn) => field.map((f) => [...arn, ...(i > 0 ? [characterElement(':')] : []), ...f]));
    if (arns.length > MAX_PATTERNS) { return undefined; }
  }
  return arns.map(sourceOf);
}

/** The same for text in conditions, as Version 2012-10-17 writes it. */
export function intersectTexts(a: Elements, b: Elements, budget: Budget): Array<string | SymbolicString> | undefined {
  if (elementsCover(a, b, budget)) { return [sourceOf(b)]; }
  if (elementsCover(b, a, budget)) { return [sourceOf(a)]; }
  return intersectPair(a, b, budget)?.map(sourceOf);
}

/** Walks along both patterns. If both have a `*`, the rest of either may come first. */
function intersectPair(a: Elements, b: Elements, budget: Budget): Elements[] | undefined {
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
    if (x.type === 'variable' || y.type === 'variable') {
      if (x.type !== 'variable' || y.type !== 'variable' || x.variable.id !== y.variable.id) { throw new Inexpressible(); }
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
    if (left.length > MAX_PATTERNS) { throw new Inexpressible(); }
    return left;
  };
  try {
    return from(0, 0);
  } catch (e) {
    if (!(e instanceof Inexpressible)) { throw e; }
    return undefined;
  }
}

/** `intersectPair` throws and catches it. */
class Inexpressible extends Error {}

function sourceOf(elements: Elements): string | SymbolicString {
  return SymbolicString.from(elements.map((e): StringPart => {
    switch (e.type) {
      case 'char': return e.char === '*' || e.char === '?' || e.char === '$' ? `\${${e.char}}` : e.char;
      case 'one': return '?';
      case 'many': return '*';
      default: return e.variable.conditionKey === undefined ? e.variable.origin ?? e.variable : e.variable.label;
    }
  }));
}
