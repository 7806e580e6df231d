// Installs the packed library in fresh apps outside of the repository, with the oldest aws-cdk-lib that it supports and
// with the newest, and synthesizes them with the CDK CLI. What works in the repository can be missing from the tarball,
// and what the validation plugin reports reaches people through the CLI only.
//
//   npx projen build && node test/package/run.js
//   node test/package/run.js --pack     packs lib/ as it is compiled now
const assert = require('node:assert/strict');
const { execFile } = require('node:child_process');
const fs = require('node:fs');
const os = require('node:os');
const path = require('node:path');
const { CONTENTS } = require('./contents');

const REPOSITORY = path.resolve(__dirname, '../..');
const manifest = JSON.parse(fs.readFileSync(path.join(REPOSITORY, 'package.json'), 'utf-8'));
const { 'aws-cdk-lib': cdkRange, constructs: constructsRange } = manifest.peerDependencies;
const VERSIONS = [
  { 'aws-cdk-lib': floorOf(cdkRange), constructs: floorOf(constructsRange) },
  { 'aws-cdk-lib': 'latest', constructs: 'latest' },
];

const EXCEEDS = 'PodIdentity::SessionPolicyExceedsRole';
const INVOICES_POLICY = '{"Version":"2012-10-17","Statement":[{"Effect":"Allow","Action":"s3:GetObject","Resource":"arn:aws:s3:::archive/invoices/*"}]}';
const BUCKET_ARN = { 'Fn::GetAtt': ['Bucket83908E77', 'Arn'] };
const ORDERS_POLICY = {
  'Fn::Join': ['', [
    '{"Version":"2012-10-17","Statement":[{"Effect":"Allow","Action":["s3:GetBucket*","s3:GetObject*","s3:List*"],"Resource":["',
    BUCKET_ARN, '","', BUCKET_ARN, '/orders/*"]}]}',
  ]],
};

const CASES = {
  'narrowed': ({ code, output, template, report }) => {
    assert.equal(code, 0);
    const association = (serviceAccount, policy) => ({
      ClusterName: 'shop', Namespace: 'shop', ServiceAccount: serviceAccount, RoleArn: { 'Fn::GetAtt': ['Role1ABCC5F0', 'Arn'] },
      DisableSessionTags: true, Policy: policy,
    });
    const associations = Object.values(template().Resources).filter(({ Type }) => Type === 'AWS::EKS::PodIdentityAssociation');
    assert.deepEqual(associations.map(({ Properties }) => Properties), [
      association('orders', ORDERS_POLICY), association('invoices', INVOICES_POLICY),
    ]);
    assert.deepEqual(report(), { violations: [], suppressed: [] });
    excludes(output, 'PodIdentity');
  },
  'exceeds': ({ code, output, report }) => {
    assert.notEqual(code, 0);
    includes(output, EXCEEDS, 'Shop/Orders', 's3:PutObject');
    assert.deepEqual(report().violations.map(pathOf), ['Shop/Orders/Resource']);
  },
  'acknowledged': ({ code, output, template, report }) => {
    assert.equal(code, 0);
    excludes(output, EXCEEDS);
    assert.ok(template().Resources, 'there is no template');
    const { violations, suppressed } = report();
    assert.deepEqual(violations, []);
    assert.deepEqual(suppressed.map((finding) => [pathOf(finding), finding.reason]), [['Shop/Orders/Resource', 'The bucket policy allows it']]);
  },
  'one-of-two-acknowledged': ({ code, output, report }) => {
    assert.notEqual(code, 0);
    includes(output, EXCEEDS, 'Shop/Invoices', 's3:DeleteObject');
    excludes(output, 's3:PutObject'); // what was acknowledged
    const { violations, suppressed } = report();
    assert.deepEqual(violations.map(pathOf), ['Shop/Invoices/Resource']);
    assert.deepEqual(suppressed.map(pathOf), ['Shop/Orders/Resource']);
  },
  'bad-namespace': ({ code, output }) => {
    assert.notEqual(code, 0);
    includes(output, "Shop/Orders: namespace 'Shop_1'", 'lower case letters, digits and hyphens', 'Give namespace');
  },
};

const STAGES_EXCEED = ({ code, output }) => {
  assert.equal(code, 1);
  assert.equal(output.split('Prod/Shop/Orders: the session policy allows s3:PutObject').length, 2, 'the finding is not there once');
};

