import { SymbolicString } from '../../../lib/engine';
import { readArnForms } from '../../../lib/engine/regions/arn-forms';
import {
  CompletePrincipal, factsOfPrincipal, fieldOfKey, isRegionOf, KeyFacts,
} from '../../../lib/engine/regions/key-facts';
import { findKeyState } from '../../../lib/engine/regions/key-states';
import { PROTOTYPE_NAMES } from '../../prototype-names';
import { literals, UNLIMITED, variable } from '../make';

const ROLE = 'arn:aws:iam::111122223333:role/app/reader';
const PRINCIPAL: CompletePrincipal = { arn: ROLE, account: '111122223333', partition: 'aws', unknownKeys: [] };

const factsOf = (key: string, more: Partial<CompletePrincipal> = {}): KeyFacts | undefined => (
  factsOfPrincipal({ ...PRINCIPAL, ...more }).get(key));

/** Whether a condition on the key may hold in a request of the principal. */
const mayHold = (text: string, more: Partial<CompletePrincipal> = {}) => {
  const asked = literals(text);
  return findKeyState(asked, false, UNLIMITED, factsOf(asked[0].entry.key, more)) !== undefined;
};

describe('the keys of a session of the role', () => {
  test.each<[string, KeyFacts | undefined]>([
    ['aws:principalarn', { presence: 'always', value: ROLE }], // not that of the session
    ['aws:principalaccount', { presence: 'always', value: '111122223333' }],
    ['aws:principaltype', { presence: 'always', value: 'AssumedRole' }],
    ['aws:principalisawsservice', { presence: 'always', value: 'false' }],
    ['aws:multifactorauthpresent', { presence: 'sometimes', value: 'false' }], // AWS documents both
    ['aws:multifactorauthage', { presence: 'never' }],
    ['aws:username', { presence: 'never' }],
    ['aws:federatedprovider', { presence: 'never' }],
    ['aws:principalservicename', { presence: 'never' }],
    ['aws:ec2instancesourcevpc', { presence: 'never' }],
    ['aws:securetransport', { presence: 'always', isBoolean: true }],
    ['aws:currenttime', { presence: 'always' }],
    ['aws:epochtime', { presence: 'always' }],
    // Nothing is known of these, so they may be missing or have any value.
    ['aws:principalorgid', undefined],
    ['aws:principaltag/team', undefined],
    ['aws:sourceip', undefined],
    ['aws:calledvia', undefined],
    ['aws:resourceaccount', undefined],
    ['s3:prefix', undefined],
    ['no-such-key', undefined],
  ])('%s: %j', (key, expected) => {
    expect(factsOf(key)).toEqual(expected);
  });

  test.each<[string, boolean]>([
    ['StringLike aws:userid AROA1234567890EXAMPLE:pod', true],
    ['StringLike aws:userid *:pod', true],
    ['StringLike aws:userid AIDA*', false], // a user
    ['StringEquals aws:userid AROA1234567890EXAMPLE', false], // without the name of the session
    ['Null aws:userid true', false],
    ['Null aws:username false', false],
    ['StringEqualsIfExists aws:username tom', true],
    ['StringNotEquals aws:username tom', true],
    ['Bool aws:multifactorauthpresent true', false],
    ['BoolIfExists aws:multifactorauthpresent true', true], // without the key
    ['Bool aws:multifactorauthpresent false', true],
    ['Bool aws:securetransport false', true],
    ['Null aws:securetransport true', false],
    ['ArnLike aws:principalarn arn:aws:iam::*:role/app/*', true],
    ['ArnNotLike aws:principalarn arn:aws:iam::*:role/app/*', false],
    ['ArnLike aws:principalarn arn:aws:sts::*:assumed-role/*', false],
  ])('%s may hold: %s', (text, expected) => {
    expect(mayHold(text)).toBe(expected);
  });
});

