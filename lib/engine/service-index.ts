import { Pattern } from './pattern';
import { Policy, Statement, Targets } from './policy';
import { partsOf } from './text';

/**
 * The statements of a policy that may be about the service of the actions, with only those of their patterns that may be.
 * Real policies speak of dozens of services, and a question is about one at a time.
 */
export function statementsOfService(policy: Policy, actions: Targets): readonly Statement[] {
  const service = actions.negated || actions.patterns.length !== 1 ? undefined : serviceOf(actions.patterns[0]);
  if (service === undefined) { return policy.statements; }
  let index = INDEXES.get(policy);
  if (!index) {
    index = new Map();
    INDEXES.set(policy, index);
  }
  const known = index.get(service) ?? policy.statements.flatMap((s) => ofService(s, service) ?? []);
  index.set(service, known);
  return known;
}

const INDEXES = new WeakMap<Policy, Map<string, readonly Statement[]>>();

function ofService(statement: Statement, service: string): Statement | undefined {
  const { negated, patterns } = statement.actions;
  const near = patterns.filter((p) => [service, undefined].includes(serviceOf(p)));
  if (near.length === patterns.length) { return statement; }
  return near.length === 0 && !negated ? undefined : { ...statement, actions: { negated, patterns: near } };
}

/** The service prefix of an action pattern in lower case, where it is written out. */
function serviceOf({ source }: Pattern): string | undefined {
  const [start] = partsOf(source);
  if (typeof start !== 'string') { return undefined; }
  const service = start.slice(0, Math.max(0, start.indexOf(':')));
  return service === '' || /[*?]/.test(service) ? undefined : service.toLowerCase();
}