// Apps whose associations are in stages: what is run with the CDK's command line, or without.
const STAGE_CASES = [
  ['stages-exceed', ['synth', '--quiet'], STAGES_EXCEED],
  ['stages-exceed', ['synth', '--quiet', 'Prod/*'], STAGES_EXCEED],
  ['stages-exceed', ['deploy', 'Prod/*', '--require-approval', 'never'], STAGES_EXCEED],
  ['stages-exceed', ['diff', 'Prod/*'], STAGES_EXCEED],
  ['stages-exceed', undefined, STAGES_EXCEED],
  // `cdk synth` validates the stages of a pipeline, whichever stacks are selected.
  ['stages-exceed', ['synth', '--quiet', '--exclusively', 'Dev/*'], ({ code }, isPipeline) => assert.equal(code, isPipeline ? 1 : 0)],
  ['stages-exceed', ['ls'], ({ code, output }) => {
    assert.equal(code, 0);
    includes(output, 'Dev/Shop', 'Prod/Shop');
  }],
  ...['stages-narrowed', 'stages-acknowledged'].map((name) => [name, ['synth', '--quiet'], ({ code, output }) => {
    assert.equal(code, 0);
    excludes(output, 'PodIdentity');
  }]),
];

const stop = new AbortController();
for (const signal of ['SIGINT', 'SIGTERM']) { process.once(signal, () => stop.abort()); }
const counts = { passed: 0, failed: 0 };

main().catch((error) => {
  console.error(error.message);
  process.exitCode = 1;
});

async function main() {
  const temporary = fs.mkdtempSync(path.join(os.tmpdir(), 'cdk-eks-pod-identity-'));
  try {
    const tarball = await findTarball(temporary);
    console.log(`Testing ${path.basename(tarball)}`);
    await testContents();
    for (const versions of VERSIONS) { await testWith(versions, tarball, temporary); }
  } finally {
    // What was stopped may still be writing.
    fs.rmSync(temporary, { recursive: true, force: true, maxRetries: 10, retryDelay: 200 });
  }
  console.log(`${counts.passed} passed, ${counts.failed} failed`);
  process.exitCode = counts.failed === 0 ? 0 : 1;
}

async function testContents() {
  const { output } = await run('npm', ['pack', '--dry-run', '--json', '--ignore-scripts', '--loglevel=error'], REPOSITORY);
  const [packed] = JSON.parse(output.slice(output.indexOf('[')));
  for (const [name, verify] of Object.entries(CONTENTS)) {
    await check(`the package ${name}`, true, () => verify({ packed, manifest, folder: REPOSITORY }));
  }
}

async function testWith(versions, tarball, temporary) {
  const folder = fs.mkdtempSync(path.join(temporary, 'app-'));
  const asked = `aws-cdk-lib ${versions['aws-cdk-lib']}`;
  const installed = await check(`${asked}: npm install`, false, () => install(folder, versions, tarball));
  if (!installed) { return; }
  for (const [name, verify] of Object.entries(CASES)) {
    await check(`${installed}: ${name}`, true, async () => {
      const result = await synth(folder, name);
      try {
        verify(result);
      } catch (error) {
        throw new Error(`${error.message}\ncdk synth ended with ${result.code}:\n${result.output}`);
      }
    });
  }
  await testStages(folder, installed);
}

/** Each with and without a pipeline around the stages. */
async function testStages(folder, installed) {
  for (const PIPELINE of ['', 'true']) {
    for (const [name, args, verify] of STAGE_CASES) {
      await check(`${installed}: ${name}${PIPELINE && ' in a pipeline'}, ${args ? `cdk ${args.join(' ')}` : 'node stages.js'}`, true, async () => {
        const result = args ? await cdk(folder, [...args, '--app', 'node stages.js'], { CASE: name, PIPELINE })
          : await run(process.execPath, ['stages.js'], folder, { CASE: name, PIPELINE });
        try {
          verify(result, PIPELINE !== '');
        } catch (error) {
          throw new Error(`${error.message}\nended with ${result.code}:\n${result.output}`);
        }
      });
    }
  }
}

