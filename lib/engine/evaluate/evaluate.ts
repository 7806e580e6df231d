/**
 * Evaluates one concrete request, clause by clause, as IAM documents it. Each witness is replayed here before it is reported, and
 * `explain.ts` answers people from it.
 *
 * Invariant: it shares no pattern matcher with the decisions, so a mistake in one of them does not hide in the other.
 * What IAM's documents leave open is `unclear`, never a guess.
 * For speed, a glob keeps one backtrack point. An earlier version kept a set of positions, which made the replay of a long pattern quadratic.
 * @see https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_evaluation-logic.html
 */
import { Match } from './match';
import { isOpen, mayHaveColons, openEquals, openGlobMatches } from './open-values';
import { splitBraces } from '../../util/braces';
import { parseOperator } from '../policy/condition-operators';
import { contains, parseIp, parseIpRange } from '../policy/ip-range';
import { parseDate, parseNumber } from '../policy/parse-value';
import { ConditionEntry, Policy, Statement, Targets } from '../policy/policy';
import { partsOf, SymbolicString, SymbolicVariable } from '../strings/symbolic-string';
import { parsePolicyVariable } from '../strings/variables';

/** What IAM evaluates. */
export interface Request {
  readonly action: string;
  readonly resource: string;
  /** Condition keys in lower case. A key that is not here is missing from the request. */
  readonly context: ReadonlyMap<string, string | readonly string[]>;
  /** The resource is `*`, and AWS compares just that with the policies: no ARN pattern matches it. @default - IAM's documents have both */
  readonly isAskedOnStar?: boolean;
}

/** Whether a `*` in one of the first five fields of an ARN may run across colons; IAM's documents have both. */
export type ColonReading = 'crosses' | 'stays';

export type Outcome = 'allowed' | 'explicitDeny' | 'implicitDeny' | 'unclear';

/** The value of each intrinsic for this evaluation. `OpenValues` returns a value that stands for all possible ones. */
export type VariableValues = (variable: SymbolicVariable) => string;

/** The outcome of a request under a set of policies: any explicit deny wins, then any allow. */
export function evaluate(policies: readonly Policy[], request: Request, values: VariableValues, reading: ColonReading): Outcome {
  const said = { Allow: 'no' as Match, Deny: 'no' as Match };
  for (const { statements } of policies) {
    for (const statement of statements) {
      if (said[statement.effect] !== 'yes') { said[statement.effect] = either(said[statement.effect], matchStatement(statement, request, values, reading)); }
    }
  }
  if (said.Deny !== 'no') { return said.Deny === 'yes' ? 'explicitDeny' : 'unclear'; }
  if (said.Allow === 'no') { return 'implicitDeny'; }
  return said.Allow === 'yes' ? 'allowed' : 'unclear';
}

function matchStatement(statement: Statement, request: Request, values: VariableValues, reading: ColonReading): Match {
  const action = matchAction(statement, request, values);
  if (action === 'no') { return 'no'; } // most statements end here
  const conditions = statement.conditions.map((entry) => matchCondition(entry, statement.policyVariables, request, values));
  return and([action, matchResources(statement, request, values, reading), ...conditions]);
}

export function matchAction({ actions }: Statement, request: Request, values: VariableValues): Match {
  const wanted = request.action.toLowerCase();
  return matchTargets(actions, (source) => (typeof source === 'string'
    ? yesOrNo(globMatches(source.toLowerCase(), wanted))
    : matchGlob(fill(source, values).toLowerCase(), wanted)));
}

export function matchResources({ resources, policyVariables }: Statement, request: Request, values: VariableValues, reading: ColonReading): Match {
  return request.resource === '*'
    ? matchNoResource(resources, request)
    : matchTargets(resources, (source, completed) => matchResource(completed ?? source, policyVariables, request, values, reading));
}

function matchTargets(targets: Targets, match: (source: string | SymbolicString, completed: string | undefined) => Match): Match {
  let any: Match = 'no';
  for (const { source, completedSource } of targets.patterns) {
    any = either(any, match(source, completedSource));
    if (any === 'yes') { break; }
  }
  return targets.negated ? not(any) : any;
}

/** An action without a resource is authorized on `*`. IAM documents both that statements on ARNs apply to it, and that they do not. */
function matchNoResource({ negated, patterns }: Targets, { isAskedOnStar }: Request): Match {
  const namesAll = patterns.some(({ source }) => typeof source === 'string' && /^\*+$/.test(source));
  const isCertain = namesAll || patterns.every(({ source }) => !mayBeStar(source));
  if (isAskedOnStar && isCertain) { return yesOrNo(namesAll !== negated); }
  return namesAll && !negated ? 'yes' : 'unclear';
}

/** Whether all of its parts may match the text `*`. */
function mayBeStar(source: string | SymbolicString): boolean {
  return partsOf(source).every((part) => typeof part !== 'string' || MAY_BE_STAR.test(part));
}

