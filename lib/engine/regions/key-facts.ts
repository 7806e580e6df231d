/**
 * What the rest of a request tells about its condition keys: the region of an ARN is the region that is called, the principal is a
 * session of the pods' role, and so on. `request-set.ts` and `place.ts` rule out requests by it, and `witness/` gives keys their
 * values.
 *
 * Rounds up: a key that AWS does not document has no facts, and may be missing or have any value.
 * @see https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_condition-keys.html
 */
import { ArnForm } from './arn-forms';
import { memoize } from '../../util/memo';
import { Assumption, Principal } from '../policy/principal';
import { Element, patternElement } from '../strings/pattern';
import { StringSet } from '../strings/string-set';
import { SymbolicString } from '../strings/symbolic-string';

/** What is known of one key in some requests. */
export interface KeyFacts {
  readonly presence: Presence;
  /** The only value that it can have. */
  readonly value?: string | SymbolicString;
  /** The values that it can have, if they are text. */
  readonly among?: StringSet;
  /** It is `true` or `false`. */
  readonly isBoolean?: boolean;
  /** It is a date after this one, in milliseconds since 1970. */
  readonly after?: number;
  /** What the facts assume beyond AWS's documentation. */
  readonly assumption?: Assumption;
}

export type Presence = 'always' | 'sometimes' | 'never';

const ALWAYS: KeyFacts = { presence: 'always' };
const NEVER: KeyFacts = { presence: 'never' };

/**
 * Keys of the principal that a session of the pods' role does not have: it has no user, no MFA device and no identity provider, no
 * other service delivered its credentials, and it is not an AWS service itself.
 */
const OTHER_PRINCIPALS = [
  'aws:username', 'aws:multifactorauthage', 'aws:federatedprovider', 'identitystore:userid', 'aws:signinsessionarn', 'aws:assumedroot',
  'aws:ec2instancesourcevpc', 'aws:ec2instancesourceprivateipv4', 'ec2:roledelivery', 'ec2:sourceinstancearn', 'ssm:sourceinstancearn',
  'lambda:sourcefunctionarn', 'glue:roleassumedby', 'glue:credentialissuingservice', 'codebuild:buildarn', 'codebuild:projectarn', 'aws:chatbotsourcearn',
  'aws:principalservicename', 'aws:principalservicenameslist', 'aws:sourceaccount', 'aws:sourcearn', 'aws:sourceorgid', 'aws:sourceorgpaths',
];

/** Whether no session of the pods' role has the key. @param key in lower case */
export function isKeyOfOtherPrincipals(key: string): boolean {
  return OTHER_PRINCIPALS.includes(key);
}

/** Keys of the request that each request has, whatever its principal. */
const ALWAYS_PRESENT = ['aws:currenttime', 'aws:epochtime', 'aws:useragent'];

/** A principal with a value for each fact, which may be a symbolic variable, but for its partition and organization. */
export interface CompletePrincipal extends Principal {
  readonly arn: string | SymbolicString;
  readonly account: string | SymbolicString;
  /** The keys, in lower case, whose value only the role tells, and nothing tells the role. */
  readonly unknownKeys: readonly string[];
  /** Set if the partition is not certain, but assumed. */
  readonly partitionAssumed?: Assumption;
  /** Set if the organization is not certain, but assumed. */
  readonly organizationAssumed?: Assumption;
  /** The sessions are newer than this date, in milliseconds since 1970. */
  readonly newerThan?: { readonly date: number; readonly assumption: Assumption };
}

/**
 * The facts that hold for all requests of the principal, by key in lower case.
 * @see https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_condition-keys.html#condition-keys-principal-properties
 */
export const factsOfPrincipal = memoize((principal: CompletePrincipal): ReadonlyMap<string, KeyFacts> => {
  const { arn, account, partition, partitionAssumed, unknownKeys, organization, organizationAssumed, newerThan, tags = [] } = principal;
  return new Map<string, KeyFacts>([
    ['aws:principalarn', { presence: 'always', value: arn, assumption: unknownKeys.includes('aws:principalarn') ? partitionAssumed : undefined }],
    ['aws:principalaccount', { presence: 'always', value: account }],
    ['aws:principaltype', { presence: 'always', value: 'AssumedRole' }],
    ['aws:principalisawsservice', { presence: 'always', value: 'false' }],
    ['aws:multifactorauthpresent', { presence: 'sometimes', value: 'false' }],
    ['aws:userid', { presence: 'always', among: ROLE_SESSION_ID }],
    ['aws:tokenissuetime', { presence: 'always', after: newerThan?.date, assumption: newerThan?.assumption }],
    ...ALWAYS_PRESENT.map((key): [string, KeyFacts] => [key, ALWAYS]),
    ...['aws:securetransport', 'aws:viaawsservice'].map((key): [string, KeyFacts] => [key, { presence: 'always', isBoolean: true }]),
    ['aws:requestedregion', { presence: 'always', among: regionsOf(partition), assumption: partitionAssumed }],
    ...OTHER_PRINCIPALS.map((key): [string, KeyFacts] => [key, NEVER]),
    ...[...tags].map(([tag, value]): [string, KeyFacts] => [`aws:principaltag/${tag}`, value === 'missing' ? NEVER : { presence: 'always', value }]),
    ...(organization === undefined ? [] : [
      ['aws:principalorgid', { presence: 'always', value: organization, assumption: organizationAssumed }],
    ] satisfies Array<[string, KeyFacts]>),
  ]);
});

/** The regions of a partition begin alike; those of `aws` begin with nothing that another partition has. */
const BEGINNINGS_OF_OTHERS = ['cn-', 'us-gov-', 'us-iso', 'eu-isoe-', 'eusc-'];
const REGIONS_OF: ReadonlyMap<string, { readonly negated: boolean; readonly beginnings: readonly string[] }> = new Map([
  ['aws', { negated: true, beginnings: BEGINNINGS_OF_OTHERS }],
  ['aws-cn', { negated: false, beginnings: ['cn-'] }],
  ['aws-us-gov', { negated: false, beginnings: ['us-gov-'] }],
]);

function regionsOf(partition: Principal['partition']): StringSet | undefined {
  const regions = typeof partition === 'string' ? REGIONS_OF.get(partition) : undefined;
  return regions && [{ negated: regions.negated, patterns: regions.beginnings.map((beginning) => patternOf(`${beginning}*`)) }];
}

/** Whether the region lies in the partition, as far as their names tell. */
export function isRegionOf(region: string, partition: string): boolean {
  const regions = REGIONS_OF.get(partition);
  return !regions || regions.beginnings.some((beginning) => region.startsWith(beginning)) !== regions.negated;
}

function patternOf(text: string): Element[] {
  return [...text].map((char) => patternElement(char, 'significant'));
}

/** The ID of a role and the name of a session: https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_identifiers.html#identifiers-unique-ids */
const ROLE_SESSION_ID: StringSet = [{ negated: false, patterns: [patternOf('AROA*:*')] }];

const [REGION_FIELD, ACCOUNT_FIELD] = [3, 4];

/** The field of the ARN that the key has the value of; `undefined` if the form has no such field. */
export function fieldOfKey(key: string, form: ArnForm | undefined): number | undefined {
  switch (key) {
    case 'aws:requestedregion': return form?.hasRegion ? REGION_FIELD : undefined;
    case 'aws:resourceaccount': return form?.hasAccount ? ACCOUNT_FIELD : undefined;
    default: return undefined;
  }
}
