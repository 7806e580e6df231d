import { parseOperator } from './condition-operators';
import { NarrowingQuestion } from './verdict';
import { lazy } from '../../util/memo';

/**
 * Keys that each signed request has: a request without them is none that AWS makes.
 * @see https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_condition-keys.html
 */
const ALWAYS_PRESENT = new Set([
  'aws:currenttime', 'aws:epochtime', 'aws:principalaccount', 'aws:principalarn', 'aws:principaltype', 'aws:requestedregion', 'aws:securetransport',
  'aws:userid',
]);

/** Whether AWS makes requests without the key. A proof does not depend on it; a request that is shown does. */
export function mayBeMissing(key: string): boolean {
  return !ALWAYS_PRESENT.has(key);
}

/** Keys that have several values although their name does not say so. All others that do are tested with set operators. */
const MULTIVALUED = new Set([
  'aws:calledvia', 'aws:principalorgpaths', 'aws:principalservicenameslist', 'aws:resourceorgpaths', 'aws:sourceorgpaths', 'aws:tagkeys',
  'aws:vpceorgpaths',
]);

/**
 * Whether a key may have several values: it is known for that, or some statement tests it with a set operator, which is for
 * such keys only.
 * @see https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_condition-single-vs-multi-valued-context-keys.html
 */
export function multivaluedKeysIn(question: NarrowingQuestion): (key: string) => boolean {
  const tested = lazy(() => new Set([question.session, ...question.layers.flatMap((l) => l.policies)].flatMap((p) => p.statements)
    .flatMap((s) => s.conditions).flatMap((c) => (parseOperator(c.operator)?.set ? [c.key] : []))));
  return (key) => MULTIVALUED.has(key) || tested().has(key);
}
