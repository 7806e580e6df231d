import { DECISION_CONTEXT } from './request-sets';
import { Assumption } from '../../../lib/engine';
import { CompletePrincipal, factsOfPrincipal } from '../../../lib/engine/regions/key-facts';
import { DecisionContext } from '../../../lib/engine/regions/request-set';

/** A role of which all is known but its organization. */
export const COMPLETE: CompletePrincipal = {
  arn: 'arn:aws:iam::111122223333:role/example', account: '111122223333', partition: 'aws', unknownKeys: [],
};

/** What a decision about requests of the principal works with. `reliedOn`: collects what proofs take for granted. */
export function contextFor(
  principal: CompletePrincipal | undefined, multivalued: readonly string[] = [],
  reliedOn: Array<Assumption | undefined> = [],
): DecisionContext {
  const facts = principal && factsOfPrincipal(principal);
  return {
    ...DECISION_CONTEXT,
    mayBeMultivalued: (key) => multivalued.includes(key),
    factsOfPrincipal: (key) => facts?.get(key),
    principal,
    ...(principal?.partition !== undefined && { partition: { name: principal.partition } }),
    relyOn: (assumption) => { reliedOn.push(assumption); },
  };
}
