/**
 * Reads action and resource patterns of IAM into elements: characters, wildcards and symbolic variables. `covers.ts`, `overlaps.ts`
 * and `automaton.ts` compare elements. The evaluator of single requests does not use them.
 *
 * Invariant: reading decides nothing that IAM's documents leave open. An unclear letter case or an unclear pattern is marked as
 * `unclear`, and each comparison rounds it in its own direction.
 * For speed, action patterns are read once, all patterns share the elements of ASCII characters, and a list without a run of
 * wildcards is not copied.
 */
import { partsOf, sameText, StringPart, SymbolicString, SymbolicVariable } from './symbolic-string';
import { readLiterally, splitPolicyVariables } from './variables';
import { memoize } from '../../util/memo';

/** Whether a letter matches only itself, or either case. `unclear`: AWS's documentation does not say. */
export type LetterCase = 'significant' | 'unclear' | 'ignored';

/** One step of a pattern. `?` is `one`, `*` is `many`; `except` are characters that they do not stand for. */
export type Element =
  | { readonly type: 'char'; readonly char: string; readonly letterCase: LetterCase }
  | { readonly type: 'one'; readonly except?: string }
  | { readonly type: 'many'; readonly except?: string }
  | { readonly type: 'variable'; readonly variable: SymbolicVariable };

/** An action or resource pattern, ready for comparison. */
export interface Pattern {
  /** The pattern as the policy writes it. */
  readonly source: string | SymbolicString;
  /** The source with the missing fields of an ARN, if AWS completes it. */
  readonly completedSource?: string;
  readonly elements: readonly Element[];
  /** Set if IAM's reading of the pattern is not known: it may match anything, or nothing. */
  readonly unclear?: string;
}

const MANY: Element = { type: 'many' };
const ONE: Element = { type: 'one' };

/** The colons in front of the resource part of an ARN. */
const COLONS_BEFORE_RESOURCE = 5;

/** AWS's managed policies have fewer. */
const ACTIONS_KEPT = 30_000;

/**
 * An action pattern: case-insensitive throughout, no variables. All policies of an app contain the same few actions.
 * @see https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_action.html
 */
export const actionPattern = memoize(parseAction, ACTIONS_KEPT);

function parseAction(source: string | SymbolicString): Pattern {
  const elements: Element[] = [];
  for (const part of partsOf(source)) {
    if (typeof part === 'string') {
      for (const char of part.toLowerCase()) { elements.push(patternElement(char, 'unclear')); }
    } else {
      elements.push({ type: 'variable', variable: part });
    }
  }
  return { source, elements: normalizeWildcards(elements) };
}

/**
 * A resource pattern. Variables are understood only if the document's Version has them, and only in the resource
 * part of the ARN. Case is significant in the resource part; elsewhere AWS's documentation does not say.
 * @see https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_resource.html
 */
export function resourcePattern(source: string | SymbolicString, policyVariables: boolean): Pattern {
  const elements: Element[] = [];
  let colons = 0;
  let unclear: string | undefined;
  for (const part of policyVariables ? splitPolicyVariables(source) : partsOf(source)) {
    if (typeof part === 'string') {
      for (const char of part) {
        elements.push(patternElement(char, colons < COLONS_BEFORE_RESOURCE ? 'unclear' : 'significant'));
        if (char === ':') { colons++; }
      }
    } else if ('escaped' in part) {
      elements.push(characterElement(part.escaped));
    } else if ('malformed' in part) {
      unclear = `'${part.malformed}' is not a policy variable that IAM documents`;
    } else {
      const element: Element = { type: 'variable', variable: policyVariables ? part : readLiterally(part) };
      if (part.conditionKey !== undefined && colons < COLONS_BEFORE_RESOURCE && !elements.some(mayHoldColon)) {
        unclear = `${part.label} stands before the resource part of the ARN, where IAM does not document variables`;
      }
      elements.push(element);
    }
  }
  return { source, elements: normalizeWildcardsInResourcePart(elements), unclear };
}

/**
 * In the first five fields of an ARN, a trailing `*` may mean something else than one inside (it may run across colons). So
 * `*?` and `?*` are not the same there.
 */
function normalizeWildcardsInResourcePart(elements: readonly Element[]): readonly Element[] {
  const inOrder = normalizeWildcards(elements);
  if (inOrder === elements) { return elements; }
  let colons = 0;
  const start = elements.findIndex((element) => element.type === 'char' && element.char === ':' && ++colons === COLONS_BEFORE_RESOURCE) + 1;
  return start === 0 && elements.some((e) => e.type === 'char') ? elements : [...elements.slice(0, start), ...normalizeWildcards(elements.slice(start))];
}

/** Whether two patterns are the same text in the same language. They match the same requests, however IAM reads them. */
export function samePattern(a: Pattern, b: Pattern): boolean {
  if (a.unclear !== b.unclear || a.elements.length !== b.elements.length) { return false; }
  // If only one side reads `${…}` as a variable, it has fewer elements.
  if (typeof a.source === 'string') { return a.source === b.source; }
  return sameText(a.source, b.source) && sameElements(a.elements, b.elements);
}

/** Whether two patterns certainly match the same requests: they are the same, or are written differently and read alike (`${aws:UserName}`). */
export function areEquivalent(a: Pattern, b: Pattern): boolean {
  return samePattern(a, b) || (a.unclear === undefined && b.unclear === undefined && sameElements(a.elements, b.elements));
}

