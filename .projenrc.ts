import { awscdk, javascript, JsonFile, TextFile } from 'projen';
import { CheckoutWithoutCredentials } from './projenrc/checkout-credentials';
import { pinActions } from './projenrc/pinned-actions';
import referencePackages from './projenrc/reference-packages.json';
import { addReferenceWorkflow } from './projenrc/reference-workflow';

const NAME = 'cdk-eks-pod-identity';

const project = new awscdk.AwsCdkConstructLibrary({
  name: NAME,
  description: 'Typed EKS Pod Identity associations whose session policy is checked at synth time to only narrow the role',
  author: 'cdk-eks-pod-identity contributors',
  authorAddress: 'cdk-eks-pod-identity@example.com',
  repositoryUrl: 'https://github.com/cdk-eks-pod-identity/cdk-eks-pod-identity.git',
  homepage: 'https://github.com/cdk-eks-pod-identity/cdk-eks-pod-identity', // PyPI, Maven Central and NuGet show the repository's URL otherwise
  license: 'Apache-2.0',
  keywords: ['aws', 'awscdk', 'aws-cdk', 'cdk', 'eks', 'kubernetes', 'pod-identity', 'iam', 'session-policy', 'least-privilege'],
  stability: 'experimental',
  defaultReleaseBranch: 'main',
  packageManager: javascript.NodePackageManager.NPM,
  projenrcTs: true,

  // Sources in lib/, compiled next to themselves (the aws-cdk convention).
  srcdir: 'lib',
  libdir: 'lib',
  compressAssembly: true,

  cdkVersion: '2.262.0',
  constructsVersion: '10.5.1', // the oldest whose Go module the registry has
  jsiiVersion: '~6.0.0',
  typescriptVersion: '~6.0.0',
  minNodeVersion: '20.16.0',
  workflowNodeVersion: 'lts/*',

  devDeps: [
    ...Object.entries(referencePackages).map(([name, version]) => `${name}@${version}`), // pinned: lib/reference/data is made of them
    // pinned, like the next two: what aws-cdk-lib 2.262.0 has for Go. What is installed, jsii-pacmak makes the floor of our Go module
    '@aws-cdk/asset-awscli-v1@2.2.282',
    '@aws-cdk/asset-node-proxy-agent-v6@2.1.2',
    '@aws-cdk/cloud-assembly-schema@54.11.0',
    '@aws-sdk/client-eks@^3.1000.0', // this and the next seven are bundled into the command line
    '@aws-sdk/client-iam@^3.1000.0',
    '@aws-sdk/client-kms@^3.1000.0',
    '@aws-sdk/client-s3@^3.1000.0',
    '@aws-sdk/client-secrets-manager@^3.1000.0',
    '@aws-sdk/client-sns@^3.1000.0',
    '@aws-sdk/client-sqs@^3.1000.0',
    '@aws-sdk/client-sts@^3.1000.0',
    '@microsoft/jest-sarif@1.0.0-beta.0', // has the schema of SARIF 2.1.0
    '@stryker-mutator/core@~9.6.1', // 10 needs Node.js 22
    '@types/js-yaml@^4',
    '@types/sarif@^2',
    '@smithy/core@^3', // reads the model of the SDK, which tests hold requests and answers against
    '@xmldom/xmldom@^0.9', // parses the JUnit XML that the command line writes
    'ajv@^8', // checks the SARIF that the command line writes against its schema
    '@stryker-mutator/jest-runner@~9.6.1',
    '@swc/core@^1', // with the next: transpiles the tests
    '@swc/jest@^0.2',
    'aws-cdk@2.1148.1', // the CLI that examples and end-to-end tests run; `latest` on npm is an old build
    'axe-core@^4', // says whether the HTML report is accessible
    'concurrently@^9', // lints and checks types side by side; 10 needs Node.js 22
    'commander@^14', // this, fast-xml-builder, js-yaml, jsonc-parser, picocolors, preact, tinyglobby and yaml are bundled into the command line
    'recheck@^4', // searches texts for which a regular expression takes long
    'cspell@~9.6.4', // checks the spelling of what people read; 9.7 needs Node.js 20.18
    'dependency-cruiser@^17', // keeps the arrows between the folders; 18 needs Node.js 22
    'esbuild@^0.28',
    'fast-check@^4',
    'fast-xml-builder@^1',
    'js-yaml@^4',
    'jsonc-parser@^3',
    'markdown-it@^15', // finds the sentences, headings and links of Markdown files
    'picocolors@^1',
    'playwright-core@^1', // looks at the HTML report in a Chromium that is installed already
    'preact@^11', // with the next: writes the HTML report, and escapes what is in it
    'preact-render-to-string@^6',
    'tinyglobby@^0.2',
    'tsconfig-paths@^4', // lets the examples import the package by its name without a build
    'yaml@^2',
    'z3-solver@^5', // what the benchmark compares the engine with
  ],
  eslintOptions: {
    fileExtensions: ['.ts', '.tsx'],
    dirs: ['lib'],
    devdirs: ['cli', 'test', 'examples', 'bench'],
    tsconfigPath: './test/tsconfig.json', // one program for all files: a third of the time that a program for each folder takes
    projectService: false,
    commandOptions: { fix: false }, // `npx projen eslint --fix` fixes
  },

  autoDetectBin: false,
  bin: { 'cdk-pod-identity': 'bin/cdk-pod-identity.js' },

  jestOptions: {
    jestVersion: '30',
    passWithNoTests: false,
    updateSnapshot: javascript.UpdateSnapshot.NEVER, // a changed snapshot is a failure; `npm run test:update` accepts it
    jestConfig: {
      collectCoverage: false,
      coveragePathIgnorePatterns: ['/node_modules/', '/test/'],
      globalSetup: '<rootDir>/test/bundle-setup.ts',
      globalTeardown: '<rootDir>/test/bundle-teardown.ts',
      maxWorkers: '100%', // all cores; without it, jest leaves one idle
      moduleFileExtensions: ['ts', 'tsx', 'js', 'mjs', 'cjs', 'json', 'node'], // compiled .js sits beside the .ts: prefer the sources
      moduleNameMapper: { '^@aws/cloudformation-validate$': '<rootDir>/test/without-cdk-validation.ts' },
      testPathIgnorePatterns: ['/node_modules/', '\\.deep\\.test\\.ts$'],
      testTimeout: 60_000, // ends what hangs; the jest default of 5 s also ends tests on a busy machine
    },
  },

  githubOptions: {
    pullRequestLintOptions: {
      semanticTitleOptions: { types: ['feat', 'fix', 'refactor', 'docs', 'test', 'perf', 'build', 'ci', 'chore', 'revert'] },
    },
  },
  buildWorkflowOptions: { mutableBuild: false }, // `npm ci`, and a build that may write nothing; a stale file fails it
  jsiiReleaseVersion: '0.2.1061', // of publib, which gets the tokens of the registries
  npmProvenance: true,
  nextVersionCommand: '[ -n "$LATEST_TAG" ] || echo 0.1.0', // the first one; the others are what the commits ask for
  compat: true, // with what is released, unless .compatignore says why not
  publishToPypi: { distName: NAME, module: 'cdk_eks_pod_identity' },
  publishToMaven: { javaPackage: 'io.github.cdkekspodidentity', mavenGroupId: 'io.github.cdkekspodidentity', mavenArtifactId: NAME },
  publishToNuget: { dotNetNamespace: 'CdkEksPodIdentity', packageId: 'CdkEksPodIdentity' },
  publishToGo: { moduleName: 'github.com/cdk-eks-pod-identity/cdk-eks-pod-identity-go' },
});

