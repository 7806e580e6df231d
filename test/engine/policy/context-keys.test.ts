import { mayBeMissing, multivaluedKeysIn } from '../../../lib/engine/policy/context-keys';
import { allow, policy } from '../make';

test.each([
  'aws:currenttime', 'aws:epochtime', 'aws:principalaccount', 'aws:principalarn', 'aws:principaltype',
  'aws:requestedregion', 'aws:securetransport',
  'aws:userid',
])('%s is in every request', (key) => {
  expect(mayBeMissing(key)).toBe(false);
});

test.each(['aws:sourcevpc', 'aws:principaltag/team', 's3:prefix', 'aws:calledvia', ''])('%s may be missing', (key) => {
  expect(mayBeMissing(key)).toBe(true);
});

const NONE = { session: policy([]), layers: [] };

test.each([
  'aws:calledvia', 'aws:principalorgpaths', 'aws:principalservicenameslist', 'aws:resourceorgpaths',
  'aws:sourceorgpaths', 'aws:tagkeys', 'aws:vpceorgpaths',
])('%s has several values', (key) => {
  expect(multivaluedKeysIn(NONE)(key)).toBe(true);
});

test.each(['aws:sourcevpc', 'aws:userid', 'Stryker was here', ''])('%s has one', (key) => {
  expect(multivaluedKeysIn(NONE)(key)).toBe(false);
});

test('a key that a statement tests with a set operator has several, whoever tests it', () => {
  const session = policy([
    allow('s3:*', '*', { 'StringEquals': { 'a:one': 'x' }, 'ForAllValues:StringEquals': { 'a:all': 'x' } }),
  ]);
  const role = policy([allow('s3:*', '*', { 'ForAnyValue:StringLike': { 'a:Any': 'x' } })]);
  const has = multivaluedKeysIn({ session, layers: [{ name: 'identity policies', policies: [role], gaps: [] }] });
  expect(['a:one', 'a:all', 'a:any', 'Stryker was here'].map(has)).toEqual([false, true, true, false]);
});
