/** Values of conditions: numbers, dates, addresses and others that are odd, or that somebody reads in another way. */
import { allow, deny, document, JsonObject, list, maybe } from './documents';
import { HostileInput } from './input';
import { OPERATORS } from './texts';
import { Json } from '../../../lib/engine';
import { Dice } from '../../dice';

export const NUMBERS: readonly Json[] = [
  JSON.parse('1e400'), JSON.parse('-1e400'), -0, 2 ** 53 + 1, 2 ** 53, 2 ** 53 - 1, 1e21, 1e-7, 5e-324, 0.1 + 0.2, 0.1,
  0, 1, 10, -1, 1.5, '1e400', '1e3', '-0', '0', '+1', '1', '1.0', '1.', '.5', '0.5', '0x10', '1_000', '1,000', '00012',
  '12', '\u0663', '', ' ', ' 1', '1 ', 'NaN', 'Infinity', '9007199254740993', '9007199254740992', '0.1', '0.10',
  '0.30000000000000004', '123456789012345', '1234567890123456', '-1', '10', '10.5', '1/2', '${aws:username}', true,
];

const DATES: readonly Json[] = [
  '9999-99-99', '9999-12-31', '2024-02-30', '2024-02-29', '2023-02-29', '0000-01-01', '0001-01-01T00:00:00Z',
  '2024-01-01', '2024-01-01T00:00:00Z', '2024-01-01T00:00Z', '2024-01-01T24:00:00Z', '2024-01-01T23:59:60Z',
  '2024-01-01T00:00:00+14:00', '2024-01-01T00:00:00-23:59', '2024-01-01T00:00:00+99:99', '2024-01-01T00:00:00',
  '2024-01-01T00:00:00.001Z', '2024-01-01T00:00:00.0000001Z', '2024', '0', '-1', '12345', '99999', '1704067200',
  '1704067200000', '999999999999', '99999999999999999999', '253402300800', '+275760-09-13', '10000-01-01', '2024-1-1',
  '20240101', '2024-01-01t00:00:00z', '2024-W01-1', 'now', '', ' 2024-01-01', '2024-01-01\n', 1704067200, 2024, 1e400,
  -0, 1.5, true,
];

const ADDRESSES: readonly Json[] = [
  '0.0.0.0/0', '::/0', '::/129', '::/128', '::1', '0.0.0.0', '10.0.0.0/8', '10.0.0.1/8', '10.1.0.0/16', '10.0.0.0/08',
  '10.0.0.0/33', '10.0.0.0/32', '10.0.0.0/-1', '10.0.0.0/', '/8', '', '10.0.0.0/8/8', '10.0.0.0/8 ', '256.1.1.1',
  '1.2.3', '01.2.3.4', '1.2.3.4', '1.2.3.4.5', '0x1.2.3.4', '255.255.255.255/32',
  'ffff:ffff:ffff:ffff:ffff:ffff:ffff:ffff', 'ffff::/16', '::ffff:1.2.3.4', '::ffff:0:0/96', '1::2::3', ':::', ':',
  'fe80::1%eth0', '2001:DB8::/32', '2001:db8::/32', '2001:db8::/032', '2001:db8:1::/48', '12345::', 'g::',
  '128.0.0.0/1', '0.0.0.0/1', '10.*', '*', 10, true,
];

const BINARIES: readonly Json[] = [
  'YQ==', 'YR==', 'YQ=', 'YQ', 'YWI=', 'YWJj', 'YWJjZA==', '====', '=', '', '!!!!', 'YQ==\n', ' YQ==', '-_8=', '+/8=',
  'AAAA', 'Y Q==', '\u0130', '*', '${aws:username}', 'A'.repeat(2048), 'QQ==QQ==', 0, false,
];

const TRUTHS: readonly Json[] = [
  'true', 'false', 'TRUE', 'False', true, false, 'yes', '', '0', '1', 1, 0, ' true', '${aws:SecureTransport}',
];

interface ValueFamily {
  readonly operators: readonly string[];
  readonly key: string;
  /** Ones that everybody reads alike. */
  readonly plain: readonly Json[];
  readonly odd: readonly Json[];
}

