import * as fc from 'fast-check';
import { expectChange, keepsProof, provesNothing, same } from './changes';
import { ALLOW_ALL, check, kindOf, Question } from './question';
import { documents, mostlyAllow, questions, statements } from './questions';
import { PolicyDocument, StatementDocument } from '../../oracle/evaluate';
import { listOf, statementsOf } from '../../oracle/readings';
import { LONG_SEARCH } from '../../runs';

jest.setTimeout(LONG_SEARCH);

function withRolePolicy(question: Question, ...statement: readonly StatementDocument[]): Question {
  return { ...question, identity: [...question.identity, { Version: '2012-10-17', Statement: statement }] };
}

function withSessionStatements(question: Question, ...added: readonly StatementDocument[]): Question {
  return { ...question, session: { ...question.session, Statement: [...statementsOf(question.session), ...added] } };
}

const isShortArn = (resource: string) => resource.startsWith('arn:') && resource.split(':').length < 6;

describe('decideNarrowing keeps its word when a policy changes', () => {
  test('a policy never exceeds itself', () => {
    check(documents(mostlyAllow, 3), (document) => {
      expect(kindOf({ session: document, identity: [document] })).not.toBe('exceeds');
    });
  });

  test('a policy without denials narrows itself', () => {
    check(documents(statements('Allow'), 3), (document) => {
      // Whether a NotResource with a variable without a value applies is not documented, so that may stay open.
      if (statementsOf(document).some((s) => /\$/.test(listOf(s.NotResource).join()))) { return; }
      // IAM completes ARNs with fewer than six fields, and STS rejects them: they differ.
      const resources = statementsOf(document).flatMap((s) => [...listOf(s.Resource), ...listOf(s.NotResource)]);
      if (resources.some(isShortArn)) { return; }
      expect([undefined, 'narrows']).toContain(kindOf({ session: document, identity: [document] }));
    });
  });

  test('a role that allows more still covers what it covered', () => {
    check(fc.tuple(questions, statements('Allow')), ([question, added]) => {
      expectChange(question, withRolePolicy(question, added), keepsProof);
    });
  });

  test('a session policy that denies more still narrows', () => {
    check(fc.tuple(questions, statements('Deny')), ([question, added]) => {
      expectChange(question, withSessionStatements(question, added), keepsProof);
    });
  });

  test('a session policy without one of its allow statements still narrows', () => {
    check(fc.tuple(questions, fc.nat(5)), ([question, index]) => {
      const kept = statementsOf(question.session).filter((s, i) => s.Effect === 'Deny' || i !== index);
      if (kept.length > 0) {
        expectChange(question, { ...question, session: { ...question.session, Statement: kept } }, keepsProof);
      }
    });
  });

  test('a role that denies more does not come to cover a request', () => {
    check(fc.tuple(questions, statements('Deny')), ([question, added]) => {
      expectChange(question, withRolePolicy(question, added), provesNothing);
    });
  });

  test('a role that allows less does not come to cover a request', () => {
    check(questions, (question) => {
      const denials = (d: PolicyDocument): PolicyDocument => ({
        ...d, Statement: statementsOf(d).filter((s) => s.Effect === 'Deny'),
      });
      const [first, ...rest] = question.identity;
      const left = statementsOf(denials(first)).length > 0 ? [denials(first), ...rest] : rest;
      expectChange(question, { ...question, identity: left }, provesNothing);
    });
  });

  test('a boundary does not make a role cover a request', () => {
    check(fc.tuple(questions, documents(mostlyAllow, 2)), ([question, boundary]) => {
      expectChange({ ...question, boundary: undefined }, { ...question, boundary }, provesNothing);
    });
  });

  test('a boundary that allows everything changes nothing', () => {
    check(questions, (question) => {
      const boundary: PolicyDocument = { Version: '2012-10-17', Statement: ALLOW_ALL };
      expectChange({ ...question, boundary: undefined }, { ...question, boundary }, same);
    });
  });

  test('a session policy that allows more does not come to narrow', () => {
    check(fc.tuple(questions, statements('Allow')), ([question, added]) => {
      expectChange(question, withSessionStatements(question, added), provesNothing);
    });
  });

  test('narrowing is transitive', () => {
    check(questions, (question) => {
      const [middle, ...rest] = question.identity;
      const outer = rest.length > 0 ? rest : [middle];
      if (kindOf({ session: question.session, identity: [middle] }) !== 'narrows') { return; }
      if (kindOf({ session: middle, identity: outer }) !== 'narrows') { return; }
      expect(kindOf({ session: question.session, identity: outer })).not.toBe('exceeds');
    }, 2);
  });
});
