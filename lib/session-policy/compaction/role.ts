/**
 * The terms of `role`: only requests count that each layer of the role allows and that AWS makes. A wildcard may match what the role
 * is denied anyway.
 *
 * Rounds up what is forbidden: a request that is not proven to be denied. The layers must be complete.
 */
import { allowsNoAwsRequest, Layer, mayMatchAction, Policy } from '../../engine';
import { requestCatalog } from '../../reference/request-catalog';
import { memoize } from '../../util/memo';
import { ResolvedStatement } from '../minimize';
import { ActionTerms } from './action-terms';
import { CATALOG_TERMS, namesIn } from './catalog';
import { policyOf, proveInsideUnder } from './prove-equal';
import { Read } from './readings';
import { Relation } from './relation';

/** @param written all statements of the session policy that allow something */
export function roleTerms(
  relation: Relation, written: readonly ResolvedStatement[], layers: readonly Layer[], readings: readonly Read[],
): ActionTerms {
  const statement = (Action: string, Resource: unknown): ResolvedStatement => ({
    Effect: 'Allow', Action, Resource, ...(relation.condition === undefined ? {} : { Condition: relation.condition }),
  });
  const policies = (Action: string, Resource: unknown) => readings.map((read) => policyOf([statement(Action, Resource)], read));
  const whole = readings.map((read) => policyOf(written, read));
  /** Whether each layer has a statement that may allow the action somewhere. */
  const isNamed = memoize((action: string) => layers.every((layer) => layer.policies.some((policy) => policy.statements.some((s) => (
    s.effect === 'Allow' && mayMatchAction(s, action))))));
  const isDenied = (policy: Policy | undefined) => (
    policy !== undefined && allowsNoAwsRequest({ session: policy, layers }, { catalog: requestCatalog(), budget: STEPS }));
  const isInside = (action: string) => policies(action, '*').every((policy, i) => policy && whole[i]
    && proveInsideUnder(policy, whole[i], layers, requestCatalog()) !== undefined);
  return {
    ...CATALOG_TERMS,
    forbiddenOn: (resource, service, isAllowed) => new Set([...CATALOG_TERMS.forbiddenOn(resource, service, isAllowed)].filter((name) => {
      const action = `${service}:${name}`;
      return isNamed(action) && !policies(action, resource.value).every(isDenied);
    })),
    forbiddenEverywhere: memoize((service: string) => new Set([...namesIn(service)!].map((name) => `${service}:${name}`)
      .filter((action) => isNamed(action) && !isInside(action)).map((action) => action.slice(service.length + 1)))),
  };
}

/** Steps for each action on each resource. */
const STEPS = 50_000;
