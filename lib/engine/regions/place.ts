/**
 * Facts about the other parts of a request that follow from its action and its resource. `possible-subsets.ts` rules out requests with
 * them, and `witness/` gives condition keys their values.
 *
 * Rounds up: conditions that may hold together in some request stay.
 */
import { ACCOUNT_ID, ArnForm } from './arn-forms';
import { CatalogEntry } from './catalog';
import { CompletePrincipal, fieldOfKey, KeyFacts } from './key-facts';
import { Literal } from './key-states';
import { DecisionContext, findStateOf, RequestSet } from './request-set';
import { readCondition } from '../policy/condition-entry';
import { ConditionEntry } from '../policy/policy';
import { variableKeysIn } from '../policy/specialize';
import { Requirement } from '../strings/automaton';
import { findString } from '../strings/find-string';
import { literalElements } from '../strings/pattern';
import { partsOf, SymbolicString } from '../strings/symbolic-string';

/** Facts about the other parts of a request that follow from its action and its resource. */
export interface Place {
  readonly form?: ArnForm;
  /** AWS compares `*` itself with the resources of a policy. */
  readonly isAskedOnStar: boolean;
  /** Whether the key does not follow from the ARN. */
  readonly isUntied: (key: string) => boolean;
  /** What is known of a key beyond the facts of the principal. */
  readonly factsOf: (key: string) => KeyFacts | undefined;
  /** The field of the ARN that the key has the value of. */
  readonly fieldOf: (key: string) => number | undefined;
  /** The name that a key shares with other services. */
  readonly sharedKey: (key: string) => string;
}

/** Nothing is known. */
export const ANY_PLACE: Place = {
  isAskedOnStar: false, isUntied: () => true, factsOf: () => undefined, fieldOf: () => undefined, sharedKey: (key) => key,
};

/** The place of the requests of an action on ARNs of a form, or on `*`. */
export function placeOf(
  { action }: CatalogEntry, format: string | undefined, form: ArnForm | undefined, { principal, partition }: Pick<DecisionContext, 'principal' | 'partition'>,
): Place {
  const isUntied = (key: string) => !principal || action.untiedKeys?.includes(key) === true;
  return {
    form,
    isAskedOnStar: form === undefined && action.isAskedOnStar === true,
    isUntied,
    factsOf: (key) => {
      if (key === ACCOUNT_KEY && form && !isUntied(key)) { return SOME_ACCOUNT; }
      if (key === REGION_KEY && action.endpointRegion !== undefined && partition?.name === 'aws') {
        return { presence: 'always', value: action.endpointRegion, assumption: partition.assumption };
      }
      const presence = action.presenceOf?.(key, format);
      return presence === undefined || presence === 'sometimes' ? undefined : { presence };
    },
    fieldOf: (key) => (isUntied(key) ? undefined : fieldOfKey(key, form)),
    sharedKey: (key) => action.sharedKey?.(key, format) ?? key,
  };
}

const REGION_KEY = 'aws:requestedregion';
export const ACCOUNT_KEY = 'aws:resourceaccount';
export const ORGANIZATION_KEY = 'aws:resourceorgid';

/** The ARNs of some resources, such as buckets, do not tell the account. */
const SOME_ACCOUNT: KeyFacts = { presence: 'always', among: [{ negated: false, patterns: [ACCOUNT_ID] }] };

/** The organization of a resource in the account of the role: that of the role. */
export function organizationInOwnAccount({ factsOfPrincipal }: DecisionContext): KeyFacts | undefined {
  return factsOfPrincipal('aws:principalorgid');
}

/** Facts about the account that exclude the account of the role. */
export function otherAccount(facts: KeyFacts | undefined, principal: CompletePrincipal): KeyFacts {
  return { presence: 'sometimes', ...facts, among: [...facts?.among ?? [], { negated: true, patterns: [literalElements(principal.account)] }] };
}

/** Whether the account of the role is the only account that the ARN and the conditions allow. */
function isInAccountOfRole({ resource, conditions }: RequestSet, place: Place, context: DecisionContext): boolean {
  if (!context.principal || place.isUntied(ACCOUNT_KEY)) { return false; }
  const field = place.fieldOf(ACCOUNT_KEY);
  const facts: KeyFacts | undefined = field !== undefined && resource.type === 'arns' ? { presence: 'always', among: resource.fields[field] } : place.factsOf(ACCOUNT_KEY);
  return findStateOf(ACCOUNT_KEY, conditions, context, otherAccount(facts, context.principal)) === undefined;
}

