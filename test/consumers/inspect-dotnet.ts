import * as assert from 'assert/strict';
import * as fs from 'fs';
import * as path from 'path';
import { succeed } from './commands';
import { readPage } from './page';

/** Generates the C# code, which needs no .NET, and looks up in it what the page, the app and the examples use of the package. */
export async function inspectDotnet(repository: string, temporary: string, examples: string): Promise<void> {
  await succeed(`npx jsii-pacmak --code-only --target dotnet --outdir ${temporary}/code`, repository);
  const folder = path.join(temporary, 'code/dotnet/CdkEksPodIdentity/CdkEksPodIdentity');
  const types = new Map(fs.readdirSync(folder).filter((file) => file.endsWith('.cs'))
    .map((file) => [path.basename(file, '.cs'), fs.readFileSync(path.join(folder, file), 'utf-8')]));

  const app = path.join(__dirname, 'dotnet');
  const sources = fs.readdirSync(app, { recursive: true, encoding: 'utf-8' }).filter((file) => file.endsWith('.cs'))
    .map((file) => fs.readFileSync(path.join(app, file), 'utf-8'));
  sources.push(readPage(path.join(repository, 'docs/languages/dotnet.md')).files['Program.cs'], examples);

  // What jsii-rosetta writes that is not C#, whatever the package has.
  assert.doesNotMatch(examples, /\bnew Struct\b|\bfor \(var \w+ in /);

  const used = sources.flatMap((source) => usesIn(source, [...types.keys()]));
  assert.ok(used.length > 30, `only ${used.length} uses of the package were found`);
  const absent = used.filter(({ type, member }) => !declares(types.get(type)!, member)).map(
    ({ type, member }) => `${type}.${member}`,
  );
  assert.deepEqual(absent, [], 'the generated code lacks what the page, the app or the examples use');
}

interface Use {
  readonly type: string;
  readonly member: string;
}

/** Static members and enum values, and the properties that an object initializer sets. */
function usesIn(source: string, types: readonly string[]): Use[] {
  const anyType = types.join('|');
  // Not the property of the same name: `Role = …`, `pods.SessionPolicy.IsEmpty`.
  const statics = [...source.matchAll(new RegExp(`(?<![.\\w])(${anyType})\\.(\\w+)`, 'g'))].map(
    ([, type, member]) => ({ type, member }),
  );
  const initialised = [...source.matchAll(new RegExp(`new (${anyType})\\s*\\{`, 'g'))].flatMap((match) => (
    propertiesSet(source.slice(match.index + match[0].length)).map((member) => ({ type: match[1], member }))
  ));
  return [...statics, ...initialised];
}

/** The names before `=` up to the brace that closes the initializer, without those of initializers inside of it. */
function propertiesSet(text: string): string[] {
  let depth = 0;
  let own = '';
  for (const character of text) {
    if ('{(['.includes(character)) { depth += 1; }
    if (character === '}' && depth === 0) { break; }
    if (depth === 0) { own += character; }
    if ('})]'.includes(character)) { depth -= 1; }
  }
  return [...own.matchAll(/(\w+) = /g)].map(([, name]) => name);
}

function declares(code: string, member: string): boolean {
  return new RegExp(`^\\s+(public .*[ @])?${member}(\\(|,?$)`, 'm').test(code);
}
