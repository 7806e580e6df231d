import { Operator, SetOperator } from './condition-operators';
import { IpRange, readIpRange } from './ip-range';
import { arnFields, characterElement, Element, LetterCase, readLiterally, splitVariables, wildcardOr } from './pattern';
import { Atom, partsOf, Text } from './text';

/** What a condition asks of one value of its key. A value passes where it meets one of the wanted ones. */
export type ValueTest =
  | { readonly family: 'text'; readonly patterns: ReadonlyArray<readonly Element[]> }
  | { readonly family: 'number' | 'date'; readonly comparison: Comparison; readonly wanted: readonly number[] }
  | { readonly family: 'boolean'; readonly wanted: readonly boolean[] }
  | { readonly family: 'address'; readonly wanted: readonly IpRange[] };

export type Comparison = 'Equals' | 'LessThan' | 'LessThanEquals' | 'GreaterThan' | 'GreaterThanEquals';

/** What an operator with its values says of a key. */
export type Meaning =
  /** The key has no value (`true`), or has one (`false`). */
  | { readonly type: 'presence'; readonly missing: readonly boolean[] }
  | { readonly type: 'value'; readonly test: ValueTest; readonly negated: boolean; readonly ifExists: boolean; readonly set?: SetOperator };

/**
 * `undefined` where IAM's documentation does not say what it means: such a condition is only ever equal to itself.
 * @see https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_condition_operators.html
 */
export function meaningOf(operator: Operator, values: ReadonlyArray<string | Text>, variables: boolean): Meaning | undefined {
  const { base, ifExists, set } = operator;
  if (base === 'Null') {
    const missing = all(values, readBoolean);
    return missing && { type: 'presence', missing };
  }
  const negated = base.includes('Not');
  const test = testOf(base.replace('Not', ''), values, variables);
  return test && { type: 'value', test, negated, ifExists, set };
}

function testOf(base: string, values: ReadonlyArray<string | Text>, variables: boolean): ValueTest | undefined {
  const patterns = (read: (value: string | Text) => readonly Element[] | undefined): ValueTest | undefined => {
    const list = all(values, read);
    return list && { family: 'text', patterns: list };
  };
  const points = (family: 'number' | 'date', comparison: string, read: (text: string) => number | undefined): ValueTest | undefined => {
    const wanted = all(values, literal(read));
    return wanted && { family, comparison: comparison as Comparison, wanted };
  };
  switch (base) {
    case 'StringEquals': return patterns((value) => textElements(value, variables, 'text'));
    case 'StringEqualsIgnoreCase': return patterns((value) => textElements(value, variables, 'any case'));
    case 'StringLike': return patterns((value) => textElements(value, variables, 'pattern'));
    case 'ArnEquals': case 'ArnLike': return patterns((value) => arnElements(value, variables));
    case 'BinaryEquals': return patterns(literal((text) => (BASE64.test(text) ? [...text].map((char) => characterElement(char)) : undefined)));
    case 'Bool': {
      const wanted = all(values, readBoolean);
      return wanted && { family: 'boolean', wanted };
    }
    case 'IpAddress': {
      const wanted = all(values, literal(readIpRange));
      return wanted && { family: 'address', wanted };
    }
    default: {
      const [, family, comparison] = /^(Numeric|Date)(.*)$/.exec(base) ?? [];
      if (!comparison) { return undefined; }
      return family === 'Numeric' ? points('number', comparison, readNumber) : points('date', comparison, readDate);
    }
  }
}

/** Only what every reader of numbers takes for the same one. */
export function readNumber(text: string): number | undefined {
  return /^-?\d+(\.\d+)?$/.test(text) && text.replace(/\D/g, '').length <= MOST_DIGITS ? Number(text) : undefined;
}

/** What a double holds exactly. */
const MOST_DIGITS = 15;

/**
 * In milliseconds since 1970. Not four digits: they are a year of ISO 8601, and a number of seconds too.
 * @see https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_condition_operators.html#Conditions_Date
 */
