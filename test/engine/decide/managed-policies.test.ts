import { Json, parsePolicy } from '../../../lib/engine';
import { managedPolicies } from '../../managed-policies';
import { statementsOf } from '../../oracle/readings';

describe('reading', () => {
  test('every document is understood', () => {
    const problems = managedPolicies().flatMap(
      ({ name, document }) => parsePolicy(document as unknown as Json, name).problems
        .map(({ kind, where, message }) => ({ name, kind, where, message })),
    );
    expect(problems).toEqual([]);
  });

  test('every statement is there', () => {
    const statements = managedPolicies().map(({ document }) => statementsOf(document).length);
    const read = managedPolicies().map(
      ({ name, document }) => parsePolicy(document as unknown as Json, name).policy.statements.length,
    );
    expect(read).toEqual(statements);
    expect(managedPolicies().length).toBeGreaterThan(1500);
  });
});
