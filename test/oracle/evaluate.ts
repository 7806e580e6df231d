/**
 * What IAM decides for one request: slow, obvious, and written from the IAM User Guide alone.
 *
 * Tests compare the engine with it, so it shares no code with the engine. If AWS is silent or contradicts itself, the
 * choice is a `Reading`, so that a test can ask for every one of them.
 */

/** One way to read what AWS leaves open. */
export interface Reading {
  /**
   * Which wildcards of the first five ARN fields may match a colon: none, a `*` at the end of its field, or all.
   * @see https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_resource.html
   */
  readonly colons: 'none' | 'trailing star' | 'all';
  /**
   * A pattern with fewer than six fields (other than `*`): compared as one string, or matching nothing. Undocumented, but for
   * ARNs of identity policies whose only wildcard is at their end: AWS completes them.
   */
  readonly shortArn: 'one string' | 'nothing';
  /** Whether partition, service, region and account are compared without case. Undocumented. */
  readonly headerCase: 'sensitive' | 'insensitive';
  /**
   * An action without resource types is authorized on `*`: whether that is compared as text, or Resource is ignored.
   * The reference asks for `*` in the statement; the guide says that such actions "apply to all resources in that service".
   * @see https://docs.aws.amazon.com/service-authorization/latest/reference/reference_policies_actions-resources-contextkeys.html
   * @see https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_resource.html
   */
  readonly starResource: 'as text' | 'resource ignored';
  /** A key with several values under an operator without `ForAllValues` or `ForAnyValue`: undefined. */
  readonly severalValues: 'any value' | 'no match';
  /** Whether `ForAnyValue:…IfExists` holds for a missing key: IfExists says so, ForAnyValue says not. */
  readonly anyValueIfExists: boolean;
  /** Whether a set operator takes a key whose only value is the empty string as a key without values. */
  readonly emptyString: 'value' | 'no value';
  /** Whether `*` and `?` in the value of a policy variable are wildcards. Undocumented. */
  readonly variableValues: 'literal' | 'pattern';
  /** Whether a NotResource with a policy variable without a value applies. Undocumented: a Resource does not. */
  readonly unresolvedNotResource: 'applies' | 'does not apply';
}

export const DEFAULT_READING: Reading = {
  colons: 'trailing star',
  shortArn: 'nothing',
  headerCase: 'sensitive',
  starResource: 'as text',
  severalValues: 'any value',
  anyValueIfExists: false,
  emptyString: 'value',
  variableValues: 'literal',
  unresolvedNotResource: 'applies',
};

const CHOICES: { readonly [K in keyof Reading]: ReadonlyArray<Reading[K]> } = {
  colons: ['none', 'trailing star', 'all'],
  shortArn: ['one string', 'nothing'],
  headerCase: ['sensitive', 'insensitive'],
  starResource: ['as text', 'resource ignored'],
  severalValues: ['any value', 'no match'],
  anyValueIfExists: [false, true],
  emptyString: ['value', 'no value'],
  variableValues: ['literal', 'pattern'],
  unresolvedNotResource: ['applies', 'does not apply'],
};

/** Every combination of the choices. */
export const ALL_READINGS: readonly Reading[] = Object.entries(CHOICES).reduce<Reading[]>(
  (readings, [name, choices]) => readings.flatMap((r) => choices.map((choice) => ({ ...r, [name]: choice }))),
  [DEFAULT_READING],
);

type OneOrMore<T> = T | readonly T[];

export type ConditionValue = string | number | boolean;

export interface StatementDocument {
  readonly Sid?: string;
  readonly Effect: string;
  readonly Action?: OneOrMore<string>;
  readonly NotAction?: OneOrMore<string>;
  readonly Resource?: OneOrMore<string>;
  readonly NotResource?: OneOrMore<string>;
  readonly Condition?: { readonly [operator: string]: { readonly [key: string]: OneOrMore<ConditionValue> } };
}

export interface PolicyDocument {
  readonly Version?: string;
  readonly Id?: string;
  readonly Statement: OneOrMore<StatementDocument>;
}

/** A condition key has no value, one value, or (a multivalued key) a list of them. */
export type ContextValue = string | readonly string[];

