import * as fc from 'fast-check';
import { ALL_REQUESTS, AWS_REQUESTS, inAnotherOrder, POLICIES, Request, TEXT_POLICIES } from './policies';
import { Json, Layer, parsePolicy, policyDocument } from '../../../lib/engine';
import { compact, CompactionMode } from '../../../lib/session-policy/compaction/compact';
import { isNeverLonger, lengthOfJson } from '../../../lib/session-policy/compaction/length';
import { minimize, ResolvedStatement } from '../../../lib/session-policy/minimize';
import { evaluate } from '../../oracle/evaluate';
import { runs, SEED } from '../../runs';

/** The laws of compaction. Equal effect is asked of the evaluator of test/oracle, which shares nothing with the engine. */

const MODES: readonly CompactionMode[] = ['none', 'lossless', 'catalog', 'role'];

const ROLE = [
  {
    Effect: 'Allow',
    Action: ['s3:GetObject', 's3:PutObject', 's3:ListBucket'],
    Resource: ['arn:aws:s3:::b', 'arn:aws:s3:::b/*'],
  },
  {
    Effect: 'Allow',
    Action: 'sqs:*',
    Resource: 'arn:aws:sqs:eu-west-1:111122223333:q',
    Condition: { StringEquals: { 'aws:SourceVpc': 'v' } },
  },
  { Effect: 'Deny', Action: 'sqs:Delete*', Resource: '*' },
];
const LAYERS: readonly Layer[] = [
  { name: 'identity policies', policies: [parsePolicy(policyDocument(ROLE) as Json, 'role').policy], gaps: [] },
];

/** Whether each request is allowed by all of the policies. */
function outcomesOf(policies: ReadonlyArray<readonly ResolvedStatement[]>, requests: readonly Request[]): boolean[] {
  const documents = policies.map((statements) => JSON.parse(JSON.stringify(policyDocument(statements))));
  return requests.map((request) => documents.every((document) => evaluate([document], request) === 'allow'));
}

describe.each(MODES)('%s', (mode) => {
  const settings = { seed: SEED, numRuns: mode === 'role' ? runs(5, 100) : runs(15, 300) };
  const run = (statements: readonly ResolvedStatement[]) => compact(statements, mode, { layers: LAYERS }).statements;

  test('is never longer than what is minimized, whatever deploy-time values are', () => {
    fc.assert(fc.property(POLICIES, (policy) => {
      expect(isNeverLonger(lengthOfJson(run(policy)), lengthOfJson(minimize(policy)))).toBe(true);
    }), settings);
  });

  test('once is enough', () => {
    fc.assert(fc.property(POLICIES, (policy) => {
      expect(run(run(policy))).toEqual(run(policy));
    }), settings);
  });

  test('the order of statements, elements and lists says nothing', () => {
    fc.assert(fc.property(POLICIES, (policy) => {
      expect(JSON.stringify(run(inAnotherOrder(policy)))).toBe(JSON.stringify(run(policy)));
    }), settings);
  });

  test('the effect is the same', () => {
    const requests = mode === 'none' || mode === 'lossless' ? ALL_REQUESTS : AWS_REQUESTS;
    const withRole = (policy: readonly ResolvedStatement[]) => (mode === 'role' ? [policy, ROLE] : [policy]);
    fc.assert(fc.property(TEXT_POLICIES, (policy) => {
      expect(outcomesOf(withRole(run(policy)), requests)).toEqual(outcomesOf(withRole(policy), requests));
    }), settings);
  });
});
