import { principalOf } from '../../lib/analysis/principal';
import { SymbolicString, Unresolved } from '../../lib/engine';
import { associationAt, associationsIn, narrowedRole } from '../../lib/template/associations';
import { Evaluator } from '../../lib/template/evaluator';
import { StackTemplate, TemplateSet } from '../../lib/template/template-set';
import { association, role, stackOf, US } from '../rules/app';

/** What is known of the role of the only association, with the labels of deploy-time values. */
function principalIn(properties: object, environment: Partial<StackTemplate>): { readonly [name: string]: string } {
  const stack = stackOf({ Role: role([]), Pods: association(undefined, { ...properties }) }, environment);
  const evaluator = new Evaluator(new TemplateSet([stack]));
  const [ref] = associationsIn(evaluator.templates);
  const principal = principalOf(narrowedRole(associationAt(ref, evaluator)));
  return Object.fromEntries(Object.entries(principal).map(([name, value]) => [name, String(value)]));
}

const IMPORTED = 'arn:aws:iam::444455556666:role/imported';

test.each<[string, object, Partial<StackTemplate>, { readonly [name: string]: string }]>([
  ['a role of the app, in a known environment', {}, US,
    { arn: 'arn:aws:iam::111122223333:role/${Role}', account: '111122223333', partition: 'aws' }],
  ['a role of the app, in any environment', {}, {},
    {
      arn: 'arn:${AWS::Partition}:iam::${AWS::AccountId}:role/${Role}',
      account: '${AWS::AccountId}',
      partition: '${AWS::Partition}',
    }],
  ['a role of the app, in China', {}, { account: '111122223333', region: 'cn-north-1' },
    { arn: 'arn:aws-cn:iam::111122223333:role/${Role}', account: '111122223333', partition: 'aws-cn' }],
  ['a role that is known by its ARN', { RoleArn: IMPORTED }, US, { arn: IMPORTED }],
  ['a target role is the one that is narrowed', { TargetRoleArn: IMPORTED }, US, { arn: IMPORTED }],
  ['a role whose ARN is a parameter', { RoleArn: { Ref: 'RoleArn' } }, US, { arn: '${RoleArn}' }],
])('%s', (_name, properties, environment, expected) => {
  expect(principalIn(properties, environment)).toEqual(expected);
});

test('an ARN that could not be read is not known', () => {
  expect(principalOf({ arn: new Unresolved('from SSM') })).toEqual({});
});

test('equal environments have equal accounts, so that a condition can compare them', () => {
  const [one, other] = ['A', 'B'].map((id) => principalOf({
    arn: new Unresolved('from SSM'),
    defined: { stack: { ...stackOf({}), id }, logicalId: 'Role', resource: role([]) },
  }));
  expect(one.account).toBeInstanceOf(SymbolicString);
  expect(one).toEqual(other);
});
