/** Parts of small templates, from which the pairs of the table are made. */
import { GivenFolders } from '../../../cli/files/given-folders';
import { Unreadable } from '../../../cli/files/unreadable';
import { StackSource } from '../../../cli/templates/stack-source';

export type Json = Record<string, any>;

export const DATA = 'arn:aws:s3:::data/*';
export const QUEUE = 'arn:aws:sqs:eu-west-1:111122223333:jobs';

export function allow(actions: string | string[], resources: any = DATA, condition?: Json): Json {
  return { Effect: 'Allow', Action: actions, Resource: resources, ...condition && { Condition: condition } };
}

export function deny(actions: string | string[], resources: any = DATA, condition?: Json): Json {
  return { ...allow(actions, resources, condition), Effect: 'Deny' };
}

export function document(...statements: Json[]): Json {
  return { Version: '2012-10-17', Statement: statements };
}

/** What the role may do, unless a pair says otherwise. */
export const THREE = allow(['s3:GetObject', 's3:PutObject', 's3:DeleteObject']);
export const GET = allow('s3:GetObject');
export const PUT = allow('s3:PutObject');

const ASSUME = ['sts:AssumeRole', 'sts:TagSession'];
export const TRUST = { Effect: 'Allow', Principal: { Service: 'pods.eks.amazonaws.com' }, Action: ASSUME };

export function trusting(...statements: Json[]): Json {
  return { AssumeRolePolicyDocument: document(...statements) };
}

export function role(statements: Json[], properties: Json = {}): Json {
  return {
    Type: 'AWS::IAM::Role',
    Properties: {
      ...trusting(TRUST),
      ...statements.length > 0 && { Policies: [{ PolicyName: 'access', PolicyDocument: document(...statements) }] },
      ...properties,
    },
  };
}

/** An association with a session policy, if statements are given. */
export function pods(session?: Json[], properties: Json = {}, others: Json = {}): Json {
  return {
    Type: 'AWS::EKS::PodIdentityAssociation',
    Properties: {
      ClusterName: 'prod',
      Namespace: 'default',
      ServiceAccount: 'app',
      RoleArn: { 'Fn::GetAtt': ['Role', 'Arn'] },
      ...session && { Policy: JSON.stringify(document(...session)), DisableSessionTags: true },
      ...properties,
    },
    ...others,
  };
}

/** The usual app: one role, one association. */
export function app(statements: Json[], session?: Json[], more: Json = {}): Json {
  return { Resources: { Role: role(statements), Pods: pods(session), ...more } };
}

/** The stacks of a deployment, by the names of their files. A text that is not a template cannot be read. */
export function sourcesOf(
  templates: Record<string, Json | string>, folder: string, environment: Pick<StackSource, 'account' | 'region'>,
): Array<StackSource | Unreadable> {
  return Object.entries(templates).map(([name, template]) => {
    const file = `${folder}/${name}.json`;
    if (typeof template === 'string') { return new Unreadable(file, template); }
    return {
      id: file,
      path: `/${file}`,
      file,
      assembly: '',
      given: new GivenFolders(),
      named: { text: JSON.stringify(template) },
      ...environment,
    };
  });
}
