/**
 * The forms of ARNs that AWS authorizes actions on, ready for comparison with patterns. `catalog.ts` compares request sets with
 * them.
 *
 * Invariant: a form matches all of its ARNs, and more. Whether a `*` before the resource part may run across colons is a property
 * of the pattern and the forms, so it is computed once for each and costs a decision nothing.
 */
import { outsideBraces } from '../../util/braces';
import { memoize, memoizePair } from '../../util/memo';
import { expressionOfForm, patternOfForm, piecesOfForm, splitArn } from '../strings/arn';
import { Budget } from '../strings/budget';
import { isMetBy } from '../strings/find-string';
import { mayOverlap } from '../strings/overlaps';
import { arnFields, characterElement, Element, literalElements, Pattern, plainText } from '../strings/pattern';

export interface ArnForm {
  /** The six fields. A name may be empty, so that the value of a symbolic variable certainly matches it. */
  readonly fields: ReadonlyArray<readonly Element[]>;
  /** The same, with names that are not empty, regions without slashes, and accounts of twelve digits. */
  readonly strictFields: ReadonlyArray<readonly Element[]>;
  /** The form as one pattern, in which no name has a colon. */
  readonly whole: Pattern;
  /** The same, with the region and the account of `strictFields`. */
  readonly strictWhole: Pattern;
  /** The colons of its ARNs. `Infinity`: its names may have colons. */
  readonly colons: number;
  /** The service field, unless it is a placeholder. */
  readonly service?: string;
  readonly hasRegion: boolean;
  readonly hasAccount: boolean;
}

/** The forms of a service, by their text. */
export type ArnForms = ReadonlyMap<string, ArnForm>;

/**
 * Reads all forms of a service together, because one form shows what the names of another cannot contain: where
 * `table/${TableName}/index/${IndexName}` is an index, the name of a table has no slash.
 */
export function readArnForms(formats: Iterable<string>): ArnForms {
  const all = [...new Set(formats)];
  const beginnings = all.flatMap(beginningsOf);
  return new Map(all.map((format) => {
    const example = exampleOf(format);
    const continued = SEPARATORS.filter((separator) => beginnings.some((other) => other.separator === separator && other.expression.test(example)));
    return [format, arnForm(format, continued.join(''))];
  }));
}

/** What stands before each separator of the resource part, if a literal stands there, too. */
function beginningsOf(format: string): Array<{ readonly separator: string; readonly expression: RegExp }> {
  const header = splitArn(format).slice(0, FIELDS - 1).join(':').length + 1;
  return [...format].flatMap((char, i) => {
    const isSeparator = i > header && SEPARATORS.includes(char) && format.slice(header, i).endsWith('}') && outsideBraces(format.slice(i)).some((text) => /[a-z]/i.test(text));
    return isSeparator ? [{ separator: char, expression: expressionOfForm(format.slice(0, i), () => '[^:/]+') }] : [];
  });
}

function exampleOf(format: string): string {
  return patternOfForm(format).replace(/\*/g, 'x');
}

const SEPARATORS = [':', '/'];
const FIELDS = 6;

/**
 * `${Name}` is text without colons in the first five fields; `${Region}` is not empty, and `${Account}` is an account ID. In the resource
 * part, a name that is followed by a separator does not contain it, a name behind a colon has no colon, and `${Name^/}` has no slash.
 * `*` may have colons. A resource part that is a single placeholder is the name of a bucket, queue or topic, which has no slash or colon.
 */
function arnForm(format: string, continued: string): ArnForm {
  const split = splitArn(format);
  const parts = [...split, ...new Array<string>(FIELDS - split.length).fill('*')];
  const isName = /^\$\{[^}*]*\}$/.test(parts[5]);
  const header = parts.slice(0, 5).map((part) => elementsOf(part, ':', ':'));
  const resource = elementsOf(parts[5], isName ? ':/' : continued);
  const resourceOfWhole = elementsOf(parts[5], isName ? ':/' : `:${continued}`);
  const strictHeader = parts.slice(0, 5).map((part, i) => (part === '${Account}' ? ACCOUNT_ID : part === '${Region}' ? REGION : header[i]));
  return {
    fields: [...header, resource],
    strictFields: [...strictHeader, nonEmptyNames(resource)],
    whole: joined([...header, resourceOfWhole], format),
    strictWhole: joined([...strictHeader, resourceOfWhole], format),
    colons: resourceOfWhole.some((e) => e.type === 'many' && e.except === undefined) ? Infinity : outsideBraces(format).join('').split(':').length - 1,
    service: /[*$]/.test(parts[2]) ? undefined : parts[2],
    hasRegion: parts[3] !== '',
    hasAccount: parts[4] !== '',
  };
}

