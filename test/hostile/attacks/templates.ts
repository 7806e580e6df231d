/** Templates for `check`, `report` and `explain`: damaged as trees, as bytes, and by the names of their files. */
import { stringify } from 'yaml';
import { PLANTED, PLANTED_TEMPLATE } from './planted';
import { association, role } from '../../cli/templates';
import { Dice } from '../../dice';
import { Attack } from '../attack';
import { damaged } from '../bytes';
import { hostileFileName, hostileText } from '../texts';
import { changedTree } from '../trees';

const TEMPLATES: readonly object[] = [
  { Resources: { Role: role('s3:GetObject'), Pods: association('s3:*') } },
  {
    Parameters: {
      Bucket: { Type: 'String', Default: 'data' },
      Names: { Type: 'CommaDelimitedList', Default: 'a,b' },
    },
    Conditions: { Prod: { 'Fn::Equals': [{ Ref: 'AWS::Region' }, 'eu-west-1'] } },
    Mappings: { Map: { a: { b: 'c' } } },
    Resources: {
      Role: role('s3:*', { ManagedPolicyArns: ['arn:aws:iam::aws:policy/AmazonSQSReadOnlyAccess'] }),
      Policy: {
        Type: 'AWS::IAM::Policy',
        Properties: {
          PolicyName: 'p',
          Roles: [{ Ref: 'Role' }],
          PolicyDocument: {
            Version: '2012-10-17',
            Statement: [{
              Effect: 'Deny',
              Action: 's3:*',
              Resource: { 'Fn::Sub': 'arn:aws:s3:::${Bucket}/*' },
              Condition: { Bool: { 'aws:SecureTransport': 'false' } },
            }],
          },
        },
      },
      Pods: association('s3:GetObject', { Namespace: { 'Fn::If': ['Prod', 'prod', 'test'] } }, { Condition: 'Prod' }),
      Addon: {
        Type: 'AWS::EKS::Addon',
        Properties: {
          AddonName: 'a',
          ClusterName: 'prod',
          PodIdentityAssociations: [{ ServiceAccount: 'sa', RoleArn: { 'Fn::GetAtt': ['Role', 'Arn'] } }],
        },
      },
      Child: {
        Type: 'AWS::CloudFormation::Stack',
        Properties: { TemplateURL: './h0.json', Parameters: { Bucket: 'x' } },
      },
    },
    Outputs: { Arn: { Value: { 'Fn::GetAtt': ['Role', 'Arn'] }, Export: { Name: 'arn' } } },
  },
  {
    Transform: ['AWS::LanguageExtensions'],
    Resources: {
      'Role': role('s3:*'),
      'Fn::ForEach::Loop': ['Name', ['a', 'b'],
        { 'Pods${Name}': association('s3:GetObject', { Namespace: { Ref: 'Name' } }) }],
    },
  },
];

/** One hostile template as text. */
function templateText(dice: Dice): Buffer {
  const tree = dice.chance(85) ? changedTree(dice, dice.pick(TEMPLATES)) : dice.pick(TEMPLATES);
  const text = dice.chance(50) ? JSON.stringify(tree, undefined, dice.pick([0, 2])) : stringify(tree);
  return dice.chance(35) ? damaged(dice, text) : Buffer.from(text);
}

export function templateAttack(dice: Dice): Attack {
  const names = Array.from({ length: 1 + dice.below(8) }, (_, i) => (
    dice.chance(25) ? `${i}${hostileFileName(dice)}.${dice.pick(['json', 'yaml'])}` : `h${i}.${dice.pick(['json', 'yaml', 'template'])}`));
  const files = {
    'planted.json': PLANTED_TEMPLATE,
    ...Object.fromEntries(names.map((name) => [name, templateText(dice)])),
  };
  // After `--`, for a name may begin with a dash.
  const given = dice.chance(50) ? ['.'] : ['--', 'planted.json', ...names];
  const count = names.length;
  switch (dice.pick(['check', 'check', 'check', 'report', 'explain'])) {
    case 'report': return {
      kind: 'report of templates',
      files,
      args: ['report', ...given],
      format: 'html',
      count,
      planted: PLANTED,
      failsOnFindings: false,
    };
    case 'explain': {
      const asked = dice.pick(['Planted', 'Pods', hostileText(dice)]).replace(/\0/g, '');
      return {
        kind: 'explain of templates',
        files,
        args: ['explain', 's3:GetObject', 'arn:aws:s3:::data/a', `--association=${asked}`, ...given],
        format: 'text',
        count,
        failsOnFindings: false,
      };
    }
    default: {
      const format = dice.pick(['text', 'text', 'json', 'sarif', 'junit', 'html'] as const);
      return {
        kind: 'check of templates',
        files,
        args: ['check', '--format', format, ...given],
        format,
        count,
        planted: PLANTED,
        failsOnFindings: true,
      };
    }
  }
}
