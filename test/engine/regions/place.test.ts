import { COMPLETE, contextFor } from './principals';
import { read, requestSetsIn } from './request-sets';
import { RequestCatalog } from '../../../lib/engine';
import { AwsAction, entriesOf } from '../../../lib/engine/regions/catalog';
import { ANY_PLACE, keepPossible, Place, placeOf } from '../../../lib/engine/regions/place';
import { DecisionContext } from '../../../lib/engine/regions/request-set';

const QUEUES = 'arn:${Partition}:sqs:${Region}:${Account}:${QueueName}';
const QUEUE = 'arn:aws:sqs:eu-west-1:111122223333:q';

/** The place of the first requests of a statement, on the form if there is one. */
function placeFor(text: string, action: Partial<AwsAction>, context: DecisionContext, form?: string) {
  const send: AwsAction = { name: 'Send', resources: form === undefined ? [] : [form], ...action };
  const catalog: RequestCatalog = { asOf: '2026-11-01', services: new Map([['sqs', [send]]]) };
  const [entry] = entriesOf('sqs', catalog)!;
  const [requests] = requestSetsIn(read(text), context);
  const formOfEntry = form === undefined ? undefined : entry.forms().get(form);
  return { requests, place: placeOf(entry, form, formOfEntry, context) };
}

/** Whether some request of the statement is possible on a queue, for the role. */
function isPossible(text: string, action: Partial<AwsAction> = {}, context = contextFor(COMPLETE)): boolean {
  const { requests, place } = placeFor(text, action, context, QUEUES);
  return keepPossible(requests, place, context) !== undefined;
}

describe('where AWS asks', () => {
  test.each<[string, Partial<AwsAction>, string | undefined, boolean]>([
    ['on `*`, as is recorded', { isAskedOnStar: true }, undefined, true],
    ['perhaps on `*`', {}, undefined, false],
    ['on an ARN', { isAskedOnStar: true }, QUEUES, false],
  ])('%s', (_name, action, form, expected) => {
    expect(placeFor(`sqs:Send ${QUEUE}`, action, contextFor(COMPLETE), form).place.isAskedOnStar).toBe(expected);
  });

  test.each<[string, string, Partial<AwsAction>, number | undefined]>([
    ['the region', 'aws:requestedregion', {}, 3],
    ['the account', 'aws:resourceaccount', {}, 4],
    ['a key that has no field', 'aws:sourceaccount', {}, undefined],
    ['a key that does not follow from the ARN',
      'aws:requestedregion', { untiedKeys: ['aws:requestedregion'] }, undefined],
  ])('the field of %s', (_name, key, action, expected) => {
    const { place } = placeFor(`sqs:Send ${QUEUE}`, action, contextFor(COMPLETE), QUEUES);
    expect(place.fieldOf(key)).toBe(expected);
  });

  test('without a role, no key has a field', () => {
    expect(placeFor(`sqs:Send ${QUEUE}`, {}, contextFor(undefined), QUEUES).place.fieldOf('aws:requestedregion'))
      .toBeUndefined();
  });

  test('what the catalog knows of the presence of a key', () => {
    const presenceOf: AwsAction['presenceOf'] = (key, form) => {
      switch (key) {
        case 'sqs:a': return 'always';
        case 'sqs:n': return 'never';
        default: return key === 'sqs:f' && form === QUEUES ? 'never' : 'sometimes';
      }
    };
    const { place: { factsOf } } = placeFor(`sqs:Send ${QUEUE}`, { presenceOf }, contextFor(COMPLETE), QUEUES);
    expect(['sqs:a', 'sqs:n', 'sqs:f', 'sqs:s'].map(factsOf))
      .toEqual([{ presence: 'always' }, { presence: 'never' }, { presence: 'never' }, undefined]);
    const { place } = placeFor('sqs:Send *', { presenceOf }, contextFor(COMPLETE));
    expect(place.factsOf('sqs:f')).toBeUndefined();
  });
});

