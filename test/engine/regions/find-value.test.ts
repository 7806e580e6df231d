import { ConditionMeaning } from '../../../lib/engine/policy/condition-meaning';
import { findValue, passesTest, ValueConstraint } from '../../../lib/engine/regions/find-value';
import { literals, UNLIMITED } from '../make';

/** `NumericLessThan 3 & not NumericEquals 1|2`: what a value has to pass, and what it has to fail. */
function demands(text: string): ValueConstraint[] {
  const withKeys = text.replace(/(^|& )((?:not )?\S+)/g, '$1$2 k');
  return text === '' ? [] : literals(withKeys).map(({ entry, holds }) => {
    const meaning = entry.meaning as ConditionMeaning & { type: 'value' };
    return { test: meaning.test, passes: holds !== meaning.negated };
  });
}

describe('a value', () => {
  test.each<[string, string]>([
    ['', 'example'],
    // text
    ['StringEquals a|b', 'a'],
    ['StringEquals a|b & StringNotEquals a', 'b'],
    ['StringNotEquals a', 'example'],
    ['StringNotEquals a|example', 'another-example'],
    ['StringLike a*', 'aexample'],
    ['StringLike a?', 'ae'],
    ['StringLike b* & StringNotLike be*', 'b'],
    ['StringLike a* & StringLike *b', 'ab'],
    ['StringLike a*|* & StringNotEquals aexample', 'example'],
    ['StringEqualsIgnoreCase Tom', 'Tom'],
    ['StringEqualsIgnoreCase Tom & StringLike t*', 'tom'],
    ['StringEquals Tom|tom & StringNotEqualsIgnoreCase TOM', 'none'],
    ['StringEquals ${aws:username}', '${aws:username}'],
    ['StringLike ${aws:username}/*', '${aws:username}/example'],
    ['StringLike a${*}', 'a*'],
    ["StringEquals ''", ' (implausible)'], // no key has an empty value
    ['ArnLike arn:aws:s3:::b/*', 'arn:aws:s3:::b/example'],
    ['ArnLike arn:aws:*:*:*:b', 'arn:aws:example:example:example:b'],
    ['ArnLike arn:aws:*:::b & StringLike *:*:*:*:*:*:*', 'none'], // `*` of an ARN's field does not match a colon
    ['BinaryEquals QUJD', 'QUJD'],
    // numbers
    ['NumericEquals 5', '5'],
    ['NumericNotEquals 5', '6'],
    ['NumericNotEquals 5|6', '4'],
    ['NumericLessThan 5', '4'],
    ['NumericLessThanEquals 5', '5'],
    ['NumericGreaterThan 5', '6'],
    ['NumericGreaterThanEquals 5', '5'],
    ['NumericGreaterThan 1 & NumericLessThan 3', '2'],
    ['NumericGreaterThan 1 & NumericLessThan 2', '1.5 (implausible)'], // the key may count something
    ['NumericGreaterThan 1.5 & NumericLessThan 2', '1.75'],
    ['NumericGreaterThan 1|7 & NumericLessThan 3 & NumericNotEquals 2', '1.5 (implausible)'],
    ['NumericGreaterThan 10 & NumericLessThan 20 & NumericNotEquals 11|19', '12'],
    ['not NumericLessThan 5', '5'],
    ['not NumericLessThan 5 & not NumericGreaterThanEquals 5', 'example (implausible)'], // all comparisons with it fail
    // dates
    ['DateEquals 2020-01-01', '2020-01-01T00:00:00.000Z'],
    ['DateLessThan 2020-01-01', '2019-12-31T23:59:59.999Z'],
    ['DateGreaterThan 2020-01-01 & DateLessThan 2020-01-02', '2020-01-01T00:00:00.001Z'],
    ['DateGreaterThan 2020-01-01T00:00:00Z & DateLessThan 2020-01-01T00:00:00.001Z',
      '2020-01-01T00:00:00.000Z (implausible)'],
    // truths
    ['Bool true', 'true'],
    ['Bool false', 'false'],
    ['Bool true|false', 'true'],
    ['not Bool true', 'false'],
    ['not Bool true & not Bool false', 'example (implausible)'],
    // addresses
    ['IpAddress 10.0.0.0/8', '10.0.0.0'],
    ['NotIpAddress 10.0.0.0/8', '11.0.0.0'],
    ['NotIpAddress 0.0.0.0/0', '::'],
    ['NotIpAddress ::/0', '0.0.0.0'],
    ['IpAddress 10.0.0.0/8 & NotIpAddress 10.0.0.0/9', '10.128.0.0'],
    ['NotIpAddress 0.0.0.0/0 & NotIpAddress ::/0', 'example (implausible)'],
    // two kinds of tests on one key are taken apart
    ['NumericEquals 5 & StringLike 5*', '5 (implausible)'],
    ['NumericEquals 5 & StringEquals 6', '5 (implausible)'],
  ])('%s: %s', (text, expected) => {
    const found = findValue(demands(text), UNLIMITED);
    expect(found ? `${found.value}${found.plausible ? '' : ' (implausible)'}` : 'none').toBe(expected);
  });

  // A value that is not empty comes second.
  test.each([["StringEquals ''|a", 'a']])('%s: %s', (text, expected) => {
    expect(findValue(demands(text), UNLIMITED)).toEqual({ value: expected, plausible: true });
  });

  test.each<[string]>([
    ['StringEquals a & StringEquals b'],
    ['StringEquals a & StringNotEquals a'],
    ['StringEquals a & StringNotLike a*'],
    ['StringEquals aX & StringNotEqualsIgnoreCase Ax'],
    ['StringLike a* & StringNotLike a & StringNotLike a?*'],
    ['StringLike a* & StringLike *b & StringNotLike a*b'],
    ['StringEquals ${aws:username} & StringNotLike ${aws:username}'],
    ['ArnEquals arn:aws:s3:::b & ArnNotLike arn:*:*:*:*:*'],
    ['BinaryEquals QUJD & BinaryEquals QUJE'],
    ['NumericEquals 5 & NumericNotEquals 5.0'],
    ['NumericLessThan 5 & NumericGreaterThan 5'],
    ['NumericLessThan 5 & NumericGreaterThanEquals 5'],
    ['NumericLessThanEquals 5 & not NumericLessThanEquals 6'],
    ['NumericGreaterThanEquals 5 & not NumericGreaterThan 4'],
    ['DateGreaterThan 2020-01-01 & DateLessThan 2020-01-01'],
    ['DateEquals 2020-01-01 & DateNotEquals 1577836800'],
    ['Bool true & Bool false'],
    ['Bool true & not Bool true|false'],
    ['IpAddress 10.0.0.0/8 & IpAddress 11.0.0.0/8'],
    ['IpAddress 10.0.0.0/8 & NotIpAddress 10.0.0.0/9|10.128.0.0/9'],
    ['IpAddress 10.0.0.1 & IpAddress ::/0'],
    ['NumericEquals 5 & StringEquals a & StringEquals b'],
  ])('there is none: %s', (text) => {
    expect(findValue(demands(text), UNLIMITED)).toBeUndefined();
  });
});

