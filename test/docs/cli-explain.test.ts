import * as fs from 'fs';
import * as path from 'path';
import { Cli } from '../cli/run';
import { policy } from '../cli/templates';

const PAGE = fs.readFileSync(path.join(__dirname, '..', '..', 'docs', 'cli-explain.md'), 'utf-8');
const blocks = (language: string) => [...PAGE.matchAll(new RegExp(`^\`\`\`${language}\\n([^]*?)^\`\`\`$`, 'gm'))].map(
  ([, text]) => text,
);

let cli: Cli;
beforeAll(() => {
  cli = new Cli();
  cli.write({
    'orders.yaml': blocks('yaml')[0],
    'session.json': policy('s3:*'),
    'role.json': policy('s3:*'),
    'boundary.json': policy('s3:*'),
  });
});
afterAll(() => cli.remove());

/** As a shell takes it: words, in single quotes where they have what a shell would read. */
const wordsOf = (command: string) => [...command.replace(/\\\n/g, ' ').matchAll(/'([^']*)'|(\S+)/g)].map(
  ([, quoted, plain]) => quoted ?? plain,
);

test.each(blocks('console').map((text) => [text.split('\n')[0], text]))('%s', (_, text) => {
  const [command, ...output] = text.split('\n');
  const [prompt, name, ...args] = wordsOf(command);
  expect([prompt, name]).toEqual(['$', 'cdk-pod-identity']);
  expect(cli.run(args)).toEqual({ status: 1, stdout: output.join('\n'), stderr: '', signal: null });
});

test.each(blocks('sh'))('%s', (text) => {
  const [name, ...args] = wordsOf(text);
  expect(name).toBe('cdk-pod-identity');
  expect(cli.run(args)).toMatchObject({
    status: 1, stdout: expect.stringContaining('permissions boundary: implicitDeny'), stderr: '',
  });
});
