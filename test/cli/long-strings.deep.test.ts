/**
 * Templates with one text that is very long, in each place where a text is taken apart. What is quadratic in 200,000 repetitions takes
 * longer than the time that a run of the command has here.
 */
import { Cli } from './run';

const MANY = 200_000;
const many = (text: string) => text.repeat(MANY);
const list = <T>(item: T) => new Array<T>(MANY).fill(item);

const policy = (statement: object = {}) => (
  { Version: '2012-10-17', Statement: [{ Effect: 'Allow', Action: 's3:GetObject', Resource: '*', ...statement }] });
const inSession = (statement: object) => ({ association: { Policy: JSON.stringify(policy(statement)) } });
const inRole = (statement: object) => ({ statement });
const inBoth = (of: (end: string) => object) => ({ ...inSession(of('b')), ...inRole(of('')) });

interface Parts { readonly association?: object; readonly statement?: object; readonly trust?: object }

function template({ association = {}, statement = {}, trust = {} }: Parts): object {
  const trusted = { Principal: { Service: 'pods.eks.amazonaws.com' }, Action: ['sts:AssumeRole', 'sts:TagSession'] };
  return {
    Resources: {
      Pods: {
        Type: 'AWS::EKS::PodIdentityAssociation',
        Properties: {
          ClusterName: 'c',
          Namespace: 'n',
          ServiceAccount: 's',
          RoleArn: { 'Fn::GetAtt': ['Role', 'Arn'] },
          Policy: JSON.stringify(policy()),
          ...association,
        },
      },
      Role: {
        Type: 'AWS::IAM::Role',
        Properties: {
          AssumeRolePolicyDocument: { Version: '2012-10-17', Statement: [{ Effect: 'Allow', ...trusted, ...trust }] },
          Policies: [{ PolicyName: 'p', PolicyDocument: policy({ Action: 's3:*', ...statement }) }],
        },
      },
    },
  };
}

const like = (value: string) => ({ Condition: { StringLike: { 'aws:PrincipalTag/team': value } } });
const keyed = (key: string) => ({ Condition: { StringLike: { [key]: 'x' } } });
const tested = (operator: string, value: string) => ({ Condition: { [operator]: { 'aws:CurrentTime': value } } });
const REGION = { Ref: 'AWS::Region' };

test.each<[string, Parts]>([
  ['open braces in a condition of a role', inRole(like(many('${')))],
  ['open braces in a condition of a trust policy', { trust: like(many('${')) }],
  ['open braces in a condition of a session policy', inSession(like(many('${')))],
  ['open braces in a resource of a role', inRole({ Resource: `arn:aws:s3:::b/${many('${')}` })],
  ['open braces in a resource of a session policy', inSession({ Resource: `arn:aws:s3:::b/${many('${')}` })],
  ['open braces in the name of a condition key', inSession(keyed(`aws:ResourceTag/${many('${')}`))],
  ['policy variables', inSession({ Resource: `arn:aws:s3:::b/${many('${aws:PrincipalTag/a}')}` })],
  ['Fn::Sub of open braces', { association: { Policy: { 'Fn::Sub': many('${') } } }],
  ['Fn::Sub of references', { association: { Policy: { 'Fn::Sub': many('${AWS::Region}') } } }],
  ['Fn::Sub of references in a role', inRole({ Resource: { 'Fn::Sub': `arn:aws:s3:::${many('${AWS::Region}')}` } })],
  ['Fn::Sub of escapes', inRole({ Resource: { 'Fn::Sub': many('${!a}') } })],
  ['Fn::Join', inRole({ Resource: { 'Fn::Join': ['', list('a')] } })],
  ['Fn::Join of references', inRole({ Resource: { 'Fn::Join': ['', list(REGION)] } })],
  ['Fn::Split', inRole({ Resource: { 'Fn::Split': [',', many('arn:aws:s3:::b,')] } })],
  ['Fn::Select of Fn::Split', inRole({ Resource: { 'Fn::Select': [0, { 'Fn::Split': [',', many('a,')] }] } })],
  ['open dynamic references', { association: { RoleArn: many('{{resolve:ssm:') } }],
  ['wildcards', inBoth((end) => ({ Resource: `arn:aws:s3:::${many('*a')}${end}` }))],
  ['stars', inSession({ Resource: `${many('*')}a` })],
  ['question marks', inSession({ Resource: `arn:aws:s3:::${many('?*')}` })],
  ['stars in an action', inSession({ Action: `s3:${many('*')}a` })],
  ['an action', inSession({ Action: `s3:${many('a')}` })],
  ['a prefix of an action', inSession({ Action: `${many('a')}:b` })],
  ['colons of an ARN', inSession({ Resource: `arn${many(':')}` })],
  ['the path of a role', { association: { RoleArn: `arn:aws:iam::111122223333:role/${many('a/')}` } }],
  ['a namespace', { association: { Namespace: many('a-') } }],
  ['a service account', { association: { ServiceAccount: many('a.') } }],
  ['dots of a condition key', inSession(keyed(many('a.')))],
  ['digits of a date', inSession(tested('DateLessThan', many('1')))],
  ['digits of a second', inSession(tested('DateLessThan', `2026-01-01T01:01:${many('1')}x`))],
  ['an address', inSession(tested('IpAddress', many('1.')))],
  ['Base64', inSession(tested('BinaryEquals', `${many('AAAA')}!`))],
  ['braces of JSON', inSession({ Sid: many('{"') })],
  ['JSON that is open', { association: { Policy: many('{"a":') } }],
])('%s', (_, parts) => {
  const cli = new Cli({ 'template.json': JSON.stringify(template(parts)) });
  try {
    const { status, stderr, signal } = cli.run('check template.json');
    expect({ stderr, signal }).toEqual({ stderr: '', signal: null });
    expect([0, 1]).toContain(status);
  } finally {
    cli.remove();
  }
});
