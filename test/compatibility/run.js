// Runs the tests with other versions of Node.js and of aws-cdk-lib than those that are installed, in copies of the repository
// outside of it, writes what ran to docs/compatibility.json, and shows it as the table in the README.
//
//   npm run test:compatibility                        all of them: most of an hour
//   npm run test:compatibility -- 24 newest           one; the results of the others stay
//   npm run test:compatibility -- 24 newest test/cli  some tests of one, which only shows whether they pass
//
// Without the long searches of the engine, which depends on neither.
const { execFileSync, spawnSync } = require('node:child_process');
const fs = require('node:fs');
const os = require('node:os');
const path = require('node:path');
const { showIn } = require('./table');

const REPOSITORY = path.resolve(__dirname, '../..');
const RESULTS = path.join(REPOSITORY, 'docs/compatibility.json');
const README = path.join(REPOSITORY, 'README.md');

const NODES = ['20', '22', '24'];
const CDKS = ['floor', 'newest'];

main(process.argv.slice(2));

function main([node, cdk, ...tests]) {
  const asked = NODES.flatMap((n) => CDKS.map((c) => [n, c])).filter(([n, c]) => [undefined, n].includes(node) && [undefined, c].includes(cdk));
  if (asked.length === 0) { throw new Error(`There is no Node.js ${node} with the ${cdk} CDK: give one of ${NODES.join(', ')} and one of ${CDKS.join(', ')}.`); }
  const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'compatibility-'));
  try {
    for (const [n, c] of asked) {
      const result = run(fs.mkdtempSync(path.join(folder, 'copy-')), n, c, tests);
      console.log(`Node.js ${result.node}, aws-cdk-lib ${result['aws-cdk-lib']}, constructs ${result.constructs}: ${result.passed} passed, ${result.failed} failed`);
      if (result.failed > 0 || result.passed === 0) { process.exitCode = 1; }
      if (tests.length === 0) { record(result); }
    }
  } finally {
    fs.rmSync(folder, { recursive: true, force: true });
  }
}

function run(folder, node, cdk, tests) {
  const files = execFileSync('git', ['ls-files', '-z'], { cwd: REPOSITORY, encoding: 'utf-8' }).split('\0').filter((file) => file !== '');
  for (const file of files) {
    fs.mkdirSync(path.dirname(path.join(folder, file)), { recursive: true });
    fs.copyFileSync(path.join(REPOSITORY, file), path.join(folder, file));
  }
  execFileSync('git', ['init', '--quiet'], { cwd: folder }); // tests ask it which files there are
  fs.cpSync(path.join(REPOSITORY, 'node_modules'), path.join(folder, 'node_modules'), { recursive: true, verbatimSymlinks: true });
  if (cdk === 'newest') {
    npm(folder, ['install', '--no-save', '--no-package-lock', '--legacy-peer-deps', '--ignore-scripts', 'aws-cdk-lib@latest', 'constructs@latest']);
  }
  const binary = nodeBinary(node, path.join(folder, 'nodes'));
  const output = path.join(folder, 'results.json');
  const { status } = spawnSync(binary, [
    'node_modules/jest/bin/jest.js', ...tests, '--ci', '--config=test/jest.deep.json', '--coverage=false', '--reporters=default',
    '--json', `--outputFile=${output}`, '--testPathIgnorePatterns=/node_modules/|\\.deep\\.test\\.ts$',
  ], { cwd: folder, stdio: ['ignore', 'ignore', 'inherit'], env: { ...process.env, PATH: `${path.dirname(binary)}:${process.env.PATH}` } });
  if (!fs.existsSync(output)) { throw new Error(`jest ended with ${status} and no results`); }
  const { numPassedTests: passed, numFailedTests, numRuntimeErrorTestSuites: broken } = JSON.parse(fs.readFileSync(output, 'utf-8'));
  const versionOf = (name) => JSON.parse(fs.readFileSync(path.join(folder, 'node_modules', name, 'package.json'), 'utf-8')).version;
  const version = execFileSync(binary, ['--version'], { encoding: 'utf-8' }).trim().slice(1);
  return { 'date': new Date().toISOString().slice(0, 10), 'node': version, cdk, 'aws-cdk-lib': versionOf('aws-cdk-lib'), 'constructs': versionOf('constructs'), passed, 'failed': numFailedTests + broken };
}

/** From npm, where Node.js is published, too. */
function nodeBinary(version, folder) {
  fs.mkdirSync(folder, { recursive: true });
  fs.writeFileSync(path.join(folder, 'package.json'), '{"private":true}');
  npm(folder, ['install', '--no-save', '--ignore-scripts', `node-${process.platform}-${process.arch}@${version}`]);
  return path.join(folder, 'node_modules', `node-${process.platform}-${process.arch}`, 'bin', 'node');
}

function npm(folder, args) {
  execFileSync('npm', [...args, '--prefix', folder, '--no-audit', '--no-fund', '--loglevel=error'], { cwd: folder, stdio: ['ignore', 'ignore', 'inherit'] });
}

function record(result) {
  const major = ({ node }) => Number(node.split('.')[0]);
  const known = fs.existsSync(RESULTS) ? JSON.parse(fs.readFileSync(RESULTS, 'utf-8')) : [];
  const all = [...known.filter((other) => major(other) !== major(result) || other.cdk !== result.cdk), result]
    .sort((a, b) => major(a) - major(b) || CDKS.indexOf(a.cdk) - CDKS.indexOf(b.cdk));
  fs.writeFileSync(RESULTS, `${JSON.stringify(all, undefined, 2)}\n`);
  fs.writeFileSync(README, showIn(fs.readFileSync(README, 'utf-8'), all));
}