/** Prints a line for each check that counts, and for each that fails. */
async function check(name, counted, action) {
  try {
    const result = await action();
    if (counted) {
      counts.passed += 1;
      console.log(`ok    ${name}`);
    }
    return result;
  } catch (error) {
    counts.failed += 1;
    console.log(`FAIL  ${name}\n${error.message.replace(/^/gm, '      ')}`);
    return undefined;
  }
}

async function findTarball(temporary) {
  let folder = path.join(REPOSITORY, 'dist/js');
  if (process.argv.includes('--pack')) {
    folder = temporary;
    const { code, output } = await run('npm', ['pack', '--ignore-scripts', '--pack-destination', temporary], REPOSITORY);
    if (code !== 0) { throw new Error(`npm pack failed:\n${output}`); }
  }
  const tarballs = fs.existsSync(folder) ? fs.readdirSync(folder).filter((file) => file.endsWith('.tgz')) : [];
  if (tarballs.length === 0) { throw new Error(`There is no tarball in ${folder}. Run \`npx projen build\` first.`); }
  if (tarballs.length > 1) { throw new Error(`There is more than one tarball in ${folder}: ${tarballs.join(', ')}. Remove the old ones.`); }
  return path.join(folder, tarballs[0]);
}

/** Returns the versions that npm chose. */
async function install(folder, versions, tarball) {
  const dependencies = { ...versions, 'aws-cdk': manifest.devDependencies['aws-cdk'], [manifest.name]: `file:${tarball}` };
  fs.writeFileSync(path.join(folder, 'package.json'), JSON.stringify({ private: true, dependencies }));
  fs.writeFileSync(path.join(folder, 'cdk.json'), JSON.stringify({ app: 'node app.js' }));
  ['app.js', 'stages.js'].forEach((file) => fs.copyFileSync(path.join(__dirname, file), path.join(folder, file)));
  // `--prefix`: npm tells the scripts that it runs to install into the package they belong to.
  const { code, output } = await run('npm', ['install', '--prefix', folder, '--no-audit', '--no-fund', '--no-package-lock'], folder);
  assert.equal(code, 0, output);
  const version = (name) => JSON.parse(fs.readFileSync(path.join(folder, 'node_modules', name, 'package.json'), 'utf-8')).version;
  return Object.keys(versions).map((name) => `${name} ${version(name)}`).join(', ');
}

async function synth(folder, name) {
  const out = path.join(folder, 'cdk.out');
  fs.rmSync(out, { recursive: true, force: true });
  const result = await cdk(folder, ['synth', '--quiet'], { CASE: name });
  const read = (file) => JSON.parse(fs.readFileSync(path.join(out, file), 'utf-8'));
  return {
    ...result,
    template: () => read('Shop.template.json'),
    report: () => {
      const ours = read('validation-report.json').pluginReports.filter(({ pluginName }) => pluginName === 'PodIdentity');
      return { violations: ours.flatMap((r) => r.violations), suppressed: ours.flatMap((r) => r.suppressedViolations ?? []) };
    },
  };
}

/** The CDK's command line. */
function cdk(folder, args, variables) {
  const cli = path.join(folder, 'node_modules/aws-cdk/bin/cdk');
  return run(process.execPath, [cli, ...args, '--no-notices', '--no-version-reporting', '--no-color'], folder, variables);
}

/** Nothing of this machine's AWS or CDK settings, and no network for credentials. */
function run(command, args, cwd, variables = {}) {
  const env = Object.fromEntries(Object.entries(process.env).filter(([name]) => !/^(AWS|CDK)_/.test(name)));
  const options = { cwd, env: { ...env, CI: 'true', AWS_EC2_METADATA_DISABLED: 'true', ...variables }, signal: stop.signal, maxBuffer: 1 << 26 };
  return new Promise((resolve, reject) => {
    execFile(command, args, options, (error, stdout, stderr) => {
      if (error && typeof error.code !== 'number') { reject(error); } else { resolve({ code: error ? error.code : 0, output: stdout + stderr }); }
    });
  });
}

function floorOf(range) {
  return /\d+\.\d+\.\d+/.exec(range)[0];
}

function pathOf(violation) {
  return violation.violatingConstructs[0].constructPath;
}

function includes(output, ...texts) {
  for (const text of texts) { assert.ok(output.includes(text), `the output lacks ${JSON.stringify(text)}`); }
}

function excludes(output, text) {
  assert.ok(!output.includes(text), `the output has ${JSON.stringify(text)}`);
}
