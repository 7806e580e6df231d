import * as fc from 'fast-check';
import { stepsOf } from './make';
import { decideNarrowing, Json, Layer, readPolicy, Verdict } from '../../lib/engine';
import { PolicyDocument } from '../oracle/evaluate';
import { Question } from '../oracle/z3/encode';
import { questions } from '../oracle/z3/questions';

/** The same questions in every run, whatever seed other tests are asked to take. */
const SAMPLE = { seed: 20260301, numRuns: 400 };

function decide({ session, identity, boundary }: Question): Verdict {
  const read = (document: PolicyDocument, name: string) => readPolicy(document as unknown as Json, name).policy;
  const layers: Layer[] = [{ name: 'identity policies', policies: identity.map((d, i) => read(d, `policy ${i}`)), unknown: [] }];
  if (boundary) { layers.push({ name: 'permissions boundary', policies: [read(boundary, 'the boundary')], unknown: [] }); }
  return decideNarrowing({ session: read(session, 'the session policy'), layers });
}

function tally(of: readonly string[]): Record<string, number> {
  const counts: Record<string, number> = {};
  for (const one of of) { counts[one] = (counts[one] ?? 0) + 1; }
  return Object.fromEntries(Object.entries(counts).sort());
}

/**
 * Other tests show that no verdict is wrong; an engine that decides nothing would pass them. These counts change with the
 * engine: more `undetermined` is a loss, and a change that nobody expected is worth a look.
 */
test('decides as many questions in the shape of real policies as before', () => {
  const sample = fc.sample(questions, SAMPLE);
  let verdicts: Verdict[] = [];
  const steps = stepsOf(() => { verdicts = sample.map(decide); });
  expect(tally(verdicts.map((v) => v.kind))).toEqual({ exceeds: 175, narrows: 194, undetermined: 31 });
  expect(tally(verdicts.flatMap((v) => (v.kind === 'undetermined' ? v.reasons.slice(0, 1).map((r) => r.code) : [])))).toEqual({
    Condition: 19, Deny: 2, PartialOverlap: 9, UnknownValue: 1,
  });
  expect(steps).toBe(1_060_142);
});
