import { Atom, AtomKind, partsOf, sameText, Text, TextPart } from './text';

/** Whether a letter matches itself only or in either case. `unclear`: AWS's documentation does not say. */
export type LetterCase = 'significant' | 'unclear' | 'ignored';

/** One step of a pattern. `?` is `one`, `*` is `many`; `except` are characters that they do not stand for. */
export type Element =
  | { readonly type: 'char'; readonly char: string; readonly letterCase: LetterCase }
  | { readonly type: 'one'; readonly except?: string }
  | { readonly type: 'many'; readonly except?: string }
  | { readonly type: 'atom'; readonly atom: Atom };

/** An action or resource pattern, ready for comparison. */
export interface Pattern {
  readonly source: string | Text;
  readonly elements: readonly Element[];
  /** Set where IAM's reading of the pattern is not known: it may match anything, or nothing. */
  readonly unknown?: string;
}

const MANY: Element = { type: 'many' };
const ONE: Element = { type: 'one' };

/** The value of a policy variable: any text at all, a wildcard included. */
const VARIABLE: AtomKind = { name: 'policy variable', minLength: 0, generated: false, example: 'example' };

/** The colons in front of the resource part of an ARN. */
const COLONS_BEFORE_RESOURCE = 5;

/**
 * An action pattern: case-insensitive throughout, no variables.
 * @see https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_action.html
 */
export function actionPattern(source: string | Text): Pattern {
  if (typeof source !== 'string') { return readAction(source); }
  const known = ACTIONS.get(source);
  if (known) { return known; }
  if (ACTIONS.size >= ACTIONS_KEPT) { ACTIONS.clear(); }
  const pattern = readAction(source);
  ACTIONS.set(source, pattern);
  return pattern;
}

/** The same few actions stand in all policies of an app. */
const ACTIONS = new Map<string, Pattern>();
/** More than AWS's managed policies have. */
const ACTIONS_KEPT = 30_000;

function readAction(source: string | Text): Pattern {
  const elements: Element[] = [];
  for (const part of partsOf(source)) {
    if (typeof part === 'string') {
      for (const char of part.toLowerCase()) { elements.push(wildcardOr(char, 'unclear')); }
    } else {
      elements.push({ type: 'atom', atom: part });
    }
  }
  return { source, elements: wildcardsInOrder(elements) };
}

/**
 * A resource pattern. Variables are understood only where the document's Version has them, and only in the resource
 * part of the ARN. Case is significant in the resource part; elsewhere AWS's documentation does not say.
 * @see https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_resource.html
 */
export function resourcePattern(source: string | Text, variables: boolean): Pattern {
  const elements: Element[] = [];
  let colons = 0;
  let unknown: string | undefined;
  for (const part of variables ? splitVariables(source) : partsOf(source)) {
    if (typeof part === 'string') {
      for (const char of part) {
        elements.push(wildcardOr(char, colons < COLONS_BEFORE_RESOURCE ? 'unclear' : 'significant'));
        if (char === ':') { colons++; }
      }
    } else if ('escaped' in part) {
      elements.push(characterElement(part.escaped));
    } else if ('malformed' in part) {
      unknown = `'${part.malformed}' is not a policy variable that IAM documents`;
    } else {
      const element: Element = { type: 'atom', atom: variables ? part : readLiterally(part) };
      if (part.variable !== undefined && colons < COLONS_BEFORE_RESOURCE && !elements.some(mayHoldColon)) {
        unknown = `${part.label} stands before the resource part of the ARN, where IAM does not document variables`;
      }
      elements.push(element);
    }
  }
  return { source, elements: wildcardsInOrderInResourcePart(elements), unknown };
}

/**
 * In the first five fields of an ARN, a trailing `*` may be read otherwise than one inside (it may run across colons), so
 * there `*?` and `?*` are not the same.
 */
