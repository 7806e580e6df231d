/**
 * Converts a condition to the test that it applies to the values of its key. `regions/` asks which values pass;
 * `intersect/` combines two tests. The evaluator of single requests does not use it.
 *
 * Invariant: a meaning is exact. If IAM's documentation does not define what an operator does with some value, the condition has
 * no meaning, and is only ever equal to itself.
 */
import { Operator, SetOperator } from './condition-operators';
import { IpRange, parseIpRange } from './ip-range';
import { parseBoolean, parseDate, parseNumber } from './parse-value';
import { arnFields, characterElement, Element, LetterCase, patternElement } from '../strings/pattern';
import { partsOf, SymbolicString, SymbolicVariable } from '../strings/symbolic-string';
import { readLiterally, splitPolicyVariables } from '../strings/variables';

/** The test of one value of a key. A value passes if it meets one of the wanted ones. */
export type ValueTest =
  | { readonly family: 'text'; readonly patterns: ReadonlyArray<readonly Element[]> }
  | { readonly family: 'number' | 'date'; readonly comparison: Comparison; readonly wanted: readonly number[] }
  | { readonly family: 'boolean'; readonly wanted: readonly boolean[] }
  | { readonly family: 'address'; readonly wanted: readonly IpRange[] };

export type Comparison = 'Equals' | 'LessThan' | 'LessThanEquals' | 'GreaterThan' | 'GreaterThanEquals';

/** What an operator with its values requires of a key. */
export type ConditionMeaning =
  /** The key has no value (`true`), or has one (`false`). */
  | { readonly type: 'presence'; readonly missing: readonly boolean[] }
  | { readonly type: 'value'; readonly test: ValueTest; readonly negated: boolean; readonly ifExists: boolean; readonly set?: SetOperator };

/**
 * `undefined` if IAM's documentation does not say what the condition means.
 * @see https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_condition_operators.html
 */
export function meaningOf(
  operator: Operator, values: ReadonlyArray<string | SymbolicString>, policyVariables: boolean,
): ConditionMeaning | undefined {
  const { base, ifExists, set } = operator;
  if (base === 'Null') {
    const missing = mapAll(values, parseBoolean);
    return missing && { type: 'presence', missing };
  }
  const negated = base.includes('Not');
  const test = testOf(base.replace('Not', ''), values, policyVariables);
  return test && { type: 'value', test, negated, ifExists, set };
}

function testOf(base: string, values: ReadonlyArray<string | SymbolicString>, policyVariables: boolean): ValueTest | undefined {
  const patterns = (read: (value: string | SymbolicString) => readonly Element[] | undefined): ValueTest | undefined => {
    const list = mapAll(values, read);
    return list && { family: 'text', patterns: list };
  };
  const points = (family: 'number' | 'date', comparison: string, read: (text: string) => number | undefined): ValueTest | undefined => {
    const wanted = mapAll(values, onlyLiteral(read));
    return wanted && { family, comparison: comparison as Comparison, wanted };
  };
  switch (base) {
    case 'StringEquals': return patterns((value) => textElements(value, policyVariables, 'text'));
    case 'StringEqualsIgnoreCase': return patterns((value) => textElements(value, policyVariables, 'any case'));
    case 'StringLike': return patterns((value) => textElements(value, policyVariables, 'pattern'));
    case 'ArnEquals': case 'ArnLike': return patterns((value) => arnElements(value, policyVariables));
    case 'BinaryEquals': return patterns(onlyLiteral((text) => (BASE64.test(text) ? [...text].map((char) => characterElement(char)) : undefined)));
    case 'Bool': {
      const wanted = mapAll(values, parseBoolean);
      return wanted && { family: 'boolean', wanted };
    }
    case 'IpAddress': {
      const wanted = mapAll(values, onlyLiteral(parseIpRange));
      return wanted && { family: 'address', wanted };
    }
    default: {
      const [, family, comparison] = /^(Numeric|Date)(.*)$/.exec(base) ?? [];
      if (!comparison) { return undefined; }
      return family === 'Numeric' ? points('number', comparison, parseNumber) : points('date', comparison, parseDate);
    }
  }
}

/** Bytes in the canonical form of Base64. */
const BASE64 = /^([A-Za-z0-9+/]{4})*([A-Za-z0-9+/][AQgw]==|[A-Za-z0-9+/]{2}[AEIMQUYcgkosw048]=)?$/;

type TextReading = 'text' | 'any case' | 'pattern';

function textElements(value: string | SymbolicString, policyVariables: boolean, reading: TextReading): Element[] | undefined {
  const letterCase: LetterCase = reading === 'any case' ? 'ignored' : 'significant';
  if (reading === 'any case' && [...value.toString()].some((char) => char > '\u007f')) { return undefined; } // IAM does not document how it folds their case
  const elements: Element[] = [];
  for (const part of policyVariables ? splitPolicyVariables(value) : partsOf(value)) {
    if (typeof part === 'string') {
      for (const char of part) { elements.push(reading === 'pattern' ? patternElement(char, letterCase) : characterElement(char, letterCase)); }
    } else if ('escaped' in part) {
      elements.push(characterElement(part.escaped, letterCase));
    } else if ('malformed' in part) {
      return undefined;
    } else {
      elements.push({ type: 'variable', variable: readAs(reading, policyVariables ? part : readLiterally(part)) });
    }
  }
  return elements;
}

/**
 * IAM does not document whether a wildcard in the value of a variable acts as a wildcard. So the value read as a pattern and the value
 * read as text are two symbolic variables, and the pattern matches the text.
 */
function readAs(reading: TextReading, variable: SymbolicVariable): SymbolicVariable {
  const { characters } = variable.kind;
  if (reading === 'pattern' || (characters !== undefined && !(reading === 'text' ? /[*?$]/ : /[^0-9:/-]/).test(characters))) { return variable; }
  return reading === 'text'
    ? { ...variable, id: `${variable.id} as text`, asPattern: variable.id, origin: variable }
    : { ...variable, id: `${variable.id} in any case`, origin: variable };
}

/**
 * IAM compares the six fields one by one, so a wildcard of the first five does not match a colon. It does not document
 * patterns with fewer fields.
 * @see https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_condition_operators.html#Conditions_ARN
 */
function arnElements(value: string | SymbolicString, policyVariables: boolean): Element[] | undefined {
  const elements = textElements(value, policyVariables, 'pattern');
  const fields = elements && arnFields(elements);
  if (!elements || !fields) { return undefined; }
  const resourcePart = elements.length - fields[fields.length - 1].length;
  return elements.map((e, i) => (i < resourcePart && (e.type === 'many' || e.type === 'one') ? { ...e, except: ':' } : e));
}

function onlyLiteral<T>(read: (text: string) => T | undefined): (value: string | SymbolicString) => T | undefined {
  return (value) => (typeof value === 'string' ? read(value) : undefined);
}

/** All results, or `undefined` if one value is not understood. */
function mapAll<T, R>(values: readonly T[], read: (value: T) => R | undefined): R[] | undefined {
  const results: R[] = [];
  for (const value of values) {
    const result = read(value);
    if (result === undefined) { return undefined; }
    results.push(result);
  }
  return results;
}