export interface Request {
  readonly action: string;
  readonly resource: string;
  /** Keys in lower case. */
  readonly context: ReadonlyMap<string, ContextValue>;
}

export type Decision = 'allow' | 'explicit deny' | 'implicit deny';

/** What one kind of policy (the session policy, the identity policies, the boundary) says on its own. */
export function evaluate(
  policies: readonly PolicyDocument[], request: Request, reading: Reading = DEFAULT_READING, completesArns = false,
): Decision {
  const effects = policies.flatMap((policy) => listOf(policy.Statement)
    .filter((statement) => applies(statement, policy.Version, request, reading, completesArns))
    .map((statement) => statement.Effect));
  // An explicit deny overrides every allow: https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_evaluation-logic_policy-eval-denyallow.html
  if (effects.includes('Deny')) { return 'explicit deny'; }
  // Requests are denied unless a statement allows them: https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_evaluation-logic_policy-eval-denyallow.html
  return effects.includes('Allow') ? 'allow' : 'implicit deny';
}

/** Whether a session may do it. See https://docs.aws.amazon.com/IAM/latest/UserGuide/access_policies_boundaries.html */
export function effective(
  session: PolicyDocument, identity: readonly PolicyDocument[], boundary: PolicyDocument | undefined, request: Request,
  reading: Reading = DEFAULT_READING,
): boolean {
  // A session has the intersection of the session policy, the identity policies and the boundary: https://docs.aws.amazon.com/IAM/latest/UserGuide/access_policies_boundaries.html
  return evaluate([session], request, reading) === 'allow' && roleAllows(identity, boundary, request, reading);
}

/** Whether the role allows it, without a session policy. */
export function roleAllows(
  identity: readonly PolicyDocument[], boundary: PolicyDocument | undefined, request: Request,
  reading: Reading = DEFAULT_READING,
): boolean {
  // The boundary limits the identity policies, and grants nothing itself: https://docs.aws.amazon.com/IAM/latest/UserGuide/access_policies_boundaries.html
  return evaluate(identity, request, reading, true) === 'allow'
    && (!boundary || evaluate([boundary], request, reading, true) === 'allow');
}

function applies(
  statement: StatementDocument, version: string | undefined, request: Request, reading: Reading, completesArns: boolean,
): boolean {
  // Policy variables need Version 2012-10-17; a missing Version is 2008-10-17: https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_version.html
  const scope: Scope = { variables: version === '2012-10-17', context: request.context, reading, completesArns };
  return actionApplies(statement, request.action)
    && resourceApplies(statement, request.resource, scope)
    && conditionsHold(statement.Condition ?? {}, scope);
}

/** What a pattern is read in. */
interface Scope {
  readonly variables: boolean;
  readonly context: Request['context'];
  readonly reading: Reading;
  /** Whether AWS adds the fields that an ARN lacks. */
  readonly completesArns: boolean;
}

// ---- Action ----

function actionApplies(statement: StatementDocument, action: string): boolean {
  // NotAction matches everything except the listed actions: https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_notaction.html
  if (statement.NotAction !== undefined) {
    return !listOf(statement.NotAction).some((pattern) => actionMatches(pattern, action));
  }
  // A statement applies to the listed actions: https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_action.html
  return listOf(statement.Action ?? []).some((pattern) => actionMatches(pattern, action));
}

function actionMatches(pattern: string, action: string): boolean {
  // Prefix and name are case-insensitive, and `*` and `?` are wildcards: https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_action.html
  return matches(wildcards(pattern.toLowerCase()), action.toLowerCase());
}

// ---- Resource ----

function resourceApplies(statement: StatementDocument, resource: string, scope: Scope): boolean {
  // Statements about an action without resource types may apply to all resources: https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_resource.html
  if (resource === '*' && scope.reading.starResource === 'resource ignored') { return true; }
  if (statement.NotResource !== undefined) {
    return notResourceApplies(listOf(statement.NotResource), resource, scope);
  }
  // A statement applies to the listed resources: https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_resource.html
  return listOf(statement.Resource ?? []).some((pattern) => resourceMatches(pattern, resource, scope));
}

