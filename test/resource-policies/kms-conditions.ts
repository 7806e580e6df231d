/** Key policies that deny, and key policies whose conditions test the way to the key. */
import { allow } from '../make';
import { PAGES } from './case';
import { KeyRow } from './kms-row';
import {
  ACCOUNT, allows, denies, deniesAllExcept, EVERY_AWS_PRINCIPAL, EVERYBODY, getAtt, OF_ANOTHER_ORGANIZATION,
  OTHER_ROLE_AND_ROOT, ROLE, ROLE_AND_ROOT, ROLE_ARN, ROOT, ROOT_BY_PSEUDO_PARAMETERS, SESSIONS_ARN, sub,
  WITHOUT_TLS,
} from './make';

const KEY = getAtt('Key');
const DECRYPT = allow('kms:Decrypt', KEY);
/** The statement that lets the identity policies of the account count. */
const DELEGATES = allows(ROOT_BY_PSEUDO_PARAMETERS, 'kms:*', '*');
const viaService = (service: string) => ({ StringEquals: { 'kms:ViaService': `${service}.eu-west-1.amazonaws.com` } });
const VIA_S3 = viaService('s3');
const isNotPrincipal = (arn: string) => ({ ArnNotEquals: { 'aws:PrincipalArn': arn } });

const DENIES: readonly KeyRow[] = [
  {
    id: 'delegates, denies the role',
    page: PAGES.keyPolicies,
    access: 'denied',
    identity: [DECRYPT],
    policy: [DELEGATES, denies(ROLE, 'kms:Decrypt', '*')],
    why: 'An explicit deny in a key policy wins.',
  },
  {
    id: 'delegates, denies all but the role',
    page: PAGES.globalKeys,
    access: 'allowed',
    identity: [DECRYPT],
    policy: [DELEGATES, denies(EVERYBODY, 'kms:*', '*', isNotPrincipal(ROLE_ARN))],
    why: 'The condition exempts this role.',
  },
  {
    id: 'delegates, denies all but sessions of the role',
    page: PAGES.globalKeys,
    access: 'denied',
    identity: [DECRYPT],
    policy: [DELEGATES, denies(EVERYBODY, 'kms:*', '*', { ArnNotLike: { 'aws:PrincipalArn': SESSIONS_ARN } })],
    why: 'aws:PrincipalArn is never the ARN of a session, so that the condition exempts nobody.',
  },
  {
    id: 'delegates, denies other accounts',
    page: PAGES.kmsKeys,
    access: 'allowed',
    identity: [DECRYPT],
    policy: [DELEGATES, denies(EVERYBODY, 'kms:*', '*', { StringNotEquals: { 'kms:CallerAccount': ACCOUNT } })],
    why: 'kms:CallerAccount is the account of the role.',
  },
  {
    id: 'delegates, denies other organizations',
    page: PAGES.globalKeys,
    access: 'unknown',
    identity: [DECRYPT],
    policy: [DELEGATES, denies(EVERYBODY, 'kms:*', '*', OF_ANOTHER_ORGANIZATION)],
    why: 'The template does not tell the organization of the account.',
  },
  {
    id: 'delegates, denies requests without TLS',
    page: PAGES.globalKeys,
    access: 'depends',
    identity: [DECRYPT],
    policy: [DELEGATES, denies(EVERYBODY, 'kms:*', '*', WITHOUT_TLS)],
    why: 'The caller chooses TLS.',
  },
  {
    id: 'delegates, denies all but another role by NotPrincipal',
    page: PAGES.notPrincipal,
    access: 'denied',
    identity: [DECRYPT],
    policy: [DELEGATES, deniesAllExcept(OTHER_ROLE_AND_ROOT, 'kms:Decrypt', '*')],
    why: 'NotPrincipal exempts the role that it names; its account only accompanies it.',
  },
  {
    id: 'delegates, denies all but the role by NotPrincipal',
    page: PAGES.notPrincipal,
    access: 'unknown',
    identity: [DECRYPT],
    policy: [DELEGATES, deniesAllExcept(ROLE_AND_ROOT, 'kms:Decrypt', '*')],
    why: 'The page asks for the assumed-role session too, whose name EKS chooses, and says only what might happen.',
  },
  {
    id: 'delegates, denies all but the role by NotPrincipal, boundary',
    page: PAGES.boundaries,
    access: 'denied',
    identity: [DECRYPT],
    boundary: [allow('kms:*')],
    policy: [DELEGATES, deniesAllExcept(ROLE_AND_ROOT, 'kms:Decrypt', '*')],
    why: 'NotPrincipal with Deny always denies roles that have a boundary.',
  },
];