describe('the region that is called lies in the partition of the role', () => {
  test.each<[string, CompletePrincipal['partition'], boolean]>([
    ['eu-west-1', 'aws', true],
    ['us-east-1', 'aws', true],
    ['unspecified', 'aws', true], // Bedrock calls no region through a global inference profile
    ['cn-north-1', 'aws', false],
    ['us-gov-west-1', 'aws', false],
    ['us-iso-east-1', 'aws', false],
    ['us-isob-east-1', 'aws', false],
    ['eu-isoe-west-1', 'aws', false],
    ['eusc-de-east-1', 'aws', false],
    ['cn-north-1', 'aws-cn', true],
    ['eu-west-1', 'aws-cn', false],
    ['us-gov-east-1', 'aws-us-gov', true],
    ['us-east-1', 'aws-us-gov', false],
    // A partition that is not listed has any region.
    ['us-iso-east-1', 'aws-iso', true],
    ['us-east-1', 'aws-iso', true],
    ['us-east-1', undefined, true],
  ])('%s in %s: %s', (region, partition, expected) => {
    expect(mayHold(`StringEquals aws:requestedregion ${region}`, { partition })).toBe(expected);
  });
});

describe('facts that assume something', () => {
  const assumption = { code: 'Principal', message: 'of the policies' } as const;

  test('the organization', () => {
    const organization = 'o-a1b2c3d4e5';
    expect(factsOf('aws:principalorgid', { organization })).toEqual({ presence: 'always', value: organization });
    expect(factsOf('aws:principalorgid', { organization, organizationAssumed: assumption }))
      .toEqual({ presence: 'always', value: organization, assumption });
  });

  test('the age of the sessions', () => {
    const newerThan = { date: Date.parse('2024-01-01T00:00:00Z'), assumption };
    expect(factsOf('aws:tokenissuetime')).toEqual({ presence: 'always' });
    expect(factsOf('aws:tokenissuetime', { newerThan }))
      .toEqual({ presence: 'always', after: newerThan.date, assumption });
    const before = 'DateLessThan aws:tokenissuetime 2024-01-01T00:00:00Z';
    expect([mayHold(before), mayHold(before, { newerThan }), mayHold(before.replace('2024', '2025'), { newerThan })])
      .toEqual([true, false, true]);
    expect(mayHold(before.replace('LessThan', 'LessThanEquals'), { newerThan })).toBe(false);
  });
});

test.each<[string, string, number | undefined]>([
  ['aws:requestedregion', 'arn:${Partition}:sqs:${Region}:${Account}:${QueueName}', 3],
  ['aws:resourceaccount', 'arn:${Partition}:sqs:${Region}:${Account}:${QueueName}', 4],
  ['aws:requestedregion', 'arn:${Partition}:ec2:${Region}::image/${ImageId}', 3],
  ['aws:resourceaccount', 'arn:${Partition}:ec2:${Region}::image/${ImageId}', undefined],
  ['aws:requestedregion', 'arn:${Partition}:iam::${Account}:role/${RoleName}', undefined],
  ['aws:resourceaccount', 'arn:${Partition}:iam::${Account}:role/${RoleName}', 4],
  ['aws:requestedregion', 'arn:${Partition}:s3:::${BucketName}', undefined],
  ['aws:resourceaccount', 'arn:${Partition}:s3:::${BucketName}', undefined],
  ['aws:principalaccount', 'arn:${Partition}:sqs:${Region}:${Account}:${QueueName}', undefined],
])('the field of %s in %s: %s', (key, form, expected) => {
  expect(fieldOfKey(key, readArnForms([form]).get(form))).toBe(expected);
});

test('the resource `*` has no field', () => {
  expect(fieldOfKey('aws:requestedregion', undefined)).toBeUndefined();
});

test.each([
  'StringEquals aws:principalarn arn:aws:iam::111122223333:role/other',
  'StringNotEquals aws:principalarn arn:aws:iam::111122223333:role/other',
])('an unknown ARN of the role decides nothing: %s may hold', (text) => {
  expect(mayHold(text, { arn: SymbolicString.of(variable('Role')) })).toBe(true);
});

test.each(['aws-new', ...PROTOTYPE_NAMES])('of the regions of the partition %s nothing is known', (partition) => {
  expect(isRegionOf('eu-west-1', partition)).toBe(true);
  const ofNew = factsOf('aws:requestedregion', { partition: 'aws-new' });
  expect(factsOf('aws:requestedregion', { partition })).toEqual(ofNew);
});
