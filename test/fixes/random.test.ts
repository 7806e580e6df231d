import * as fc from 'fast-check';
import { suggestReplacement } from '../../lib/analysis/suggest-replacement';
import { parsePolicy } from '../../lib/engine';
import { BoundaryRequests } from '../boundary-requests';
import { Dice } from '../dice';
import { check, decide, kindOf, KNOWN_ACTIONS, parse, Question, seeds } from '../engine/laws/question';
import { questions } from '../engine/laws/questions';
import { PolicyDocument, StatementDocument } from '../oracle/evaluate';
import { exceedsFor, readingsFor, statementsOf } from '../oracle/readings';
import { LONG_SEARCH } from '../runs';

jest.setTimeout(LONG_SEARCH);

const SAMPLES = 40;
const found = { replace: 0, remove: 0, part: 0, none: 0 };

test('what is suggested for random policies narrows, and takes nothing from the pods', () => {
  check(fc.tuple(questions, seeds), ([question, seed]) => {
    const verdict = decide(question);
    const asked = verdict?.kind === 'exceeds' ? parse(question)! : undefined;
    for (const { statement: { index } } of verdict?.kind === 'exceeds' ? verdict.excesses : []) {
      const statement = asked!.session.statements.find((one) => one.index === index)!;
      const suggested = suggestReplacement(statement, asked!, { knownActions: KNOWN_ACTIONS });
      found[suggested.kind]++;
      if (suggested.kind !== 'replace' && suggested.kind !== 'remove') { continue; }
      const { by, deny } = suggested.kind === 'replace' ? suggested : { by: [], deny: [] };
      const parts = JSON.parse(JSON.stringify([...by, ...deny])) as StatementDocument[];
      const others = statementsOf(question.session).filter((_, i) => i !== index);
      const denies = others.filter(({ Effect }) => Effect === 'Deny');
      const narrowed = { ...question.session, Statement: [...parts, ...denies] };
      if (by.length > 0) {
        expect(parsePolicy(narrowed as any, 'session policy', 'session').problems).toEqual([]);
        expect({ narrowed, kind: kindOf({ ...question, session: narrowed }) }).toEqual({ narrowed, kind: 'narrows' });
      }
      expect(lossIn(question, { ...question.session, Statement: [...parts, ...others] }, seed)).toBeUndefined();
    }
  }, 3);
  expect(found.replace).toBeGreaterThan(10);
});

/** A request that session policy and role allowed, and the new session policy does not. */
function lossIn({ session, identity, boundary }: Question, fixed: PolicyDocument, seed: number): unknown {
  if (statementsOf(fixed).length === 0) { return undefined; } // EKS rejects an empty policy
  const dice = new Dice(seed);
  const near = new BoundaryRequests({ session, identity: [...identity, ...boundary ? [boundary] : [], fixed] }, dice);
  for (let i = 0; i < SAMPLES; i++) {
    const request = near.request();
    // What has no resource is compared as text, by AWS's pages on such actions: see isConfirmed in real-requests. What the
    // pods keep is an intersection, which compares ARNs field by field.
    const readings = readingsFor({ session, identity }, request).filter(
      ({ starResource, colons }) => starResource !== 'resource ignored' && colons === 'none',
    );
    for (const reading of readings) {
      const isLost = exceedsFor({ session, identity: [fixed] }, request, reading);
      const had = isLost && !exceedsFor({ session, identity, boundary }, request, reading);
      if (had) { return { request, reading, fixed }; }
    }
  }
  return undefined;
}