const WAYS: readonly KeyRow[] = [
  {
    id: 'delegates requests through S3',
    page: PAGES.kmsKeys,
    access: 'depends',
    identity: [DECRYPT],
    policy: [allows(ROOT, 'kms:*', '*', VIA_S3)],
    why: 'The caller chooses the service through which it uses the key.',
  },
  {
    id: 'delegates requests through S3, which the session policy requires',
    page: PAGES.kmsKeys,
    access: 'allowed',
    identity: [DECRYPT],
    policy: [allows(ROOT, 'kms:*', '*', VIA_S3)],
    session: [allow('kms:Decrypt', KEY, VIA_S3)],
    why: 'What the session policy names comes through S3.',
  },
  {
    id: 'delegates requests through S3, the session policy requires SQS',
    page: PAGES.kmsKeys,
    access: 'denied',
    identity: [DECRYPT],
    policy: [allows(ROOT, 'kms:*', '*', VIA_S3)],
    session: [allow('kms:Decrypt', KEY, viaService('sqs'))],
    why: 'What the session policy names comes through SQS, for which nothing is delegated.',
  },
  {
    id: 'delegates requests through S3, no identity policy',
    page: PAGES.kmsKeys,
    access: 'not allowed',
    policy: [allows(ROOT, 'kms:*', '*', VIA_S3)],
    why: 'No identity policy allows it, through S3 or otherwise.',
  },
  {
    id: 'allows callers of the account through S3',
    page: PAGES.kmsKeys,
    access: 'depends',
    policy: [allows(EVERY_AWS_PRINCIPAL, ['kms:Decrypt', 'kms:GenerateDataKey*'], '*', {
      StringEquals: { 'kms:CallerAccount': ACCOUNT, 'kms:ViaService': 's3.eu-west-1.amazonaws.com' },
    })],
    why: 'The caller chooses the service through which it uses the key.',
  },
  {
    id: 'allows the role through S3, which the session policy requires',
    page: PAGES.kmsKeys,
    access: 'allowed',
    policy: [allows(ROLE, 'kms:*', '*', {
      StringEquals: { 'kms:ViaService': sub('s3.${AWS::Region}.amazonaws.com') },
    })],
    session: [allow('kms:Decrypt', KEY, VIA_S3)],
    why: 'What the session policy names comes through S3 of this region.',
  },
  {
    id: 'delegates grants for AWS resources',
    page: PAGES.kmsKeys,
    access: 'depends',
    identity: [allow('kms:CreateGrant', KEY)],
    session: [allow('kms:CreateGrant', KEY)],
    policy: [allows(ROOT, 'kms:CreateGrant', '*', { Bool: { 'kms:GrantIsForAWSResource': 'true' } })],
    why: 'The caller decides for whom it makes a grant.',
  },
  {
    id: 'delegates an encryption context',
    page: PAGES.kmsKeys,
    access: 'depends',
    identity: [DECRYPT],
    policy: [allows(ROOT, 'kms:*', '*', { StringEquals: { 'kms:EncryptionContext:tenant': 'blue' } })],
    why: 'The caller gives the encryption context.',
  },
];

export const KMS_CONDITION_ROWS: readonly KeyRow[] = [...DENIES, ...WAYS];
