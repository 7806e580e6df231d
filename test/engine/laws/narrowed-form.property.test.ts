import * as fc from 'fast-check';
import { atomQuestions } from './atom-questions';
import { withAlikeAtoms, withAtoms } from './placeholders';
import { check, decide, kindOf, KNOWN_ACTIONS, parse, Question, seeds, Translation } from './question';
import { questions } from './questions';
import { sampleExcess } from './request-sampler';
import { decideNarrowing, Json, parsePolicy, suggestFix } from '../../../lib/engine';
import { StatementDocument } from '../../oracle/evaluate';
import { statementsOf } from '../../oracle/readings';
import { LONG_SEARCH } from '../../runs';

jest.setTimeout(LONG_SEARCH);

describe('What decideNarrowing leaves of an exceeding statement', () => {
  test('narrows, and allows nothing new', () => {
    check(fc.tuple(questions, seeds), ([question, seed]) => {
      const verdict = decide(question);
      if (verdict?.kind !== 'exceeds') { return; }
      for (const { statement } of verdict.excesses) {
        const narrowed = suggestFix(statement, parse(question)!, { knownActions: KNOWN_ACTIONS });
        if (narrowed.length > 0) { expectNarrowed(question, JSON.parse(JSON.stringify(narrowed)), seed); }
      }
    }, 2);
  });
});

describe('What decideNarrowing leaves of an exceeding statement with symbolic variables', () => {
  const leaves = (question: Question, translate: Translation) => {
    const parsed = parse(question, translate);
    const verdict = parsed && decideNarrowing(parsed);
    for (const { statement } of verdict?.kind === 'exceeds' ? verdict.excesses : []) {
      const narrowed = suggestFix(statement, parsed!);
      if (narrowed.length === 0) { continue; }
      const left = parsePolicy({ ...question.session, Statement: narrowed } as unknown as Json, 'session policy');
      expect(left.problems).toEqual([]);
      expect(decideNarrowing({ ...parsed!, session: left.policy }).kind).toBe('narrows');
    }
    return verdict?.kind;
  };

  test.each<[string, Translation]>([['different labels', withAtoms], ['equal labels', withAlikeAtoms]])(
    'of %s narrows',
    (_name, translate) => {
      check(atomQuestions, (question) => { leaves(question, translate); }, 2);
    },
  );

  test('keeps the actions of resources of equal labels apart', () => {
    const about = (Action: string | string[], Resource: string | string[]): StatementDocument => ({
      Effect: 'Allow', Action, Resource,
    });
    const question: Question = {
      session: {
        Version: '2012-10-17',
        Statement: about(['s3:GetObject', 's3:PutObject'], ['arn:aws:s3:::<name1>/*', 'arn:aws:s3:::<name2>/*']),
      },
      identity: [{
        Version: '2012-10-17',
        Statement: [about('s3:GetObject', 'arn:aws:s3:::<name1>/*'), about('s3:PutObject', 'arn:aws:s3:::<name2>/*')],
      }],
    };
    expect(leaves(question, withAtoms)).toBe('exceeds');
    expect(leaves(question, withAlikeAtoms)).toBe('exceeds');
  });
});

function expectNarrowed(question: Question, narrowed: readonly StatementDocument[], seed: number): void {
  const denies = statementsOf(question.session).filter((s) => s.Effect === 'Deny');
  const session = { ...question.session, Statement: [...narrowed, ...denies] };
  expect({ narrowed, kind: kindOf({ ...question, session }) }).toEqual({ narrowed, kind: 'narrows' });
  expect(sampleExcess({ session, identity: [question.session] }, seed)).toBeUndefined();
}
