/**
 * Typed-out action names that the service authorization reference does not list: a typo, or an action that is newer
 * than the data. They never narrow unless the role allows them. A listed name with a hyphen is decided as any other.
 */
import { type Pair } from './pair';

type Values = string | readonly string[];
const allow = (Action: Values, Resource: Values) => ({ Effect: 'Allow', Action, Resource });
const deny = (Action: Values, Resource: Values) => ({ Effect: 'Deny', Action, Resource });

const ACTION = 'https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_action.html';
const REFERENCE =
  'https://docs.aws.amazon.com/service-authorization/latest/reference/reference_policies_actions-resources-contextkeys.html';
const LATTICE = 'https://docs.aws.amazon.com/service-authorization/latest/reference/list_amazonvpclattice.html';

const TABLE = 'arn:aws:dynamodb:us-east-1:111122223333:table/orders';
const OBJECTS = 'arn:aws:s3:::reports/*';
const QUEUE = 'arn:aws:sqs:us-east-1:111122223333:jobs';
const FUNCTION = 'arn:aws:lambda:us-east-1:111122223333:function:resize';
const KEY = 'arn:aws:kms:us-east-1:111122223333:key/1234abcd-12ab-34cd-56ef-1234567890ab';
const PARAMETER = 'arn:aws:ssm:us-east-1:111122223333:parameter/app/url';

/** An action that the reference does not list, a resource, and what the role allows there instead. */
const NOT_ALLOWED: readonly (readonly [action: string, resource: string, instead: string])[] = [
  ['dynamodb:BrandNewAction', TABLE, 'dynamodb:GetItem'],
  ['dynamodb:BrandNewAction', '*', 'dynamodb:GetItem'],
  ['s3:GetObjects', OBJECTS, 's3:GetObject'],
  ['sqs:SendMessages', QUEUE, 'sqs:SendMessage'],
  ['lambda:Invoke', FUNCTION, 'lambda:InvokeFunction'],
  ['kms:DecryptData', KEY, 'kms:Decrypt'],
  ['ssm:GetParam', '*', 'ssm:GetParameter'],
  ['quantumledger:ReadEntries', '*', 's3:*'],
];

/** An action that the reference does not list, a resource, and a pattern of the role that matches the action. */
const ALLOWED: readonly (readonly [action: string, resource: string, pattern: string])[] = [
  ['dynamodb:BrandNewAction', TABLE, 'dynamodb:*'],
  ['s3:GetObjects', OBJECTS, 's3:GetObject*'],
  ['sqs:SendMessages', QUEUE, 'SQS:sendmessages'],
  ['kms:DecryptData', KEY, 'kms:Decrypt*'],
  ['quantumledger:ReadEntries', '*', 'quantumledger:*'],
];

/** An action that the reference does not list and that the role denies, with a resource. */
const DENIED: readonly (readonly [action: string, resource: string])[] = [
  ['dynamodb:BrandNewAction', TABLE],
  ['lambda:Invoke', FUNCTION],
  ['ssm:GetParam', PARAMETER],
];

const HYPHENATED = 'vpc-lattice:AssociateViaAWSService-EventsAndStates';

export const UNKNOWN_ACTIONS: readonly Pair[] = [
  ...NOT_ALLOWED.map(([action, resource, instead]): Pair => ({
    title: `${action} on ${resource}, the role allows ${instead}`,
    session: [allow(action, resource)],
    role: [allow(instead, resource)],
    verdict: 'not narrows',
    page: REFERENCE,
  })),
  ...ALLOWED.map(([action, resource, pattern]): Pair => ({
    title: `${action}, the role allows ${pattern} on the same resource`,
    session: [allow(action, resource)],
    role: [allow(pattern, resource)],
    verdict: 'narrows',
    page: ACTION,
  })),
  ...DENIED.map(([action, resource]): Pair => ({
    title: `${action}, the role denies it`,
    session: [allow(action, resource)],
    role: [allow('*', '*'), deny(action, '*')],
    verdict: 'not narrows',
    page: REFERENCE,
  })),
  {
    title: 'dynamodb:BrandNewAction, the role denies another action that the reference does not list',
    session: [allow('dynamodb:BrandNewAction', TABLE)],
    role: [allow('dynamodb:*', '*'), deny('dynamodb:OtherNewAction', '*')],
    verdict: 'narrows',
    page: ACTION,
  },
  {
    title: 'a listed action with a hyphen, the role allows the action of the same name without the suffix',
    session: [allow(HYPHENATED, '*')],
    role: [allow('vpc-lattice:AssociateViaAWSService', '*')],
    verdict: 'exceeds',
    page: LATTICE,
  },
  {
    title: 'a listed action with a hyphen, the role allows all actions of the service',
    session: [allow(HYPHENATED, '*')],
    role: [allow('vpc-lattice:*', '*')],
    verdict: 'narrows',
    page: LATTICE,
  },
  {
    title: 'a listed action with a hyphen, the role denies it',
    session: [allow('vpc-lattice:*', '*')],
    role: [allow('vpc-lattice:*', '*'), deny('vpc-lattice:*-EventsAndStates', '*')],
    verdict: 'exceeds',
    page: LATTICE,
  },
];