/** Texts of wildcards and variables alone, which the text `*` may match. */
const MAY_BE_STAR = /^([*?]|\$\{[^}]*\})+$/;

function matchResource(
  source: string | SymbolicString, policyVariables: boolean, request: Request, values: VariableValues, reading: ColonReading,
): Match {
  const pattern = fill(source, values);
  if (/^\*+$/.test(pattern)) { return 'yes'; }
  const filled = policyVariables ? fillPolicyVariables(pattern, request) : { text: pattern };
  if (filled === 'unclear') { return 'unclear'; }
  if (filled === 'missing') { return 'no'; }
  if (reading === 'crosses') { return matchGlob(filled.text, request.resource); }
  return arnMatches(filled.text, request.resource);
}

/** @see https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_condition_operators.html */
export function matchCondition(entry: ConditionEntry, policyVariables: boolean, request: Request, values: VariableValues): Match {
  const operator = parseOperator(entry.operator);
  if (!operator) { return 'unclear'; }
  const { set, base, ifExists } = operator;
  const actual = request.context.get(entry.key);
  if (actual === undefined && [...request.context.keys()].some((key) => mayBeNamed(entry.keyName, key))) { return 'unclear'; }
  const wanted = entry.values.map((value) => {
    const text = fill(value, values);
    return policyVariables ? fillPolicyVariables(text, request) : { text };
  });
  if (wanted.includes('unclear')) { return 'unclear'; }
  if (base === 'Null') {
    return or(wanted.map((w) => (typeof w === 'object' && /^(true|false)$/i.test(w.text)
      ? yesOrNo(w.text.toLowerCase() === String(actual === undefined))
      : 'unclear')));
  }
  const negated = base.includes('Not');
  if (actual === undefined) {
    if (ifExists && set === 'ForAnyValue') { return 'unclear'; } // one says true, the other false
    if (ifExists || set === 'ForAllValues') { return 'yes'; }
    return yesOrNo(negated && set === undefined);
  }
  const present = typeof actual === 'string' ? [actual] : actual;
  if (set === undefined ? present.length !== 1 : present.includes('')) { return 'unclear'; }
  const family = base.replace('Not', '');
  const test = (value: string, given: string): Match => (
    (isOpen(value, given) ? OPEN_VALUE_TESTS[family] : VALUE_TESTS[family])?.(value, given) ?? 'unclear');
  const each = present.map((one) => {
    const any = or(wanted.map((w) => (typeof w === 'object' ? test(w.text, one) : 'no')));
    return negated ? not(any) : any;
  });
  return set === 'ForAllValues' ? and(each) : or(each);
}

type ValueTest = (wanted: string, actual: string) => Match;

const VALUE_TESTS: { readonly [base: string]: ValueTest } = {
  StringEquals: (wanted, actual) => yesOrNo(unescape(wanted) === actual),
  StringEqualsIgnoreCase: (wanted, actual) => yesOrNo(unescape(wanted).toLowerCase() === actual.toLowerCase()),
  StringLike: (wanted, actual) => yesOrNo(globMatches(wanted, actual)),
  ArnEquals: arnMatches,
  ArnLike: arnMatches,
  BinaryEquals: (wanted, actual) => yesOrNo(wanted === actual),
  Bool: (wanted, actual) => yesOrNo(wanted.toLowerCase() === actual.toLowerCase()),
  IpAddress: (wanted, actual) => {
    const [range, ip] = [parseIpRange(wanted), parseIp(actual)];
    return range && ip ? yesOrNo(contains(range, ip)) : 'unclear';
  },
  ...pointTests('Numeric', parseNumber),
  ...pointTests('Date', parseDate),
};

/** The tests of values that are left open. All other operators need a value. */
const OPEN_VALUE_TESTS: { readonly [base: string]: ValueTest } = {
  StringEquals: (wanted, actual) => openEquals(unescape(wanted), actual),
  StringEqualsIgnoreCase: (wanted, actual) => openEquals(unescape(wanted).toLowerCase(), actual.toLowerCase()),
  StringLike: matchGlob,
  ArnEquals: arnMatches,
  ArnLike: arnMatches,
};

function pointTests(family: string, read: (text: string) => number | undefined): { [base: string]: ValueTest } {
  const test = (holds: (wanted: number, actual: number) => boolean): ValueTest => (wanted, actual) => {
    const [w, a] = [read(wanted), read(actual)];
    return w === undefined || a === undefined ? 'unclear' : yesOrNo(holds(w, a));
  };
  return {
    [`${family}Equals`]: test((wanted, actual) => actual === wanted),
    [`${family}LessThan`]: test((wanted, actual) => actual < wanted),
    [`${family}LessThanEquals`]: test((wanted, actual) => actual <= wanted),
    [`${family}GreaterThan`]: test((wanted, actual) => actual > wanted),
    [`${family}GreaterThanEquals`]: test((wanted, actual) => actual >= wanted),
  };
}

