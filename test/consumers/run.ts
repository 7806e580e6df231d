/**
 * Builds the packages for the other languages of the CDK and uses them as their users would, outside of the repository: each page of
 * docs/languages in an empty folder, then the app of that language beside this file, its unit tests, and the examples of the README and
 * of docstrings as they are translated. The templates have to equal those of TypeScript. A language whose toolchain is missing is skipped, with a line that says so.
 *
 *   npx projen compile && npm run test:languages
 *   npm run test:languages -- python go
 */
import * as assert from 'assert/strict';
import * as fs from 'fs';
import * as os from 'os';
import * as path from 'path';
import { run, succeed } from './commands';
import { PROGRAMS } from './examples/programs';
import { commentsOf, Example, readExamples } from './examples/tablet';
import { inspectDotnet } from './inspect-dotnet';
import { Language, LANGUAGES } from './languages';
import { readPage, writeFiles } from './page';
import { assertSameTemplate, readTemplate } from './template';

const REPOSITORY = path.resolve(__dirname, '../..');
const manifest = JSON.parse(fs.readFileSync(path.join(REPOSITORY, 'package.json'), 'utf-8'));
/** pip would take the newest one, and the templates are compared with those of this one. */
const CDK = `aws-cdk-lib==${manifest.devDependencies['aws-cdk-lib']}`;

const counts = { passed: 0, failed: 0, skipped: 0 };

/** Returns false where it failed. */
async function check(name: string, action: () => Promise<void>): Promise<boolean> {
  const start = Date.now();
  const seconds = () => `${Math.round((Date.now() - start) / 1000)} s`;
  try {
    await action();
    counts.passed += 1;
    console.log(`ok    ${name} (${seconds()})`);
    return true;
  } catch (error) {
    counts.failed += 1;
    console.log(`FAIL  ${name} (${seconds()})\n${indented((error as Error).message)}`);
    return false;
  }
}

function indented(text: string): string {
  return text.replace(/^(?=.)/gm, '      ');
}

/** The templates that the apps of all languages have to make. */
async function typescriptTemplates(temporary: string): Promise<{ firstApp: any; tenants: any }> {
  const tsNode = `node ${path.join(REPOSITORY, 'node_modules/.bin/ts-node')} --transpileOnly --preferTsExts -r tsconfig-paths/register`;
  const settings = { TS_NODE_PROJECT: path.join(REPOSITORY, 'examples/tsconfig.json') };
  const [firstApp, tenants] = ['first-app', 'tenants'].map((name) => path.join(temporary, 'typescript', name));
  await succeed(
    `${REPOSITORY}/node_modules/.bin/cdk synth --quiet --output ${firstApp} --app '${tsNode} first-app.ts'`,
    path.join(__dirname, 'typescript'), settings,
  );
  await succeed(`${tsNode} app.ts`, path.join(REPOSITORY, 'examples/tenants'), { ...settings, CDK_OUTDIR: tenants });
  return { firstApp: readTemplate(firstApp), tenants: readTemplate(tenants) };
}

async function testLanguage(
  language: Language, temporary: string, expected: { firstApp: any; tenants: any }, examples: readonly Example[],
): Promise<void> {
  const { name } = language;
  const packages = path.join(temporary, 'packages');
  const firstApp = path.join(temporary, name, 'first-app');
  const app = path.join(temporary, name, 'app');
  const variables = { PACKAGES: packages, PIP_CONSTRAINT: path.join(temporary, 'constraints.txt') };

  const usable = await check(`${name}: the package is built`, async () => {
    await succeed(`npx jsii-pacmak --target ${name} --outdir ${packages}`, REPOSITORY);
    if (language.forget) { await succeed(language.forget, REPOSITORY); }
  }) && await check(`${name}: docs/languages/${name}.md, in an empty folder`, async () => {
    const page = readPage(path.join(REPOSITORY, `docs/languages/${name}.md`));
    fs.mkdirSync(firstApp, { recursive: true });
    writeFiles(page, firstApp);
    await succeed(page.commands, firstApp, variables);
    assertSameTemplate(readTemplate(path.join(firstApp, 'cdk.out')), expected.firstApp);
  }) && await check(`${name}: the app is ready`, async () => {
    fs.cpSync(path.join(__dirname, name), app, { recursive: true });
    await succeed(language.setUp, app, variables);
  });
  if (!usable) { return; }

  await check(`${name}: the tenants example has the template of TypeScript`, async () => {
    await succeed(language.tenants, app, { ...variables, CDK_OUTDIR: path.join(app, 'tenants.out') });
    assertSameTemplate(readTemplate(path.join(app, 'tenants.out')), expected.tenants);
  });
  await check(`${name}: an app that exceeds its role fails`, async () => {
    const { code, output } = await run(language.exceeds, app, {
      ...variables, CDK_OUTDIR: path.join(app, 'exceeds.out'),
    });
    console.log(`What the user sees:\n${indented(output)}`);
    assert.notEqual(code, 0, 'the app did not fail');
    for (const text of [
      language.error, 'Tenants/beta: the session policy allows s3:GetBucketLocation',
      "Acknowledge with 'PodIdentity::SessionPolicyExceedsRole'",
    ]) {
      assert.ok(output.includes(text), `the output lacks ${JSON.stringify(text)}`);
    }
  });
  await check(`${name}: cdk synth shows what is wrong with it, and no stack`, async () => {
    const cdk = path.join(REPOSITORY, 'node_modules/.bin/cdk');
    const { code, output } = await run(`${cdk} synth --output exceeds.cli --app '${language.exceeds}'`, app, variables);
    assert.notEqual(code, 0, 'cdk synth did not fail');
    for (const text of ['ERROR Tenants/beta: the session policy allows s3:Get', 'Synthesis finished with errors']) {
      assert.ok(output.includes(text), `the output lacks ${JSON.stringify(text)}:\n${output}`);
    }
    assert.ok(!output.includes(language.error), `the output has a stack trace:\n${output}`);
  });
  await check(`${name}: unit tests of grants, imports, acknowledgements, assertions and the plugin`, async () => {
    await succeed(language.unitTests, app, variables);
  });
  await check(`${name}: the ${examples.length} examples of the README and of docstrings compile and run`, async () => {
    const { file, text } = PROGRAMS[name](examples);
    writeFiles({ files: { [file]: text } }, app);
    await succeed(language.examples, app, variables);
    if (language.readme === undefined) { return; }
    const readme = await succeed(language.readme, app, variables);
    for (const example of examples.filter(({ name: where }) => where.startsWith('README'))) {
      assert.ok(readme.includes(example.translations[name]), `the package's README lacks ${example.name} as it was run`);
    }
  });
}

