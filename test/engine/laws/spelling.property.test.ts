import * as fc from 'fast-check';
import { expectChange, noContradiction, same } from './changes';
import { check, decide, kindOf, parse } from './question';
import { questions } from './questions';
import { decideNarrowing } from '../../../lib/engine';
import { PolicyDocument } from '../../oracle/evaluate';
import { listOf, statementsOf } from '../../oracle/readings';
import { LONG_SEARCH } from '../../runs';

jest.setTimeout(LONG_SEARCH);

/**
 * The simplest ways to write the same question, of which not even a search notices the difference.
 * `rewriting.property.test.ts` has all the others, with and without the reference catalog.
 */
describe('decideNarrowing depends on what policies mean, not on how they are written', () => {
  test('the same question has the same answer', () => {
    check(questions, (question) => {
      expect(JSON.stringify(decide(question))).toBe(JSON.stringify(decide(question)));
    });
  });

  test('the order of statements and policies does not matter', () => {
    check(questions, (question) => {
      const reversed = (d: PolicyDocument): PolicyDocument => ({ ...d, Statement: [...statementsOf(d)].reverse() });
      const after = {
        ...question, session: reversed(question.session), identity: question.identity.map(reversed).reverse(),
      };
      expectChange(question, after, same);
    });
  });

  test('repeated statements and policies do not matter', () => {
    check(questions, (question) => {
      const twice = {
        ...question, session: doubled(question.session), identity: [...question.identity, ...question.identity],
      };
      expectChange(question, twice, same);
    });
  });

  test('the case of actions does not matter', () => {
    check(questions, (question) => {
      expectChange(question, { ...question, identity: question.identity.map(withUpperCaseActions) }, same);
    });
  });

  test('examples of actions change no proof', () => {
    check(questions, (question) => {
      const parsed = parse(question);
      if (!parsed) { return; }
      const kinds = [decideNarrowing(parsed).kind, decide(question)!.kind] as const;
      expect([kinds, noContradiction(...kinds)]).toEqual([kinds, true]);
    });
  });

  test('a smaller budget gives the same answer or none', () => {
    check(fc.tuple(questions, fc.nat(2000)), ([question, budget]) => {
      const parsed = parse(question);
      if (!parsed) { return; }
      const kinds = [decideNarrowing(parsed, { budget }).kind, decideNarrowing(parsed).kind] as const;
      expect([kinds, noContradiction(...kinds)]).toEqual([kinds, true]);
    });
  });

  test('nothing is proven about a role of which a part is unknown', () => {
    check(questions, (question) => {
      const parsed = parse(question);
      if (!parsed || kindOf({ session: question.session, identity: [] }) === 'narrows') { return; } // it allows nothing at all
      const unknown = [{ code: 'IncompleteRole' as const, message: 'a policy is not shown', resolution: 'show it' }];
      const layers = parsed.layers.map((layer) => ({ ...layer, gaps: unknown }));
      expect(decideNarrowing({ ...parsed, layers }).kind).not.toBe('narrows');
    });
  });
});

function doubled(document: PolicyDocument): PolicyDocument {
  return { ...document, Statement: [...statementsOf(document), ...statementsOf(document)] };
}

function withUpperCaseActions(document: PolicyDocument): PolicyDocument {
  const Statement = statementsOf(document).map((s) => ({
    ...s,
    ...(s.Action ? { Action: listOf(s.Action).map((a) => a.toUpperCase()) } : {}),
    ...(s.NotAction ? { NotAction: listOf(s.NotAction).map((a) => a.toUpperCase()) } : {}),
  }));
  return { ...document, Statement };
}
