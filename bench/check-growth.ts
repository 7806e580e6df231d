/**
 * What `check` takes for twice as many templates, associations or roles, against what it takes for as many: at most a little more
 * than twice as much. Ratios of processor time within one run; nothing here depends on how fast the machine is.
 *
 *   npm run bench:check-growth              fails over a limit
 *   npm run bench:check-growth -- --smoke   a few; only shows that the benchmark works
 */
import { bundle, removeBundle } from '../test/bundle';
import { Cli } from '../test/cli/run';
import { association, policy, role } from '../test/cli/templates';

const numbers = (count: number) => Array.from({ length: count }, (_, i) => i);
type Files = { readonly [name: string]: object };
const each = (count: number, make: (i: number) => object): Files => Object.fromEntries(
  numbers(count).map((i) => [`t${i}.template.json`, make(i)]));
const named = (count: number, prefix: string, make: (i: number) => object) => Object.fromEntries(
  numbers(count).map((i) => [`${prefix}${i}`, make(i)]));
const one = (Resources: object, sections: object = {}): Files => ({ 't.template.json': { Resources, ...sections } });
const arnOf = (id: string) => ({ 'Fn::GetAtt': [id, 'Arn'] });
const arn = { Value: arnOf('Role'), Export: { Name: 'role' } };
const attached = (Roles: unknown) => ({
  Type: 'AWS::IAM::Policy', Properties: { PolicyName: 'p', PolicyDocument: policy('s3:*'), Roles },
});
const STRING = { Type: 'String' };

/** Templates of their own: what the others are compared with. */
const OTHERS = (count: number) => each(
  count, (i) => ({ Resources: { Role: role('s3:*'), Pods: association('s3:GetObject', { ServiceAccount: `a${i}` }) } }));

const SHARED = 'templates that share a service account';
const KINDS: { readonly [kind: string]: (count: number) => Files } = {
  'templates that share nothing': OTHERS,
  [SHARED]: (count) => each(
    count, () => ({ Resources: { Role: role('s3:*'), Pods: association('s3:GetObject') } })),
  'templates that share a service account of a cluster that is a parameter': (count) => each(count, () => ({
    Parameters: { Cluster: STRING },
    Resources: { Role: role('s3:*'), Pods: association('s3:GetObject', { ClusterName: { Ref: 'Cluster' } }) },
  })),
  'templates with a condition of their own': (count) => each(count, (i) => ({
    Parameters: { Stage: STRING },
    Conditions: { Prod: { 'Fn::Equals': [{ Ref: 'Stage' }, 'prod'] } },
    Resources: { Role: role('s3:*'), Pods: association('s3:GetObject', { ServiceAccount: `a${i}` }, { Condition: 'Prod' }) },
  })),
  'templates that import one role': (count) => ({
    'platform.template.json': { Resources: { Role: role('s3:*') }, Outputs: { Role: arn } },
    ...each(count, (i) => ({
      Resources: { Pods: association('s3:GetObject', { ServiceAccount: `a${i}`, RoleArn: { 'Fn::ImportValue': 'role' } }) },
    })),
  }),
  'templates that attach policies to any role': (count) => each(count, (i) => ({
    Parameters: { Name: STRING },
    Resources: { Role: role('s3:*'), Pods: association('s3:GetObject', { ServiceAccount: `a${i}` }), More: attached([{ Ref: 'Name' }]) },
  })),
  'templates with a macro': (count) => each(count, (i) => ({
    Transform: 'Any', Resources: { Role: role('s3:*'), Pods: association('s3:GetObject', { ServiceAccount: `a${i}` }) },
  })),
  'associations on one role': (count) => one({
    Role: role('s3:*'), ...named(count, 'Pods', (i) => association('s3:GetObject', { ServiceAccount: `a${i}` })),
  }),
  'associations on roles of their own': (count) => one({
    ...named(count, 'Role', () => role('s3:*')),
    ...named(count, 'Pods', (i) => association('s3:GetObject', { ServiceAccount: `a${i}`, RoleArn: arnOf(`Role${i}`) })),
  }),
  'associations for one service account': (count) => one({
    Role: role('s3:*'), ...named(count, 'Pods', () => association('s3:GetObject')),
  }),
  'nested stacks': (count) => ({
    ...one(named(count, 'Nested', (i) => (
      { Type: 'AWS::CloudFormation::Stack', Properties: { TemplateURL: `./n${i}.json` } }))),
    ...Object.fromEntries(numbers(count).map((i) => [`n${i}.json`, {
      Resources: { Role: role('s3:*'), Pods: association('s3:GetObject', { ServiceAccount: `a${i}` }) },
    }])),
  }),
  'parameters in statements': (count) => one({
    Role: role('s3:*', {
      Policies: [{
        PolicyName: 'p',
        PolicyDocument: {
          Version: '2012-10-17',
          Statement: numbers(count).map((i) => (
            { Effect: 'Allow', Action: 's3:*', Resource: { 'Fn::Sub': `arn:aws:s3:::\${P${i}}/*` } })),
        },
      }],
    }),
    Pods: association('s3:GetObject'),
  }, { Parameters: named(count, 'P', () => STRING) }),
};

const COUNT = 400;
const SMOKE_COUNT = 4;
/** Linear time doubles with the number of templates, and quadratic time grows fourfold. The start of the command is taken off. */
const GROWTH = 3;
/** How much longer than templates of their own. */
const AGAINST_OTHERS = 4;

/** The seconds of processor time of a run. */
function secondsOf(files: Files): number {
  const cli = new Cli(files);
  try {
    cli.write({
      'usage.js': "process.on('exit', () => { const { user, system } = process.cpuUsage(); "
      + "require('fs').writeFileSync('usage', String((user + system) / 1e6)); });",
    });
    const { status, stderr } = cli.run(
      ['check', '.', '--account', '111122223333', '--region', 'eu-west-1'], { NODE_OPTIONS: '--require ./usage.js' });
    if (status === null || status > 1) { throw new Error(`exit code ${status}: ${stderr.slice(0, 1000)}`); }
    return Number(cli.read('usage'));
  } finally {
    cli.remove();
  }
}

function main(options: readonly string[]): void {
  const count = options.includes('--smoke') ? SMOKE_COUNT : COUNT;
  const start = secondsOf(OTHERS(1));
  const others = secondsOf(OTHERS(2 * count)) - start;
  const check = (what: string, ratio: number, limit: number) => {
    console.log(`${what.padEnd(80)}${ratio.toFixed(1)} times`);
    if (ratio < limit || count === SMOKE_COUNT) { return; }
    console.error(`  too slow: the limit is ${limit}`);
    process.exitCode = 1;
  };
  for (const [kind, make] of Object.entries(KINDS)) {
    const [few, many] = [count, 2 * count].map((n) => secondsOf(make(n)) - start);
    check(`${kind}: twice as many take`, many / Math.max(few, others / 4), GROWTH);
    if (kind === SHARED) { check('  against templates of their own, they take', many / others, AGAINST_OTHERS); }
  }
}

bundle().then(() => main(process.argv.slice(2))).finally(removeBundle).catch((error: unknown) => {
  console.error(error);
  process.exitCode = 1;
});