/** Compares the six fields one by one. */
function arnMatches(wanted: string, actual: string): Match {
  if (isOpen(wanted, actual)) { return openArnMatches(wanted, actual); }
  const [w, a] = [fieldsOf(wanted), fieldsOf(actual)];
  if (w.length < 6) { return 'unclear'; }
  return yesOrNo(a.length === 6 && w.every((field, i) => globMatches(field, a[i])));
}

/** A text that matches field by field also matches as a whole, so `no` for the whole is certain. */
function openArnMatches(wanted: string, actual: string): Match {
  const whole = matchGlob(wanted, actual);
  const [w, a] = [fieldsOf(wanted), fieldsOf(actual)];
  if (whole === 'no' || w.length < 6 || a.length < 6 || [...w.slice(0, 5), ...a.slice(0, 5)].some(mayHaveColons)) {
    return whole === 'no' ? 'no' : 'unclear';
  }
  return and(w.map((field, i) => matchGlob(field, a[i])));
}

function matchGlob(glob: string, text: string): Match {
  return isOpen(glob, text) ? openGlobMatches(glob, text, (character) => UNESCAPED.get(character) ?? character) : yesOrNo(globMatches(glob, text));
}

/** The first five fields of an ARN, and the rest. */
function fieldsOf(arn: string): string[] {
  const all = arn.split(':');
  return all.length < 6 ? all : [...all.slice(0, 5), all.slice(5).join(':')];
}

function fill(source: string | SymbolicString, values: VariableValues): string {
  if (typeof source === 'string') { return source; }
  return partsOf(source).map((part) => (typeof part === 'string' ? part : values(part))).join('');
}

/** Marks for literal characters that would otherwise be read as a wildcard or a variable. */
const ESCAPED = new Map([['*', '\uFDD0'], ['?', '\uFDD1'], ['$', '\uFDD2']]);

const UNESCAPED = new Map([...ESCAPED].map(([char, mark]) => [mark, char]));

/** Whether a name with symbolic variables may be the name of this key. */
function mayBeNamed(name: string | SymbolicString, key: string): boolean {
  return name instanceof SymbolicString && globMatches(name.parts.map((part) => (typeof part === 'string' ? part.toLowerCase() : '*')).join(''), key);
}

function unescape(text: string): string {
  return Array.from(text, (char) => UNESCAPED.get(char) ?? char).join('');
}

function fillPolicyVariables(text: string, request: Request): { readonly text: string } | 'missing' | 'unclear' {
  if (!text.includes('${')) { return { text }; }
  let missing = false;
  let unclear = false;
  const filled = splitBraces(text).map((inside, i) => {
    if (i % 2 === 0) { return inside; }
    const escaped = ESCAPED.get(inside);
    if (escaped !== undefined) { return escaped; }
    const variable = parsePolicyVariable(inside);
    const given = variable && request.context.get(variable.key);
    unclear ||= !variable || typeof given === 'object'; // only keys with one value can be variables
    const value = given?.toString() ?? variable?.fallback;
    missing ||= value === undefined;
    return value === undefined ? '' : [...value].map((c) => ESCAPED.get(c) ?? c).join('');
  }).join('');
  if (unclear) { return 'unclear'; }
  if (missing) { return 'missing'; }
  return filled.includes('${') ? 'unclear' : { text: filled };
}

/** `*` matches any run of characters, `?` any one. A `*` first matches nothing, and one character more each time that the rest does not match. */
export function globMatches(glob: string, text: string): boolean {
  const pattern = inCharacters(glob);
  const chars = inCharacters(text);
  let [p, c, star, taken] = [0, 0, -1, 0];
  while (c < chars.length) {
    if (pattern[p] === '*') {
      [star, taken] = [p++, c];
    } else if (p < pattern.length && (pattern[p] === '?' || (UNESCAPED.get(pattern[p]) ?? pattern[p]) === chars[c])) {
      p++;
      c++;
    } else if (star >= 0) {
      [p, c] = [star + 1, ++taken];
    } else {
      return false;
    }
  }
  while (pattern[p] === '*') { p++; }
  return p === pattern.length;
}

/** One element for each character, even if a string has two code units for it. */
function inCharacters(text: string): ArrayLike<string> {
  return /[\ud800-\udfff]/.test(text) ? Array.from(text) : text;
}

function yesOrNo(value: boolean): Match {
  return value ? 'yes' : 'no';
}

function not(match: Match): Match {
  return match === 'unclear' ? 'unclear' : yesOrNo(match === 'no');
}

export function and(all: readonly Match[]): Match {
  if (all.includes('no')) { return 'no'; }
  return all.includes('unclear') ? 'unclear' : 'yes';
}

function either(a: Match, b: Match): Match {
  if (a === 'yes' || b === 'yes') { return 'yes'; }
  return a === 'unclear' ? a : b;
}

function or(any: readonly Match[]): Match {
  return any.reduce(either, 'no');
}
