/** Key policies that name principals. */
import { allow } from '../make';
import { PAGES } from './case';
import { KeyRow } from './kms-row';
import {
  allows, EVERY_AWS_PRINCIPAL, EVERYBODY, getAtt, OF_ORGANIZATION, OTHER_ACCOUNT, OTHER_ROLE, ref, ROLE, ROLE_ARN,
  ROLE_BY_PSEUDO_PARAMETERS, ROOT_BY_PSEUDO_PARAMETERS, SERVICE, SESSION, SESSIONS_ARN,
} from './make';

const KEY = getAtt('Key');
const DECRYPT = allow('kms:Decrypt', KEY);
const ENCRYPT = allow('kms:Encrypt', KEY);
/** The statement that lets the identity policies of the account count. */
const DELEGATES = allows(ROOT_BY_PSEUDO_PARAMETERS, 'kms:*', '*');
const ofAccount = (account: unknown) => ({ StringEquals: { 'kms:CallerAccount': account } });
const isPrincipal = (arn: string) => ({ ArnEquals: { 'aws:PrincipalArn': arn } });

export const KMS_PRINCIPAL_ROWS: readonly KeyRow[] = [
  {
    id: 'allows the role',
    page: PAGES.keyPolicies,
    access: 'allowed',
    policy: [allows(ROLE, 'kms:Decrypt', '*')],
    why: 'The key policy allows the role, which suffices.',
  },
  {
    id: 'allows the role by pseudo parameters, delegates',
    page: PAGES.keyPolicies,
    access: 'allowed',
    policy: [DELEGATES, allows(ROLE_BY_PSEUDO_PARAMETERS, 'kms:Decrypt', '*')],
    why: 'The key policy allows the role, which suffices.',
  },
  {
    id: 'allows another role, identity policy',
    page: PAGES.keyPolicies,
    access: 'denied',
    identity: [DECRYPT],
    policy: [allows(OTHER_ROLE, 'kms:*', '*')],
    why: 'The key policy does not let identity policies count.',
  },
  {
    id: 'allows another role, no identity policy',
    page: PAGES.keyPolicies,
    access: 'not allowed',
    policy: [allows(OTHER_ROLE, 'kms:*', '*')],
    why: 'No policy allows it.',
  },
  {
    id: 'allows the role another action, identity policy',
    page: PAGES.keyPolicies,
    access: 'denied',
    identity: [ENCRYPT],
    policy: [allows(ROLE, 'kms:Decrypt', '*')],
    session: [ENCRYPT],
    why: 'The key policy neither allows this action nor delegates it.',
  },
  {
    id: 'allows a session, identity policy',
    page: PAGES.principal,
    access: 'denied',
    identity: [DECRYPT],
    policy: [allows(SESSION, 'kms:*', '*')],
    why: 'EKS chooses the names of sessions, and nothing is delegated.',
  },
  {
    id: 'allows a service, identity policy',
    page: PAGES.keyPolicies,
    access: 'denied',
    identity: [DECRYPT],
    policy: [allows(SERVICE, 'kms:*', '*')],
    why: 'A service is not the account, and nothing is delegated.',
  },
  {
    id: 'allows everybody',
    page: PAGES.principal,
    access: 'allowed',
    policy: [allows(EVERYBODY, 'kms:Decrypt', '*')],
    why: 'Everybody includes the role.',
  },
  {
    id: 'allows everybody with the ARN of the role',
    page: PAGES.principal,
    access: 'allowed',
    policy: [allows(EVERYBODY, 'kms:*', '*', isPrincipal(ROLE_ARN))],
    why: 'aws:PrincipalArn of a role session is the ARN of its role.',
  },
  {
    id: 'allows everybody with the ARN of sessions, identity policy',
    page: PAGES.globalKeys,
    access: 'denied',
    identity: [DECRYPT],
    policy: [allows(EVERYBODY, 'kms:*', '*', isPrincipal(SESSIONS_ARN))],
    why: 'aws:PrincipalArn is never the ARN of a session, and nothing is delegated.',
  },
  {
    id: 'allows callers of the account',
    page: PAGES.kmsKeys,
    access: 'allowed',
    policy: [allows(EVERY_AWS_PRINCIPAL, 'kms:*', '*', ofAccount(ref('AWS::AccountId')))],
    why: 'With kms:CallerAccount everybody is every identity of the account.',
  },
  {
    id: 'allows callers of another account, identity policy',
    page: PAGES.kmsKeys,
    access: 'denied',
    identity: [DECRYPT],
    policy: [allows(EVERY_AWS_PRINCIPAL, 'kms:*', '*', ofAccount(OTHER_ACCOUNT))],
    why: 'The condition never holds for requests of this account.',
  },
  {
    id: 'allows an organization, identity policy',
    page: PAGES.globalKeys,
    access: 'unknown',
    identity: [DECRYPT],
    policy: [allows(EVERYBODY, 'kms:*', '*', OF_ORGANIZATION)],
    why: 'The template does not tell the organization of the account.',
  },
  {
    id: 'allows the role, outside its boundary',
    page: PAGES.enforcement,
    access: 'not allowed',
    boundary: [allow('sts:GetCallerIdentity')],
    policy: [allows(ROLE, 'kms:*', '*')],
    why: 'The boundary limits what a resource policy allows to the ARN of a role.',
  },
];
