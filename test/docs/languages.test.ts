import * as fs from 'fs';
import * as path from 'path';
import { LANGUAGES } from '../consumers/languages';
import { readPage } from '../consumers/page';

const REPOSITORY = path.resolve(__dirname, '../..');
const read = (file: string) => fs.readFileSync(path.join(REPOSITORY, file), 'utf-8');

const IMPORT = /^(?:import |from \S+ import |using )/;

/** The parts of an example that stand together, without the indentation of their first line. Imports may stand apart. */
function partsOf(example: string): string[] {
  return example.trim().split('\n\n').flatMap((part) => (
    part.split('\n').every((line) => IMPORT.test(line)) ? part.split('\n') : [part]));
}

/** Whether the lines stand in the text, one after the other, all indented by as much. */
function contains(text: readonly string[], lines: readonly string[]): boolean {
  return text.some((first, at) => {
    if (!first.endsWith(lines[0])) { return false; }
    const indentation = first.slice(0, first.length - lines[0].length);
    return indentation.trim() === ''
      && lines.every((line, index) => text[at + index] === (line === '' ? '' : indentation + line));
  });
}

test.each([
  ['  a\n    b', true], ['  a\n  b', false], ['  a', false], ['x a\n  b', false],
])('an example is looked up as a whole: %j', (text, found) => {
  expect(contains(text.split('\n'), ['a', '  b'])).toBe(found);
});

describe.each(LANGUAGES.map(({ name, recipes }) => [name, recipes]))('the page of %s', (name, recipes) => {
  test('has only files and commands, which `npm run test:languages` tries', () => {
    const page = readPage(path.join(REPOSITORY, `docs/languages/${name}.md`));
    expect(Object.keys(page.files)).toContain('cdk.json');
    expect(page.commands).toContain('synth');
  });

  test('has examples that `npm run test:languages` compiles and runs', () => {
    const text = read(`test/consumers/${name}/${recipes}`).split('\n');
    const { examples } = readPage(path.join(REPOSITORY, `docs/languages/${name}.md`));
    expect(examples).toHaveLength(5);
    expect(examples.flatMap(partsOf).filter((part) => !contains(text, part.split('\n')))).toEqual([]);
  });

  test('is linked from the README', () => {
    expect(read('README.md')).toContain(`/blob/main/docs/languages/${name}.md)`);
  });
});

test.each([
  'docs/languages/java.md', 'docs/languages/dotnet.md', 'test/consumers/java/pom.xml',
  'test/consumers/dotnet/Directory.Build.props',
])('%s takes the aws-cdk-lib whose templates the test compares with', (file) => {
  const floor = JSON.parse(read('package.json')).devDependencies['aws-cdk-lib'];
  const [, version] = /(?:aws-cdk-lib<\/artifactId>\s*<version>|Amazon\.CDK\.Lib" Version=")([\d.]+)/.exec(read(file))!;
  expect(version).toBe(floor);
});
