/** Statements that say by a condition or an exception for whom they are, and boundaries. */
import { PAGES } from './case';
import { Form } from './form';
import {
  ACCOUNT, allows, denies, deniesAllExcept, EVERYBODY, OF_ANOTHER_ORGANIZATION, OF_ORGANIZATION, OTHER_ACCOUNT,
  OTHER_ROLE_AND_ROOT, OTHER_ROLE_ARN, ROLE, ROLE_AND_ROOT, ROLE_ARN, SESSIONS_ARN, WITHOUT_TLS,
} from './make';

const isPrincipal = (arn: string) => ({ ArnEquals: { 'aws:PrincipalArn': arn } });
const isNotPrincipal = (arn: string) => ({ ArnNotEquals: { 'aws:PrincipalArn': arn } });

export const CONDITION_FORMS: readonly Form[] = [
  {
    id: 'allows everybody with the ARN of the role',
    page: PAGES.principal,
    access: 'allowed',
    statement: [allows, EVERYBODY, isPrincipal(ROLE_ARN)],
    why: 'aws:PrincipalArn of a role session is the ARN of its role.',
  },
  {
    id: 'allows everybody with the ARN of sessions',
    page: PAGES.globalKeys,
    access: 'not allowed',
    statement: [allows, EVERYBODY, isPrincipal(SESSIONS_ARN)],
    why: 'aws:PrincipalArn of a role session is the ARN of its role, never of the session.',
  },
  {
    id: 'denies all but the role',
    page: PAGES.principal,
    access: 'allowed',
    identity: true,
    statement: [denies, EVERYBODY, isNotPrincipal(ROLE_ARN)],
    why: 'The condition exempts this role.',
  },
  {
    id: 'denies all but sessions of the role',
    page: PAGES.globalKeys,
    access: 'denied',
    identity: true,
    statement: [denies, EVERYBODY, { ArnNotLike: { 'aws:PrincipalArn': SESSIONS_ARN } }],
    why: 'aws:PrincipalArn is never the ARN of a session, so that the condition exempts nobody.',
  },
  {
    id: 'denies all but another role',
    page: PAGES.principal,
    access: 'denied',
    identity: true,
    statement: [denies, EVERYBODY, isNotPrincipal(OTHER_ROLE_ARN)],
    why: 'The condition exempts another role.',
  },
  {
    id: 'denies other accounts',
    page: PAGES.globalKeys,
    access: 'allowed',
    identity: true,
    statement: [denies, EVERYBODY, { StringNotEquals: { 'aws:PrincipalAccount': ACCOUNT } }],
    why: 'aws:PrincipalAccount is the account of the role.',
  },
  {
    id: 'denies this account',
    page: PAGES.globalKeys,
    access: 'denied',
    identity: true,
    statement: [denies, EVERYBODY, { StringNotEquals: { 'aws:PrincipalAccount': OTHER_ACCOUNT } }],
    why: 'aws:PrincipalAccount is the account of the role, which is not the exempted one.',
  },
  {
    id: 'allows everybody of the account',
    page: PAGES.principal,
    access: 'allowed',
    statement: [allows, EVERYBODY, { StringEquals: { 'aws:PrincipalAccount': ACCOUNT } }],
    why: 'Everybody includes the role, and the condition holds for its account.',
  },
  {
    id: 'allows an organization, no identity policy',
    page: PAGES.globalKeys,
    access: 'unknown',
    statement: [allows, EVERYBODY, OF_ORGANIZATION],
    why: 'The template does not tell the organization of the account.',
  },
  {
    id: 'allows an organization, identity policy',
    page: PAGES.sameAccount,
    access: 'allowed',
    identity: true,
    statement: [allows, EVERYBODY, OF_ORGANIZATION],
    why: 'The identity policy suffices, whatever the organization is.',
  },
  {
    id: 'denies other organizations',
    page: PAGES.globalKeys,
    access: 'unknown',
    identity: true,
    statement: [denies, EVERYBODY, OF_ANOTHER_ORGANIZATION],
    why: 'The template does not tell the organization of the account.',
  },
  {
    id: 'denies requests without TLS, identity policy',
    page: PAGES.globalKeys,
    access: 'depends',
    identity: true,
    statement: [denies, EVERYBODY, WITHOUT_TLS],
    why: 'The caller chooses TLS.',
  },
  {
    id: 'denies requests without TLS, no identity policy',
    page: PAGES.enforcement,
    access: 'not allowed',
    statement: [denies, EVERYBODY, WITHOUT_TLS],
    why: 'No policy allows it, with or without TLS.',
  },
  {
    id: 'denies all but another role by NotPrincipal',
    page: PAGES.notPrincipal,
    access: 'denied',
    identity: true,
    statement: [(not, action, resource) => deniesAllExcept(not, action, resource), OTHER_ROLE_AND_ROOT],
    why: 'NotPrincipal exempts the role that it names; its account only accompanies it.',
  },
  {
    id: 'denies all but the role by NotPrincipal',
    page: PAGES.notPrincipal,
    access: 'unknown',
    identity: true,
    statement: [(not, action, resource) => deniesAllExcept(not, action, resource), ROLE_AND_ROOT],
    why: 'The page asks for the assumed-role session too, whose name EKS chooses, and says only what might happen.',
  },
  {
    id: 'allows the role, outside its boundary',
    page: PAGES.enforcement,
    access: 'not allowed',
    boundary: true,
    statement: [allows, ROLE],
    why: 'The boundary limits what a resource policy allows to the ARN of a role.',
  },
  {
    id: 'allows everybody with the ARN of the role, outside its boundary',
    page: PAGES.principal,
    access: 'allowed',
    boundary: true,
    statement: [allows, EVERYBODY, isPrincipal(ROLE_ARN)],
    why: 'The boundary does not limit what a resource policy allows through aws:PrincipalArn.',
  },
];