function notResourceApplies(patterns: readonly string[], resource: string, scope: Scope): boolean {
  const unresolved = patterns.some((pattern) => resourceTokens(pattern, scope) === undefined);
  if (unresolved && scope.reading.unresolvedNotResource === 'does not apply') { return false; }
  // NotResource matches every resource except those listed: https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_notresource.html
  return !patterns.some((pattern) => resourceMatches(pattern, resource, scope));
}

function resourceMatches(pattern: string, resource: string, scope: Scope): boolean {
  // `*` alone is every resource, and so are several in a row: https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_resource.html
  if (/^\*+$/.test(pattern)) { return true; }
  const tokens = resourceTokens(scope.completesArns ? completed(pattern) : pattern, scope);
  // A Resource with a variable without a value matches no resource: https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_variables.html
  if (!tokens) { return false; }
  return arnMatches(tokens, resource, scope.reading);
}

/** AWS adds wildcards for the fields that an ARN lacks: https://docs.aws.amazon.com/IAM/latest/UserGuide/reference-arns.html */
function completed(pattern: string): string {
  const fields = pattern.split(':');
  const isPlain = fields.length >= 3 && /^arn:[^:*?]+:[^*?]+$/.test(pattern.replace(/\*$/, ''));
  if (!isPlain || fields[2] === '' || fields[2].includes('*')) { return pattern; }
  return [...fields, '*', '*', '*'].slice(0, Math.max(6, fields.length)).join(':');
}

/** The pattern with its variables replaced; `undefined` where one has no value. */
function resourceTokens(pattern: string, scope: Scope): readonly Token[] | undefined {
  if (!pattern.includes('${')) { return wildcards(pattern); }
  // Variables stand in the resource part only, after the fifth colon: https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_variables.html
  const header = headerLength(pattern);
  const resourcePart = substitute(pattern.slice(header), scope);
  return resourcePart && [...wildcards(pattern.slice(0, header)), ...resourcePart];
}

/** The length of the five first fields with their colons; the whole length if there are fewer colons. */
function headerLength(arn: string): number {
  let length = 0;
  for (let field = 0; field < 5; field++) {
    const colon = arn.indexOf(':', length);
    if (colon < 0) { return arn.length; }
    length = colon + 1;
  }
  return length;
}

function arnMatches(tokens: readonly Token[], arn: string, reading: Reading): boolean {
  const header = tokensOfHeader(tokens);
  const isShort = header === undefined;
  if (isShort && reading.shortArn === 'nothing') { return false; }
  const caseless = reading.headerCase === 'insensitive' ? headerLength(arn) : 0;
  return matches(tokens, arn, { header: header ?? tokens.length, colons: isShort ? 'all' : reading.colons, caseless });
}

/** The number of tokens before the resource part; `undefined` if the pattern has fewer than six fields. */
function tokensOfHeader(tokens: readonly Token[]): number | undefined {
  let colons = 0;
  const fifth = tokens.findIndex((token) => isColon(token) && ++colons === 5);
  return fifth < 0 ? undefined : fifth + 1;
}

// ---- Patterns ----

/** One character of a pattern. */
interface Token {
  readonly kind: 'character' | 'one' | 'star';
  readonly character: string;
}

function isColon(token: Token | undefined): boolean {
  return token?.kind === 'character' && token.character === ':';
}

function literals(text: string): Token[] {
  return Array.from(text, (character) => ({ kind: 'character', character }));
}

// The same patterns are asked for thousands of times.
const TOKENS = new Map<string, readonly Token[]>();

function wildcards(text: string): readonly Token[] {
  const known = TOKENS.get(text);
  if (known) { return known; }
  const tokens = literals(text).map((token): Token => {
    // `*` is any run of characters, `?` any single one: https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_resource.html
    if (token.character === '*') { return { ...token, kind: 'star' }; }
    return token.character === '?' ? { ...token, kind: 'one' } : token;
  });
  if (TOKENS.size > 10_000) { TOKENS.clear(); }
  TOKENS.set(text, tokens);
  return tokens;
}

