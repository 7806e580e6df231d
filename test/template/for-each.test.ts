import { expandLoops } from '../../lib/template/for-each';

const queue = (name: unknown) => ({ Type: 'AWS::SQS::Queue', Properties: { QueueName: name } });

test.each<[string, unknown, Array<[string, unknown]>, string[]]>([
  ['no loop', { Queue: queue('q') }, [['Queue', queue('q')]], []],
  ['a loop',
    { 'Fn::ForEach::Queues': ['Name', ['a', 'b'], { 'Queue${Name}': queue('q-${Name}') }], 'Other': queue('o') },
    [['Queuea', queue('q-a')], ['Queueb', queue('q-b')], ['Other', queue('o')]], []],
  ['a Ref to the item',
    { 'Fn::ForEach::Queues': ['Name', ['a'], { 'Queue${Name}': queue({ Ref: 'Name' }) }] }, [['Queuea', queue('a')]],
    []],
  ['an item with other characters',
    { 'Fn::ForEach::Queues': ['Name', ['10.0.0.0/8'], { 'Queue&{Name}': queue('${Name}') }] },
    [['Queue100008', queue('10.0.0.0/8')]], []],
  ['a loop in a loop',
    {
      'Fn::ForEach::A': ['X', ['1', '2'], { 'Fn::ForEach::B': ['Y', ['3'], { 'Queue${X}${Y}': queue('${X}-${Y}') }] }],
    },
    [['Queue13', queue('1-3')], ['Queue23', queue('2-3')]], []],
  ['items that are known at deployment only',
    { 'Fn::ForEach::Queues': ['Name', { Ref: 'Names' }, { 'Queue${Name}': queue('q') }] }, [], ['Fn::ForEach::Queues']],
  ['more than CloudFormation takes',
    { 'Fn::ForEach::Queues': ['Name', Array.from({ length: 2000 }, String), { 'Queue${Name}': queue('q') }] }, [],
    ['Fn::ForEach::Queues']],
  ['no list', { 'Fn::ForEach::Queues': 'x' }, [], ['Fn::ForEach::Queues']],
  ['no resources', 'x', [], []],
])('%s', (_name, resources, expected, unexpanded) => {
  expect(expandLoops(resources)).toEqual({ resources: expected, unexpanded });
});
