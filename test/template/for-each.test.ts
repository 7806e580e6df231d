/* eslint-disable @stylistic/max-len -- a case is easier to compare on few lines */
import { DoubtfulLoop, expandLoops, expandLoopsInside, LoopBudget, MAX_LOOP_RESOURCES } from '../../lib/template/for-each';
import { itemsIn, LoopScope } from '../../lib/template/loop-items';

const queue = (name: unknown) => ({ Type: 'AWS::SQS::Queue', Properties: { QueueName: name } });
const ref = (Ref: string) => ({ Ref });
const EMPTY: LoopScope = { template: {} };
const numbers = (count: number) => Array.from({ length: count }, String);
const expand = (section: unknown, scope = EMPTY) => expandLoops(section, itemsIn(scope));
const loop = (items: unknown, body: unknown = { 'Queue${Name}': queue('q') }) => ({ 'Fn::ForEach::Queues': ['Name', items, body] });

/** What was expanded, apart from the loops that were not. */
const madeBy = (section: unknown, scope?: LoopScope) => {
  const expansion = expand(section, scope).section;
  return Object.entries(expansion as object).filter(([key]) => !key.startsWith('Fn::ForEach::'));
};
const doubtsAbout = (section: unknown, scope?: LoopScope) => expand(section, scope).doubtful
  .map(({ key, why, parameters }: DoubtfulLoop) => [key, why ?? parameters]);

test.each<[string, unknown, Array<[string, unknown]>]>([
  ['no loop', { Queue: queue('q') }, [['Queue', queue('q')]]],
  ['a loop', { ...loop(['a', 'b'], { 'Queue${Name}': queue('q-${Name}') }), Other: queue('o') },
    [['Queuea', queue('q-a')], ['Queueb', queue('q-b')], ['Other', queue('o')]]],
  ['a Ref to the item', loop(['a'], { 'Queue${Name}': queue(ref('Name')) }), [['Queuea', queue('a')]]],
  ['an item with other characters', loop(['10.0.0.0/8'], { 'Queue&{Name}': queue('${Name}') }),
    [['Queue100008', queue('10.0.0.0/8')]]],
  ['items that YAML reads as numbers', loop([1, true]), [['Queue1', queue('q')], ['Queuetrue', queue('q')]]],
  ['a loop in a loop', {
    'Fn::ForEach::A': ['X', ['1', '2'], { 'Fn::ForEach::B': ['Y', ['3'], { 'Queue${X}${Y}': queue('${X}-${Y}') }] }],
  }, [['Queue13', queue('1-3')], ['Queue23', queue('2-3')]]],
  ['a loop over what the outer item names', {
    'Fn::ForEach::A': ['X', ['1', '2'], {
      'Fn::ForEach::B': ['Y', { 'Fn::FindInMap': ['M', ref('X'), 'list'] }, { 'Queue${X}${Y}': queue('q') }],
    }],
  }, [['Queue1a', queue('q')], ['Queue2b', queue('q')], ['Queue2c', queue('q')]]],
  ['no items', loop([]), []],
])('%s', (_name, section, expected) => {
  const scope = { template: { Mappings: { M: { 1: { list: ['a'] }, 2: { list: ['b', 'c'] } } } } };
  expect(madeBy(section, scope)).toEqual(expected);
  expect(doubtsAbout(section, scope)).toEqual([]);
});

const parameters = (parameter: object, more: Partial<LoopScope> = {}): LoopScope => ({ template: { Parameters: { Names: parameter } }, ...more });
const list = { Type: 'CommaDelimitedList' };

test.each<[string, LoopScope, unknown, string[]]>([
  ['a default', parameters({ ...list, Default: 'a, b' }), ref('Names'), ['Queuea', 'Queueb']],
  ['a default of numbers', parameters({ Type: 'List<Number>', Default: '1,2' }), ref('Names'), ['Queue1', 'Queue2']],
  ['a text among the items', parameters({ Type: 'String', Default: 'b' }), ['a', ref('Names')], ['Queuea', 'Queueb']],
])('%s is expanded, and is in doubt', (_name, scope, items, expected) => {
  expect(madeBy(loop(items), scope).map(([key]) => key)).toEqual(expected);
  expect(doubtsAbout(loop(items), scope)).toEqual([['Fn::ForEach::Queues', ['Names']]]);
});