pinActions(project.github!);
new CheckoutWithoutCredentials(project.github!);
// The build runs the code of a pull request: it needs no token that writes.
project.tryFindObjectFile('.github/workflows/build.yml')!.addOverride('jobs.build.permissions.contents', 'read');

// What PyPI files the package under, next to what jsii itself sets.
project.tryFindObjectFile('package.json')!.addOverride('jsii.targets.python.classifiers', [
  'Framework :: AWS CDK', 'Framework :: AWS CDK :: 2', 'Topic :: Security', 'Topic :: Software Development :: Libraries',
]);

// Inlined source maps would be three quarters of the package, and of what Node.js reads to load it.
for (const option of ['inlineSourceMap', 'inlineSources']) { project.tryFindObjectFile('tsconfig.json')!.addOverride(`compilerOptions.${option}`, false); }

// Tests are transpiled; `npm test` checks the types of everything once.
project.deps.removeDependency('ts-jest');
project.jest!.config.transform = {
  '^.+\\.tsx?$': new javascript.Transform('@swc/jest', {
    jsc: { parser: { syntax: 'typescript', tsx: true }, target: 'es2022', transform: { react: { runtime: 'automatic', importSource: 'preact' } } },
    module: { type: 'commonjs' },
  }),
};
const allSources = project.tryFindObjectFile('test/tsconfig.json')!;
allSources.addOverride('include', [
  ...['**/*.ts', '../lib/**/*.ts', '../cli/**/*.ts', '../cli/**/*.tsx', '../examples/**/*.ts', '../bench/**/*.ts', '../projenrc/**/*.ts', '../.projenrc.ts'],
]);
for (const [option, value] of Object.entries({
  module: 'commonjs', // this and the next, as ts-node and esbuild read the files
  moduleResolution: 'node10',
  ignoreDeprecations: '6.0',
  jsx: 'react-jsx',
  jsxImportSource: 'preact',
  declaration: false,
  paths: { [NAME]: ['../lib/index.ts'] },
})) { allSources.addOverride(`compilerOptions.${option}`, value); }

