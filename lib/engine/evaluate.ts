import { parseOperator } from './condition-operators';
import { ConditionEntry, Policy, Statement, Targets } from './policy';
import { Atom, partsOf, Text } from './text';

/**
 * Evaluates one concrete request, clause by clause, and shares no matching code with the analysis that proposes
 * requests: a witness is only reported after it has been replayed here.
 * @see https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_evaluation-logic.html
 */
export interface Request {
  readonly action: string;
  readonly resource: string;
  /** Condition keys in lower case. A key that is not here is missing from the request. */
  readonly context: ReadonlyMap<string, string>;
}

/** Whether a `*` in one of the first five fields of an ARN may run across colons; IAM's documents have both. */
export type ColonReading = 'crosses' | 'stays';

export type Outcome = 'allowed' | 'explicitDeny' | 'implicitDeny' | 'unclear';

/** The value of each intrinsic, for this evaluation. */
export type AtomValues = (atom: Atom) => string;

/** What a set of policies says to a request: any explicit deny wins, then any allow. */
export function evaluate(policies: readonly Policy[], request: Request, values: AtomValues, reading: ColonReading): Outcome {
  const matches = policies.flatMap((p) => p.statements).map((statement) => ({
    effect: statement.effect,
    match: matchStatement(statement, request, values, reading),
  }));
  const saying = (effect: string, match: Match) => matches.some((m) => m.effect === effect && m.match === match);
  if (saying('Deny', 'yes')) { return 'explicitDeny'; }
  if (saying('Deny', 'unclear')) { return 'unclear'; }
  if (saying('Allow', 'yes')) { return 'allowed'; }
  return saying('Allow', 'unclear') ? 'unclear' : 'implicitDeny';
}

type Match = 'yes' | 'no' | 'unclear';

function matchStatement(statement: Statement, request: Request, values: AtomValues, reading: ColonReading): Match {
  const action = matchTargets(statement.actions, (source) =>
    yesOrNo(globMatches(fill(source, values).toLowerCase(), request.action.toLowerCase())));
  const resource = matchTargets(statement.resources, (source) => matchResource(source, statement.variables, request, values, reading));
  return and([action, resource, ...statement.conditions.map((entry) => matchCondition(entry, statement.variables, request, values))]);
}

function matchTargets(targets: Targets, match: (source: string | Text) => Match): Match {
  const any = or(targets.patterns.map((pattern) => match(pattern.source)));
  return targets.negated ? not(any) : any;
}

function matchResource(source: string | Text, variables: boolean, request: Request, values: AtomValues, reading: ColonReading): Match {
  const pattern = fill(source, values);
  if (pattern === '*') { return 'yes'; }
  const filled = variables ? fillVariables(pattern, request) : { text: pattern };
  if (filled === 'unclear') { return 'unclear'; }
  if (filled === 'missing') { return 'no'; }
  if (reading === 'crosses') { return yesOrNo(globMatches(filled.text, request.resource)); }
  const wanted = filled.text.split(':');
  const given = request.resource.split(':');
  if (wanted.length < 6) { return 'unclear'; }
  if (given.length < 6) { return 'no'; }
  const fields = (all: string[]) => [...all.slice(0, 5), all.slice(5).join(':')];
  const actual = fields(given);
  return yesOrNo(fields(wanted).every((field, i) => globMatches(field, actual[i])));
}

/** @see https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_condition_operators.html */
function matchCondition(entry: ConditionEntry, variables: boolean, request: Request, values: AtomValues): Match {
  const operator = parseOperator(entry.operator);
  if (!operator) { return 'unclear'; }
  const { set, base, ifExists } = operator;
  const actual = request.context.get(entry.key);
  const wanted = entry.values.map((value) => {
    const text = fill(value, values);
    return variables ? fillVariables(text, request) : { text };
  });
  if (wanted.includes('unclear')) { return 'unclear'; }
  if (base === 'Null') {
    return or(wanted.map((w) => yesOrNo(typeof w === 'object' && w.text.toLowerCase() === String(actual === undefined))));
  }
  const negated = base.includes('Not');
  if (actual === undefined) {
    if (ifExists && set === 'ForAnyValue') { return 'unclear'; } // one says true, the other false
    if (ifExists || set === 'ForAllValues') { return 'yes'; }
    return yesOrNo(negated && set === undefined);
  }
  const test = VALUE_TESTS[base.replace('Not', '')];
  if (!test) { return 'unclear'; }
  const any = wanted.some((w) => typeof w === 'object' && test(w.text, actual));
  return yesOrNo(any !== negated); // one value in the request: ForAllValues and ForAnyValue say the same
}

const VALUE_TESTS: { readonly [base: string]: (wanted: string, actual: string) => boolean } = {
  StringEquals: (wanted, actual) => unescape(wanted) === actual,
  StringEqualsIgnoreCase: (wanted, actual) => unescape(wanted).toLowerCase() === actual.toLowerCase(),
  StringLike: globMatches,
  Bool: (wanted, actual) => wanted.toLowerCase() === actual.toLowerCase(),
};

function fill(source: string | Text, values: AtomValues): string {
  return partsOf(source).map((part) => (typeof part === 'string' ? part : values(part))).join('');
}

/** Marks of characters that are literal although a wildcard is written like them. */
const ESCAPED = new Map([['*', '\uFDD0'], ['?', '\uFDD1'], ['$', '\uFDD2']]);

function unescape(text: string): string {
  return [...ESCAPED].reduce((t, [char, mark]) => t.split(mark).join(char), text);
}

function fillVariables(text: string, request: Request): { readonly text: string } | 'missing' | 'unclear' {
  let missing = false;
  const filled = text.replace(/\$\{([^}]*)\}/g, (whole, inside: string) => {
    const escaped = ESCAPED.get(inside);
    if (escaped !== undefined) { return escaped; }
    const [key, ...fallback] = inside.split(',');
    const value = request.context.get(key.trim().toLowerCase()) ?? /^\s*'(.*)'\s*$/.exec(fallback.join(','))?.[1];
    missing ||= value === undefined;
    return value === undefined ? whole : [...value].map((c) => ESCAPED.get(c) ?? c).join('');
  });
  if (missing) { return 'missing'; }
  return filled.includes('${') ? 'unclear' : { text: filled };
}

/** `*` is any run of characters, `?` any one. A `*` first takes nothing, and one more each time that the rest does not fit. */
function globMatches(glob: string, text: string): boolean {
  const pattern = [...glob].map((char) => ({ wildcard: char === '*' || char === '?' ? char : undefined, char: unescape(char) }));
  const chars = [...text];
  let [p, c, star, taken] = [0, 0, -1, 0];
  while (c < chars.length) {
    if (pattern[p]?.wildcard === '*') {
      [star, taken] = [p++, c];
    } else if (p < pattern.length && (pattern[p].wildcard === '?' || (!pattern[p].wildcard && pattern[p].char === chars[c]))) {
      p++;
      c++;
    } else if (star >= 0) {
      [p, c] = [star + 1, ++taken];
    } else {
      return false;
    }
  }
  return pattern.slice(p).every(({ wildcard }) => wildcard === '*');
}

function yesOrNo(value: boolean): Match {
  return value ? 'yes' : 'no';
}

function not(match: Match): Match {
  return match === 'unclear' ? 'unclear' : yesOrNo(match === 'no');
}

function and(all: readonly Match[]): Match {
  if (all.includes('no')) { return 'no'; }
  return all.includes('unclear') ? 'unclear' : 'yes';
}

function or(any: readonly Match[]): Match {
  return not(and(any.map(not)));
}