function wildcardsInOrderInResourcePart(elements: readonly Element[]): readonly Element[] {
  const inOrder = wildcardsInOrder(elements);
  if (inOrder === elements) { return elements; }
  let colons = 0;
  const start = elements.findIndex((element) => element.type === 'char' && element.char === ':' && ++colons === COLONS_BEFORE_RESOURCE) + 1;
  return start === 0 && elements.some((e) => e.type === 'char') ? elements : [...elements.slice(0, start), ...wildcardsInOrder(elements.slice(start))];
}

/**
 * An atom as a document without variables reads it: text of which nothing is known may have `${…}` in it, which is then
 * not what a document with variables makes of the same text.
 */
export function readLiterally(atom: Atom): Atom {
  return atom.kind.characters === undefined ? { ...atom, id: `${atom.id} without variables` } : atom;
}

/** Whether two patterns are the same text in the same language, and so match alike whatever IAM's reading of them is. */
export function samePattern(a: Pattern, b: Pattern): boolean {
  if (a.unknown !== b.unknown || a.elements.length !== b.elements.length) { return false; }
  // Where `${…}` is read as a variable on one side only, there are fewer elements on that side.
  if (typeof a.source === 'string') { return a.source === b.source; }
  return sameText(a.source, b.source) && sameElements(a.elements, b.elements);
}

/** Whether the pattern matches every string. */
export function matchesEverything(pattern: Pattern): boolean {
  return pattern.unknown === undefined && pattern.elements.length > 0 && pattern.elements.every((e) => e.type === 'many');
}

/** Whether there is a policy variable in it, or text of which nothing is known and which may hold one. */
export function mayHoldVariable(pattern: Pattern): boolean {
  return pattern.elements.some((e) => e.type === 'atom' && (e.atom.variable !== undefined || e.atom.kind.characters === undefined));
}

export function hasWildcard(pattern: Pattern): boolean {
  return pattern.elements.some(isWildcard);
}

function isWildcard(element: Element | undefined): boolean {
  return element?.type === 'one' || element?.type === 'many';
}

/**
 * The ARN's first five fields and its resource part. `undefined` where the pattern has fewer than six fields, or where
 * an atom of unknown text hides how many it has.
 */
export function arnFields(elements: readonly Element[]): ReadonlyArray<readonly Element[]> | undefined {
  if (!FIELDS.has(elements)) { FIELDS.set(elements, splitFields(elements)); }
  return FIELDS.get(elements);
}

const FIELDS = new WeakMap<readonly Element[], ReadonlyArray<readonly Element[]> | undefined>();

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

/** Whether a value of the atom may hold a colon, and so more than one field of an ARN. */
export function mayHoldColon(element: Element): boolean {
  return element.type === 'atom' && (element.atom.kind.characters === undefined || element.atom.kind.characters.includes(':'));
}

/** Whether what the element stands for may have one of these characters. */
export function mayHoldAny(element: Element, characters: string | undefined): boolean {
  if (characters === undefined) { return false; }
  switch (element.type) {
    case 'char': return characters.includes(element.char);
    case 'atom': return element.atom.kind.characters === undefined || [...element.atom.kind.characters].some((c) => characters.includes(c));
    default: return ![...characters].every((c) => element.except?.includes(c));
  }
}

export function hasCase(char: string): boolean {
  return char.toLowerCase() !== char.toUpperCase();
}

export function sameElement(a: Element, b: Element): boolean {
  if (a.type === 'char') { return b.type === 'char' && a.char === b.char && (a.letterCase === 'ignored') === (b.letterCase === 'ignored'); }
  if (a.type === 'atom') { return b.type === 'atom' && a.atom.id === b.atom.id; }
  return a.type === b.type && a.except === b.except;
}

export function sameElements(a: readonly Element[], b: readonly Element[]): boolean {
  return a.length === b.length && a.every((element, i) => sameElement(element, b[i]));
}

export function wildcardOr(char: string, letterCase: LetterCase): Element {
  if (char === '*') { return MANY; }
  return char === '?' ? ONE : characterElement(char, letterCase);
}

