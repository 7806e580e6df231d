/**
 * What every verdict must obey: nothing exceeds a role that covers the session policy, and every witness does exceed.
 */
import { Question } from './question';
import { sampleExcess } from './request-sampler';
import { Verdict } from '../../../lib/engine';
import { Request } from '../../oracle/evaluate';
import { exceedsFor, isRequestResource, readingsFor } from '../../oracle/readings';

export function expectNoExcess(question: Question, seed: number): void {
  expect(sampleExcess(question, seed)).toBeUndefined();
}

export function expectWitnesses(question: Question, verdict: Verdict & { kind: 'exceeds' }): void {
  expect(verdict.excesses.length).toBeGreaterThan(0);
  for (const { witness } of verdict.excesses) {
    expectWitness(question, witness);
  }
}

export function expectWitness(question: Question, witness: Request): void {
  const request: Request = { action: witness.action, resource: witness.resource, context: witness.context };
  expect(request.action).toMatch(/^[A-Za-z0-9-]+:[A-Za-z0-9]+$/);
  expect([request.resource, isRequestResource(request.resource)]).toEqual([request.resource, true]);
  const failing = readingsFor(question, request).filter((reading) => !exceedsFor(question, request, reading));
  expect({ request, failing }).toEqual({ request, failing: [] });
}
