/**
 * `npx` with the name of the command alone runs whatever package somebody publishes under it, where ours is not installed
 * (docs/cli.md). So it is written nowhere: no page, help, message or workflow.
 */
import { execFileSync } from 'child_process';
import * as fs from 'fs';
import * as path from 'path';

const ROOT = path.join(__dirname, '..', '..');
const UNSAFE = /\b(?:npx|npm exec|pnpm dlx|yarn dlx|bunx)(?:[ \t]+-(?!p\b|-package)\S*)*[ \t]+cdk-pod-identity\b/;

const FILES = execFileSync(
  'git', ['ls-files', '--cached', '--others', '--exclude-standard'], { cwd: ROOT, encoding: 'utf-8' },
).split('\n').filter((file) => /\.(?:md|tsx?|js|json|ya?ml|py|go|java|cs|xml)$/.test(file) && file !== 'package-lock.json');

test.each(['npx cdk-pod-identity check', 'npx --yes cdk-pod-identity', 'npm exec -- cdk-pod-identity'])(
  '%s is found', (text) => expect(text).toMatch(UNSAFE),
);

test.each(['npx -p cdk-eks-pod-identity cdk-pod-identity check', 'cdk synth && cdk-pod-identity check'])(
  '%s is fine', (text) => expect(text).not.toMatch(UNSAFE),
);

test('npx always comes with the name of the package', () => {
  const files = FILES.filter((file) => fs.existsSync(path.join(ROOT, file)) && file !== 'test/docs/npx.test.ts');
  const found = files.flatMap(
    (file) => fs.readFileSync(path.join(ROOT, file), 'utf-8').split('\n').flatMap(
      (line, index) => (UNSAFE.test(line) ? [`${file}:${index + 1}: ${line.trim()}`] : []),
    ),
  );
  expect(files.length).toBeGreaterThan(100);
  expect(found).toEqual([]);
});
