/** Devices, pipes, links and folders where files are expected: on the command line, and named by the contents of files. */
import { PLANTED, PLANTED_TEMPLATE } from './planted';
import { Dice } from '../../dice';
import { Attack, HostileFile } from '../attack';

const SPECIAL: ReadonlyArray<HostileFile> = [
  { link: '/dev/zero' }, { link: '/dev/urandom' }, { link: '/dev/null' }, { link: '/dev/full' }, { fifo: true },
  { folder: true },
  { link: '/nonexistent' }, { link: 'loop' }, { link: '../foreign.json' }, '', Buffer.alloc(80_000_000),
];

/** A cloud assembly with one stack, whose template has a nested stack. */
function assembly(dice: Dice): { readonly [name: string]: HostileFile } {
  const path = dice.pick([
    '/dev/zero', '/dev/stdin', 'fifo', '../../foreign.json', '/etc/passwd', 'special.json',
    '../../../../../../etc/hostname', '.', '', 'https://example.com/x', 'a\0b', '%2e%2e',
  ]);
  const child = {
    Type: 'AWS::CloudFormation::Stack',
    Properties: { TemplateURL: path },
    Metadata: { 'aws:asset:path': path, 'aws:asset:property': 'TemplateURL' },
  };
  return {
    'cdk.out/manifest.json': JSON.stringify({
      version: '36.0.0',
      artifacts: {
        App: {
          type: 'aws:cloudformation:stack',
          environment: 'aws://unknown-account/unknown-region',
          properties: { templateFile: dice.pick(['App.template.json', 'App.template.json', path]) },
        },
        Nested: { type: 'cdk:cloud-assembly', properties: { directoryName: dice.pick(['.', '..', path]) } },
      },
    }),
    'cdk.out/App.template.json': JSON.stringify({ Resources: { Child: child } }),
    'cdk.out/special.json': dice.pick(SPECIAL),
    'cdk.out/fifo': { fifo: true },
  };
}

export function specialFileAttack(dice: Dice): Attack {
  const special = dice.pick(SPECIAL);
  const format = dice.pick(['text', 'json'] as const);
  const files = { 'planted.json': PLANTED_TEMPLATE, 'special.json': special, 'loop': { link: 'loop' } };
  const failsOnFindings = true;
  const check = (kind: string, more: { readonly [name: string]: HostileFile }, ...args: string[]): Attack => ({
    kind,
    files: { ...files, ...more },
    args: ['check', '--format', format, 'planted.json', ...args],
    format,
    count: 1,
    planted: PLANTED,
    failsOnFindings,
  });
  const policies = JSON.stringify({ Version: '2012-10-17', Statement: [] });
  return dice.pick<() => Attack>([
    () => check('special file given', {}, 'special.json'),
    () => check('special file in a folder', {}, '.'),
    () => check('special file in a cloud assembly', assembly(dice), 'cdk.out'),
    () => check('special file in a cloud assembly', assembly(dice), 'cdk.out'),
    () => check('special TemplateURL', {
      'parent.json': JSON.stringify({
        Resources: {
          Child: {
            Type: 'AWS::CloudFormation::Stack',
            Properties: {
              TemplateURL: dice.pick(['special.json', '../foreign.json', '/dev/zero', './loop',
                'file:///etc/passwd']),
            },
          },
        },
      }),
    }, 'parent.json'),
    () => ({
      ...check('special snapshot', {}),
      args: ['check', 'planted.json', '--roles', 'special.json', '--format', format],
      planted: undefined,
    }),
    () => ({
      kind: 'special policy',
      files: { ...files, 'r.json': policies },
      args: ['compare', '--session', 'special.json', '--role', 'r.json'],
      format: 'text',
      count: 1,
      failsOnFindings: false,
    }),
    () => ({
      kind: 'special pairs',
      files,
      args: ['compare', '--pairs', 'special.json'],
      format: 'json lines',
      count: 1,
      failsOnFindings: false,
    }),
  ])();
}
