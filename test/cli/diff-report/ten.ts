/** The ten commonest differences, as two templates each. */
import { association, policy, role } from '../templates';

type Template = { readonly Resources: { readonly [id: string]: object | undefined } };

const DATA = 'arn:aws:s3:::data/*';

function template(resources: { readonly [id: string]: object | undefined }): Template {
  return { Resources: resources };
}

function actions(...list: string[]): object {
  return { Version: '2012-10-17', Statement: [{ Effect: 'Allow', Action: list, Resource: DATA }] };
}

function withRole(action: string | string[], properties: object = {}): object {
  const policies = [{ PolicyName: 'access', PolicyDocument: actions(...[action].flat()) }];
  return role('s3:*', { Policies: policies, ...properties });
}

const pods = (properties: object = {}) => association('s3:GetObject', properties);
const BOUNDARY = {
  Type: 'AWS::IAM::ManagedPolicy',
  Properties: { PolicyDocument: policy('s3:Get*') },
};
const NO_TRUST = {
  AssumeRolePolicyDocument: {
    Version: '2012-10-17',
    Statement: [{ Effect: 'Allow', Principal: { Service: 'ec2.amazonaws.com' }, Action: 'sts:AssumeRole' }],
  },
};
const BROAD = ['s3:GetObject', 's3:PutObject'];

export const TEN: ReadonlyArray<readonly [name: string, base: Template, head: Template, status: number]> = [
  ['an added association', template({ Role: withRole(BROAD) }), template({ Role: withRole(BROAD), Pods: pods() }), 1],
  ['a removed association', template({ Role: withRole(BROAD), Pods: pods() }), template({ Role: withRole(BROAD) }), 0],
  ['a removed session policy',
    template({ Role: withRole(BROAD), Pods: pods() }),
    template({ Role: withRole(BROAD), Pods: pods({ Policy: undefined }) }), 1],
  ['s3:GetObject becomes s3:*',
    template({ Role: withRole('s3:*'), Pods: pods() }),
    template({ Role: withRole('s3:*'), Pods: pods({ Policy: JSON.stringify(policy('s3:*')) }) }), 1],
  ['an action is added to the role, with a session policy',
    template({ Role: withRole('s3:GetObject'), Pods: pods() }), template({ Role: withRole(BROAD), Pods: pods() }), 0],
  ['an action is added to the role, without a session policy',
    template({ Role: withRole('s3:GetObject'), Pods: pods({ Policy: undefined }) }),
    template({ Role: withRole(BROAD), Pods: pods({ Policy: undefined }) }), 1],
  ['a boundary is added',
    template({ Boundary: BOUNDARY, Role: withRole(BROAD), Pods: pods({ Policy: undefined }) }),
    template({
      Boundary: BOUNDARY,
      Role: withRole(BROAD, { PermissionsBoundary: { Ref: 'Boundary' } }),
      Pods: pods({ Policy: undefined }),
    }), 0],
  ['another role',
    template({ Role: withRole('s3:GetObject'), Other: withRole('s3:PutObject'), Pods: pods({ Policy: undefined }) }),
    template({
      Role: withRole('s3:GetObject'),
      Other: withRole('s3:PutObject'),
      Pods: pods({ Policy: undefined, RoleArn: { 'Fn::GetAtt': ['Other', 'Arn'] } }),
    }), 1],
  ['a removed trust',
    template({ Role: withRole(BROAD), Pods: pods() }), template({ Role: withRole(BROAD, NO_TRUST), Pods: pods() }), 0],
  ['another text',
    template({ Role: withRole(BROAD), Pods: pods() }),
    template({
      Role: withRole([...BROAD].reverse()),
      Pods: pods({ Policy: JSON.stringify(actions('s3:GetObject', 's3:getobject')) }),
    }), 0],
  ['a renamed construct',
    template({ Role: withRole(BROAD), Pods: pods() }), template({ Role: withRole(BROAD), Renamed: pods() }), 0],
];
