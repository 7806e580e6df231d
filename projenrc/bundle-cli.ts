/**
 * Bundles the command line into two files, so that it starts fast and has no dependencies, and writes the license notices of the
 * bundled packages beside them. The second file calls AWS; most commands never load it.
 * Invariant: the bundle contains everything but the reference data, which the package contains once.
 */
import * as fs from 'fs';
import * as path from 'path';
import { buildSync, BuildOptions, transformSync } from 'esbuild';
import { noticesOf } from './notices';

const ROOT = path.join(__dirname, '..');

/** The file of cli/live that imports the SDK. The main file requires it by this name, as the sources do. */
const AWS_READER = 'aws-reader';

const COMMON = {
  absWorkingDir: ROOT,
  bundle: true,
  platform: 'node',
  target: 'node20',
  minify: true,
  keepNames: false,
  metafile: true,
  legalComments: 'none', // the notices have them whole
} as const satisfies BuildOptions;

export function bundleCli(folder: string): void {
  const main = buildSync({
    ...COMMON,
    entryPoints: ['cli/main.ts'],
    outfile: path.join(folder, 'cdk-pod-identity.js'),
    external: [`*/${AWS_READER}`],
    supported: { 'dynamic-import': false }, // `import()` of that file becomes `require()`
    alias: { 'jsonc-parser': 'jsonc-parser/lib/esm/main.js' }, // its main file requires the others in a way that no bundler sees
    define: {
      __dirname: 'REFERENCE', // the reference data is in the package once
      RULE_SENTENCES: JSON.stringify(ruleSentences()),
      PAGE_STYLE: JSON.stringify(minified('page.css', 'css')),
      PAGE_SCRIPT: JSON.stringify(minified('page.js', 'js')),
    },
    banner: { js: `#!/usr/bin/env node\nconst REFERENCE = require('path').join(__dirname, ${JSON.stringify(path.relative(folder, path.join(ROOT, 'lib', 'reference')))});` },
  });
  const reader = buildSync({
    ...COMMON,
    entryPoints: [`cli/live/${AWS_READER}.ts`],
    outfile: path.join(folder, `${AWS_READER}.js`),
    mainFields: ['module', 'main'], // of the SDK's clients, the operations that are used
  });
  fs.writeFileSync(path.join(folder, 'THIRD-PARTY-NOTICES'), noticesOf([main.metafile, reader.metafile]));
  fs.chmodSync(path.join(folder, 'cdk-pod-identity.js'), 0o755);
}

/** The first sentence of each rule's page, as plain text. */
function ruleSentences(): Record<string, string> {
  const folder = path.join(ROOT, 'docs', 'rules');
  return Object.fromEntries(fs.readdirSync(folder).map((file) => {
    const page = fs.readFileSync(path.join(folder, file), 'utf-8');
    const [, sentence] = /^Severity: .*\n\n([^]*?\.)(?=\s)/m.exec(page) ?? [];
    if (!sentence) { throw new Error(`docs/rules/${file} has no sentence after its severity`); }
    return [path.basename(file, '.md'), sentence.replace(/\s+/g, ' ').replace(/\[([^\]]+)\]\([^)]*\)/g, '$1')];
  }));
}

/** The script or the style of the HTML report. It is inside of the page, so it must not end its own element. */
function minified(file: string, loader: 'css' | 'js'): string {
  const { code } = transformSync(fs.readFileSync(path.join(ROOT, 'cli', 'html', 'browser', file), 'utf-8'), { loader, minify: true, target: 'es2022', charset: 'ascii' });
  if (/<\/|<!--/.test(code)) { throw new Error(`cli/html/browser/${file} has </ or <!-- in it`); }
  return code.trim();
}

if (require.main === module) { bundleCli(path.join(ROOT, 'bin')); }