const typeCheck = project.addTask('type-check', { description: 'Check the types of everything in one run', exec: 'tsc --noEmit --project test/tsconfig.json' });
project.addTask('docs:check', {
  description: 'Check spelling, style, links and headings of what people read',
  env: { TS_NODE_PROJECT: 'projenrc/tsconfig.json' },
  steps: [{ exec: 'ts-node --transpileOnly --preferTsExts projenrc/docs-check/index.ts' }],
});
const arrows = project.addTask('arrows', { description: 'Check which folders import which: projenrc/rooms.cjs', exec: 'depcruise lib cli' });
project.testTask.reset();
project.testTask.exec(`concurrently --group --kill-others-on-fail ${['eslint', typeCheck.name, arrows.name].map((task) => `"projen ${task}"`).join(' ')}`);
project.testTask.exec('jest --ci', { receiveArgs: true });
new JsonFile(project, 'test/jest.deep.json', {
  obj: () => ({
    ...project.jest!.config,
    rootDir: '..',
    moduleNameMapper: undefined,
    testPathIgnorePatterns: ['/node_modules/'],
  }),
});
// What depends on the number of runs, what synthesizes apps (here with the validation of the CDK, which `npm test` replaces) and what runs only here.
const DEEP = "test/runs.ts test/*.test.ts test/validation/*.test.ts test/end-to-end/cdk.test.ts $(find test -name '*.deep.test.ts')";
project.addTask('test:deep', {
  description: 'Run the tests that search longer here, with all AWS managed policies, z3, the validation of the CDK and a browser',
  env: { TEST_DEEP: '1' },
  steps: [{ exec: `jest --ci --config test/jest.deep.json --findRelatedTests ${DEEP}`, receiveArgs: true }],
});

// Only `package:js` needs nothing but npm. The other languages need their own toolchains and registries: the release
// workflow has jobs for them, and `package:code` generates their sources.
project.packageTask.reset();
project.packageTask.spawn(project.tasks.tryFind('package:js')!);
project.addTask('package:code', {
  description: 'Generate (not compile) the bindings of every language',
  steps: ['python', 'java', 'dotnet', 'go'].map((target) => ({
    exec: `jsii-pacmak --code-only --target ${target} --outdir dist/code/${target}`,
  })),
});

