/** Guards on the region of a request, and key policies as the console writes them. */
import { allow } from '../make';
import { PAGES, ResourcePolicyCase } from './case';
import { allows, denies, EVERYBODY, getAtt, OTHER_ROLE, policy, ref, ROLE, ROOT, template } from './make';

const SEND = allow('sqs:SendMessage', getAtt('Queue'));

function queueDenying(condition: object): object {
  return template({
    identity: [SEND],
    session: [SEND],
    resources: {
      Queue: { Type: 'AWS::SQS::Queue' },
      QueuePolicy: {
        Type: 'AWS::SQS::QueuePolicy',
        Properties: {
          Queues: [ref('Queue')], PolicyDocument: policy(denies(EVERYBODY, 'sqs:*', getAtt('Queue'), condition)),
        },
      },
    },
  });
}

const outside = (region: unknown) => ({ StringNotEquals: { 'aws:RequestedRegion': region } });

const REGIONS: readonly ResourcePolicyCase[] = [
  {
    id: 'queue: denies other regions',
    page: PAGES.globalKeys,
    access: 'allowed',
    why: 'aws:RequestedRegion is the region of the queue.',
    template: queueDenying(outside(ref('AWS::Region'))),
  },
  {
    id: 'queue: denies all but another region',
    page: PAGES.globalKeys,
    access: 'denied',
    why: 'aws:RequestedRegion is the region of the queue.',
    template: queueDenying(outside('eu-central-1')),
  },
];

const CRYPTOGRAPHIC = ['kms:Encrypt', 'kms:Decrypt', 'kms:ReEncrypt*', 'kms:GenerateDataKey*', 'kms:DescribeKey'];
const DECRYPT = allow('kms:Decrypt', getAtt('Key'));

function key(identity: boolean, ...statements: object[]): object {
  return template({
    identity: identity ? [DECRYPT] : [],
    session: [DECRYPT],
    resources: { Key: { Type: 'AWS::KMS::Key', Properties: { KeyPolicy: policy(...statements) } } },
  });
}

const ADMINISTRATORS = allows(OTHER_ROLE, ['kms:Create*', 'kms:Put*', 'kms:ScheduleKeyDeletion'], '*');

const CONSOLE: readonly ResourcePolicyCase[] = [
  {
    id: 'key: administrators and the role as a user',
    page: PAGES.defaultKeyPolicy,
    access: 'allowed',
    why: 'The statement for key users allows the role.',
    template: key(false, allows(ROOT, 'kms:*', '*'), ADMINISTRATORS, allows(ROLE, CRYPTOGRAPHIC, '*')),
  },
  {
    id: 'key: administrators and no users',
    page: PAGES.defaultKeyPolicy,
    access: 'denied',
    why: 'Nothing lets the identity policy count.',
    template: key(true, ADMINISTRATORS),
  },
  {
    id: 'key: delegates all actions but administration',
    page: PAGES.notAction,
    access: 'allowed',
    why: 'NotAction includes kms:Decrypt.',
    template: key(true, ADMINISTRATORS, {
      Effect: 'Allow', Principal: { AWS: ref('AWS::AccountId') }, NotAction: 'kms:ScheduleKeyDeletion', Resource: '*',
    }),
  },
  {
    id: 'key: delegates all actions but that of the session policy',
    page: PAGES.notAction,
    access: 'denied',
    why: 'NotAction does not include kms:Decrypt.',
    template: key(true, ADMINISTRATORS, {
      Effect: 'Allow', Principal: { AWS: ref('AWS::AccountId') }, NotAction: 'kms:Decrypt', Resource: '*',
    }),
  },
  {
    id: 'key: delegates to an organization',
    page: PAGES.globalKeys,
    access: 'unknown',
    why: 'The template does not tell the organization of the account.',
    template: key(true, allows(ROOT, 'kms:*', '*', { StringEquals: { 'aws:PrincipalOrgID': 'o-exampleorg1' } })),
  },
];

export const GUARD_CASES: readonly ResourcePolicyCase[] = [...REGIONS, ...CONSOLE];
