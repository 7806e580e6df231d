/**
 * Main file of this folder, which shortens a session policy: asks lib/session-policy/compaction for the shortest policy with the
 * same effect, and measures what the other modes would give. as-text.ts words the report.
 * Invariant: the policy that is printed was proven to have the effect of the one that was given, under the assumptions that are
 * listed with it.
 */
import { Layer, policyDocument } from '../../lib/engine';
import { servicesAsOf } from '../../lib/reference/services';
import { compact, CompactionMode } from '../../lib/session-policy/compaction/compact';
import { SESSION_POLICY_MAX_CHARACTERS } from '../../lib/session-policy/limit';
import { ResolvedStatement } from '../../lib/session-policy/minimize';
import { UsageError } from '../exit-codes';
import { NamedDocument } from '../policies/documents-in';
import { policyOf } from '../policies/layers';

/** The modes that can be asked for, from the longest policies to the shortest. */
export const MODES = ['lossless', 'catalog', 'role'] as const;
export type Mode = (typeof MODES)[number];

/** The output of `--format json`. Public. */
export interface Compaction {
  /** The mode that was used. */
  readonly mode: CompactionMode;
  /** Why another mode was used than the one that was asked for. */
  readonly reason?: string;
  /** The shorter session policy. */
  readonly policy: { readonly Version: string; readonly Statement: readonly ResolvedStatement[] };
  readonly size: Size;
  /** The length that each mode gives. `role` needs the policies of the role. */
  readonly modes: { readonly [mode in CompactionMode]?: number };
  /** The date of the reference data, if the equality relies on it. */
  readonly asOf?: string;
  /** What else the equality takes for granted. */
  readonly assumptions: readonly string[];
}

/** Lengths in characters, without white space outside of strings. */
export interface Size {
  readonly given: number;
  readonly compacted: number;
  readonly limit: number;
}

/** Role mode proves nothing about policies that it was not given. */
const NO_RESOURCE_POLICY = 'No resource policy, such as a bucket policy or a key policy, allows the role a request that the given policies do not allow.';

/** @param layers those of the role; without them, `role` cannot be asked for. @throws UsageError if AWS would reject the policy */
export function compactPolicy(session: NamedDocument, mode: Mode, layers: readonly Layer[]): Compaction {
  const written = statementsIn(session);
  const compacted = compact(written, mode, { layers });
  const inMode = (other: CompactionMode) => (other === mode ? compacted : compact(written, other, { layers }));
  const modes: readonly CompactionMode[] = ['none', ...MODES.filter((one) => one !== 'role' || layers.length > 0)];
  const isOfReference = compacted.mode === 'catalog' || compacted.mode === 'role';
  return {
    mode: compacted.mode,
    ...(compacted.reason !== undefined && { reason: compacted.reason }),
    policy: documentOf(compacted.statements),
    size: { given: JSON.stringify(session.document).length, compacted: lengthOf(compacted.statements), limit: SESSION_POLICY_MAX_CHARACTERS },
    modes: Object.fromEntries(modes.map((one) => [one, inMode(one)] as const)
      .filter(([one, made]) => one !== 'role' || made.mode === 'role').map(([one, { statements }]) => [one, lengthOf(statements)])),
    ...(isOfReference && { asOf: servicesAsOf() }),
    assumptions: [...compacted.assumptions, ...(compacted.mode === 'role' ? [NO_RESOURCE_POLICY] : [])],
  };
}

/** The statements of a policy that AWS accepts. */
function statementsIn(session: NamedDocument): readonly ResolvedStatement[] {
  const { unclear } = policyOf(session, 'session');
  if (unclear.length > 0) { throw new UsageError(...unclear.map(({ message }) => message)); }
  const { Version, Statement } = session.document as { readonly Version?: unknown; readonly Statement: unknown };
  const statements = [Statement].flat() as readonly ResolvedStatement[];
  if (Version !== '2012-10-17' && JSON.stringify(statements).includes('${')) {
    throw new UsageError(`${session.name}: its Version is ${JSON.stringify(Version) ?? 'missing'}, so '\${…}' in it is literal text. The shorter policy has Version 2012-10-17, `
      + "in which it is a policy variable. Set that Version, and write '${$}{' where literal text is meant");
  }
  return statements;
}

function documentOf(statements: readonly ResolvedStatement[]): Compaction['policy'] {
  return policyDocument(statements);
}

function lengthOf(statements: readonly ResolvedStatement[]): number {
  return JSON.stringify(documentOf(statements)).length;
}
