import * as fs from 'fs';
import * as path from 'path';
import { LANGUAGES } from '../consumers/languages';
import { readPage } from '../consumers/page';

const REPOSITORY = path.resolve(__dirname, '../..');
const read = (file: string) => fs.readFileSync(path.join(REPOSITORY, file), 'utf-8');

describe.each(LANGUAGES.map(({ name }) => name))('the page of %s', (name) => {
  test('has only files and commands, which `npm run test:languages` tries', () => {
    const page = readPage(path.join(REPOSITORY, `docs/languages/${name}.md`));
    expect(Object.keys(page.files)).toContain('cdk.json');
    expect(page.commands).toContain('synth');
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