test.each<[string, LoopScope, unknown, string[]]>([
  ['the default, if the parent gives no value', parameters({ ...list, Default: 'a,b' }, { given: {} }), ref('Names'), ['Queuea', 'Queueb']],
  ['the value of the parent', parameters({ ...list, Default: 'a,b' }, { given: { Names: 'c' } }), ref('Names'), ['Queuec']],
  ['the list of the parent', parameters(list, { given: { Names: ['c', 'd'] } }), ref('Names'), ['Queuec', 'Queued']],
  ['the region of the stack', { template: {}, region: 'eu-west-1' }, [ref('AWS::Region')], ['Queueeu-west-1']],
])('%s is certain', (_name, scope, items, expected) => {
  expect(madeBy(loop(items), scope).map(([key]) => key)).toEqual(expected);
  expect(doubtsAbout(loop(items), scope)).toEqual([]);
});

test.each<[string, unknown, LoopScope, string]>([
  ['a parameter without a default', loop(ref('Names')), parameters(list), 'its parameter Names has no default'],
  ['a parameter that the parent computes', loop(ref('Names')), parameters(list, { given: { Names: ref('Other') } }),
    'the value of its parameter Names is a deploy-time value'],
  ['a parameter of Systems Manager', loop(ref('Names')),
    parameters({ Type: 'AWS::SSM::Parameter::Value<CommaDelimitedList>', Default: '/names' }),
    'the value of its parameter Names is in Systems Manager'],
  ['no such parameter', loop(ref('Names')), EMPTY, 'the template has no parameter Names'],
  ['a mapping that is not there', loop({ 'Fn::FindInMap': ['M', 'a', 'b'] }), EMPTY, 'the list of its mapping was not found'],
  ['another function', loop({ 'Fn::Split': [',', 'a,b'] }), EMPTY, 'its collection is neither a written list nor a parameter'],
  ['a region that is not known', loop([ref('AWS::Region')]), EMPTY, 'AWS::Region is a deploy-time value'],
  ['more than CloudFormation takes', loop(numbers(MAX_LOOP_RESOURCES + 1)), EMPTY,
    'the loops of the template make more than 1000 resources, and CloudFormation accepts 500'],
  ['more than CloudFormation takes, in loops in loops', {
    'Fn::ForEach::Queues': ['X', numbers(500), { 'Fn::ForEach::B': ['Y', numbers(500), { 'Queue${X}${Y}': queue('q') }] }],
  }, EMPTY, 'the loops of the template make more than 1000 resources, and CloudFormation accepts 500'],
  ['values without end', loop(numbers(900), { 'Queue${Name}': queue(numbers(2000)) }), EMPTY, 'the loops of the template make more than 1000000 values'],
  ['no list', { 'Fn::ForEach::Queues': 'x' }, EMPTY, 'it is not a list of an identifier, a collection and an object'],
  ['a body that is not an object', loop(['a'], 'x'), EMPTY, 'it is not a list of an identifier, a collection and an object'],
])('%s is in doubt, and makes nothing', (_name, section, scope, why) => {
  expect(doubtsAbout(section, scope)).toEqual([['Fn::ForEach::Queues', why]]);
  expect(madeBy(section, scope)).toEqual([]);
});

test('one loop that makes too much does not hide what another makes', () => {
  const section = { ...loop(numbers(2000)), 'Fn::ForEach::Topics': ['Name', ['a'], { 'Topic${Name}': queue('t') }] };
  expect(madeBy(section)).toEqual([]);
  expect(doubtsAbout(section).map(([key]) => key)).toEqual(['Fn::ForEach::Queues', 'Fn::ForEach::Topics']);
});

test.each([['x'], [undefined], [[]]])('%s is not a section', (section) => {
  expect(expand(section)).toEqual({ section, doubtful: [] });
});

test('loops inside of a resource are expanded if their items are certain', () => {
  const inside = (items: unknown, scope: LoopScope) => expandLoopsInside(
    { Properties: { Tags: [{ 'Fn::ForEach::Tag': ['X', items, { 'Tag${X}': '${X}' }] }] } }, itemsIn(scope), new LoopBudget());
  expect(inside(['a', 'b'], EMPTY)).toEqual({ Properties: { Tags: [{ Taga: 'a', Tagb: 'b' }] } });
  const scope = parameters({ ...list, Default: 'a' });
  expect(inside(ref('Names'), scope)).toEqual({ Properties: { Tags: [{ 'Fn::ForEach::Tag': ['X', ref('Names'), { 'Tag${X}': '${X}' }] }] } });
});

test('what has no loops is the same object', () => {
  const resource = { Properties: { Tags: [{ Key: 'a' }] } };
  expect(expandLoopsInside(resource, itemsIn(EMPTY), new LoopBudget())).toBe(resource);
  expect(expand(resource).section).toBe(resource);
});
