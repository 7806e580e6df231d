/**
 * Replaces what a side knows of its principal in its own layers: the two sides may have different roles, and the pods session tags on one side
 * only. Then one condition key has different values on the two sides, and no single question to the engine can have both.
 * compare-permissions.ts compares the settled layers.
 *
 * A condition on such a key is dropped if it certainly holds, and its statement is dropped if it certainly fails. Policy variables in resources
 * become their values.
 * Invariant: a settled layer decides each request of the side's pods as the layer does. What cannot be settled is said to be open.
 */
import { distinctNames } from './distinct-names';
import {
  explainStatement, Json, Layer, NarrowingOptions, OpenValues, parseStatement, partsOf, Statement, statementAsJson, SymbolicString, textKey,
  wholeStatement,
} from '../../lib/engine';
import { memoizePair } from '../../lib/util/memo';

type Principal = NonNullable<NarrowingOptions['principal']>;
type Text = string | SymbolicString;

/** The keys whose values differ, by their names in lower case, with what each side knows of them. `missing`: no request has the key. */
export type KnownKeys = ReadonlyMap<string, Text | 'missing' | 'unknown'>;

export interface Settled {
  readonly layer: Layer;
  /** Whether a statement still depends on such a key. */
  readonly isOpen: boolean;
}

/** The keys of one side that differ from those of the other. Empty if the principals are the same. */
export function differingKeys(own: Principal, other: Principal): KnownKeys {
  const [mine, theirs] = [own, other].map(keysOf);
  const differing = new Map<string, Text | 'missing' | 'unknown'>();
  for (const key of [...mine.keys(), ...theirs.keys()]) {
    const value = mine.get(key) ?? 'unknown';
    if (textKey(value) !== textKey(theirs.get(key) ?? 'unknown')) { differing.set(key, value); }
  }
  // It begins with the id of the role, which AWS makes.
  return differing.has('aws:principalarn') ? differing.set('aws:userid', 'unknown') : differing;
}

function keysOf({ arn, account, tags = new Map() }: Principal): Map<string, Text | 'missing'> {
  return new Map<string, Text | 'missing'>([
    ...arn === undefined ? [] : [['aws:principalarn', arn] as const],
    ...account === undefined ? [] : [['aws:principalaccount', account] as const],
    ...[...tags].map(([tag, value]) => [`aws:principaltag/${tag}`, value] as const),
  ]);
}

/** The options without what differs. */
export function commonOptions(options: NarrowingOptions, keys: KnownKeys): NarrowingOptions {
  if (keys.size === 0) { return options; }
  const { principal = {} } = options;
  const tags = new Map([...principal.tags ?? []].filter(([tag]) => !keys.has(`aws:principaltag/${tag}`)));
  return {
    ...options,
    principal: {
      ...principal,
      arn: keys.has('aws:principalarn') ? undefined : principal.arn,
      account: keys.has('aws:principalaccount') ? undefined : principal.account,
      tags,
    },
  };
}

export function settle(layer: Layer, keys: KnownKeys, { generatedNames = 'distinct' }: NarrowingOptions): Settled {
  return keys.size === 0 ? { layer, isOpen: false } : SETTLED[generatedNames](layer, keys);
}

/** Many associations share the layers of a role: computed once. */
const SETTLED = {
  distinct: memoizePair((layer: Layer, keys: KnownKeys) => settleLayer(layer, keys, { generatedNames: 'distinct' })),
  anything: memoizePair((layer: Layer, keys: KnownKeys) => settleLayer(layer, keys, { generatedNames: 'anything' })),
};

function settleLayer(layer: Layer, keys: KnownKeys, names: NarrowingOptions): Settled {
  const isAbout = layer.policies.some(({ statements }) => statements.some((statement) => mentions(statement, keys)));
  if (!isAbout) { return { layer, isOpen: false }; }
  let isOpen = false;
  const policies = layer.policies.map((policy) => ({
    ...policy,
    statements: policy.statements.flatMap((statement) => {
      const settled = mentions(statement, keys) ? settleStatement(statement, keys, names) : statement;
      isOpen ||= settled === OPEN;
      return settled === OPEN ? statement : settled ?? [];
    }),
  }));
  return { layer: { ...layer, policies }, isOpen };
}

/** A statement that cannot be settled. */
const OPEN = 'open';

/** `undefined`: the statement never applies. */
function settleStatement(statement: Statement, keys: KnownKeys, names: NarrowingOptions): Statement | undefined | typeof OPEN {
  const conditions = settleConditions(statement, keys, names);
  if (conditions === undefined || conditions === OPEN) { return conditions; }
  const settled = { ...statement, conditions };
  return statement.policyVariables && mentionsKeys(sourcesOf(statement), keys) ? withValues(settled, keys) : settled;
}