/** How the first five fields of an ARN are compared. */
interface HeaderRules {
  /** The tokens before this one are in the header of the pattern. */
  readonly header: number;
  readonly colons: Reading['colons'];
  /** The characters of the ARN before this one are compared without case with the header of the pattern. */
  readonly caseless: number;
}

const NO_HEADER: HeaderRules = { header: 0, colons: 'all', caseless: 0 };

function matches(tokens: readonly Token[], text: string, rules = NO_HEADER): boolean {
  const characters = Array.from(text);
  // How many characters the tokens so far may have matched.
  let lengths = [0];
  for (let at = 0; at < tokens.length && lengths.length > 0; at++) {
    const takes = (length: number) => length < characters.length
      && takesCharacter(tokens, at, characters[length], length, rules);
    lengths = tokens[at].kind === 'star' ? withRuns(lengths, takes) : lengths.filter(takes).map((length) => length + 1);
  }
  return lengths[lengths.length - 1] === characters.length;
}

/** The lengths, in ascending order, and all that a run of characters may extend them to. */
function withRuns(lengths: readonly number[], takes: (length: number) => boolean): number[] {
  const extended: number[] = [];
  for (const length of lengths) {
    let end = length;
    if (extended.length > 0 && extended[extended.length - 1] >= end) { continue; } // an earlier run goes on at least as far
    extended.push(end);
    while (takes(end)) { extended.push(++end); }
  }
  return extended;
}

function takesCharacter(
  tokens: readonly Token[], at: number, character: string, index: number, rules: HeaderRules,
): boolean {
  const token = tokens[at];
  const inHeader = at < rules.header;
  if (token.kind !== 'character') { return character !== ':' || !inHeader || crossesColons(tokens, at, rules); }
  if (inHeader && index < rules.caseless) { return token.character.toLowerCase() === character.toLowerCase(); }
  return token.character === character;
}

function crossesColons(tokens: readonly Token[], at: number, rules: HeaderRules): boolean {
  // `*` and `?` stand for characters of one field: https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_resource.html
  if (rules.colons !== 'trailing star') { return rules.colons === 'all'; }
  // A `*` at the end of its field may go on beyond the colon: https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_resource.html
  return tokens[at].kind === 'star' && isColon(tokens[at + 1]);
}

// ---- Policy variables ----

const VARIABLE = /\$\{([^{}]*)\}/g;

/** The text as a pattern, its policy variables replaced; `undefined` where one has no value. */
function substitute(text: string, scope: Scope): readonly Token[] | undefined {
  // Without Version 2012-10-17, `${…}` is literal text: https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_version.html
  if (!scope.variables) { return wildcards(text); }
  const tokens: Token[] = [];
  let from = 0;
  for (const variable of text.matchAll(VARIABLE)) {
    const value = variableTokens(variable[1], scope);
    if (!value) { return undefined; }
    tokens.push(...wildcards(text.slice(from, variable.index)), ...value);
    from = variable.index + variable[0].length;
  }
  return [...tokens, ...wildcards(text.slice(from))];
}

function variableTokens(variable: string, scope: Scope): readonly Token[] | undefined {
  // ${*}, ${?} and ${$} are those characters themselves: https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_variables.html#policy-vars-specialchars
  if (variable === '*' || variable === '?' || variable === '$') { return literals(variable); }
  const [, key, fallback] = /^([^,]*?)\s*(?:,\s*'([^']*)'\s*)?$/.exec(variable) ?? [undefined, variable, undefined];
  const value = scope.context.get(key.trim().toLowerCase());
  // Only keys with a single value can be variables: https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_variables.html#policy-vars-infotouse
  if (typeof value === 'string') {
    return scope.reading.variableValues === 'literal' ? literals(value) : wildcards(value);
  }
  // ${key, 'default'} has a value of its own where the key is missing: https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_variables.html#policy-vars-default-values
  return fallback === undefined ? undefined : literals(fallback);
}

// ---- Conditions ----

function conditionsHold(conditions: NonNullable<StatementDocument['Condition']>, scope: Scope): boolean {
  // All operators and all keys must hold: https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_condition-logic-multiple-context-keys-or-values.html
  return Object.entries(conditions).every(([operator, keys]) => Object.entries(keys).every(
    ([key, values]) => conditionHolds(operator, key, listOf(values).map(String), scope)));
}

