/** AWS::Lambda::Permission: each adds one statement, with one principal as text, to the policy of a function. */
import { allow } from '../make';
import { PAGES, ResourcePolicyCase } from './case';
import {
  ACCOUNT, getAtt, Given, OTHER_ACCOUNT, OTHER_ROLE_ARN, ref, ROLE_ARN, ROOT_ARN, SESSION_ARN, template,
} from './make';

const PAGE = 'https://docs.aws.amazon.com/lambda/latest/dg/access-control-resource-based.html';

interface Row extends Omit<ResourcePolicyCase, 'template'> {
  /** Properties of the permission; without them there is none. */
  readonly permission?: object;
  readonly identity?: boolean;
  /** What the session policy names, if it is not the function. */
  readonly session?: unknown;
}

const ROWS: readonly Row[] = [
  {
    id: 'no permission, identity policy',
    page: PAGES.sameAccount,
    access: 'allowed',
    identity: true,
    why: 'Within one account, an identity policy suffices.',
  },
  {
    id: 'no permission, no identity policy',
    page: PAGES.enforcement,
    access: 'not allowed',
    why: 'What no policy allows is denied.',
  },
  {
    id: 'allows the role',
    page: PAGES.sameAccount,
    access: 'allowed',
    permission: { Principal: getAtt('Role') },
    why: 'Within one account, a resource policy that allows the role suffices.',
  },
  {
    id: 'allows the ARN of the role',
    page: PAGE,
    access: 'allowed',
    permission: { Principal: ROLE_ARN },
    why: 'The principal is the ARN of the role.',
  },
  {
    id: 'allows the account, no identity policy',
    page: PAGE,
    access: 'not allowed',
    permission: { Principal: ref('AWS::AccountId') },
    why: 'The account delegates to identity policies, and none allows it.',
  },
  {
    id: 'allows the account, identity policy',
    page: PAGE,
    access: 'allowed',
    identity: true,
    permission: { Principal: ACCOUNT },
    why: 'The account delegates, and an identity policy allows it.',
  },
  {
    id: 'allows the root, no identity policy',
    page: PAGES.principal,
    access: 'not allowed',
    permission: { Principal: ROOT_ARN },
    why: 'The ARN of the root means the same as the account id.',
  },
  {
    id: 'allows everybody',
    page: PAGES.principal,
    access: 'allowed',
    permission: { Principal: '*' },
    why: 'Roles of the account need no other permission.',
  },
  {
    id: 'allows a session',
    page: PAGES.principal,
    access: 'not allowed',
    permission: { Principal: SESSION_ARN },
    why: 'EKS chooses the names of sessions, and a session principal is one session.',
  },
  {
    id: 'allows another role, no identity policy',
    page: PAGES.enforcement,
    access: 'not allowed',
    permission: { Principal: OTHER_ROLE_ARN },
    why: 'Neither policy allows this role.',
  },
  {
    id: 'allows another role, identity policy',
    page: PAGES.sameAccount,
    access: 'allowed',
    identity: true,
    permission: { Principal: OTHER_ROLE_ARN },
    why: 'The identity policy suffices.',
  },
  {
    id: 'allows another account, identity policy',
    page: PAGES.sameAccount,
    access: 'allowed',
    identity: true,
    permission: { Principal: OTHER_ACCOUNT },
    why: 'The identity policy suffices within the account of the function.',
  },
  {
    id: 'allows a service, no identity policy',
    page: PAGE,
    access: 'not allowed',
    permission: { Principal: 's3.amazonaws.com', SourceAccount: ref('AWS::AccountId') },
    why: 'A service principal is not the role.',
  },
  {
    id: 'allows a service, identity policy',
    page: PAGES.sameAccount,
    access: 'allowed',
    identity: true,
    permission: { Principal: 's3.amazonaws.com', SourceAccount: ref('AWS::AccountId') },
    why: 'The identity policy suffices.',
  },
  {
    id: 'allows an organization, no identity policy',
    page: PAGE,
    access: 'unknown',
    permission: { Principal: '*', PrincipalOrgID: 'o-exampleorg1' },
    why: 'The template does not tell the organization of the account.',
  },
  {
    id: 'allows an organization, identity policy',
    page: PAGES.sameAccount,
    access: 'allowed',
    identity: true,
    permission: { Principal: '*', PrincipalOrgID: 'o-exampleorg1' },
    why: 'The identity policy suffices.',
  },
  {
    id: 'allows the role another action',
    page: PAGE,
    access: 'not allowed',
    permission: { Principal: getAtt('Role'), Action: 'lambda:GetFunction' },
    why: 'No policy allows the invocation.',
  },
  {
    id: 'allows the role all actions',
    page: PAGE,
    access: 'allowed',
    permission: { Principal: getAtt('Role'), Action: 'lambda:*' },
    why: 'All actions include the invocation.',
  },
  {
    id: 'allows the role for a source',
    page: PAGES.globalKeys,
    access: 'not allowed',
    permission: { Principal: getAtt('Role'), SourceArn: 'arn:aws:s3:::shop' },
    why: 'aws:SourceArn is in requests of AWS services only.',
  },
  {
    id: 'allows the role the alias, the session policy names the alias',
    page: PAGE,
    access: 'allowed',
    permission: { Principal: getAtt('Role'), FunctionName: ref('Alias') },
    session: ref('Alias'),
    why: 'The statement applies to the alias.',
  },
  {
    id: 'allows the role the alias, the session policy names the function',
    page: PAGE,
    access: 'not allowed',
    permission: { Principal: getAtt('Role'), FunctionName: ref('Alias') },
    why: 'The statement applies to the alias only.',
  },
  {
    id: 'allows the role another function',
    page: PAGES.sameAccount,
    access: 'not allowed',
    permission: { Principal: getAtt('Role'), FunctionName: 'billing' },
    why: 'A resource policy applies to the resource that it is attached to.',
  },
];

function withPermission(permission: object | undefined): Given['resources'] {
  return {
    Function: {
      Type: 'AWS::Lambda::Function',
      Properties: {
        FunctionName: 'shop',
        Role: getAtt('Other'),
        Runtime: 'nodejs22.x',
        Handler: 'index.handler',
        Code: { ZipFile: 'exports.handler = async () => {};' },
      },
    },
    Alias: {
      Type: 'AWS::Lambda::Alias', Properties: { Name: 'live', FunctionName: ref('Function'), FunctionVersion: '1' },
    },
    ...(permission ? {
      Permission: {
        Type: 'AWS::Lambda::Permission',
        Properties: { FunctionName: getAtt('Function'), Action: 'lambda:InvokeFunction', ...permission },
      },
    } : {}),
    Other: {
      Type: 'AWS::IAM::Role',
      Properties: {
        RoleName: 'other',
        AssumeRolePolicyDocument: {
          Version: '2012-10-17',
          Statement: [{ Effect: 'Allow', Principal: { Service: 'lambda.amazonaws.com' }, Action: 'sts:AssumeRole' }],
        },
      },
    },
  };
}

export const LAMBDA_CASES: readonly ResourcePolicyCase[] = ROWS.map(
  ({ id, permission, identity, session = getAtt('Function'), ...rest }) => ({
    ...rest,
    id: `function: ${id}`,
    template: template({
      session: [allow('lambda:InvokeFunction', session)],
      identity: identity ? [allow('lambda:InvokeFunction', session)] : [],
      resources: withPermission(permission),
    }),
  }),
);
