/**
 * The terms of `role`: only requests count that each layer of the role allows and that AWS makes. A wildcard may match what the role
 * is denied anyway.
 *
 * Rounds up what is forbidden: a request that is not proven to be denied. The layers must be complete.
 */
import { allowsNoAwsRequest, Budget, Layer, mayMatchAction, Policy, splitAction, Statement } from '../../engine';
import { requestCatalog } from '../../reference/request-catalog';
import { lazy, memoize, memoizeBy } from '../../util/memo';
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

  /** Actions of the service that the layers name and the catalog does not have, in lower case: they may be newer than the catalog. */
  public readonly newNames = memoize((service: string): readonly string[] => this.layers
    .flatMap(({ policies }) => policies).flatMap(({ statements }) => statements)
    .filter(({ effect, actions }) => effect === 'Allow' && !actions.negated)
    .flatMap(({ actions }) => actions.patterns.map(({ source }) => splitAction(source.toString().toLowerCase())))
    .flatMap(([prefix, name]) => (prefix === service && name !== undefined && !/[*?$]/.test(name) && !namesIn(service)!.has(name) ? [name] : [])));

  /** Whether each layer allows the action on every resource and never denies it, so that the engine need not be asked. */
  public readonly isAllowedEverywhere = memoize((action: string): boolean => this.layers.every(({ policies }) => {
    const matching = policies.flatMap(({ statements }) => statements).filter((s) => mayMatchAction(s, action));
    return matching.every(({ effect }) => effect === 'Allow') && matching.some(isUnlimited);
  }));

  /** Whether it is proven that AWS makes no request of the statement that the layers allow. */
  public readonly isDenied = memoizeBy(({ statement }: Denial) => JSON.stringify(statement), ({ statement, readings }) => readings.every((read) => {
    this.budget?.spend(1);
    const session = policyOf([statement], read);
    return session !== undefined && allowsNoAwsRequest({ session, layers: this.layers }, { catalog: requestCatalog(), budget: STEPS });
  }));

  /** Whether it is proven that all which the layers allow of the statement is inside the written statements. */
  public readonly isInside = memoizeBy(({ statement, written }: Inside) => JSON.stringify([statement, written.key]), ({ statement, written }) => (
    written.policies.every(({ read, whole }) => {
      this.budget?.spend(1);
      const session = policyOf([statement], read);
      return session !== undefined && whole !== undefined && proveInsideUnder(session, whole, this.layers, requestCatalog()) !== undefined;
    })));

  /** @param budget what remains of the questions to the engine; no limit without it */
  public constructor(public readonly layers: readonly Layer[], private readonly budget?: Budget) {}
}

function isUnlimited({ resources, conditions }: Statement): boolean {
  return conditions.length === 0 && !resources.negated && resources.patterns.some(({ source }) => source.toString() === '*');
}

interface Denial {
  readonly statement: ResolvedStatement;
  readonly readings: readonly Read[];
}

interface Inside {
  readonly statement: ResolvedStatement;
  readonly written: WrittenPolicies;
}

/** All written statements that allow something, as each case of the template's conditions has them. */
interface WrittenPolicies {
  readonly key: string;
  readonly policies: ReadonlyArray<{ readonly read: Read; readonly whole: Policy | undefined }>;
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
  const all = lazy((): WrittenPolicies => (
    { key: JSON.stringify(written), policies: readings.map((read) => ({ read, whole: policyOf(written, read) })) }));
  const isWritten = (action: string) => all().policies.some(({ whole }) => !whole || whole.statements.some((s) => mayMatchAction(s, action)));
  /** Most actions of a service are not written at all: whether the role is denied them takes a tenth of the time. */
  const isInside = (action: string) => {
    const everywhere = statement(action, '*');
    if (isWritten(action)) { return facts.isInside({ statement: everywhere, written: all() }); }
    return !facts.isAllowedEverywhere(action) && facts.isDenied({ statement: everywhere, readings });
  };
  return {
    ...CATALOG_TERMS,
    forbiddenOn: (resource, service, isAllowed) => new Set([
      ...facts.newNames(service).filter((name) => !isAllowed(name)),
      ...[...CATALOG_TERMS.forbiddenOn(resource, service, isAllowed)].filter((name) => {
        const action = `${service}:${name}`;
        const isDenied = () => facts.isDenied({ statement: statement(action, resource.value), readings });
        return facts.isNamed(action) && (facts.isAllowedEverywhere(action) || !isDenied());
      }),
    ]),
    forbiddenEverywhere: (service) => new Set([...facts.newNames(service), ...[...namesIn(service)!].filter((name) => {
      const action = `${service}:${name}`;
      return facts.isNamed(action) && !isInside(action);
    })]),
  };
}
