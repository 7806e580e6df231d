import { ROLE } from './key-facts';
import { REQUEST_FACTS, RequestFact } from './request-facts';
import { Answer, answerOf, presencesOf } from './requests';
import { requestCatalog } from '../../lib/reference/request-catalog';
import { allow, decide } from '../engine/make';

/** Where the catalog answers otherwise than the fact, and why. */
const DIFFERENCES: { readonly [request: string]: { readonly answer: Answer; readonly why: string } } = {
  'sts:GetCallerIdentity on *': {
    answer: 'never', why: 'Nobody needs a permission for it, so no policy decides about it.',
  },
  'xray:PutTraceSegments on arn:aws:xray:eu-west-1:111122223333:group/checkout/ABCDEFGHIJKLMNOP': {
    answer: 'not ruled out', why: 'The messages about it name no resource, so nothing is recorded.',
  },
};

/** Each action with one of the values of a list. */
const each = (list: 'on' | 'notOn' | 'keys' | 'notKeys') => REQUEST_FACTS.flatMap(
  (fact) => fact[list].map((value): [string, string, RequestFact] => [fact.action, value, fact]),
);

test('the facts are of many services, and the differences are of facts', () => {
  expect(new Set(REQUEST_FACTS.map(({ action }) => action.split(':')[0])).size).toBeGreaterThan(30);
  const requests = [...each('on'), ...each('notOn')].map(([action, resource]) => `${action} on ${resource}`);
  expect(requests).toEqual(expect.arrayContaining(Object.keys(DIFFERENCES)));
});

test.each(each('on'))('%s is asked about %s', (action, resource) => {
  expect(answerOf(action, resource)).toBe(DIFFERENCES[`${action} on ${resource}`]?.answer ?? 'asked');
});

test.each(each('notOn'))('%s is never asked about %s', (action, resource) => {
  expect(answerOf(action, resource)).toBe(DIFFERENCES[`${action} on ${resource}`]?.answer ?? 'never');
});

test.each(each('keys'))('some requests of %s have %s', (action, key, { on }) => {
  const presences = on.flatMap((resource) => presencesOf(action, resource, key));
  expect(presences.some((presence) => presence === 'sometimes' || presence === 'always')).toBe(true);
});

test.each(each('notKeys'))('no request of %s has %s', (action, key, { on }) => {
  const presences = on.flatMap((resource) => presencesOf(action, resource, key));
  expect(presences.filter((presence) => presence !== 'never')).toEqual([]);
});

/** Whether a session policy that allows nothing but requests with the key narrows a role that allows nothing. */
function isNeverPresent(action: string, key: string, on: readonly string[]): boolean {
  const { kind } = decide([allow(action, on, { Null: { [key]: 'false' } })], [], undefined, {
    catalog: requestCatalog(), principal: { arn: ROLE },
  });
  return kind === 'narrows';
}

describe('decisions rely on the same', () => {
  test.each(each('keys'))('some requests of %s have %s', (action, key, { on }) => {
    expect(isNeverPresent(action, key, on)).toBe(false);
  });

  test.each(each('notKeys'))('no request of %s has %s', (action, key, { on }) => {
    expect(isNeverPresent(action, key, on)).toBe(true);
  });
});
