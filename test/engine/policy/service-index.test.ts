import { SymbolicString } from '../../../lib/engine';
import { Statement } from '../../../lib/engine/policy/policy';
import { serviceOf, statementsOfService } from '../../../lib/engine/policy/service-index';
import { actionPattern } from '../../../lib/engine/strings/pattern';
import { allow, statement, variable } from '../make';

/** The actions that are left of each statement, for a question about one action. */
function left(statements: readonly Statement[], action: string | SymbolicString, negated = false): string[] {
  return statementsOfService({ name: 'P', statements }, serviceOf({ negated, patterns: [actionPattern(action)] }))
    .map((s) => s.actions.patterns.map((p) => p.source.toString()).join());
}

describe('statementsOfService', () => {
  const all = [
    statement(allow(['a:Get*', 'a:Put', '*', 'b:Get'])),
    statement(allow(['b:Put'])),
    statement({ Effect: 'Allow', NotAction: ['a:List', 'b:List'], Resource: '*' }),
  ];
  const whole = ['a:Get*,a:Put,*,b:Get', 'b:Put', 'a:List,b:List'];
  test.each<[string, string[]]>([
    ['a:X', ['a:Get*,a:Put,*', 'a:List']],
    ['A:x', ['a:Get*,a:Put,*', 'a:List']],
    ['b:*', ['*,b:Get', 'b:Put', 'b:List']],
    ['c:X', ['*', '']], // NotAction without any action of c: all of them
    ['*', whole],
    ['?:X', whole],
  ])('of %s', (action, expected) => {
    expect([left(all, action), left(all, action)]).toEqual([expected, expected]);
  });

  test('all but some actions may be of any service', () => {
    expect(left(all, 'a:X', true)).toEqual(whole);
  });

  test('an action that is not written out may be of any service', () => {
    expect(left(
      [statement(allow(['a:X', SymbolicString.of(variable('X'), ':Y'), SymbolicString.of('b:', variable('X'))]))],
      'a:X',
    )).toEqual(['a:X,${X}:Y']);
    expect(left(all, SymbolicString.of(variable('X'), ':Y'))).toEqual(whole);
  });
});
