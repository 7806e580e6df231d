/**
 * Finds the statements of a policy that may apply to a service. A decision asks about one service at a time, and most policies
 * name many.
 *
 * Rounds up: a statement or pattern whose service is not certain is kept for every service.
 * For speed, the index is memoized for each policy.
 */
import { servicePrefixOf } from './action-name';
import { Policy, Statement, Targets, wholeStatement } from './policy';
import { memoize, memoizePair } from '../../util/memo';

/** The statements of a policy that may apply to a service, with only the patterns that may. `undefined` is any service. */
export function statementsOfService(policy: Policy, service: string | undefined): readonly Statement[] {
  return service === undefined ? policy.statements : statementsNear(policy, service);
}

const statementsNear = memoizePair((policy: Policy, service: string): readonly Statement[] => {
  const services = servicesIn(policy);
  return policy.statements.map((s, i) => ofService(s, services[i], service)).filter((s) => s !== undefined);
});

/** The service of each action pattern of each statement. */
const servicesIn = memoize((policy: Policy) => policy.statements.map((s) => s.actions.patterns.map(({ source }) => servicePrefixOf(source))));

function ofService(statement: Statement, services: ReadonlyArray<string | undefined>, service: string): Statement | undefined {
  const { negated, patterns } = statement.actions;
  const near = patterns.filter((_, i) => services[i] === service || services[i] === undefined);
  if (near.length === patterns.length) { return statement; }
  return near.length === 0 && !negated ? undefined : { ...statement, actions: { negated, patterns: near }, whole: wholeStatement(statement) };
}

/** The service of all actions; `undefined` if they are negated or have several services, or if one is not written out. */
export function serviceOf({ negated, patterns }: Targets): string | undefined {
  const service = negated || patterns.length === 0 ? undefined : servicePrefixOf(patterns[0].source);
  return service !== undefined && patterns.every(({ source }) => servicePrefixOf(source) === service) ? service : undefined;
}