function conditionHolds(name: string, key: string, values: readonly string[], scope: Scope): boolean {
  const [, set, rest] = /^(?:(ForAllValues|ForAnyValue):)?(.*)$/.exec(name)!;
  const ifExists = rest.endsWith('IfExists');
  const operator = ifExists ? rest.slice(0, -'IfExists'.length) : rest;
  // Key names are case-insensitive: https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_condition.html
  const present = elementsOf(scope.context.get(key.toLowerCase()), set !== undefined, scope.reading);
  // Null tests whether the key is missing: https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_condition_operators.html#Conditions_Null
  if (operator === 'Null') {
    return values.some((value) => (value.toLowerCase() === 'true') === (present.length === 0));
  }
  if (present.length === 0) { return holdsForMissingKey(set, operator, ifExists, scope.reading); }
  const holds = (element: string) => comparisonHolds(operator, element, values, scope);
  // Every value of the key must hold: https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_condition-single-vs-multi-valued-context-keys.html
  if (set === 'ForAllValues') { return present.every(holds); }
  // At least one value of the key must hold: https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_condition-single-vs-multi-valued-context-keys.html
  if (set === 'ForAnyValue' || present.length === 1) { return present.some(holds); }
  // Multivalued keys need a set operator: https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_condition-single-vs-multi-valued-context-keys.html
  return scope.reading.severalValues === 'any value' && present.some(holds);
}

function elementsOf(value: ContextValue | undefined, forSet: boolean, reading: Reading): readonly string[] {
  if (value === undefined) { return []; }
  const elements = listOf(value);
  // An empty string may be a null data set: https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_condition-single-vs-multi-valued-context-keys.html
  return forSet && reading.emptyString === 'no value' ? elements.filter((element) => element !== '') : elements;
}

function holdsForMissingKey(set: string | undefined, operator: string, ifExists: boolean, reading: Reading): boolean {
  // ForAllValues is true without a value: https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_condition-single-vs-multi-valued-context-keys.html
  if (set === 'ForAllValues') { return true; }
  // ForAnyValue is false without a value: https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_condition-single-vs-multi-valued-context-keys.html
  if (set === 'ForAnyValue') { return ifExists && reading.anyValueIfExists; }
  // …IfExists is true: https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_condition_operators.html#Conditions_IfExists
  // Negated operators are true, the others false: https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_condition_operators.html
  return ifExists || isNegated(operator);
}

function isNegated(operator: string): boolean {
  return operator.includes('Not');
}

/** One value of a key against the values of the policy. */
function comparisonHolds(operator: string, element: string, values: readonly string[], scope: Scope): boolean {
  const compare = COMPARISONS[operator.replace('Not', '')];
  if (!compare) { throw new Error(`no such condition operator: ${operator}`); }
  // A value with a variable without a value matches nothing: https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_variables.html
  const matched = values.some((value) => compare(element, value, scope));
  // Several values are OR, under a negated operator NOR: https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_condition-logic-multiple-context-keys-or-values.html
  return matched !== isNegated(operator);
}

type Comparison = (element: string, value: string, scope: Scope) => boolean;