/** Every language has every comment of an example. */
function assertComments(examples: readonly Example[]): void {
  for (const { name, typescript, translations } of examples) {
    for (const [language, translation] of Object.entries(translations)) {
      for (const comment of commentsOf(typescript)) {
        assert.ok(translation.includes(comment), `${name} lacks a comment in ${language}: ${comment}\n${translation}`);
      }
    }
  }
}

/** The versions of the tools, and the name of the first that is missing. */
async function toolsOf(language: Language): Promise<{ versions: string; missing?: string }> {
  const versions: string[] = [];
  for (const tool of language.tools) {
    const { code, output } = await run(tool, os.tmpdir());
    if (code !== 0) { return { versions: '', missing: tool.split(' ')[0] }; }
    versions.push(output.split('\n')[0]);
  }
  return { versions: versions.join(', ') };
}

async function main(names: readonly string[]): Promise<void> {
  const unknown = names.find((name) => !LANGUAGES.some((language) => language.name === name));
  if (unknown !== undefined) {
    throw new Error(`'${unknown}' is none of ${LANGUAGES.map(({ name }) => name).join(', ')}.`);
  }
  if (!fs.existsSync(path.join(REPOSITORY, '.jsii'))) {
    throw new Error('There is no .jsii. Run `npx projen compile` first.');
  }
  const temporary = fs.mkdtempSync(path.join(os.tmpdir(), 'cdk-eks-pod-identity-'));
  try {
    fs.writeFileSync(path.join(temporary, 'constraints.txt'), `${CDK}\n`);
    const expected = await typescriptTemplates(temporary);
    let examples: Example[] = [];
    await check('the examples of the README and of docstrings are translated, with their comments', async () => {
      await succeed('npx projen rosetta:extract', REPOSITORY);
      examples = readExamples(path.join(REPOSITORY, '.jsii.tabl.json'));
      assert.ok(examples.length > 5, `there are only ${examples.length}`);
      assertComments(examples);
    });
    for (const language of LANGUAGES.filter(({ name }) => names.length === 0 || names.includes(name))) {
      const { versions, missing } = await toolsOf(language);
      if (missing === undefined) {
        console.log(`\n${language.name}: ${versions}`);
        await testLanguage(language, temporary, expected, examples);
      } else {
        counts.skipped += 1;
        console.log(
          `\nSKIP  ${language.name}: '${missing}' is not installed, so its package is neither built nor used`,
        );
        if (language.name === 'dotnet') {
          await check(
            'dotnet: its code is generated, and has all that the page, the app and the examples use',
            () => inspectDotnet(REPOSITORY, temporary, PROGRAMS.dotnet(examples).text),
          );
        }
      }
    }
  } finally {
    // What was stopped may still be writing.
    fs.rmSync(temporary, { recursive: true, force: true, maxRetries: 10, retryDelay: 200 });
  }
  console.log(`\n${counts.passed} passed, ${counts.failed} failed, ${counts.skipped} skipped`);
  process.exitCode = counts.failed === 0 ? 0 : 1;
}

main(process.argv.slice(2)).catch((error) => {
  console.error(error.message);
  process.exitCode = 1;
});
