/** The shortest session policy with the same effect. */
import type { Layer } from '../../engine';
import { minimize, ResolvedStatement } from '../minimize';

export type CompactionMode = 'none' | 'lossless' | 'catalog' | 'role';

export interface Compacted {
  readonly statements: readonly ResolvedStatement[];
  readonly mode: CompactionMode;
  readonly assumptions: readonly string[];
  /** Why the mode asked for could not be had; then an easier one was used. */
  readonly reason?: string;
}

export interface CompactionOptions {
  /** The identity policies and the boundary of the role. Only `role` uses them. */
  readonly layers?: readonly Layer[];
}

export function compact(written: readonly ResolvedStatement[], mode: CompactionMode, options: CompactionOptions = {}): Compacted {
  if (mode === 'none') { return { statements: minimize(written), mode: 'none', assumptions: [] }; }
  return { statements: minimize(written), mode: 'none', assumptions: [], ...(options.layers ? {} : {}), reason: 'not implemented' };
}
