/**
 * Decides managed policies as session policies on roles with common policies, and asks the oracle about the witnesses, for tests,
 * benchmarks and docs/verification.md.
 */
import { managedPolicies, ManagedPolicy, managedPolicy } from './managed-policies';
import { decideNarrowing, Json, parsePolicy, Policy, Verdict } from '../lib/engine';
import { PolicyDocument, Reading, Request } from './oracle/evaluate';
import { aboutAction, Compared, exceedsFor, readingsFor } from './oracle/readings';

/** The base policies of roles: the policy itself, and four policies that roles often have. */
export const BASES = ['itself', 'AdministratorAccess', 'PowerUserAccess', 'ReadOnlyAccess', 'SecurityAudit'] as const;

/** The policy taken as the session policy of a role that has the base. */
export interface Pair {
  readonly policy: ManagedPolicy;
  readonly base: typeof BASES[number];
  readonly role: ManagedPolicy;
}

export interface DecidedPair extends Pair {
  readonly verdict: Verdict;
}

export function pairsWith(base: Pair['base']): Pair[] {
  return managedPolicies().map((policy) => ({ policy, base, role: base === 'itself' ? policy : managedPolicy(base) }));
}

export function decidePairs(pairs: readonly Pair[]): DecidedPair[] {
  const known = new Map<PolicyDocument, Policy>();
  const read = ({ name, document }: ManagedPolicy) => {
    const policy = known.get(document) ?? parsePolicy(document as unknown as Json, name).policy;
    known.set(document, policy);
    return policy;
  };
  return pairs.map((pair) => ({
    ...pair,
    verdict: decideNarrowing({
      session: read(pair.policy),
      layers: [{ name: 'identity policies', policies: [read(pair.role)], gaps: [] }],
    }),
  }));
}

export function comparedIn({ policy, role }: Pair): Compared {
  return { session: policy.document, identity: [role.document] };
}

/** The requests that are said to exceed. */
export function witnessesOf(verdict: Verdict): readonly Request[] {
  return verdict.kind === 'exceeds'
    ? verdict.excesses.map(({ witness: { action, resource, context } }) => ({ action, resource, context }))
    : [];
}

/** The readings under which a request does not exceed, of those that can make a difference to it. */
export function readingsWithoutExcess(pair: Pair, request: Request): readonly Reading[] {
  const compared = aboutAction(comparedIn(pair), request.action);
  return readingsFor(compared, request).filter((reading) => !exceedsFor(compared, request, reading));
}

export type Tally = { readonly [kind in Verdict['kind']]: number };

export function tallyOf(decided: readonly DecidedPair[]): Tally {
  const count = (kind: Verdict['kind']) => decided.filter(({ verdict }) => verdict.kind === kind).length;
  return { narrows: count('narrows'), exceeds: count('exceeds'), undetermined: count('undetermined') };
}