const COMPARISONS: { readonly [operator: string]: Comparison } = {
  // Exact, case-sensitive: https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_condition_operators.html#Conditions_String
  StringEquals: (element, value, scope) => plainText(value, scope) === element,
  // Exact, without case: https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_condition_operators.html#Conditions_String
  StringEqualsIgnoreCase: (element, value, scope) => plainText(value, scope)?.toLowerCase() === element.toLowerCase(),
  // Case-sensitive, with `*` and `?` anywhere: https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_condition_operators.html#Conditions_String
  StringLike: (element, value, scope) => {
    const tokens = substitute(value, scope);
    return tokens !== undefined && matches(tokens, element);
  },
  // ArnEquals and ArnLike behave identically: https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_condition_operators.html#Conditions_ARN
  ArnEquals: (element, value, scope) => arnLike(element, value, scope),
  ArnLike: (element, value, scope) => arnLike(element, value, scope),
  // True or false: https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_condition_operators.html#Conditions_Boolean
  Bool: (element, value, scope) => plainText(value, scope)?.toLowerCase() === element.toLowerCase(),
  // The same bytes, base64: https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_condition_operators.html#Conditions_Binary
  BinaryEquals: (element, value) => Buffer.from(element, 'base64').equals(Buffer.from(value, 'base64')),
  // In the range of addresses: https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_condition_operators.html#Conditions_IPAddress
  IpAddress: (element, value) => inAddressRange(element, value),
  // As numbers: https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_condition_operators.html#Conditions_Numeric
  NumericEquals: (element, value) => number(element) === number(value),
  NumericLessThan: (element, value) => number(element) < number(value),
  NumericLessThanEquals: (element, value) => number(element) <= number(value),
  NumericGreaterThan: (element, value) => number(element) > number(value),
  NumericGreaterThanEquals: (element, value) => number(element) >= number(value),
  // As points in time: https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_condition_operators.html#Conditions_Date
  DateEquals: (element, value) => instant(element) === instant(value),
  DateLessThan: (element, value) => instant(element) < instant(value),
  DateLessThanEquals: (element, value) => instant(element) <= instant(value),
  DateGreaterThan: (element, value) => instant(element) > instant(value),
  DateGreaterThanEquals: (element, value) => instant(element) >= instant(value),
};

/** A value without wildcards, its variables replaced; `undefined` where one has no value. */
function plainText(value: string, scope: Scope): string | undefined {
  // Outside `${…}` a wildcard is a character like any other here: https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_condition_operators.html#Conditions_String
  return substitute(value, scope)?.map((token) => token.character).join('');
}

function arnLike(element: string, value: string, scope: Scope): boolean {
  const tokens = substitute(value, scope);
  // The six fields are compared one by one: https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_condition_operators.html#Conditions_ARN
  return tokens !== undefined && element.split(':').length >= 6
    && arnMatches(tokens, element, { ...scope.reading, colons: 'none', headerCase: 'sensitive' });
}

/** Not a number: equal to nothing, and neither less nor greater than anything. */
function number(value: string): number {
  return value.trim() === '' ? NaN : Number(value);
}

function instant(value: string): number {
  // ISO 8601, of which a bare year is the shortest form: https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_condition_operators.html#Conditions_Date
  if (/^\d{4}$/.test(value)) { return Date.parse(value); }
  // Or seconds since 1970: https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_condition_operators.html#Conditions_Date
  return /^-?\d+(\.\d+)?$/.test(value) ? Number(value) * 1000 : Date.parse(value);
}

function inAddressRange(element: string, range: string): boolean {
  const [base, prefix] = range.split('/');
  const address = addressOf(element);
  const network = addressOf(base);
  if (!address || !network || address.bits !== network.bits) { return false; }
  // Without a prefix length, the one address (/32): https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_condition_operators.html#Conditions_IPAddress
  const free = BigInt(network.bits - Number(prefix ?? network.bits));
  return address.value / 2n ** free === network.value / 2n ** free;
}

interface Address {
  readonly bits: number;
  readonly value: bigint;
}

function addressOf(address: string): Address | undefined {
  if (/^\d+(\.\d+){3}$/.test(address)) { return { bits: 32, value: inBase(256n, address.split('.').map(Number)) }; }
  if (!/^[0-9a-f:]+$/i.test(address) || !address.includes(':')) { return undefined; }
  const [left, right] = address.split('::').map((half) => (half === '' ? [] : half.split(':')));
  const zeros = Array.from({ length: 8 - left.length - (right ?? []).length }, () => '0');
  return {
    bits: 128, value: inBase(65536n, [...left, ...zeros, ...(right ?? [])].map((group) => parseInt(group, 16))),
  };
}

function inBase(base: bigint, digits: readonly number[]): bigint {
  return digits.reduce((value, digit) => value * base + BigInt(digit), 0n);
}

function listOf<T>(value: OneOrMore<T>): readonly T[] {
  return Array.isArray(value) ? (value as readonly T[]) : [value as T];
}