/** A character that stands for itself, `*` and `?` included. */
export function characterElement(char: string, letterCase: LetterCase = 'significant'): Element {
  const code = char.length === 1 ? char.charCodeAt(0) : CHARS_KEPT;
  if (code >= CHARS_KEPT) { return { type: 'char', char, letterCase }; }
  return CHARS[letterCase][code] ??= { type: 'char', char, letterCase };
}

/** The text as it is, its wildcards literal. */
export function literalElements(text: string | Text): Element[] {
  return partsOf(text).flatMap((part): Element[] => (typeof part === 'string'
    ? [...part].map((char) => characterElement(char))
    : [{ type: 'atom', atom: part }]));
}

/** The one text that elements without wildcards stand for, as far as case tells it. */
export function literalText(elements: readonly Element[]): string | Text {
  const parts: TextPart[] = [''];
  for (const element of elements) {
    const last = parts.length - 1;
    if (element.type === 'atom') {
      parts.push(element.atom, '');
    } else if (element.type === 'char') {
      parts[last] = `${parts[last] as string}${element.char}`;
    }
  }
  return Text.of(...parts);
}

/** An element a character is enough for all patterns. */
const CHARS_KEPT = 128;
const CHARS: { readonly [letterCase in LetterCase]: Element[] } = { significant: [], unclear: [], ignored: [] };

/** `*?*` and `?**` mean the same: write every run of wildcards as its `?`s and then one `*`. */
function wildcardsInOrder(elements: readonly Element[]): readonly Element[] {
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

type VariablePart = string | Atom | { readonly escaped: string } | { readonly malformed: string };

/**
 * Literal text, `${key}` and `${key, 'default'}` as atoms, `${*}` `${?}` `${$}` as the character.
 * @see https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_variables.html
 */
export function splitVariables(source: string | Text): VariablePart[] {
  const result: VariablePart[] = [];
  const parts = partsOf(source);
  let unknownText = false;
  parts.forEach((part, index) => {
    const before = parts[index - 1];
    const behindUnknownText = typeof before === 'object' && before.kind.characters === undefined;
    if (typeof part !== 'string') {
      unknownText ||= part.kind.characters === undefined;
      result.push(behindUnknownText && part.kind.characters === undefined ? { malformed: `${before.label}${part.label}` } : part);
      return;
    }
    let rest = part;
    for (let start = rest.indexOf('${'); start >= 0; start = rest.indexOf('${')) {
      const end = rest.indexOf('}', start);
      if (end < 0) { break; }
      const inside = rest.slice(start + 2, end);
      if (start > 0) { result.push(rest.slice(0, start)); }
      result.push(variablePart(inside));
      rest = rest.slice(end + 1);
    }
    if (rest === '') { return; }
    // An unclosed `${`, a `$` with an unknown value behind it, or a `}` whose beginning may be in an unknown value, may
    // become a variable that nobody can see here.
    const open = rest.includes('${') || (rest.endsWith('$') && index < parts.length - 1) || (unknownText && rest.includes('}'));
    result.push(open ? { malformed: rest } : rest);
  });
  return result;
}

function variablePart(inside: string): VariablePart {
  if (inside === '*' || inside === '?' || inside === '$') { return { escaped: inside }; }
  const variable = readVariable(inside);
  if (!variable) { return { malformed: `\${${inside}}` }; }
  const { key, fallback } = variable;
  return {
    id: fallback === undefined ? `variable ${key}` : `variable ${key} or '${fallback}'`,
    label: `\${${inside}}`,
    kind: VARIABLE,
    variable: key,
  };
}

/** `key` or `key, 'default'`, as it stands between the braces; the key in lower case. A tag key may have blanks inside. */
export function readVariable(inside: string): { readonly key: string; readonly fallback?: string } | undefined {
  const match = /^([A-Za-z0-9_.+=@/:-]+(?: +[A-Za-z0-9_.+=@/:-]+)*)(?:, *'([^'\r\n]*)')?$/.exec(inside);
  return match ? { key: match[1].toLowerCase(), fallback: match[2] } : undefined;
}