// Tables of tests stay readable: a line is longer than 120 characters only for a long literal.
project.eslint?.addOverride({
  files: ['test/**/*.ts'],
  rules: {
    '@stylistic/max-len': ['error', {
      code: 120, ignoreUrls: true, ignoreComments: true, ignoreTemplateLiterals: true, ignorePattern: "'[^']{70,}'|\"[^\"]{70,}\"|/.{70,}/",
    }],
  },
});
// Examples and benchmarks import the package by its name, as its users do; the compiler resolves it, and the lint treats it as any package.
project.tryFindObjectFile('.eslintrc.json')!.addOverride('settings.import/resolver.typescript.project', './tsconfig.json');
project.eslint?.addOverride({
  files: ['examples/**/*.ts', 'bench/**/*.ts'],
  rules: { 'import/no-unresolved': ['error', { ignore: [`^${NAME}$`] }] },
});

// README examples must compile.
new TextFile(project, 'rosetta/default.ts-fixture', {
  marker: false,
  lines: [
    "import { App, Mixins, Stack, Validations } from 'aws-cdk-lib';",
    "import * as dynamodb from 'aws-cdk-lib/aws-dynamodb';",
    "import * as eks from 'aws-cdk-lib/aws-eks-v2';",
    "import * as iam from 'aws-cdk-lib/aws-iam';",
    "import * as s3 from 'aws-cdk-lib/aws-s3';",
    "import { Construct } from 'constructs';",
    'import {',
    '  FindingSeverity, GrantsTo, NarrowingVerdict, OrganizationPolicies, PodIdentityAgent, PodIdentityAssertions, PodIdentityAssociation,',
    '  PodIdentityRole, PodIdentityValidation, ResourcePermissions, RolePermissions, SessionPolicy, SessionPolicyMixin,',
    `} from '${NAME}';`,
    '',
    'declare const app: App;',
    'declare const cluster: eks.ICluster;',
    'declare const role: iam.IRole;',
    'declare const bucket: s3.IBucket;',
    'declare const table: dynamodb.ITable;',
    '',
    'class Fixture extends Stack {',
    '  constructor(scope: Construct, id: string) {',
    '    super(scope, id);',
    '',
    '    /// here',
    '  }',
    '}',
  ],
});
project.postCompileTask.spawn(project.addTask('rosetta:extract', {
  description: 'Compile the examples of the README and of the docstrings, and translate them into the other languages',
  env: { TS_NODE_PROJECT: 'projenrc/tsconfig.json' },
  steps: [
    { exec: 'jsii-rosetta extract --strict' },
    { exec: 'ts-node --transpileOnly --preferTsExts projenrc/translate-examples/index.ts' },
  ],
}));
project.gitattributes.addAttributes('/lib/reference/data/*.br', 'binary', 'linguist-generated');
project.gitignore.addPatterns('.jsii.tabl.json', '.jsii.gz', 'cdk.out/', '/reports/', '.stryker-tmp/');