/** Whether the pattern matches every string. */
export function matchesEverything(pattern: Pattern): boolean {
  return pattern.unclear === undefined && pattern.elements.length > 0 && pattern.elements.every((e) => e.type === 'many');
}

/** Whether it contains a policy variable, or unknown text that may contain one. */
export function mayHoldPolicyVariable(pattern: Pattern): boolean {
  return pattern.elements.some((e) => e.type === 'variable' && (e.variable.conditionKey !== undefined || e.variable.kind.characters === undefined));
}

export function hasWildcard(pattern: Pattern): boolean {
  return pattern.elements.some(isWildcard);
}

function isWildcard(element: Element | undefined): boolean {
  return element?.type === 'one' || element?.type === 'many';
}

/**
 * The ARN's first five fields and its resource part. `undefined` if the pattern has fewer than six fields, or if a symbolic
 * variable of unknown text hides their number.
 */
export const arnFields = memoize(splitFields);

function splitFields(elements: readonly Element[]): ReadonlyArray<readonly Element[]> | undefined {
  const fields: Element[][] = [[]];
  for (const element of elements) {
    if (element.type === 'char' && element.char === ':' && fields.length <= COLONS_BEFORE_RESOURCE) {
      fields.push([]);
    } else {
      fields[fields.length - 1].push(element);
    }
  }
  const wellFormed = fields.length === COLONS_BEFORE_RESOURCE + 1 && !fields.slice(0, -1).some((field) => field.some(mayHoldColon));
  return wellFormed ? fields : undefined;
}

/** Whether a value of the symbolic variable may contain a colon, and so more than one field of an ARN. */
export function mayHoldColon(element: Element): boolean {
  return element.type === 'variable' && (element.variable.kind.characters === undefined || element.variable.kind.characters.includes(':'));
}

/** Whether the text that the element stands for may contain one of these characters. */
export function mayHoldAny(element: Element, characters: string | undefined): boolean {
  if (!characters) { return false; }
  switch (element.type) {
    case 'char': return characters.includes(element.char);
    case 'variable': return element.variable.kind.characters === undefined || [...element.variable.kind.characters].some((c) => characters.includes(c));
    default: return ![...characters].every((c) => element.except?.includes(c));
  }
}

export function hasCase(char: string): boolean {
  return char.toLowerCase() !== char.toUpperCase();
}

export function sameElement(a: Element, b: Element): boolean {
  if (a.type === 'char') { return b.type === 'char' && a.char === b.char && (a.letterCase === 'ignored') === (b.letterCase === 'ignored'); }
  if (a.type === 'variable') { return b.type === 'variable' && a.variable.id === b.variable.id; }
  return a.type === b.type && a.except === b.except;
}

export function sameElements(a: readonly Element[], b: readonly Element[]): boolean {
  return a.length === b.length && a.every((element, i) => sameElement(element, b[i]));
}

export function patternElement(char: string, letterCase: LetterCase): Element {
  if (char === '*') { return MANY; }
  return char === '?' ? ONE : characterElement(char, letterCase);
}

/** A character that stands for itself, `*` and `?` included. */
export function characterElement(char: string, letterCase: LetterCase = 'significant'): Element {
  const code = char.length === 1 ? char.charCodeAt(0) : CHARS_KEPT;
  if (code >= CHARS_KEPT) { return { type: 'char', char, letterCase }; }
  return CHARS[letterCase][code] ??= { type: 'char', char, letterCase };
}

/** The text of elements that are all characters, as they are compared; `undefined` if one is a wildcard or a variable. */
export function plainText(elements: readonly Element[]): string | undefined {
  let text = '';
  for (const element of elements) {
    if (element.type !== 'char') { return undefined; }
    text += element.char;
  }
  return text;
}

/** The text with literal wildcards. */
export function literalElements(text: string | SymbolicString): Element[] {
  return partsOf(text).flatMap((part): Element[] => (typeof part === 'string'
    ? [...part].map((char) => characterElement(char))
    : [{ type: 'variable', variable: part }]));
}

/** The text with wildcards, in which case is significant. */
export function wildcardElements(text: string | SymbolicString): Element[] {
  return partsOf(text).flatMap((part): Element[] => (typeof part === 'string'
    ? [...part].map((char) => patternElement(char, 'significant'))
    : [{ type: 'variable', variable: part }]));
}

/** The only text that elements without wildcards stand for, if case is significant. */
export function literalText(elements: readonly Element[]): string | SymbolicString {
  const parts: StringPart[] = [''];
  for (const element of elements) {
    const last = parts.length - 1;
    if (element.type === 'variable') {
      parts.push(element.variable, '');
    } else if (element.type === 'char') {
      parts[last] = `${parts[last] as string}${element.char}`;
    }
  }
  return SymbolicString.from(parts);
}

/** All patterns share one element for each of these characters. */
const CHARS_KEPT = 128;
const CHARS: { readonly [letterCase in LetterCase]: Element[] } = { significant: [], unclear: [], ignored: [] };

/** `*?*` and `?**` mean the same: write every run of wildcards as its `?`s and then one `*`. */
function normalizeWildcards(elements: readonly Element[]): readonly Element[] {
  if (!elements.some((e, i) => isWildcard(e) && isWildcard(elements[i + 1]))) { return elements; } // nearly all patterns
  const result: Element[] = [];
  for (const element of elements) {
    const last = result[result.length - 1];
    if (last?.type === 'many' && element.type === 'many') { continue; }
    if (last?.type === 'many' && element.type === 'one') {
      result.splice(result.length - 1, 0, element);
    } else {
      result.push(element);
    }
  }
  return result;
}
