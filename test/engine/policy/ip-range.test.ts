import {
  boundariesOf, contains, formatIp, Ip, IpRange, parseIp, parseIpRange,
} from '../../../lib/engine/policy/ip-range';

describe('an address', () => {
  test.each<[string, string | undefined]>([
    ['10.0.0.1', '10.0.0.1'],
    ['0.0.0.0', '0.0.0.0'],
    ['255.255.255.255', '255.255.255.255'],
    ['256.0.0.1', undefined],
    ['010.0.0.1', undefined], // octal for some readers
    ['1.2.3', undefined],
    ['1.2.3.4.5', undefined],
    ['1.2.3.', undefined],
    ['1.2.3.x', undefined],
    ['1.2.3.4x', undefined],
    ['x1.2.3.4', undefined],
    ['', undefined],
    ['::', '::'],
    ['::1', '::1'],
    ['1::', '1::'],
    ['2001:DB8::A', '2001:db8::a'],
    ['2001:0db8:0:0:0:0:0:1', '2001:db8::1'],
    ['1:2:3:4:5:6:7:8', '1:2:3:4:5:6:7:8'],
    ['1:0:3:4:5:6:7:8', '1:0:3:4:5:6:7:8'],
    ['1:2:3:4:5:6:7::', '1:2:3:4:5:6:7:0'],
    ['1:2:3:4::5:6:7:8', undefined], // nothing is left out
    ['1:2:3:4:5:6:7', undefined],
    ['1:2:3:4:5:6:7:8:9', undefined],
    ['1::2::3', undefined],
    ['12345::', undefined],
    ['g::', undefined],
    [':1:2:3:4:5:6:7', undefined],
    ['::1.2.3.4', undefined],
  ])('%s is %s', (text, expected) => {
    const ip = parseIp(text);
    expect(ip && formatIp(ip)).toBe(expected);
  });
});

describe('a range', () => {
  const show = ({ version, first, last }: IpRange) =>
    [first, last].map((bits) => formatIp({ version, bits })).join(' to ');
  test.each<[string, string | undefined]>([
    ['10.0.0.0/8', '10.0.0.0 to 10.255.255.255'],
    ['10.1.2.3/8', '10.0.0.0 to 10.255.255.255'],
    ['10.0.0.1', '10.0.0.1 to 10.0.0.1'],
    ['10.0.0.1/32', '10.0.0.1 to 10.0.0.1'],
    ['10.0.0.1/31', '10.0.0.0 to 10.0.0.1'],
    ['1.2.3.4/0', '0.0.0.0 to 255.255.255.255'],
    ['10.0.0.0/33', undefined],
    ['10.0.0.0/', undefined],
    ['/8', undefined],
    ['10.0.0.0/8/8', undefined],
    ['10.0.0.0/x', undefined],
    ['10.0.0.0/1000', undefined],
    ['2001:db8::/32', '2001:db8:: to 2001:db8:ffff:ffff:ffff:ffff:ffff:ffff'],
    ['2001:db8::1', '2001:db8::1 to 2001:db8::1'],
    ['2001:db8::1/128', '2001:db8::1 to 2001:db8::1'],
    ['2001:db8::/129', undefined],
    ['example', undefined],
  ])('%s is %s', (text, expected) => {
    const range = parseIpRange(text);
    expect(range && show(range)).toBe(expected);
  });
});

test.each<[string, string, boolean]>([
  ['10.0.0.0/8', '10.0.0.0', true],
  ['10.0.0.0/8', '10.255.255.255', true],
  ['10.0.0.0/8', '9.255.255.255', false],
  ['10.0.0.0/8', '11.0.0.0', false],
  ['0.0.0.0/0', '::1', false], // the versions never meet
  ['::/0', '10.0.0.1', false],
  ['::/0', 'ffff::', true],
])('%s contains %s: %s', (range, ip, expected) => {
  expect(contains(parseIpRange(range) as IpRange, parseIp(ip) as Ip)).toBe(expected);
});

test.each<[string, string[]]>([
  ['10.0.0.0/8', ['10.0.0.0', '11.0.0.0']],
  ['10.0.0.1', ['10.0.0.1', '10.0.0.2']],
  ['255.0.0.0/8', ['255.0.0.0']], // nothing is behind it
  ['0.0.0.0/0', ['0.0.0.0']],
  ['::/1', ['::', '8000::']],
  ['::/0', ['::']],
])('the ends of %s are %s', (range, expected) => {
  expect(boundariesOf(parseIpRange(range) as IpRange).map(formatIp)).toEqual(expected);
});
