import * as fs from 'fs';
import * as path from 'path';
import { Cli } from '../cli/run';

const PAGE = fs.readFileSync(path.join(__dirname, '..', '..', 'docs', 'cli-compact.md'), 'utf-8');
const block = (language: string) => new RegExp(`^\`\`\`${language}\\n([^]*?)^\`\`\`$`, 'm').exec(PAGE)![1];

let cli: Cli;
beforeAll(() => { cli = new Cli({ 'session.json': block('json') }); });
afterAll(() => cli.remove());

test('the page shows what the command writes', () => {
  const [, command, file] = /^\$ cdk-pod-identity (.*) > (.*)$/m.exec(block('console'))!;
  const { status, stdout, stderr } = cli.run(command);
  expect({ status, stderr }).toEqual({ status: 0, stderr: block('text') });
  expect(file).toBe('short.json');
  expect(stdout).toMatch(/^\{"Version":"2012-10-17",.*\}\n$/);
});

test('the page names every member of the JSON', () => {
  const { stdout } = cli.run('compact --session session.json --mode catalog --format json');
  const members = [...PAGE.slice(PAGE.indexOf('| member |')).matchAll(/^\| `(\w+)` \|/gm)].map(([, name]) => name);
  expect(members).toEqual(expect.arrayContaining(Object.keys(JSON.parse(stdout))));
});
