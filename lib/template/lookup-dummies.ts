/**
 * The values that the CDK's lookups give while the context lacks what they ask for, such as `dummy-value-for-/name` of
 * `StringParameter.valueFromLookup`. The CDK's CLI looks the values up and synthesizes again. Here each dummy in a template becomes a dynamic
 * reference: a value that nobody knows yet.
 *
 * Invariant: two dummies with the same text may stand for different values, so each occurrence of such a text is a value of its own.
 * @see https://docs.aws.amazon.com/cdk/v2/guide/context.html
 */
import { isRecord, memberOf } from '../util/records';

interface Dummy {
  readonly text: string;
  /** What was looked up. */
  readonly name: string;
}

/** What is missing in the context of an app. */
export class LookupDummies {
  private readonly names = new Map<string, Set<string>>();
  private readonly pattern?: RegExp;
  private count = 0;

  /** @param missing the `missing` of a cloud assembly's manifest: https://docs.aws.amazon.com/cdk/api/v2/docs/cloud-assembly-schema-readme.html */
  public constructor(missing: unknown) {
    for (const { text, name } of (Array.isArray(missing) ? missing : []).flatMap(dummiesOf)) {
      this.names.set(text, (this.names.get(text) ?? new Set()).add(name));
    }
    const longestFirst = [...this.names.keys()].sort((a, b) => b.length - a.length || (a < b ? -1 : 1));
    if (longestFirst.length > 0) { this.pattern = new RegExp(longestFirst.map(asPattern).join('|'), 'g'); }
  }

  /** Replaces the dummies in a template. */
  public replaceIn<T>(template: T): T {
    return this.pattern ? this.replaced(template, this.pattern) as T : template;
  }

  private replaced(value: unknown, pattern: RegExp): unknown {
    if (typeof value === 'string') { return value.replace(pattern, (text) => this.reference(text)); }
    if (Array.isArray(value)) { return value.map((item) => this.replaced(item, pattern)); }
    if (!isRecord(value)) { return value; }
    return Object.fromEntries(Object.entries(value).map(([key, member]) => [key, this.replaced(member, pattern)]));
  }

  private reference(text: string): string {
    const names = [...this.names.get(text)!];
    const occurrence = names.length > 1 ? ` #${++this.count}` : '';
    return `{{resolve:lookup:${names.join(' or ')}${occurrence}}}`;
  }
}

/** A text that is long enough to be a dummy wherever it stands; a shorter one, such as `TEST`, has to stand alone. */
function asPattern(text: string): string {
  const escaped = text.replace(/[\\^$.*+?()[\]{}|/-]/g, '\\$&');
  if (text.length >= 12) { return escaped; }
  return `${/^\w/.test(text) ? '(?<!\\w)' : ''}${escaped}${/\w$/.test(text) ? '(?!\\w)' : ''}`;
}

function dummiesOf(missing: unknown): Dummy[] {
  const provider = memberOf(missing, 'provider');
  const { dummyValue, ...asked } = isRecord(memberOf(missing, 'props')) ? memberOf(missing, 'props') as Record<string, unknown> : {};
  const known = new Set(textsIn(asked)); // a dummy also repeats what was asked for, such as the name of a hosted zone
  const subject = SUBJECTS.map((member) => asked[member]).find((value) => typeof value === 'string') ?? provider;
  const name = String(subject).replace(/[{}"\\]/g, '');
  const texts = [...textsIn(dummyValue), ...(provider === 'vpc-provider' ? DUMMIES_OF_VPCS : [])].filter((text) => !known.has(text));
  return texts.flatMap(piecesOf).map((text) => ({ text, name }));
}

/** The members of a query that name what is looked up. */
const SUBJECTS = ['parameterName', 'exactIdentifier', 'aliasName', 'domainName'];

/** `Vpc.fromLookup` gives its dummies itself, and not to the query: `DUMMY_VPC_PROPS` of aws-ec2/lib/vpc.ts. */
const DUMMIES_OF_VPCS = [
  'vpc-12345', 's-12345', 's-67890', 'p-12345', 'p-67890', 'rtb-12345s', 'rtb-67890s', 'rtb-12345p', 'rtb-57890p', '1.2.3.4/5', 'dummy1a', 'dummy1b',
];

function textsIn(value: unknown): string[] {
  if (typeof value === 'string') { return [value]; }
  if (Array.isArray(value)) { return value.flatMap(textsIn); }
  return isRecord(value) ? Object.values(value).flatMap(textsIn) : [];
}

/** Tokens in a dummy are written in another way in the template. Constructs also write the name of an ARN alone. */
function piecesOf(text: string): string[] {
  const pieces = text.split(/\$\{Token\[[\w:.-]*\]\}/).filter((piece) => piece.length >= 4 && piece !== 'arn:');
  const names = pieces.flatMap((piece) => (/^(arn)?:.*:.*:/.test(piece) ? [piece.slice(Math.max(piece.lastIndexOf('/'), piece.lastIndexOf(':')) + 1)] : []));
  return [...pieces, ...names.filter((piece) => piece.length >= 4)];
}
