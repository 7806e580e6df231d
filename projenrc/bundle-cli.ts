/**
 * Bundles the command line into one file, so that it starts fast and brings no dependencies along, and writes the notices that its
 * parts ask for beside it.
 */
import * as fs from 'fs';
import * as path from 'path';
import { buildSync, Metafile, transformSync } from 'esbuild';

const ROOT = path.join(__dirname, '..');

export function bundleCli(folder: string): void {
  const { metafile } = buildSync({
    absWorkingDir: ROOT,
    entryPoints: ['cli/main.ts'],
    outfile: path.join(folder, 'cdk-pod-identity.js'),
    bundle: true,
    platform: 'node',
    target: 'node20',
    minify: true,
    keepNames: false,
    metafile: true,
    alias: { 'jsonc-parser': 'jsonc-parser/lib/esm/main.js' }, // its main file requires the others in a way that no bundler sees
    legalComments: 'none', // the notices have them whole
    define: {
      __dirname: 'REFERENCE', // the reference data is in the package once
      RULE_SENTENCES: JSON.stringify(ruleSentences()),
      PAGE_STYLE: JSON.stringify(minified('page.css', 'css')),
      PAGE_SCRIPT: JSON.stringify(minified('page.js', 'js')),
    },
    banner: { js: `#!/usr/bin/env node\nconst REFERENCE = require('path').join(__dirname, ${JSON.stringify(path.relative(folder, path.join(ROOT, 'lib', 'reference')))});` },
  });
  fs.writeFileSync(path.join(folder, 'THIRD-PARTY-NOTICES'), noticesOf(metafile));
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

/** What the HTML report brings along for the browser. It stands inside of the page, so it must not end its own element. */
function minified(file: string, loader: 'css' | 'js'): string {
  const { code } = transformSync(fs.readFileSync(path.join(ROOT, 'cli', 'html', 'browser', file), 'utf-8'), { loader, minify: true, target: 'es2022', charset: 'ascii' });
  if (/<\/|<!--/.test(code)) { throw new Error(`cli/html/browser/${file} has </ or <!-- in it`); }
  return code.trim();
}

/** Name, version, licence and copyright of every package in the bundle. */
function noticesOf({ inputs }: Metafile): string {
  const packages = new Set(Object.keys(inputs).flatMap((file) => /^(.*node_modules\/(?:@[^/]+\/)?[^/]+)\//.exec(file)?.[1] ?? []));
  return [...packages].sort().map((folder) => {
    const { name, version, license } = JSON.parse(fs.readFileSync(path.join(ROOT, folder, 'package.json'), 'utf-8'));
    const file = fs.readdirSync(path.join(ROOT, folder)).find((entry) => /^licen[cs]e(\.|$)/i.test(entry));
    if (!file) { throw new Error(`${folder} has no licence text to pass on`); }
    return `${name} ${version} (${license})\n\n${fs.readFileSync(path.join(ROOT, folder, file), 'utf-8').trim()}\n`;
  }).join(`\n${'-'.repeat(80)}\n\n`);
}

if (require.main === module) { bundleCli(path.join(ROOT, 'bin')); }