test.each<[string, string, boolean | undefined]>([
  ['StringEquals a|b', 'b', true],
  ['StringEquals a|b', 'c', false],
  ['StringEqualsIgnoreCase Tom', 'tOM', true],
  ['StringLike a*', 'abc', true],
  ['StringLike a${*}', 'ab', false],
  ['StringEquals ${aws:username}', 'tom', undefined], // it depends on the name
  ['StringLike a${aws:username}', 'b', false], // it does not
  ['Bool true', 'TRUE', true],
  ['Bool true', 'example', false],
  ['NumericLessThan 5', '4.9', true],
  ['NumericLessThan 5', '5', false],
  ['NumericLessThanEquals 5', '5', true],
  ['NumericGreaterThan 5', '5', false],
  ['NumericGreaterThanEquals 5', '5', true],
  ['NumericEquals 5', '5.0', true],
  ['NumericEquals 5', 'five', false],
  ['DateEquals 2020-01-01', '1577836800', true],
  ['DateLessThan 2020-01-01', '2020-01-01T00:00:00Z', false],
  ['DateLessThan 2020-01-01', '10', false], // a number of seconds has more digits
  ['IpAddress 10.0.0.0/8', '10.1.2.3', true],
  ['IpAddress 10.0.0.0/8', '::1', false],
  ['IpAddress 10.0.0.0/8', 'example', false],
])('whether %s lets %s pass: %s', (text, value, expected) => {
  expect(passesTest(demands(text)[0].test, value, UNLIMITED)).toBe(expected);
});
