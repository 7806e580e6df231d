/**
 * The actions of the service authorization reference, as the access report lists them: by service and access level. Memoized,
 * because all associations ask about the same services.
 */
import { servicePrefixOf, Statement } from '../../lib/engine';
import { AccessLevel, serviceNamed, servicePrefixes } from '../../lib/reference/services';
import { memoize } from '../../lib/util/memo';

/** The access levels in the order of AWS's documentation, from the least to the most powerful. */
export const LEVELS: readonly AccessLevel[] = ['List', 'Read', 'Write', 'Permissions management', 'Tagging'];

/** An action of the service authorization reference. */
export interface ListedAction {
  /** Such as `s3:GetObject`. */
  readonly name: string;
  readonly level: AccessLevel;
  /** Equal for actions that AWS authorizes on the same resources. */
  readonly resources: string;
}

/** Returns all actions of a service; none if the reference does not contain it. */
export const actionsOf = memoize((service: string): readonly ListedAction[] => (
  (serviceNamed(service)?.actions ?? []).map(({ name, accessLevel, types, withoutResource }) => ({
    name: `${service}:${name}`, level: accessLevel, resources: [...types.flatMap(({ forms }) => forms), withoutResource ? '*' : ''].join(' '),
  }))));

/** Returns the prefixes of the services that statements name; all services of the reference for `*` and `NotAction`. */
export function servicesIn(statements: readonly Statement[]): ReadonlySet<string> {
  return new Set(statements.flatMap(({ actions: { negated, patterns } }) => (
    negated ? servicePrefixes() : patterns.flatMap(({ source }) => servicePrefixOf(source) ?? servicePrefixes()))));
}
