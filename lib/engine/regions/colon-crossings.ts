/**
 * Tells whether a `*` before the resource part of a pattern may run across colons in an ARN that AWS has. IAM's documents have both
 * readings; in most forms of ARNs they are the same.
 *
 * Rounds up: `false` is a proof with respect to the forms of the catalog. An undocumented ARN, such as one on which AWS may authorize an
 * action without a resource type, is assumed to have no such colons.
 */
import { ArnForms, crossingsIn } from './arn-forms';
import { entriesOf, entryNamed, RequestCatalog, servicesOf } from './catalog';
import { memoize } from '../../util/memo';
import { Budget } from '../strings/budget';
import { findString } from '../strings/find-string';
import { mayOverlap } from '../strings/overlaps';
import { Pattern, plainText } from '../strings/pattern';
import { StringSet } from '../strings/string-set';

/**
 * Whether AWS may make a request of one of the actions on an ARN that `from` matches, and that the pattern matches only if a `*`
 * before the resource part runs across colons.
 */
export function mayCrossColonsIn(catalog: RequestCatalog, pattern: Pattern, actions: StringSet, from: Pattern, budget: Budget): boolean {
  const meets = (patterns: readonly Pattern[]) => (
    patterns.every((p) => mayOverlap(p, from, 'anything', budget))
    && findString([...patterns, from].map(({ elements }) => ({ negated: false, patterns: [elements] })), budget) !== undefined);
  for (const service of servicesOf(actions, catalog)) {
    const forms = formsOf(service, actions, catalog);
    if (!forms) { return true; }
    if (crossingsIn(pattern, forms).some((crossing) => crossing.forms.some(({ whole }) => meets([crossing.pattern, whole])))) { return true; }
  }
  return false;
}

/** The forms of the action if the set has just one, and of all actions of the service otherwise. */
function formsOf(service: string, actions: StringSet, catalog: RequestCatalog): ArnForms | undefined {
  const [name] = actions.flatMap((r) => (r.negated || r.patterns.length > 1 ? [] : plainText(r.patterns[0]) ?? []));
  return (name === undefined ? undefined : entryNamed(name, catalog)?.forms()) ?? formsOfService(catalog)(service);
}

/** The forms of all actions of the service. */
const formsOfService = memoize((catalog: RequestCatalog) => memoize((service: string): ArnForms | undefined => {
  const entries = entriesOf(service, catalog);
  return entries && new Map(entries.flatMap(({ forms }) => [...forms()]));
}));
