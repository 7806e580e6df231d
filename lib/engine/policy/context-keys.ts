/**
 * What IAM documents about the condition keys of requests: which are always present, and which may have several values.
 * `regions/key-states.ts` and the decisions ask it.
 *
 * Only witnesses rely on keys that are always present; no proof does. A proof assumes that a key has one value, unless the key is listed here
 * or a statement tests it with a set operator (docs/adr/0004-taking-statements-away.md).
 */
import { parseOperator } from './condition-operators';
import { NarrowingQuestion } from './verdict';
import { lazy } from '../../util/memo';

/**
 * Keys that every signed request has: AWS makes no request without them.
 * @see https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_condition-keys.html
 */
const ALWAYS_PRESENT = new Set([
  'aws:currenttime', 'aws:epochtime', 'aws:principalaccount', 'aws:principalarn', 'aws:principaltype', 'aws:requestedregion', 'aws:securetransport',
  'aws:userid',
]);

/** Whether AWS makes requests without the key. */
export function mayBeMissing(key: string): boolean {
  return !ALWAYS_PRESENT.has(key);
}

/** Keys that have several values. Statements test all other such keys with set operators. */
const MULTIVALUED = new Set([
  'aws:calledvia', 'aws:principalorgpaths', 'aws:principalservicenameslist', 'aws:resourceorgpaths', 'aws:sourceorgpaths', 'aws:tagkeys',
  'aws:vpceorgpaths',
]);

/**
 * Whether a key may have several values: it is in the list, or some statement tests it with a set operator. Set operators are
 * for such keys only.
 * @see https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_condition-single-vs-multi-valued-context-keys.html
 */
export function multivaluedKeysIn(question: NarrowingQuestion): (key: string) => boolean {
  const tested = lazy(() => new Set([question.session, ...question.layers.flatMap((l) => l.policies)].flatMap((p) => p.statements)
    .flatMap((s) => s.conditions).flatMap((c) => (parseOperator(c.operator)?.set ? [c.key] : []))));
  return (key) => MULTIVALUED.has(key) || tested().has(key);
}
