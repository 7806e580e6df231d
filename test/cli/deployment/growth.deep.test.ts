/**
 * What `check` takes for twice as many templates, associations or roles, against what it takes for as many: at most a little more
 * than twice as much. Ratios within one run; nothing here depends on how fast the machine is.
 */
import { Cli } from '../run';
import { association, policy, role } from '../templates';

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

const KINDS: { readonly [kind: string]: (count: number) => Files } = {
  'templates that share nothing': OTHERS,
  'templates that share a service account': (count) => each(
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
/** Twice as many templates take twice as long; a square takes four times as long. The start of the command is taken off. */
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

const start = secondsOf(OTHERS(1));
const others = secondsOf(OTHERS(2 * COUNT)) - start;

test.each(Object.entries(KINDS))('%s: twice as many take about twice as long', (_kind, make) => {
  const [few, many] = [COUNT, 2 * COUNT].map((count) => secondsOf(make(count)) - start);
  expect(many / Math.max(few, others / 4)).toBeLessThan(GROWTH);
}, 120_000);

test('templates that share a service account take as long as others', () => {
  const shared = secondsOf(KINDS['templates that share a service account'](2 * COUNT)) - start;
  expect(shared / others).toBeLessThan(AGAINST_OTHERS);
}, 120_000);

test('one finding of many templates is short', () => {
  const cli = new Cli(KINDS['templates that share a service account'](COUNT));
  const { stdout } = cli.run('check .');
  cli.remove();
  expect(stdout).toContain(`${COUNT - 1} errors (1 cause)`);
  expect(stdout.length).toBeLessThan(3000);
});