const COMPARISONS = ['Equals', 'NotEquals', 'LessThan', 'LessThanEquals', 'GreaterThan', 'GreaterThanEquals'];

export const NUMERIC: ValueFamily = {
  operators: COMPARISONS.map((c) => `Numeric${c}`),
  key: 's3:max-keys',
  plain: [0, 1, 2, '1.5', '10', -1, '-1.5', '999999999999999'],
  odd: NUMBERS,
};
export const DATE: ValueFamily = {
  operators: COMPARISONS.map((c) => `Date${c}`),
  key: 'aws:CurrentTime',
  plain: [
    '2024-01-01', '2024-01-01T00:00:00Z', '2024-01-01T00:00:00.001Z', '1704067200', '2024-02-29T12:00:00+02:00',
    '12345',
  ],
  odd: DATES,
};
export const ADDRESS: ValueFamily = {
  operators: ['IpAddress', 'NotIpAddress'],
  key: 'aws:SourceIp',
  plain: [
    '0.0.0.0/0', '::/0', '10.0.0.0/8', '10.1.0.0/16', '10.1.2.3', '128.0.0.0/1', '0.0.0.0/1', '2001:db8::/32',
    '2001:db8::1', '::/128',
  ],
  odd: ADDRESSES,
};
export const BINARY: ValueFamily = {
  operators: ['BinaryEquals'],
  key: 'aws:ResourceTag/team',
  plain: ['YQ==', 'YWI=', 'YWJj'],
  odd: BINARIES,
};
export const TRUTH: ValueFamily = {
  operators: ['Bool', 'Null'],
  key: 'aws:SecureTransport',
  plain: ['true', 'false', true, false],
  odd: TRUTHS,
};
const TEXT: ValueFamily = {
  operators: OPERATORS,
  key: 'aws:ResourceTag/team',
  plain: ['a', 'A', '*', 'b'],
  odd: ['', 'true', '1', '10.0.0.0/8', '${*}', '2024-01-01', 'YQ=='],
};
const FAMILIES = [NUMERIC, DATE, ADDRESS, BINARY, TRUTH, TEXT];

function conditionOf(dice: Dice, { operators, key, plain, odd }: ValueFamily, keyName = key): JsonObject {
  const values = dice.chance(60) ? plain : [...plain, ...odd];
  return Object.fromEntries(list(dice.chance(75) ? 1 : 2, (): [string, Json] => {
    const operator = `${dice.pick(['', '', '', '', '', 'ForAllValues:', 'ForAnyValue:'])}${dice.pick(operators)}`;
    const value = dice.chance(70) ? dice.pick(values) : dice.sample(values, dice.below(4));
    return [
      operator.endsWith('Null') ? 'Null' : `${operator}${dice.chance(20) ? 'IfExists' : ''}`, { [keyName]: value },
    ];
  }));
}

export function valuesOf(family: ValueFamily): (dice: Dice) => HostileInput {
  return (dice) => {
    const own = conditionOf(dice, family);
    const other = dice.chance(15) ? own : conditionOf(dice, family);
    const role = dice.chance(60) ? [allow('*', { Condition: other })] : [allow('*'), deny('*', { Condition: other })];
    const more = dice.chance(30) ? [allow('*', { Condition: conditionOf(dice, family) })] : [];
    return {
      session: document(allow('*', dice.chance(80) ? { Condition: own } : {})), identity: [document(...role, ...more)],
    };
  };
}

/** One key compared as what it is and as something else. */
export function mixedValues(dice: Dice): HostileInput {
  const one = () => conditionOf(dice, dice.pick(FAMILIES), 'aws:RequestTag/a');
  const condition = () => Object.assign({}, ...list(1 + dice.below(3), one)) as JsonObject;
  const effect = dice.pick(['Allow', 'Deny']);
  return {
    session: document(allow('*', { Condition: condition() })),
    identity: [document(
      allow('*', { Effect: effect, Condition: condition() }), allow('*', maybe(dice, { Condition: condition() })),
    )],
  };
}
