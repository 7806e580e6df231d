import { BoundaryRequests } from '../../boundary-requests';
import { Dice } from '../../dice';
import { MANAGED_POLICIES_VERSION, managedPolicies } from '../../managed-policies';
import {
  BASES, comparedIn, DecidedPair, decidePairs, Pair, pairsWith, readingsWithoutExcess, tallyOf, witnessesOf,
} from '../../managed-policy-verdicts';
import { DEFAULT_READING, evaluate, Reading, Request, roleAllows } from '../../oracle/evaluate';
import { aboutAction, Compared, isRequestResource, readingsFor, statementsOf } from '../../oracle/readings';
import { deepRuns, LONG_SEARCH, SEED } from '../../runs';

const SAMPLES = deepRuns(40, 'MANAGED_SAMPLES');
const REQUESTS = 10_000;
/** The share of verdicts that may be undetermined. */
const UNDETERMINED_SHARE = 0.005;

jest.setTimeout(LONG_SEARCH);

const decided = new Map<Pair['base'], readonly DecidedPair[]>();

/** The verdicts are asked for by several tests, and made once. */
function decidedWith(base: Pair['base']): readonly DecidedPair[] {
  const known = decided.get(base) ?? decidePairs(pairsWith(base));
  decided.set(base, known);
  return known;
}

function count(text: string): void {
  process.stdout.write(`managed policies ${MANAGED_POLICIES_VERSION}: ${text}\n`);
}

describe('deciding', () => {
  test('every policy contains itself', () => {
    const others = decidedWith('itself').filter(({ verdict }) => verdict.kind !== 'narrows')
      .map(({ policy, verdict }) => ({ policy: policy.name, verdict }));
    expect(others).toEqual([]);
  });

  test.each(BASES)('against %s, every witness exceeds under every reading', (base) => {
    const pairs = decidedWith(base);
    const wrong: unknown[] = [];
    let witnesses = 0;
    for (const pair of pairs) {
      if (pair.verdict.kind === 'exceeds') { expect(pair.verdict.excesses.length).toBeGreaterThan(0); }
      for (const request of witnessesOf(pair.verdict)) {
        witnesses++;
        const readings = isRequest(request) ? readingsWithoutExcess(pair, request) : 'not a request';
        if (readings.length > 0) { wrong.push({ policy: pair.policy.name, request, readings }); }
      }
    }
    count(`against ${base}: ${JSON.stringify(tallyOf(pairs))}, ${witnesses} witnesses replayed`);
    expect(wrong).toEqual([]);
  });

  test('few verdicts are undetermined', () => {
    const all = BASES.flatMap(decidedWith);
    const undetermined = all.filter(({ verdict }) => verdict.kind === 'undetermined');
    count(`${undetermined.length} of ${all.length} verdicts undetermined`);
    expect(all.length).toBe(BASES.length * managedPolicies().length);
    expect(undetermined.length / all.length).toBeLessThanOrEqual(UNDETERMINED_SHARE);
  });
});

describe('sampling', () => {
  test('no sampled request exceeds where the verdict is that nothing does', () => {
    const pairs = narrowingPairs(SAMPLES);
    const total = { requests: 0, allowed: 0 };
    for (const [i, pair] of pairs.entries()) {
      const { requests, allowed, exceeding } = sample(comparedIn(pair), SEED + i);
      total.requests += requests;
      total.allowed += allowed;
      expect({ policy: pair.policy.name, base: pair.base, exceeding }).toEqual({
        policy: pair.policy.name, base: pair.base, exceeding: undefined,
      });
    }
    count(`${total.requests} requests sampled for ${pairs.length} pairs that narrow; the session policy allows ${total.allowed}, and none exceeds`);
    // Requests that the session policy does not allow show nothing.
    expect(total.allowed / total.requests).toBeGreaterThan(0.2);
  });
});

function isRequest({ action, resource }: Request): boolean {
  return /^[A-Za-z0-9-]+:[A-Za-z0-9]+$/.test(action) && isRequestResource(resource);
}

/** Shares the wanted pairs equally among the bases. */
function narrowingPairs(wanted: number): readonly DecidedPair[] {
  const dice = new Dice(SEED);
  return BASES.flatMap((base, i) => {
    const share = Math.floor((wanted + i) / BASES.length);
    const pairs = decidedWith(base).filter(({ policy, role, verdict }) => verdict.kind === 'narrows'
      && (base === 'itself' || policy !== role)
      && statementsOf(policy.document).some(({ Effect }) => Effect === 'Allow'));
    return dice.sample(pairs, share);
  });
}

interface Sample {
  readonly requests: number;
  /** How many of them the session policy allows. */
  readonly allowed: number;
  readonly exceeding?: { readonly request: Request; readonly reading: Reading };
}

function sample(compared: Compared, seed: number): Sample {
  const dice = new Dice(seed);
  const near = new BoundaryRequests(compared, dice);
  let allowed = 0;
  for (let requests = 1; requests <= REQUESTS; requests++) {
    const request = near.request();
    const about = aboutAction(compared, request.action);
    const reading = dice.chance(50)
      ? DEFAULT_READING
      : dice.pick(readingsFor(about, request).filter((r) => isPlausible(r, about)));
    if (evaluate([about.session], request, reading) !== 'allow') { continue; }
    allowed++;
    if (!roleAllows(about.identity, undefined, request, reading)) {
      return { requests, allowed, exceeding: { request, reading } };
    }
  }
  return { requests: REQUESTS, allowed };
}

/** If Resource were ignored for a Deny as well, one denial of any resource would make every comparison fail. */
function isPlausible(reading: Reading, { session, identity }: Compared): boolean {
  return reading.starResource === 'as text'
    || [session, ...identity].flatMap(statementsOf).every(({ Effect }) => Effect === 'Allow');
}
