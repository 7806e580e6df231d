/**
 * Translates the examples of the README and of the docstrings again, and replaces what `jsii-rosetta extract` wrote: jsii-pacmak and
 * documentation sites take the translations of `.jsii.tabl.json`. The visitors beside this file say what jsii-rosetta gets wrong;
 * `npm run test:languages` compiles and runs what they write.
 */
import * as fs from 'fs';
import * as os from 'os';
import * as path from 'path';
import { BatchSnippetTranslator, TypeScriptSnippet } from 'jsii-rosetta';
import { withComments } from './comments';
import { CSharpExamples } from './csharp';
import { GoExamples } from './go';
import { JavaExamples } from './java';
import { PythonExamples } from './python';

const TABLET = '.jsii.tabl.json';

const VISITORS = { python: PythonExamples, java: JavaExamples, csharp: CSharpExamples, go: GoExamples };

interface StoredSnippet {
  readonly translations: { [language: string]: { source: string; version: string } };
  readonly location: TypeScriptSnippet['location'];
  readonly fullSource: string;
}

const tablet = JSON.parse(fs.readFileSync(TABLET, 'utf-8'));
const stored: StoredSnippet[] = Object.values(tablet.snippets);
const snippets = stored.map((snippet, index): TypeScriptSnippet => ({
  visibleSource: snippet.translations.$.source,
  completeSource: snippet.fullSource,
  location: { api: { api: 'file', fileName: `example-${index}` } },
}));
// The examples import the package by its name, as its users do.
const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'examples-'));
try {
  const { name, peerDependencies } = JSON.parse(fs.readFileSync('package.json', 'utf-8'));
  fs.mkdirSync(path.join(folder, 'node_modules'));
  fs.symlinkSync(process.cwd(), path.join(folder, 'node_modules', name));
  for (const peer of Object.keys(peerDependencies)) { fs.symlinkSync(path.resolve('node_modules', peer), path.join(folder, 'node_modules', peer)); }

  const translators = new BatchSnippetTranslator(snippets, { compilationDirectory: folder });
  for (const [index, [{ visibleSource }, translator]] of [...translators].entries()) {
    for (const [language, Visitor] of Object.entries(VISITORS)) {
      stored[index].translations[language].source = withComments(visibleSource, translator.renderUsing(new Visitor() as any), language);
    }
  }
} finally {
  fs.rmSync(folder, { recursive: true });
}
fs.writeFileSync(TABLET, JSON.stringify(tablet, undefined, 2));
