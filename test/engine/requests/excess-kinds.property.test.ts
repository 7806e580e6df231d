/**
 * The kinds of excesses, against requests as AWS makes them and the independent evaluator: no context makes a `dead` witness work,
 * and a `guardrail` witness works as soon as the guardrails are gone, unless reasons say that this is in doubt.
 */
import { makePair, RealPair } from './real-pairs';
import { RealRequests } from './real-requests';
import { completed } from './real-witness';
import {
  ClassifiedExcess, classifyExcesses, decideNarrowing, Json, NarrowingOptions, NarrowingQuestion, parsePolicy,
} from '../../../lib/engine';
import { isGuardrail } from '../../../lib/engine/policy/guardrail';
import { requestCatalog } from '../../../lib/reference/request-catalog';
import { WELL_KNOWN_ACTIONS } from '../../../lib/reference/well-known-actions';
import { Dice } from '../../dice';
import { evaluate, PolicyDocument, Request, roleAllows } from '../../oracle/evaluate';
import { documentsOf, exceedsFor, statementsOf } from '../../oracle/readings';
import { LONG_SEARCH, runs, SEED, VERBOSE } from '../../runs';

const PAIRS = runs(150, 2_000);
const CONTEXTS = runs(30, 100);

jest.setTimeout(LONG_SEARCH);

interface Found {
  readonly pair: RealPair;
  readonly excess: ClassifiedExcess;
  readonly seed: number;
}

function classify(pair: RealPair): readonly ClassifiedExcess[] {
  const read = documentsOf(pair).map(
    (document, i) => parsePolicy(document as unknown as Json, `policy ${i}`, i === 0 ? 'session' : undefined),
  );
  if (read.some(({ problems }) => problems.length > 0)) { return []; }
  const [session, role, boundary] = read.map(({ policy }) => policy);
  const question: NarrowingQuestion = {
    session,
    layers: [
      { name: 'identity policies', policies: [role], gaps: [] },
      ...(boundary ? [{ name: 'permissions boundary' as const, policies: [boundary], gaps: [] }] : []),
    ],
  };
  const options: NarrowingOptions = {
    knownActions: WELL_KNOWN_ACTIONS, catalog: requestCatalog(), principal: { arn: pair.arn },
  };
  const verdict = decideNarrowing(question, options);
  return verdict.kind === 'exceeds' ? classifyExcesses(verdict, question, options).excesses : [];
}

const found: readonly Found[] = Array.from({ length: PAIRS }, (_, i) => SEED * 6007 + i * 104729).flatMap((seed) => {
  const pair = makePair(new Dice(seed % 2 ** 32));
  return classify(pair).map((excess) => ({ pair, excess, seed }));
});

const of = (kind: ClassifiedExcess['kind']) => found.filter(({ excess }) => excess.kind === kind);

function requestOf({ pair, excess: { witness } }: Found): Request {
  const { action, resource, context } = completed(witness, pair.arn);
  return { action, resource, context };
}

test('no context makes a dead witness work', () => {
  const wrong: unknown[] = [];
  let allowed = 0;
  for (const one of of('dead')) {
    const { pair: { session, identity, boundary }, excess: { witness }, seed } = one;
    const requests = new RealRequests(one.pair, new Dice(seed % 2 ** 32));
    for (let i = 0; i < CONTEXTS; i++) {
      const request = requests.again({ ...witness });
      if (evaluate([session], request) !== 'allow') { continue; }
      allowed++;
      if (roleAllows(identity, boundary, request)) {
        wrong.push({ ...request, context: [...request.context], seed });
        break;
      }
    }
  }
  if (VERBOSE) { process.stderr.write(`dead: ${of('dead').length}, contexts ${allowed}\n`); }
  expect(wrong.slice(0, 3)).toEqual([]);
  expect(allowed).toBeGreaterThan(PAIRS);
});

test('a guardrail witness works without the guardrails', () => {
  const withoutGuardrails = (document: PolicyDocument): PolicyDocument => {
    const { policy } = parsePolicy(document as unknown as Json, 'policy');
    const guardrails = new Set(policy.statements.filter(isGuardrail).map(({ index }) => index));
    return { ...document, Statement: statementsOf(document).filter((_, i) => !guardrails.has(i)) };
  };
  const proven = of('guardrail').filter(({ excess }) => excess.reasons.length === 0);
  const wrong = proven.flatMap((one) => {
    const { session, identity, boundary } = one.pair;
    const pair = {
      session, identity: identity.map(withoutGuardrails), boundary: boundary && withoutGuardrails(boundary),
    };
    const request = requestOf(one);
    const isRight = exceedsFor(one.pair, request) && !exceedsFor(pair, request);
    return isRight ? [] : [{ ...request, context: [...request.context], seed: one.seed }];
  });
  if (VERBOSE) { process.stderr.write(`guardrail: ${of('guardrail').length}, proven ${proven.length}\n`); }
  expect(wrong.slice(0, 3)).toEqual([]);
  expect(proven.length).toBeGreaterThan(of('guardrail').length / 2);
});

test('each kind occurs', () => {
  expect(new Set(found.map(({ excess }) => excess.kind))).toEqual(new Set(['dead', 'conditional', 'guardrail']));
});
