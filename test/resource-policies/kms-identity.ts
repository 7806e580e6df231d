/** Key policies that let identity policies count, or not. */
import { allow, deny } from '../make';
import { PAGES } from './case';
import { KeyRow } from './kms-row';
import {
  allows, BARE_ACCOUNT, getAtt, OTHER_ROLE_ARN, OTHER_ROOT, ROLE_ARN, ROOT, ROOT_BY_PSEUDO_PARAMETERS,
} from './make';

const KEY = getAtt('Key');
const DECRYPT = allow('kms:Decrypt', KEY);
const ENCRYPT = allow('kms:Encrypt', KEY);
/** The statement that lets the identity policies of the account count. */
const DELEGATES = allows(ROOT_BY_PSEUDO_PARAMETERS, 'kms:*', '*');
const isPrincipal = (arn: string) => ({ ArnEquals: { 'aws:PrincipalArn': arn } });

export const KMS_IDENTITY_ROWS: readonly KeyRow[] = [
  {
    id: 'no policy, identity policy',
    page: PAGES.defaultKeyPolicy,
    access: 'allowed',
    identity: [DECRYPT],
    why: 'The default key policy delegates every action to the account.',
  },
  {
    id: 'no policy, no identity policy',
    page: PAGES.defaultKeyPolicy,
    access: 'not allowed',
    why: 'The default key policy delegates, and no identity policy allows it.',
  },
  {
    id: 'delegates, identity policy',
    page: PAGES.defaultKeyPolicy,
    access: 'allowed',
    identity: [DECRYPT],
    policy: [DELEGATES],
    why: 'The key policy delegates every action to the account.',
  },
  {
    id: 'delegates, no identity policy',
    page: PAGES.defaultKeyPolicy,
    access: 'not allowed',
    policy: [DELEGATES],
    why: 'The account principal gives no role access, and no identity policy allows it.',
  },
  {
    id: 'delegates to the literal root, identity policy',
    page: PAGES.defaultKeyPolicy,
    access: 'allowed',
    identity: [DECRYPT],
    policy: [allows(ROOT, 'kms:*', '*')],
    why: 'The principal is the account of the role.',
  },
  {
    id: 'delegates to the account id, identity policy',
    page: PAGES.principal,
    access: 'allowed',
    identity: [DECRYPT],
    policy: [allows(BARE_ACCOUNT, 'kms:*', '*')],
    why: 'The account id means the same as the ARN of its root.',
  },
  {
    id: 'delegates the action, identity policy',
    page: PAGES.defaultKeyPolicy,
    access: 'allowed',
    identity: [DECRYPT],
    policy: [allows(ROOT, ['kms:Decrypt', 'kms:DescribeKey'], '*')],
    why: 'The key policy delegates this action.',
  },
  {
    id: 'delegates another action',
    page: PAGES.defaultKeyPolicy,
    access: 'denied',
    identity: [ENCRYPT],
    policy: [allows(ROOT, 'kms:Decrypt', '*')],
    session: [ENCRYPT],
    why: 'Identity policies can allow only the actions that the statement delegates.',
  },
  {
    id: 'delegates administration only',
    page: PAGES.defaultKeyPolicy,
    access: 'denied',
    identity: [DECRYPT],
    policy: [allows(ROOT, ['kms:Create*', 'kms:Describe*', 'kms:Put*', 'kms:ScheduleKeyDeletion'], '*')],
    why: 'No statement delegates kms:Decrypt.',
  },
  {
    id: 'delegates to another account',
    page: PAGES.keyPolicies,
    access: 'denied',
    identity: [DECRYPT],
    policy: [allows(OTHER_ROOT, 'kms:*', '*')],
    why: 'No statement lets identity policies of this account count.',
  },
  {
    id: 'delegates, with the ARN of the role, identity policy',
    page: PAGES.defaultKeyPolicy,
    access: 'allowed',
    identity: [DECRYPT],
    policy: [allows(ROOT, 'kms:*', '*', isPrincipal(ROLE_ARN))],
    why: 'The condition holds for requests of the role.',
  },
  {
    id: 'delegates, with the ARN of another role',
    page: PAGES.defaultKeyPolicy,
    access: 'denied',
    identity: [DECRYPT],
    policy: [allows(ROOT, 'kms:*', '*', isPrincipal(OTHER_ROLE_ARN))],
    why: 'The condition never holds for requests of this role.',
  },
  {
    id: 'delegates, with the ARN of the role, no identity policy',
    page: PAGES.principal,
    access: 'unknown',
    policy: [allows(ROOT, 'kms:*', '*', isPrincipal(ROLE_ARN))],
    why: 'The page says that the root delegates, and that the key grants to the role; not which wins.',
  },
  {
    id: 'delegates, an identity policy denies',
    page: PAGES.defaultKeyPolicy,
    access: 'not allowed',
    identity: [DECRYPT, deny('kms:*', KEY)],
    policy: [DELEGATES],
    why: 'Identity policies that deny access to a key are always effective.',
  },
];
