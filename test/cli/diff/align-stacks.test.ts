import { alignStacks } from '../../../cli/diff/align-stacks';
import { GivenFolders } from '../../../cli/files/given-folders';
import { Unreadable } from '../../../cli/files/unreadable';
import { StackSource } from '../../../cli/templates/stack-source';

function template(path: string, more: Partial<StackSource> = {}): StackSource {
  return { id: path.slice(1), path, file: path.slice(1), assembly: '', given: new GivenFolders(), ...more };
}

/** A stack of the CDK. */
function stack(constructPath: string, name: string, more: Partial<StackSource> = {}): StackSource {
  const constructs = { path: constructPath, metadata: () => ({} as never), assets: () => new Map() };
  return template(`/${name}.json`, { id: constructPath, name, constructs, ...more });
}

/** The ids of both sides: equal ids are the same stack. */
function ids(base: StackSource[], head: StackSource[]): [string[], string[]] {
  const aligned = alignStacks(base, head);
  const idsOf = (sources: typeof aligned.base) => (
    sources.map((source) => (source instanceof Unreadable ? '' : source.id)));
  return [idsOf(aligned.base), idsOf(aligned.head)];
}

test.each<[string, StackSource[], StackSource[], [string[], string[]]]>([
  [
    'one template and one template',
    [template('/a/old.json')],
    [template('/b/new.json')],
    [['a/old.json'], ['a/old.json']],
  ],
  [
    'templates by their paths below the folders',
    [template('/a/x.json'), template('/a/more/y.json')],
    [template('/b/more/y.json'), template('/b/x.json')],
    [['a/x.json', 'a/more/y.json'], ['a/more/y.json', 'a/x.json']],
  ],
  [
    'another file in the head',
    [template('/a/x.json'), template('/a/y.json')],
    [template('/b/x.json'), template('/b/y.json'), template('/b/z.json')],
    [['a/x.json', 'a/y.json'], ['a/x.json', 'a/y.json', 'b/z.json']],
  ],
  ['stacks of the CDK by their names', [stack('App', 'app')], [stack('Service', 'app')], [['App'], ['App']]],
  [
    'a stack with another name, which is another stack',
    [stack('App', 'app')],
    [stack('App', 'app-2')],
    [['App'], ['App (app-2)']],
  ],
  [
    'a template that is deployed and a stack of the CDK',
    [template('/a/deployed.json')],
    [stack('App', 'app')],
    [['a/deployed.json'], ['a/deployed.json']],
  ],
  [
    'stacks of the CDK and the file of one of them',
    [stack('App', 'app'), stack('Other', 'other')],
    [template('/b/other.json')],
    [['App', 'Other'], ['Other']],
  ],
  [
    'stacks of one name in two regions',
    [stack('A', 'app', { region: 'eu-west-1' }), stack('B', 'app', { region: 'us-east-1' })],
    [stack('D', 'app', { region: 'us-east-1' }), stack('C', 'app', { region: 'eu-west-1' })],
    [['A', 'B'], ['B', 'A']],
  ],
])('%s', (_, base, head, expected) => {
  expect(ids(base, head)).toEqual(expected);
});

test('gives a stack the environment that only the other side has, and keeps its own', () => {
  const { base, head } = alignStacks(
    [template('/a/x.json', { region: 'eu-west-1' })],
    [template('/b/x.json', { account: '111122223333', region: 'us-east-1' })],
  );
  expect(base).toMatchObject([{ account: '111122223333', region: 'eu-west-1' }]);
  expect(head).toMatchObject([{ account: '111122223333', region: 'us-east-1' }]);
});

test('keeps what cannot be read', () => {
  const unreadable = new Unreadable('a.json', 'it is empty');
  expect(alignStacks([unreadable], [])).toEqual({ base: [unreadable], head: [] });
});
