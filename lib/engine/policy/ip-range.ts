/**
 * Reads, compares and writes IP addresses and CIDR ranges. Conditions on addresses use it, in the decisions and in the evaluator.
 * Invariant: an address is text of fixed length, so addresses of one version compare as text. Text that is not certainly an
 * address is `undefined`.
 */

/** An address: 32 or 128 bits as hexadecimal digits, with leading zeros. */
export interface Ip {
  readonly version: 4 | 6;
  readonly bits: string;
}

/** A range of addresses of one version, both ends included. */
export interface IpRange {
  readonly version: 4 | 6;
  readonly first: string;
  readonly last: string;
}

const BITS = { 4: 32, 6: 128 } as const;

/**
 * A range in CIDR notation. A single address is a range of one.
 * @see https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_condition_operators.html#Conditions_IPAddress
 */
export function parseIpRange(text: string): IpRange | undefined {
  const match = /^([^/]+)(?:\/(\d{1,3}))?$/.exec(text);
  const address = match ? parseIp(match[1]) : undefined;
  if (!match || !address) { return undefined; }
  const bits = BITS[address.version];
  const prefix = match[2] === undefined ? bits : Number(match[2]);
  if (prefix > bits) { return undefined; }
  const size = 2n ** BigInt(bits - prefix);
  const first = valueOf(address) - (valueOf(address) % size);
  return { version: address.version, first: bitsOf(address.version, first), last: bitsOf(address.version, first + size - 1n) };
}

export function parseIp(text: string): Ip | undefined {
  return text.includes(':') ? parseIp6(text) : parseIp4(text);
}

export function contains(range: IpRange, ip: Ip): boolean {
  return range.version === ip.version && range.first <= ip.bits && ip.bits <= range.last;
}

/** The first address of the range and, if it exists, the first address behind the range. */
export function boundariesOf({ version, first, last }: IpRange): Ip[] {
  const behind = bitsOf(version, valueOf({ version, bits: last }) + 1n);
  return [{ version, bits: first }, ...(behind.length === first.length ? [{ version, bits: behind }] : [])];
}

function valueOf({ bits }: Ip): bigint {
  return BigInt(`0x${bits}`);
}

function bitsOf(version: Ip['version'], value: bigint): string {
  return value.toString(16).padStart(BITS[version] / 4, '0');
}

export function formatIp(ip: Ip): string {
  const { version } = ip;
  const value = valueOf(ip);
  const groups = version === 4 ? 4 : 8;
  const size = 2n ** BigInt(BITS[version] / groups);
  const digits = Array.from({ length: groups }, (_, i) => (value / size ** BigInt(groups - 1 - i)) % size);
  return version === 4 ? digits.join('.') : digits.map((d) => d.toString(16)).join(':').replace(/(^|:)0(:0)+(:|$)/, '::');
}

function parseIp4(text: string): Ip | undefined {
  const fields = text.split('.');
  if (fields.length !== 4 || !fields.every((f) => /^(0|[1-9]\d{0,2})$/.test(f) && Number(f) <= 255)) { return undefined; }
  return { version: 4, bits: bitsOf(4, fields.reduce((value, field) => value * 256n + BigInt(field), 0n)) };
}

function parseIp6(text: string): Ip | undefined {
  const halves = text.split('::');
  if (halves.length > 2) { return undefined; }
  const [left, right = []] = halves.map((half) => (half === '' ? [] : half.split(':')));
  const given = left.length + right.length;
  if (halves.length === 1 ? given !== 8 : given > 7) { return undefined; }
  const groups = [...left, ...new Array<string>(8 - given).fill('0'), ...right];
  if (!groups.every((g) => /^[0-9a-f]{1,4}$/i.test(g))) { return undefined; }
  return { version: 6, bits: bitsOf(6, groups.reduce((value, group) => value * 65536n + BigInt(parseInt(group, 16)), 0n)) };
}
