import { layersOf } from './layers';
import { Budget, withinBudget } from '../../../lib/engine';
import { serviceNamed } from '../../../lib/reference/services';
import { chooseCompaction } from '../../../lib/session-policy/choose-compaction';
import { compact } from '../../../lib/session-policy/compaction/compact';
import { TemplateSet } from '../../../lib/template/template-set';

/** What a compaction costs, in questions to the engine. */

const NAMES = serviceNamed('ec2')!.actions.map(({ name }) => `ec2:${name}`).filter((name) => name.includes(':Describe'));
const WRITTEN = [{ Effect: 'Allow', Action: NAMES.slice(0, 71), Resource: '*' }];
const ROLE = layersOf([{ Version: '2012-10-17', Statement: [{ Effect: 'Allow', Action: '*', Resource: '*' }] }]);

function compactWith(questions: number) {
  return withinBudget(() => compact(WRITTEN, 'role', { layers: ROLE, budget: new Budget(questions) }), () => undefined);
}

test('a compaction that takes more questions than allowed ends', () => {
  expect(compactWith(50)).toBeUndefined();
});

test('the questions that are left do not change the result', () => {
  expect(compactWith(10_000)).toEqual(compact(WRITTEN, 'role', { layers: ROLE }));
});

test('a role that allows too much else is not compared with, and the result says so', () => {
  const all = ['dynamodb', 'ec2', 'iam', 'lambda', 'rds', 'sagemaker', 'ssm'].flatMap((prefix) => (
    serviceNamed(prefix)!.actions.slice(0, 3).map(({ name }) => `${prefix}:${name}`)));
  const written = [{ Effect: 'Allow', Action: all, Resource: '*' }];
  const guarded = layersOf([{
    Version: '2012-10-17',
    Statement: [
      { Effect: 'Allow', Action: '*', Resource: '*' },
      {
        Effect: 'Deny',
        Action: '*',
        Resource: '*',
        Condition: { StringNotEquals: { 'aws:RequestedRegion': 'eu-west-1' } },
      },
    ],
  }]);
  const reason = expect.stringContaining('more than 2,000 questions');
  expect(compact(written, 'role', { layers: guarded })).toEqual({ ...compact(written, 'catalog'), reason });
  const stack = { id: 'Stack', file: 'Stack.json', assembly: '', template: {}, pathOf: (id: string) => id };
  const place = { templates: new TemplateSet([stack]), stack };
  expect(chooseCompaction(written, 'ROLE', place, () => ({ kind: 'known', layers: guarded })))
    .toMatchObject({ mode: 'catalog', problem: reason });
});