/** The conditions on other keys; `undefined` if one certainly fails. */
function settleConditions(
  statement: Statement, keys: KnownKeys, names: NarrowingOptions,
): Statement['conditions'] | undefined | typeof OPEN {
  const values = new OpenValues(distinctNames(names));
  const context = new Map<string, string>();
  for (const [key, value] of keys) {
    if (value !== 'missing' && value !== 'unknown') { context.set(key, values.textOf(value)); }
  }
  const { conditions } = explainStatement(statement, { action: 'none:None', resource: '*', context }, values);
  const about = conditions.filter(({ entry }) => keys.has(entry.key) || mentionsKeys(entry.values, keys));
  const isCertain = ({ entry }: typeof about[number]) => keys.get(entry.key) !== 'unknown' && !mentionsKeys(entry.values, keys);
  if (about.some((one) => one.match === 'no' && isCertain(one))) { return undefined; }
  if (!about.every((one) => one.match === 'yes' && isCertain(one))) { return OPEN; }
  const dropped = new Set(about.map(({ entry }) => entry));
  return statement.conditions.filter((entry) => !dropped.has(entry));
}

/** The statement with values in place of the variables in its resources. A variable without a value matches nothing. */
function withValues(statement: Statement, keys: KnownKeys): Statement | undefined | typeof OPEN {
  const filled = sourcesOf(statement).map((source) => fill(source, keys));
  const present = filled.filter((source) => source !== MISSING);
  if (present.includes(OPEN)) { return OPEN; }
  if (statement.resources.negated) { return present.length < filled.length ? OPEN : withResources(statement, present); }
  return present.length === 0 ? undefined : withResources(statement, present);
}

function withResources(statement: Statement, sources: readonly Text[]): Statement | typeof OPEN {
  const element = statement.resources.negated ? 'NotResource' : 'Resource';
  const { policy } = parseStatement({ ...statementAsJson(statement), [element]: sources } as Json, statement.policy);
  const [made] = policy.statements;
  return made ? { ...made, index: statement.index, sid: statement.sid, whole: wholeStatement(statement) } : OPEN;
}

/** No text of a policy contains it. */
const MISSING = '\uFDD0';

const VARIABLE = /\$\{([^${},]{1,200})\}/;

/** The text with the values of the variables of `keys`. A variable with a default is open. */
function fill(source: Text, keys: KnownKeys): Text | typeof OPEN | typeof MISSING {
  const pieces = partsOf(source).flatMap((part): Array<ReturnType<typeof partsOf>[number] | SymbolicString> => (
    typeof part !== 'string' ? [part] : part.split(VARIABLE).map((piece, i) => (i % 2 === 0 ? piece : valueOf(piece, keys)))));
  if (pieces.includes(MISSING)) { return MISSING; }
  const text = SymbolicString.from(pieces);
  return pieces.includes(OPEN_VALUE) || mentionsKeys([text], keys) ? OPEN : text;
}

const OPEN_VALUE = '\uFDD1';

/** The value of a variable, as a pattern. A value that may contain wildcards is open. */
function valueOf(name: string, keys: KnownKeys): Text {
  const value = keys.get(name.trim().toLowerCase());
  if (value === undefined) { return `\${${name}}`; }
  if (value === 'missing') { return MISSING; }
  const isPlain = partsOf(value).every((part) => (
    typeof part === 'string' ? !/[*?$]/.test(part) : part.kind.characters !== undefined && !/[*?$]/.test(part.kind.characters)));
  return value === 'unknown' || !isPlain ? OPEN_VALUE : value;
}

function sourcesOf({ resources }: Statement): Text[] {
  return resources.patterns.map(({ source }) => source);
}

function mentions(statement: Statement, keys: KnownKeys): boolean {
  return statement.conditions.some((entry) => keys.has(entry.key) || mentionsKeys(entry.values, keys))
    || (statement.policyVariables && mentionsKeys(sourcesOf(statement), keys));
}

/** Whether texts have policy variables of the keys. */
function mentionsKeys(texts: readonly Text[], keys: KnownKeys): boolean {
  if (keys.size === 0) { return false; }
  return texts.some((text) => {
    const literal = partsOf(text).map((part) => (typeof part === 'string' ? part : '')).join('').toLowerCase();
    return literal.includes('${') && [...keys.keys()].some((key) => literal.includes(`\${${key}`));
  });
}