describe('a resource in the account of the role is in its organization', () => {
  const member = contextFor({ ...COMPLETE, organization: 'o-a1b2c3d4e5' });
  test.each<[string, string, Partial<AwsAction>, boolean]>([
    // what it shows, a statement, the action, whether the resource may be in another organization
    ['by its ARN', `sqs:Send ${QUEUE} if`, {}, false],
    ['by a condition', 'sqs:Send arn:aws:sqs:*:*:q if StringEquals aws:resourceaccount 111122223333 &', {}, false],
    ['another account', 'sqs:Send arn:aws:sqs:eu-west-1:444455556666:q if', {}, true],
    ['any account', 'sqs:Send arn:aws:sqs:eu-west-1:*:q if', {}, true],
    ['one of two accounts',
      'sqs:Send arn:aws:sqs:*:*:q if StringEquals aws:resourceaccount 111122223333|444455556666 &', {}, true],
    ['all but the account', 'sqs:Send arn:aws:sqs:*:*:q if StringNotEquals aws:resourceaccount 111122223333 &', {}, true],
    ['the account, if the key is there: it is',
      'sqs:Send arn:aws:sqs:*:*:q if StringEqualsIfExists aws:resourceaccount 111122223333 &', {}, false],
    ['an action that does not say', `sqs:Send ${QUEUE} if`, { untiedKeys: ['aws:resourceaccount'] }, true],
  ])('%s', (_name, text, action, expected) => {
    expect(isPossible(`${text} StringEquals aws:resourceorgid o-f6g7h8i9j0`, action, member)).toBe(expected);
    expect(isPossible(`${text} Null aws:resourceorgid true`, action, member)).toBe(expected);
    expect(isPossible(`${text} StringEquals aws:resourceorgid o-a1b2c3d4e5`, action, member)).toBe(true);
  });

  test('a role whose organization is not known', () => {
    expect(isPossible(`sqs:Send ${QUEUE} if StringEquals aws:resourceorgid o-f6g7h8i9j0`)).toBe(true);
  });
});

describe('conditions that the place rules out', () => {
  test.each<[string, string, boolean]>([
    ['the region of the ARN', `sqs:Send ${QUEUE} if StringEquals aws:requestedregion eu-west-1`, true],
    ['another region', `sqs:Send ${QUEUE} if StringEquals aws:requestedregion us-east-1`, false],
    ['not the region', `sqs:Send ${QUEUE} if StringNotEquals aws:requestedregion eu-west-1`, false],
    ['a region of the pattern', 'sqs:Send arn:aws:sqs:eu-*:*:q if StringEquals aws:requestedregion eu-west-1', true],
    ['no region of the pattern', 'sqs:Send arn:aws:sqs:eu-*:*:q if StringLike aws:requestedregion us-*', false],
    ['a region in another case', `sqs:Send ${QUEUE} if StringNotEqualsIgnoreCase aws:requestedregion EU-WEST-1`, false],
    ['no account', `sqs:Send ${QUEUE} if Null aws:resourceaccount true`, false],
    ['another region, if the key is there', `sqs:Send ${QUEUE} if StringEqualsIfExists aws:requestedregion us-east-1`, false],
    ['the account of the ARN', `sqs:Send ${QUEUE} if StringEquals aws:resourceaccount 111122223333`, true],
    ['another account', `sqs:Send ${QUEUE} if StringEquals aws:resourceaccount 444455556666`, false],
    ['an account that is compared as a number', `sqs:Send ${QUEUE} if NumericEquals aws:resourceaccount 1`, true], // nothing is proven
    ['two keys of which one is impossible',
      `sqs:Send ${QUEUE} if StringEquals k a & StringEquals aws:requestedregion us-east-1`, false],
    ['a key that the ARN does not determine', `sqs:Send ${QUEUE} if StringEquals k a`, true],
  ])('%s: %s is possible: %s', (_name, text, expected) => {
    expect(isPossible(text)).toBe(expected);
  });

  test('the requests that are left are on ARNs with the value', () => {
    const context = contextFor(COMPLETE);
    const text = 'sqs:Send arn:aws:sqs:*:*:q if StringEquals aws:requestedregion eu-west-1';
    const { requests, place } = placeFor(text, {}, context, QUEUES);
    const { resource } = keepPossible(requests, place, context)!;
    if (resource.type !== 'arns') { throw new Error('these are ARNs'); }
    expect(resource.fields[3]).toHaveLength(1);
    expect(resource.fields[3][0].patterns.map((pattern) => pattern.length)).toEqual(['eu-west-1'.length]);
  });

  test.each<[string, string, Partial<AwsAction>, boolean]>([
    ['a key that its requests never have', 'if StringEquals sqs:n a', { presenceOf: () => 'never' }, false],
    ['the key is missing', 'if StringNotEquals sqs:n a', { presenceOf: () => 'never' }, true],
    ['a key that they always have', 'if Null sqs:n true', { presenceOf: () => 'always' }, false],
    ['a key of which nothing is known', 'if Null sqs:n true', { presenceOf: () => undefined }, true],
  ])('%s', (_name, when, action, expected) => {
    expect(isPossible(`sqs:Send ${QUEUE} ${when}`, action)).toBe(expected);
  });
});

