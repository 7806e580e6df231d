/** Policies for `compare` and `explain`, in files and on standard input, and snapshots for `check --roles`. */
import { PLANTED } from './planted';
import { Dice } from '../../dice';
import { Attack } from '../attack';
import { damaged } from '../bytes';
import { hostileText, wellFormed } from '../texts';
import { changedTree } from '../trees';

const SESSION = {
  Version: '2012-10-17',
  Statement: [
    {
      Sid: 'Read',
      Effect: 'Allow',
      Action: ['s3:GetObject', 's3:PutObject'],
      Resource: 'arn:aws:s3:::data/${aws:PrincipalTag/team}/*',
    },
    {
      Effect: 'Allow',
      Action: 'sqs:*',
      Resource: '*',
      Condition: { StringLike: { 'aws:ResourceTag/team': ['a*', 'b'] } },
    },
  ],
};
const ROLE = {
  Version: '2012-10-17',
  Statement: [
    { Effect: 'Allow', Action: 's3:*', Resource: 'arn:aws:s3:::data/*' },
    {
      Effect: 'Deny',
      NotAction: 'iam:*',
      Resource: '*',
      Condition: { StringNotEquals: { 'aws:RequestedRegion': 'eu-west-1' } },
    },
  ],
};

export function policyText(dice: Dice, policy: object = dice.pick([SESSION, ROLE])): Buffer {
  const shape = dice.pick<(document: object) => object>([
    (d) => d, (d) => d, (d) => d, (d) => ({ PolicyDocument: encodeURIComponent(wellFormed(JSON.stringify(d))) }),
    (d) => ({ association: { policy: JSON.stringify(d) } }), (d) => ({ PolicyVersion: { Document: d } }),
  ]);
  const text = JSON.stringify(shape(changedTree(dice, policy)), undefined, dice.pick([0, 2]));
  return dice.chance(30) ? damaged(dice, text) : Buffer.from(text);
}

const SNAPSHOT = {
  version: 1,
  roles: {
    'arn:aws:iam::111122223333:role/pods': {
      trustPolicy: {
        Version: '2012-10-17',
        Statement: [{
          Effect: 'Allow',
          Principal: { Service: 'pods.eks.amazonaws.com' },
          Action: ['sts:AssumeRole', 'sts:TagSession'],
        }],
      },
      inlinePolicies: { Access: ROLE },
      managedPolicies: ['arn:aws:iam::111122223333:policy/team'],
    },
  },
  managedPolicies: { 'arn:aws:iam::111122223333:policy/team': SESSION },
  resources: {
    'arn:aws:s3:::data': {
      account: '111122223333',
      policy: {
        Version: '2012-10-17',
        Statement: [{ Effect: 'Deny', Principal: '*', Action: 's3:PutObject', Resource: 'arn:aws:s3:::data/*' }],
      },
    },
    'arn:aws:sqs:eu-west-1:111122223333:jobs': {},
  },
};

const TEMPLATE = {
  Resources: {
    Pods: {
      Type: 'AWS::EKS::PodIdentityAssociation',
      Properties: {
        ClusterName: 'prod',
        Namespace: PLANTED,
        ServiceAccount: 'app',
        RoleArn: 'arn:aws:iam::111122223333:role/pods',
        DisableSessionTags: true,
        Policy: JSON.stringify(SESSION),
      },
    },
  },
};

export function policyAttack(dice: Dice): Attack {
  const files = {
    's.json': policyText(dice, SESSION),
    'r.json': policyText(dice, ROLE),
    'b.json': policyText(dice, ROLE),
  };
  const format = dice.pick(['text', 'text', 'json'] as const);
  const sources = ['--session', 's.json', '--role', 'r.json', ...(dice.chance(30) ? ['--boundary', 'b.json'] : [])];
  const count = sources.length / 2;
  switch (dice.pick(['compare', 'compare', 'compare', 'input', 'explain', 'snapshot'])) {
    case 'input': return {
      kind: 'compare of standard input',
      files,
      args: ['compare', '--session', '-', '--role', 'r.json', '--format', format],
      input: files['s.json'],
      format,
      count,
      failsOnFindings: false,
    };
    case 'explain': return {
      kind: 'explain of policies',
      files,
      format,
      count,
      failsOnFindings: false,
      args: ['explain', '--format', format, ...sources, '--',
        dice.pick(['s3:GetObject', hostileText(dice)]).replace(/\0/g, ''), hostileText(dice).replace(/\0/g, '')],
    };
    case 'snapshot': {
      const text = JSON.stringify(changedTree(dice, SNAPSHOT), undefined, 2);
      return {
        kind: 'check with a snapshot',
        format,
        count: 1,
        failsOnFindings: true,
        args: ['check', 'a.json', '--roles', 'roles.json', '--format', format],
        files: { 'a.json': JSON.stringify(TEMPLATE), 'roles.json': dice.chance(40) ? damaged(dice, text) : text },
      };
    }
    default: return {
      kind: 'compare of policies',
      files,
      args: ['compare', ...sources, '--format', format, ...(dice.chance(40) ? ['--effective'] : [])],
      format,
      count,
      failsOnFindings: false,
    };
  }
}