export function readDate(text: string): number | undefined {
  if (/^\d{5,12}$/.test(text)) { return Number(text) * 1000; }
  if (!/^\d{4}-\d\d-\d\d(T\d\d:\d\d(:\d\d(\.\d{1,3})?)?(Z|[+-]\d\d:\d\d))?$/.test(text)) { return undefined; }
  const instant = Date.parse(text);
  const day = new Date(`${text.slice(0, 10)}T00:00:00Z`); // `Date` takes the 31st of February for a day of March
  return Number.isNaN(instant) || Number.isNaN(day.getTime()) || day.toISOString().slice(0, 10) !== text.slice(0, 10) ? undefined : instant;
}

export function readBoolean(value: string | Text): boolean | undefined {
  const text = value.toString().toLowerCase();
  return typeof value !== 'string' || !/^(true|false)$/.test(text) ? undefined : text === 'true';
}

/** Bytes in the one spelling that encoders give them. */
const BASE64 = /^([A-Za-z0-9+/]{4})*([A-Za-z0-9+/][AQgw]==|[A-Za-z0-9+/]{2}[AEIMQUYcgkosw048]=)?$/;

type TextReading = 'text' | 'any case' | 'pattern';

function textElements(value: string | Text, variables: boolean, reading: TextReading): Element[] | undefined {
  const letterCase: LetterCase = reading === 'any case' ? 'ignored' : 'significant';
  if (reading === 'any case' && [...value.toString()].some((char) => char > '\u007f')) { return undefined; } // which case rules, nobody says
  const elements: Element[] = [];
  for (const part of variables ? splitVariables(value) : partsOf(value)) {
    if (typeof part === 'string') {
      for (const char of part) { elements.push(reading === 'pattern' ? wildcardOr(char, letterCase) : characterElement(char, letterCase)); }
    } else if ('escaped' in part) {
      elements.push(characterElement(part.escaped, letterCase));
    } else if ('malformed' in part) {
      return undefined;
    } else {
      elements.push({ type: 'atom', atom: readAs(reading, variables ? part : readLiterally(part)) });
    }
  }
  return elements;
}

/**
 * Whether wildcards in the value of a variable are wildcards is not documented, so the value as a pattern is one unknown
 * and the value as text another, which the first matches.
 */
function readAs(reading: TextReading, atom: Atom): Atom {
  const { characters } = atom.kind;
  if (reading === 'pattern' || (characters !== undefined && !(reading === 'text' ? /[*?$]/ : /[^0-9:/-]/).test(characters))) { return atom; }
  return reading === 'text'
    ? { ...atom, id: `${atom.id} as text`, asPattern: atom.id, origin: atom }
    : { ...atom, id: `${atom.id} in any case`, origin: atom };
}

/**
 * The six fields are compared one by one, so a wildcard of the first five does not stand for a colon. With fewer fields:
 * undocumented.
 * @see https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_condition_operators.html#Conditions_ARN
 */
function arnElements(value: string | Text, variables: boolean): Element[] | undefined {
  const elements = textElements(value, variables, 'pattern');
  const fields = elements && arnFields(elements);
  if (!elements || !fields) { return undefined; }
  const resourcePart = elements.length - fields[fields.length - 1].length;
  return elements.map((e, i) => (i < resourcePart && (e.type === 'many' || e.type === 'one') ? { ...e, except: ':' } : e));
}

function literal<T>(read: (text: string) => T | undefined): (value: string | Text) => T | undefined {
  return (value) => (typeof value === 'string' ? read(value) : undefined);
}

/** All of them, or `undefined` where one is not understood. */
function all<T, R>(values: readonly T[], read: (value: T) => R | undefined): R[] | undefined {
  const results: R[] = [];
  for (const value of values) {
    const result = read(value);
    if (result === undefined) { return undefined; }
    results.push(result);
  }
  return results;
}