describe('a key with two names is one key', () => {
  const sharedKey: AwsAction['sharedKey'] = (key) => key.replace(/^sqs:tag\//, 'aws:resourcetag/');
  test.each<[string, string, boolean]>([
    ['the same value by both', 'StringEquals sqs:tag/t a & StringEquals aws:resourcetag/t a', true],
    ['two values', 'StringEquals sqs:tag/t a & StringEquals aws:resourcetag/t b', false],
    ['a value and none', 'StringEquals sqs:tag/t a & Null aws:resourcetag/t true', false],
    ['the values of two tags', 'StringEquals sqs:tag/t a & StringEquals aws:resourcetag/u b', true],
  ])('%s: %s is possible: %s', (_name, when, expected) => {
    expect(isPossible(`sqs:Send ${QUEUE} if ${when}`, { sharedKey })).toBe(expected);
    expect(isPossible(`sqs:Send ${QUEUE} if ${when}`)).toBe(true); // two keys
  });
});

describe('a tag of the request is among its tag keys', () => {
  test.each<[string, string, boolean]>([
    ['it is allowed', 'StringEquals aws:requesttag/t a & ForAllValues:StringEquals aws:tagkeys t|u', true],
    ['it is not allowed', 'StringEquals aws:requesttag/t a & ForAllValues:StringEquals aws:tagkeys u', false],
    ['in another case', 'StringEquals aws:requesttag/t a & ForAllValues:StringEquals aws:tagkeys T', true],
    ['a tag that may be missing', 'StringNotEquals aws:requesttag/t a & ForAllValues:StringEquals aws:tagkeys u', true],
    ['no tags', 'StringEquals aws:requesttag/t a & Null aws:tagkeys true', false],
    ['one of two tags',
      'StringEquals aws:requesttag/t a & StringEquals aws:requesttag/u b & ForAllValues:StringEquals aws:tagkeys t', false],
    ['a tag of the resource', 'StringEquals aws:resourcetag/t a & ForAllValues:StringEquals aws:tagkeys u', true],
  ])('%s: %s is possible: %s', (_name, when, expected) => {
    expect(isPossible(`sqs:Send ${QUEUE} if ${when}`, {}, contextFor(COMPLETE, ['aws:tagkeys']))).toBe(expected);
  });
});

test('nothing is known of any place', () => {
  const { isAskedOnStar, factsOf, fieldOf, sharedKey }: Place = ANY_PLACE;
  expect([isAskedOnStar, factsOf('aws:resourceorgid'), fieldOf('aws:requestedregion'), sharedKey('ec2:resourcetag/t')])
    .toEqual([false, undefined, undefined, 'ec2:resourcetag/t']);
});
