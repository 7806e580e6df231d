/**
 * Verdicts with reference data, against requests as AWS makes them. The pairs are random, in the style of real organizations; the
 * requests come from the raw data of the reference and from AWS's pages; and the evaluator is the independent one. So a fact that
 * the engine has wrong about AWS's requests shows, which no comparison of policies alone can show.
 */
import { makePair, RealPair } from './real-pairs';
import { RealRequests } from './real-requests';
import { smallest } from './real-shrink';
import { complaintsOf, completed, RealWitness } from './real-witness';
import { decideNarrowing, Json, parsePolicy, Verdict } from '../../../lib/engine';
import { requestCatalog } from '../../../lib/reference/request-catalog';
import { WELL_KNOWN_ACTIONS } from '../../../lib/reference/well-known-actions';
import { Dice } from '../../dice';
import { evaluate, Request } from '../../oracle/evaluate';
import { documentsOf, exceedsFor, readingsFor, statementsOf } from '../../oracle/readings';
import { LONG_SEARCH, runs, SEED, VERBOSE } from '../../runs';

const PAIRS = runs(250, 10_000);
const REQUESTS = runs(60, 200);
/** A failure is reported with at most this many smallest pairs. */
const REPORTED = 5;

jest.setTimeout(LONG_SEARCH);

interface Decided {
  readonly pair: RealPair;
  readonly verdict: Verdict;
  readonly seed: number;
}

function decide(pair: RealPair): Verdict | undefined {
  const read = documentsOf(pair).map(
    (document, i) => parsePolicy(document as unknown as Json, `policy ${i}`, i === 0 ? 'session' : undefined),
  );
  if (read.some(({ problems }) => problems.length > 0)) { return undefined; }
  const [session, role, boundary] = read.map(({ policy }) => policy);
  return decideNarrowing({
    session,
    layers: [
      { name: 'identity policies', policies: [role], gaps: [] },
      ...(boundary ? [{ name: 'permissions boundary' as const, policies: [boundary], gaps: [] }] : []),
    ],
  }, { knownActions: WELL_KNOWN_ACTIONS, catalog: requestCatalog(), principal: { arn: pair.arn } });
}

const decided: readonly Decided[] = Array.from(
  { length: PAIRS }, (_, i) => SEED * 7919 + i * 104729,
).flatMap((seed) => {
  const pair = makePair(new Dice(seed % 2 ** 32));
  const verdict = decide(pair);
  return verdict ? [{ pair, verdict, seed }] : [];
});

const of = (kind: Verdict['kind']) => decided.filter(({ verdict }) => verdict.kind === kind);

/** A pair as it is read best. */
function show({ session, identity, boundary, arn }: RealPair): unknown {
  return {
    session: statementsOf(session),
    role: identity.flatMap(statementsOf),
    boundary: boundary && statementsOf(boundary),
    arn,
  };
}

function showRequest({ action, resource, context }: Request): unknown {
  return { action, resource, context: Object.fromEntries(context) };
}

/**
 * Whether the request exceeds under every reading. Without a resource, AWS's reference and what it does differ: such actions may be
 * asked about on other ARNs, so only requests that exceed as text count.
 */
function exceedsAlways(pair: RealPair, request: Request): boolean {
  return exceedsFor(pair, request) && readingsFor(pair, request).every((reading) => exceedsFor(pair, request, reading));
}

function witnessesOf(pair: RealPair, verdict: Verdict | undefined): readonly RealWitness[] {
  return verdict?.kind === 'exceeds' ? verdict.excesses.map(({ witness }) => completed(witness, pair.arn)) : [];
}

test('no request of AWS exceeds if the session policy narrows', () => {
  const wrong: unknown[] = [];
  const total = { requests: 0, allowed: 0 };
  for (const { pair, seed } of of('narrows')) {
    const requests = new RealRequests(pair, new Dice(seed % 2 ** 32));
    for (let i = 0; i < REQUESTS && wrong.length < REPORTED; i++) {
      const request = requests.request();
      if (!request) { break; }
      total.requests++;
      if (evaluate([pair.session], request) === 'allow') { total.allowed++; }
      if (exceedsAlways(pair, request)) {
        const small = smallest(
          pair, (smaller) => decide(smaller)?.kind === 'narrows' && exceedsAlways(smaller, request),
        );
        wrong.push({ request: showRequest(request), pair: show(small), seed });
        break;
      }
    }
  }
  if (VERBOSE) { process.stderr.write(`narrows: ${of('narrows').length} pairs, ${JSON.stringify(total)}\n`); }
  expect(wrong).toEqual([]);
  // Requests that the session policy does not allow show nothing.
  expect(total.allowed / total.requests).toBeGreaterThan(0.3);
});

/**
 * For actions that AWS documents to be authorized on `*` alone, that is compared as text:
 * https://docs.aws.amazon.com/AmazonECR/latest/userguide/security_iam_service-with-iam.html,
 * https://docs.aws.amazon.com/kms/latest/developerguide/iam-policies-best-practices.html and the like.
 */
function isConfirmed(pair: RealPair, witness: Request): boolean {
  return readingsFor(pair, witness).every(
    (reading) => reading.starResource === 'resource ignored' || exceedsFor(pair, witness, reading),
  );
}

test('each witness exceeds under every reading', () => {
  const wrong = of('exceeds').flatMap(({ pair, verdict, seed }) => witnessesOf(pair, verdict)
    .filter((witness) => !isConfirmed(pair, witness))
    .map((witness) => ({ witness: showRequest(witness), pair: show(pair), seed })));
  expect(wrong.slice(0, REPORTED)).toEqual([]);
});

test('AWS could make the request of each witness', () => {
  const kinds = new Map<string, unknown>();
  for (const { pair, verdict, seed } of of('exceeds')) {
    for (const { text, kind } of witnessesOf(pair, verdict).flatMap((witness) => complaintsOf(witness, pair.arn))) {
      if (kind === 'improbable' || kinds.has(kind) || kinds.size >= REPORTED) { continue; }
      const complains = (smaller: RealPair) => witnessesOf(smaller, decide(smaller)).some(
        (witness) => complaintsOf(witness, pair.arn).some((c) => c.text === text),
      );
      kinds.set(kind, { text, pair: show(smallest(pair, complains)), seed });
    }
  }
  expect([...kinds]).toEqual([]);
});

test('few verdicts are undetermined', () => {
  const reasons = of('undetermined').flatMap(
    ({ verdict }) => (verdict.kind === 'undetermined' ? verdict.reasons.map(({ message }) => message) : []),
  );
  if (VERBOSE) {
    process.stderr.write(
      `${of('undetermined').length} of ${decided.length} undetermined:\n${[...new Set(reasons)].join('\n')}\n`,
    );
  }
  expect(decided.length).toBeGreaterThan(PAIRS * 0.9);
  expect(of('undetermined').length / decided.length).toBeLessThan(0.06);
});

test('each kind of verdict occurs', () => {
  expect(
    { narrows: of('narrows').length > PAIRS / 10, exceeds: of('exceeds').length > PAIRS / 10 },
  ).toEqual({ narrows: true, exceeds: true });
});