function joined(fields: ArnForm['fields'], format: string): Pattern {
  return { source: format, elements: fields.flatMap((field, i) => [...(i > 0 ? [characterElement(':')] : []), ...field]) };
}

/** Whether the fields of an ARN are those of a form: its `fields`, or its `strictFields`. */
export function hasFields(arn: string, fields: ArnForm['fields']): boolean {
  const texts = splitArn(arn);
  const budget = new Budget(Infinity);
  return texts.length === fields.length
    && texts.every((text, i) => isMetBy([{ negated: false, patterns: [fields[i]] }], literalElements(text), budget));
}

/** Each name has at least one character. `*` may be empty. */
function nonEmptyNames(elements: readonly Element[]): readonly Element[] {
  return elements.flatMap((e): Element[] => (e.type === 'many' && e.except !== undefined ? [{ type: 'one', except: e.except }, e] : [e]));
}

/** `lastExcept`: what a name at the end does not contain; `starExcept`: what `*` does not. */
function elementsOf(text: string, lastExcept: string, starExcept?: string): Element[] {
  return piecesOfForm(text).flatMap((piece, i, pieces): Element[] => {
    if (typeof piece === 'string') {
      return [...piece].map((char) => (char === '*' ? { type: 'many', except: starExcept } : characterElement(char)));
    }
    if (piece.placeholder === '*') { return [characterElement('*')]; }
    const [before, next] = [pieces[i - 1], pieces[i + 1]];
    const separator = typeof next === 'string' && SEPARATORS.includes(next[0]) ? next[0] : '';
    const isFlat = piece.placeholder.endsWith('^/');
    const hasNoColon = lastExcept.includes(':') || (typeof before === 'string' && before.endsWith(':'));
    const except = [...new Set([...(hasNoColon ? ':' : ''), ...(isFlat ? '/' : ''), ...(next === undefined ? lastExcept : separator)])].join('');
    return [{ type: 'many', except }];
  });
}

/** Twelve digits: letters and separators are left out, as far as it matters to policies. */
export const ACCOUNT_ID: readonly Element[] = new Array<Element>(12).fill({ type: 'one', except: 'abcdefghijklmnopqrstuvwxyz-_:/' });

/** At least one character, and none that a name of a resource has and the name of a region does not. */
const REGION: readonly Element[] = [{ type: 'one', except: ':/._' }, { type: 'many', except: ':/._' }];

/** A longer pattern is assumed to cross colons: comparing it with all forms takes too long. AWS accepts no such policy. */
const LONGEST_COMPARED = 2_048;

/** What a pattern also matches if a `*` in one of its first five fields runs across colons, and the forms of such ARNs. */
export interface Crossing {
  readonly pattern: Pattern;
  readonly forms: readonly ArnForm[];
}

/** The crossings of a pattern that have a form. None: its wildcards stay in their fields. */
export const crossingsIn: (pattern: Pattern, forms: ArnForms) => readonly Crossing[] = memoizePair((pattern: Pattern, forms: ArnForms) => {
  const fields = arnFields(pattern.elements);
  const isLong = pattern.elements.length > LONGEST_COMPARED;
  const colons = pattern.elements.filter((e) => e.type === 'char' && e.char === ':').length;
  const service = fields && plainText(fields[2]);
  const isOfService = (form: ArnForm) => service === undefined || form.service === undefined || form.service === service;
  const near = [...forms.values()].filter((form) => form.colons > colons && isOfService(form));
  const unlimited = new Budget(Infinity);
  return crossingsOf(pattern)
    .map((crossing) => ({ pattern: crossing, forms: isLong ? near : near.filter((form) => mayOverlap(crossing, form.whole, 'anything', unlimited)) }))
    .filter((crossing) => crossing.forms.length > 0);
});

/** Patterns of what it also matches if a wildcard in one of the first five fields may run across colons. */
export const crossingsOf = memoize((pattern: Pattern): readonly Pattern[] => {
  const fields = arnFields(pattern.elements);
  if (!fields) { return [pattern]; }
  const colon = characterElement(':');
  return fields.slice(0, -1).flatMap((field, index) => (field.some((e) => e.type === 'many' || e.type === 'one') ? [{
    source: pattern.source,
    elements: fields.flatMap((f, i): Element[] => [
      ...(i > 0 ? [colon] : []), ...(i === index ? [...f, { type: 'many' as const }, colon, { type: 'many' as const }] : f),
    ]),
  }] : []));
});