// What is not compiled runs from the sources, without a build.
const sources = (folder: string, include: string[], options: object) => new javascript.TypescriptConfig(project, {
  fileName: `${folder}/tsconfig.json`,
  include,
  compilerOptions: {
    target: 'ES2022',
    module: 'commonjs',
    moduleResolution: javascript.TypeScriptModuleResolution.NODE10,
    ignoreDeprecations: '6.0',
    lib: ['es2022'],
    types: ['node'],
    strict: true,
    noEmit: true,
    skipLibCheck: true,
    rootDir: '..',
    ...options,
  } as javascript.TypeScriptCompilerOptions,
});
sources('examples', ['**/*.ts'], { paths: { [NAME]: ['../lib/index.ts'] } });
// swc transpiles lib/ for the examples in a tenth of the time that TypeScript takes.
project.tryFindObjectFile('examples/tsconfig.json')!.addOverride('ts-node', { swc: true });
sources('bench', ['**/*.ts'], { paths: { [NAME]: ['../lib/index.ts'] } });
sources('cli', ['**/*.ts', '**/*.tsx', '../projenrc/bundle-cli.ts'], {
  noUnusedLocals: true, noUnusedParameters: true, esModuleInterop: true, resolveJsonModule: true, jsx: 'react-jsx', jsxImportSource: 'preact',
});
project.postCompileTask.spawn(project.addTask('bundle', {
  description: 'Bundle the command line into bin/, with the notices of what is in it',
  exec: 'ts-node --transpileOnly --preferTsExts projenrc/bundle-cli.ts',
}));
project.gitignore.addPatterns('/bin/');
const runTs = 'ts-node --transpileOnly --preferTsExts -r tsconfig-paths/register';
const env = { TS_NODE_PROJECT: 'examples/tsconfig.json' };
project.addTask('example', {
  description: 'Synthesize the examples and show what each association may do',
  env,
  steps: [{ exec: `${runTs} examples/run.ts` }],
});
const benchDecide = project.addTask('bench:decide', {
  description: 'How long decisions take; `--smoke` for a short run, `--plot` to draw docs/decide-growth.svg',
  env,
  steps: [{ exec: `${runTs} bench/decide.ts`, receiveArgs: true }],
});
const benchCompare = project.addTask('bench:compare', {
  description: 'How many pairs of policies the command line compares in a second; `--smoke` for a short run',
  env,
  steps: [{ exec: `${runTs} bench/compare.ts`, receiveArgs: true }],
});
project.addTask('bench:diff', {
  description: 'How long a comparison of two deployments takes, and how much memory; `--smoke` for a short run',
  env,
  steps: [{ exec: `${runTs} bench/diff.ts`, receiveArgs: true }],
});
project.addTask('bench:compaction', {
  description: 'How short compaction makes session policies, beside other tools; `--smoke` for a short run, `--write` to write docs/compaction.md',
  env,
  steps: [{ exec: `${runTs} bench/compaction.ts`, receiveArgs: true }],
});
project.addTask('bench:hostile', {
  description: 'How long input that was made to be slow takes; fails over 100 ms, for a quiet machine',
  env,
  steps: [{ exec: `${runTs} bench/hostile.ts` }],
});
project.addTask('bench:parse', {
  description: 'How the time to parse a template grows with what it repeats; `--smoke` for a short run',
  env,
  steps: [{ exec: `${runTs} bench/parse.ts`, receiveArgs: true }],
});
project.addTask('bench:check-growth', {
  description: 'How the time of `check` grows with what templates share; `--smoke` for a short run',
  env,
  steps: [{ exec: `${runTs} bench/check-growth.ts`, receiveArgs: true }],
});
project.addTask('bench', {
  description: 'Benchmarks; `--smoke` for a short run',
  env,
  steps: [{ exec: `${runTs} bench/synth.ts`, receiveArgs: true }, { spawn: benchDecide.name, receiveArgs: true }, { spawn: benchCompare.name, receiveArgs: true }],
});
project.addTask('bench:cli', {
  description: 'How long the command line takes for many templates, and how much memory; `--smoke` for a short run',
  env,
  steps: [{ exec: `${runTs} bench/cli.ts`, receiveArgs: true }],
});
project.addTask('bench:audit', {
  description: 'How long an audit of 1,000 to 5,000 associations takes, and how much memory; `--smoke` for a short run',
  env,
  steps: [{ exec: `${runTs} bench/audit.ts`, receiveArgs: true }],
});
project.addTask('verification', {
  description: 'Count the verdicts for AWS\'s managed policies in docs/verification.md; `--check` fails if the page is stale',
  env,
  steps: [{ exec: `${runTs} test/verification/counts.ts`, receiveArgs: true }],
});
project.addTask('update-reference', {
  description: 'Make lib/reference/data of the pinned packages; `--check` fails if it is stale',
  env: { TS_NODE_PROJECT: 'projenrc/tsconfig.json' },
  steps: [{ exec: 'ts-node --transpileOnly --preferTsExts projenrc/update-reference/index.ts', receiveArgs: true }],
});
const upgradeReference = project.addTask('upgrade-reference', {
  description: 'Pin the newest packages that reference data is made of, and make what depends on them',
  env: { TS_NODE_PROJECT: 'projenrc/tsconfig.json' },
  steps: [
    { exec: 'ts-node --transpileOnly --preferTsExts projenrc/upgrade-reference.ts' },
    { exec: 'npx projen' },
    { exec: 'npx projen update-reference' },
    { exec: 'npx projen verification' },
    { exec: 'npx projen messages' },
  ],
});
addReferenceWorkflow(project, upgradeReference.name);
project.addTask('report-images', {
  description: 'Make the pictures of the HTML report in docs/images; needs Chromium',
  env: { TS_NODE_PROJECT: 'cli/tsconfig.json' },
  steps: [{ exec: 'ts-node --transpileOnly --preferTsExts projenrc/report-images.ts' }],
});
project.addTask('messages', {
  description: 'Write docs/messages.md, which shows the message of each rule in each front end',
  env: { UPDATE_PAGES: '1' },
  steps: [{ exec: 'jest --ci --coverage=false test/docs/messages.test.ts' }],
});
project.addTask('mutation', {
  description: 'Mutate the engine and see which of the changes no test notices; `--mutate lib/engine/strings/find-string.ts` for one file',
  env: { FC_RUNS: '25' },
  steps: [{ exec: 'stryker run', receiveArgs: true }],
});
// Archives of packages take their time from the commit, so that two builds are the same.
const ofCommit = (format: string) => `$(TZ=UTC0 git log -1 --date=format-local:%Y-%m-%dT%H:%M:%SZ --format=${format})`;
project.tasks.tryFind('package:python')!.env('SOURCE_DATE_EPOCH', ofCommit('%ct'));
project.tasks.tryFind('package:java')!.env('MAVEN_OPTS', ofCommit('-Dproject.build.outputTimestamp=%cd'));
project.addTask('release:dry-run', {
  description: 'Make the packages of a release twice, and compare them',
  env: { TS_NODE_PROJECT: 'projenrc/tsconfig.json' },
  steps: [{ exec: 'ts-node --transpileOnly --preferTsExts projenrc/release-dry-run.ts' }],
});
project.addTask('test:compatibility', {
  description: 'Run the tests with other versions of Node.js and of the CDK; `24 newest` for one pair',
  steps: [{ exec: 'node test/compatibility/run.js', receiveArgs: true }],
});
project.addTask('test:package', {
  description: 'Install the packed tarball in apps outside of the repository and synthesize them with the CDK CLI',
  steps: [{ exec: 'node test/package/run.js' }],
});
project.addTask('test:languages', {
  description: 'Build the packages for the other languages and use each as its users would; `python`, `java`, `go` or `dotnet` for one of them',
  steps: [{ exec: 'ts-node --transpileOnly --preferTsExts test/consumers/run.ts', receiveArgs: true }],
});

project.npmignore?.addPatterns('/stryker.config.json', '/reports/', '.stryker-tmp/', '/rosetta/', '/examples/', '/bench/', '/docs/', '/.ci/', '/cli/', '/projenrc/', '/.pre-commit-hooks.yaml', '/action.yml', '/pipelines/', '/.dependency-cruiser.cjs', '!.jsii.gz', '/lib/**/*.ts', '!/lib/**/*.d.ts');

// The newest unrs-resolver whose optional platform packages are all published; without it `npm ci` rejects the lock file.
project.package.addPackageResolutions('unrs-resolver@1.12.2');
project.tasks.addEnvironment('JSII_SILENCE_WARNING_END_OF_LIFE_NODE_VERSION', 'true');

project.synth();
