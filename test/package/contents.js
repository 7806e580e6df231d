// What is in the package: all that its users need, and nothing else; and what Construct Hub asks of it.
const assert = require('node:assert/strict');
const fs = require('node:fs');
const path = require('node:path');
const zlib = require('node:zlib');

/** Bytes. */
const LARGEST = 1_500_000;

const ALLOWED = [
  /^(API|README|CHANGELOG)\.md$|^LICENSE$|^NOTICE$|^package\.json$/,
  /^\.jsii(\.gz|\.tabl\.json)?$/,
  /^lib\/.+(?<!\.test)\.(js|d\.ts)$/,
  /^lib\/reference\/data\/.+\.br$/,
  /^bin\/([\w-]+\.js|THIRD-PARTY-NOTICES)$/,
];

const NEEDED = ['.jsii', 'LICENSE', 'NOTICE', 'README.md', 'CHANGELOG.md', 'API.md', 'lib/index.js', 'lib/index.d.ts', 'bin/cdk-pod-identity.js', 'bin/THIRD-PARTY-NOTICES'];

/** `packed`: what `npm pack --dry-run --json` says. */
const CONTENTS = {
  'has what is needed, and nothing else': ({ packed }) => {
    const files = packed.files.map((file) => file.path);
    assert.deepEqual(files.filter((file) => !ALLOWED.some((pattern) => pattern.test(file))), []);
    assert.deepEqual(NEEDED.filter((file) => !files.includes(file)), []);
  },
  [`has at most ${LARGEST / 1e6} MB packed`]: ({ packed }) => {
    assert.ok(packed.size <= LARGEST, `it has ${packed.size} bytes`);
  },
  'has no source maps': ({ packed, folder }) => {
    const code = packed.files.map((file) => file.path).filter((file) => file.endsWith('.js'));
    assert.deepEqual(code.filter((file) => fs.readFileSync(path.join(folder, file), 'utf-8').includes('//# sourceMappingURL')), []);
  },
  'brings no other packages along': ({ manifest }) => {
    assert.deepEqual([manifest.dependencies, manifest.optionalDependencies, manifest.bundledDependencies ?? []], [undefined, undefined, []]);
    assert.deepEqual(Object.keys(manifest.peerDependencies).sort(), ['aws-cdk-lib', 'constructs']);
  },
  // https://constructs.dev/contribute
  'is what Construct Hub takes': ({ manifest, folder }) => {
    for (const keyword of ['cdk', 'aws-cdk', 'awscdk']) { assert.ok(manifest.keywords.includes(keyword), `keyword ${keyword}`); }
    assert.equal(manifest.license, 'Apache-2.0');
    assert.match(fs.readFileSync(path.join(folder, 'LICENSE'), 'utf-8'), /Apache License\s+Version 2\.0/);
    assert.match(fs.readFileSync(path.join(folder, 'CHANGELOG.md'), 'utf-8'), /^# Changelog/);
    const assembly = jsiiOf(folder);
    for (const field of ['name', 'version', 'license']) { assert.equal(assembly[field], manifest[field], field); }
    assert.deepEqual(Object.keys(assembly.targets).sort(), ['dotnet', 'go', 'java', 'js', 'python']);
    assert.equal(assembly.docs.stability, manifest.stability);
  },
  'says of each public member what it is, and of each optional property what happens without it': ({ folder }) => {
    const types = Object.values(jsiiOf(folder).types);
    const members = types.flatMap((type) => [
      { name: type.name, ...type },
      ...[...type.properties ?? [], ...type.methods ?? [], ...type.members ?? []].filter((member) => !member.overrides)
        .map((member) => ({ ...member, name: `${type.name}.${member.name}`, needsDefault: type.datatype && member.optional })),
    ]);
    assert.deepEqual(members.filter(({ docs }) => !docs?.summary).map(({ name }) => name), []);
    assert.deepEqual(members.filter(({ docs, needsDefault }) => needsDefault && !docs?.default).map(({ name }) => name), []);
    const parameters = types.flatMap((type) => [type.initializer, ...type.methods ?? []].filter((method) => method && !method.overrides)
      .flatMap(({ name = 'constructor', parameters: all = [] }) => all.map((parameter) => ({ name: `${type.name}.${name}(${parameter.name})`, docs: parameter.docs }))));
    assert.deepEqual(parameters.filter(({ docs }) => !docs?.summary).map(({ name }) => name), []);
  },
  'has no relative links in its README, which other sites show': ({ folder }) => {
    const readme = fs.readFileSync(path.join(folder, 'README.md'), 'utf-8');
    const links = [...readme.matchAll(/\]\(([^)\s]+)[^)]*\)|(?:src|srcset|href)="([^"]+)"/g)].map(([, inline, attribute]) => inline ?? attribute);
    assert.deepEqual(links.filter((link) => !/^(https:\/\/|#)/.test(link)), []);
  },
};

/** `.jsii` may say in which file it is. */
function jsiiOf(folder) {
  const written = JSON.parse(fs.readFileSync(path.join(folder, '.jsii'), 'utf-8'));
  return written.schema === 'jsii/file-redirect' ? JSON.parse(zlib.gunzipSync(fs.readFileSync(path.join(folder, written.filename)))) : written;
}

module.exports = { CONTENTS };
