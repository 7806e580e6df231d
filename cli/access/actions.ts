import { servicePrefixOf, Statement } from '../../lib/engine';
import { AccessLevel, serviceNamed, servicePrefixes } from '../../lib/reference/services';
import { memoize } from '../../lib/util/memo';

/** As AWS orders them, from the least to the most that they let people do. */
export const LEVELS: readonly AccessLevel[] = ['List', 'Read', 'Write', 'Permissions management', 'Tagging'];

/** An action of the service authorization reference. */
export interface ListedAction {
  /** Such as `s3:GetObject`. */
  readonly name: string;
  readonly level: AccessLevel;
  /** Equal for actions of which AWS makes requests on the same resources. */
  readonly resources: string;
}

/** All actions of a service; none where the reference does not have it. */
export const actionsOf = memoize((service: string): readonly ListedAction[] => (
  (serviceNamed(service)?.actions ?? []).map(({ name, accessLevel, types, withoutResource }) => ({
    name: `${service}:${name}`, level: accessLevel, resources: [...types.flatMap(({ forms }) => forms), withoutResource ? '*' : ''].join(' '),
  }))));

/** The prefixes of the services that statements name; all of the reference for `*` and `NotAction`. */
export function servicesIn(statements: readonly Statement[]): ReadonlySet<string> {
  return new Set(statements.flatMap(({ actions: { negated, patterns } }) => (
    negated ? servicePrefixes() : patterns.flatMap(({ source }) => servicePrefixOf(source) ?? servicePrefixes()))));
}
