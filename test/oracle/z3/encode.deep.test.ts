import * as fc from 'fast-check';
import { DEFAULT_READING, evaluate, Request, roleAllows } from '../evaluate';
import { encodeExcess, Question, Unsupported } from './encode';
import { questions } from './questions';
import { requestsNear } from './requests';
import { solve, WITHOUT_Z3, z3Path } from './solve';
import { deepRuns, SEED } from '../../runs';

const REQUESTS = 150;
const TIMEOUT_MS = 2000;

jest.setTimeout(300_000);

if (z3Path() === undefined) { process.stderr.write(`${WITHOUT_Z3}\n`); }
const describeWithZ3 = z3Path() === undefined ? describe.skip : describe;

const READING = { ...DEFAULT_READING, colons: 'none' as const };

function exceeds({ session, identity, boundary }: Question, request: Request): boolean {
  return evaluate([session], request, READING) === 'allow' && !roleAllows(identity, boundary, request, READING);
}

describeWithZ3('Random questions', () => {
  const isEncoded = (question: Question) => {
    try { return encodeExcess(question) !== ''; } catch (error) {
      if (error instanceof Unsupported) { return false; }
      throw error;
    }
  };

  test('no sampled request exceeds where the answer is that none does', () => {
    const asked = fc.sample(questions, { seed: SEED, numRuns: deepRuns(300) }).filter(isEncoded);
    const answers = solve(asked.map(encodeExcess), TIMEOUT_MS);
    let found = 0;
    for (const [i, question] of asked.entries()) {
      const excess = fc.sample(requestsNear(question), { seed: SEED + i, numRuns: REQUESTS }).find(
        (request) => exceeds(question, request),
      );
      if (excess) {
        found++;
        expect({ question, excess, answer: answers[i] }).toEqual({
          question, excess, answer: answers[i] === 'unknown' ? 'unknown' : 'sat',
        });
      }
    }
    // The sampling would prove nothing if it hardly ever found what there is.
    expect(found).toBeGreaterThan(answers.filter((answer) => answer === 'sat').length / 2);
  });
});
