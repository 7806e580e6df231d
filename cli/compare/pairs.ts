/**
 * Compares one line of `compare --pairs`: splits it into its members, parses each policy, and asks comparison.ts for the
 * decision.
 * Policies that are repeated, such as those of roles, are parsed once (text-cache.ts).
 * Invariant: whatever a line contains, `result` returns: bad input, and a bug, is an error in the result of its line.
 */
import { decide, Decision, narrowingOptions } from './comparison';
import { membersOf } from './members';
import { TextCache } from './text-cache';
import { Layer, NarrowingOptions } from '../../lib/engine';
import { isRecord } from '../../lib/util/records';
import { UsageError } from '../exit-codes';
import { documentIn, NamedDocument } from '../policies/documents-in';
import { layerOf, PolicyInput, policyOf } from '../policies/layers';
import { managedDocument } from '../policies/managed';
import { layersOf, organizationIn, OrganizationTexts } from '../policies/organization';
import { parseJson } from '../policies/parse-json';
import { roleArnIn } from '../policies/role-arn';

/** The output of `--pairs` for one line. Public. */
export type PairResult = { readonly id?: string | number; readonly line: number } & (Decision | { readonly error: string });

/** What holds for all lines. Plain data: worker threads get a copy. */
export interface PairsOptions {
  readonly reference: boolean;
  /** @default - there is none */
  readonly organization?: OrganizationTexts;
}

const NAMES = ['id', 'session', 'role', 'boundary', 'roleArn'];

export class Pairs {
  private readonly options: NarrowingOptions;
  private readonly organization: readonly Layer[];
  private readonly sessions = new TextCache<PolicyInput>((text) => policyOf(documentIn(parseJson(text, 'session'), 'session'), 'session'));
  private readonly roles = new TextCache<Layer>((text) => layerOf('identity policies', documentsIn(parseJson(text, 'role'))));
  private readonly boundaries = new TextCache<Layer>((text) => layerOf('permissions boundary', [documentOf(parseJson(text, 'boundary'), 'boundary')]));
  private readonly seen = new Map<string, TextCache<unknown>>([['session', this.sessions], ['role', this.roles], ['boundary', this.boundaries]]);

  /** @param file the name of the input in messages */
  public constructor(private readonly file: string, { reference, organization }: PairsOptions) {
    this.options = { ...narrowingOptions(reference), firstExcessOnly: true };
    this.organization = organization ? layersOf(organizationIn(organization)) : [];
  }

  /** @param line the line number, from 1 */
  public result(text: string, line: number): PairResult {
    const id: { id?: string | number } = {};
    try {
      const members = membersOf(text, (name, whole, at) => this.seen.get(name)?.textAt(whole, at));
      if (!members) { throw new UsageError('a pair is a JSON object with session and role, each name once and without escapes'); }
      if (members.has('id')) { id.id = idIn(members.get('id')!); }
      return { ...id, line, ...this.decide(members) };
    } catch (e) {
      if (!(e instanceof UsageError)) { return { ...id, ...this.error(line, `cdk-pod-identity failed, which is a bug. Please report it: ${e}`) }; }
      return { ...id, line, error: this.describe(text, line, e) };
    }
  }

  /** The result of a line that could not be compared. */
  public error(line: number, why: string): { readonly line: number; readonly error: string } {
    return { line, error: `${this.file}:${line}: ${why}` };
  }

  private decide(members: ReadonlyMap<string, string>): Decision {
    const unknown = [...members.keys()].find((name) => !NAMES.includes(name));
    if (unknown !== undefined) { throw new UsageError(`'${unknown}' is not a member of a pair: ${NAMES.join(', ')} are`); }
    const missing = ['session', 'role'].find((name) => !members.has(name));
    if (missing !== undefined) { throw new UsageError(`${missing} is missing`); }
    const boundary = members.get('boundary');
    const layers = [this.roles.of(members.get('role')!), ...(boundary === undefined ? [] : [this.boundaries.of(boundary)]), ...this.organization];
    const roleArn = members.get('roleArn');
    const principal = roleArn === undefined ? {} : { arn: roleArnIn(parseJson(roleArn, 'roleArn'), 'roleArn') };
    return decide(this.sessions.of(members.get('session')!), layers, { ...this.options, principal });
  }

  /** Names the position in the line if the line is not JSON. */
  private describe(text: string, line: number, error: UsageError): string {
    try {
      parseJson(text, this.file, line);
    } catch (e) {
      return (e as Error).message;
    }
    return `${this.file}:${line}: ${error.message}`;
  }
}

function idIn(text: string): string | number {
  const id = parseJson(text, 'id');
  if (typeof id !== 'string' && typeof id !== 'number') { throw new UsageError('id is neither a string nor a number'); }
  return id;
}

function documentsIn(role: unknown): NamedDocument[] {
  const list = Array.isArray(role) ? role : [role];
  if (list.length === 0) { throw new UsageError('role has no policies; a role without any allows nothing'); }
  return list.map((policy, i) => documentOf(policy, Array.isArray(role) ? `role[${i}]` : 'role'));
}

/** A string is a policy document as text, or the name or ARN of a policy that AWS maintains. */
function documentOf(value: unknown, name: string): NamedDocument {
  if (!isRecord(value) && typeof value !== 'string') { throw new UsageError(`${name} is neither a policy nor the name of an AWS managed policy`); }
  return typeof value === 'string' && !/^\s*[{%]/.test(value) ? managedDocument(value) : documentIn(value, name);
}
