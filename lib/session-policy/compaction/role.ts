/**
 * The terms of `role`: only requests count that each layer of the role allows and that AWS makes. A wildcard may match what the role
 * is denied anyway.
 *
 * Rounds up what is forbidden: a request that is not proven to be denied. The layers must be complete.
 */
import { allowsNoAwsRequest, Layer, mayMatchAction } from '../../engine';
import { requestCatalog } from '../../reference/request-catalog';
import { lazy, memoize } from '../../util/memo';
import { ResolvedStatement } from '../minimize';
import { ActionTerms } from './action-terms';
import { CATALOG_TERMS, namesIn } from './catalog';
import { policyOf, proveInsideUnder } from './prove-equal';
import { Read } from './readings';
import { Relation } from './relation';

/** What is asked of the layers again and again during one compaction. */
export class RoleFacts {
  /** Whether each layer has a statement that may allow the action somewhere. */
  public readonly isNamed = memoize((action: string): boolean => this.layers.every((layer) => layer.policies.some((policy) => (
    policy.statements.some((s) => s.effect === 'Allow' && mayMatchAction(s, action))))));

  private readonly denials = new Map<string, boolean>();

  public constructor(public readonly layers: readonly Layer[]) {}

  /** Whether it is proven that AWS makes no request of the statement that the layers allow. */
  public isDenied(statement: ResolvedStatement, readings: readonly Read[]): boolean {
    const key = JSON.stringify(statement);
    const known = this.denials.get(key) ?? readings.every((read) => {
      const session = policyOf([statement], read);
      return session !== undefined && allowsNoAwsRequest({ session, layers: this.layers }, { catalog: requestCatalog(), budget: STEPS });
    });
    this.denials.set(key, known);
    return known;
  }
}

/** Steps for each action on each resource. */
const STEPS = 50_000;

/** @param written all statements of the session policy that allow something */
export function roleTerms(
  { condition }: Relation, written: readonly ResolvedStatement[], facts: RoleFacts, readings: readonly Read[],
): ActionTerms {
  const statement = (Action: string, Resource: unknown): ResolvedStatement => ({
    Effect: 'Allow', Action, Resource, ...(condition === undefined ? {} : { Condition: condition }),
  });
  const whole = lazy(() => readings.map((read) => policyOf(written, read)));
  const isInside = (action: string) => readings.every((read, i) => {
    const [policy, all] = [policyOf([statement(action, '*')], read), whole()[i]];
    return policy && all && proveInsideUnder(policy, all, facts.layers, requestCatalog()) !== undefined;
  });
  return {
    ...CATALOG_TERMS,
    forbiddenOn: (resource, service, isAllowed) => new Set([...CATALOG_TERMS.forbiddenOn(resource, service, isAllowed)].filter((name) => {
      const action = `${service}:${name}`;
      return facts.isNamed(action) && !facts.isDenied(statement(action, resource.value), readings);
    })),
    forbiddenEverywhere: (service) => new Set([...namesIn(service)!].filter((name) => {
      const action = `${service}:${name}`;
      return facts.isNamed(action) && !isInside(action);
    })),
  };
}