/** Drops requests whose keys cannot have the values that the conditions require; `undefined` if no request remains. */
export function keepPossible(requests: RequestSet, place: Place, context: DecisionContext): RequestSet | undefined {
  const conditions = requests.conditions.map((literal) => rename(literal, place));
  const keys = new Set(conditions.map(({ entry }) => entry.key));
  let { resource } = requests;
  for (const key of keys) {
    const field = place.fieldOf(key);
    if (field !== undefined && resource.type === 'arns') {
      const fields = resource.fields.map((set, i) => (i === field ? [...set, ...requirementsOf(key, conditions)] : set));
      if (findString(fields[field], context.budget) === undefined) { return undefined; }
      if (!findStateOf(key, conditions, context, { presence: 'always', among: fields[field] })) { return undefined; }
      resource = { ...resource, fields };
    } else {
      const isOwn = key === ORGANIZATION_KEY && isInAccountOfRole({ ...requests, conditions, resource }, place, context);
      const facts = isOwn ? organizationInOwnAccount(context) : place.factsOf(key);
      const isRenamed = conditions.some(({ entry }, i) => entry.key === key && entry !== requests.conditions[i].entry);
      if ((facts || isRenamed) && !findStateOf(key, conditions, context, facts)) { return undefined; }
    }
  }
  const tagged = keys.has('aws:tagkeys') ? [...keys].filter((key) => key.startsWith(TAG_OF_REQUEST) && isRequired(key, conditions, context)) : [];
  const linked = [...conditions, ...tagged.map((key) => ({ entry: hasTagKey(tagOf(key, conditions)), holds: true }))];
  if (tagged.length > 0 && !findStateOf('aws:tagkeys', linked, context)) { return undefined; }
  return { ...requests, conditions: linked, resource };
}

const TAG_OF_REQUEST = 'aws:requesttag/';

function isRequired(key: string, conditions: readonly Literal[], context: DecisionContext): boolean {
  return findStateOf(key, conditions, context, { presence: 'never' }) === undefined;
}

/** A request with a tag has its key among those of all tags: https://docs.aws.amazon.com/IAM/latest/UserGuide/access_tags.html */
function hasTagKey(tag: string | SymbolicString): ConditionEntry {
  return readCondition('ForAnyValue:StringEqualsIgnoreCase', 'aws:TagKeys', [tag]);
}

/** The tag of a key of request tags. The name of a key has the symbolic variables that the key itself only identifies. */
function tagOf(key: string, conditions: readonly Literal[]): string | SymbolicString {
  const name = conditions.find(({ entry }) => entry.key === key)?.entry.keyName;
  if (!(name instanceof SymbolicString)) { return key.slice(TAG_OF_REQUEST.length); }
  const [prefix, ...others] = partsOf(name);
  return SymbolicString.of(String(prefix).slice(TAG_OF_REQUEST.length).toLowerCase(), ...others);
}

/** Two names of one key are the same key. */
function rename({ entry, holds }: Literal, { sharedKey }: Place): Literal {
  const key = sharedKey(entry.key);
  return key === entry.key ? { entry, holds } : { entry: renamed(entry, key), holds };
}

function renamed({ operator, keyName, values, id, meaning }: ConditionEntry, key: string): ConditionEntry {
  return { operator, keyName, values, id, meaning, key };
}

/** What the conditions require of the value of their key, as far as they compare it as text that does not depend on other keys. */
function requirementsOf(key: string, literals: readonly Literal[]): Requirement[] {
  return literals.flatMap(({ entry: { meaning, key: own }, holds }): Requirement[] => {
    if (own !== key || meaning?.type !== 'value' || meaning.test.family !== 'text' || meaning.set) { return []; }
    const { patterns } = meaning.test;
    return patterns.some((elements) => variableKeysIn(elements).length > 0) ? [] : [{ negated: holds === meaning.negated, patterns }];
  });
}
