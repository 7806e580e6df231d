/**
 * Bundles the command line into two files, so that it starts fast and has no dependencies, and writes the license notices of the
 * bundled packages beside them. The second file calls AWS; most commands never load it.
 * Invariant: the bundle contains everything but the reference data, which the package contains once.
 */
import * as fs from 'fs';
import * as path from 'path';
import { buildSync, BuildOptions, Metafile, transformSync } from 'esbuild';

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

interface Package {
  readonly name: string;
  readonly version: string;
  readonly license: string;
  readonly repository: unknown;
  /** The license texts of the package. */
  readonly texts: readonly string[];
}

/**
 * Returns name, version, license and copyright of every package in the bundle. A text that several packages share appears once.
 */
function noticesOf(files: readonly Metafile[]): string {
  const inputs = files.flatMap((file) => Object.keys(file.inputs));
  const packages = [...new Set(inputs.flatMap((file) => /^(.*node_modules\/(?:@[^/]+\/)?[^/]+)\//.exec(file)?.[1] ?? []))].sort().map(readPackage);
  const byText = new Map<string, Package[]>();
  for (const one of packages) {
    const text = textsOf(one, packages).join('\n\n');
    byText.set(text, [...byText.get(text) ?? [], one]);
  }
  return [...byText].map(([text, own]) => `${own.map(({ name, version, license }) => `${name} ${version} (${license})\n`).join('')}\n${text}\n`)
    .join(`\n${'-'.repeat(80)}\n\n`);
}

function readPackage(folder: string): Package {
  const { name, version, license, repository } = JSON.parse(fs.readFileSync(path.join(ROOT, folder, 'package.json'), 'utf-8'));
  const texts = fs.readdirSync(path.join(ROOT, folder)).filter((entry) => /^(licen[cs]e|notice)(\.|$)/i.test(entry)).sort();
  const read = (file: string) => fs.readFileSync(path.join(ROOT, folder, file), 'utf-8').trim();
  return { name, version, license, repository: repository?.url ?? repository, texts: texts.map(read) };
}

/** Returns the license texts. Some packages of the AWS SDK lack the license file that others of their repository have. */
function textsOf({ name, license, repository, texts }: Package, packages: readonly Package[]): readonly string[] {
  const isAlike = (one: Package) => one.texts.length > 0 && one.license === license && one.repository === repository;
  const same = texts.length > 0 ? texts : packages.find(isAlike)?.texts;
  if (!same) { throw new Error(`${name} has no licence text to pass on`); }
  return same;
}

if (require.main === module) { bundleCli(path.join(ROOT, 'bin')); }
