import { layersOf } from './layers';
import { Budget, withinBudget } from '../../../lib/engine';
import { serviceNamed } from '../../../lib/reference/services';
import { compact } from '../../../lib/session-policy/compaction/compact';

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
