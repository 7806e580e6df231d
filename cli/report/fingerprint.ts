/**
 * Identifies a finding across runs, for tools that track findings. Part of the JSON and SARIF output.
 * Invariant: a fingerprint stays the same when lines move, when a message is reworded, and when an association is deleted and
 * created again.
 */
import { createHash } from 'crypto';
import type { ReportedFinding } from './report';
import type { Finding } from '../../lib/analysis/finding';
import { causeOf } from '../../lib/analysis/finding-groups';

/** Returns the fingerprint of the parts that identify a finding. */
export function fingerprintOf(identity: readonly unknown[]): string {
  return createHash('sha256').update(JSON.stringify(identity)).digest('hex').slice(0, 32);
}

/** Returns a mark that findings of one cause have in common. */
export function causeMarkOf(finding: Finding): string {
  return fingerprintOf([causeOf(finding)]);
}

/** Returns the number of earlier findings of the same rule on the same property. */
export function ordinalIn(findings: ReadonlyArray<Pick<ReportedFinding, 'rule' | 'property'>>, index: number): number {
  const { rule, property } = findings[index];
  return findings.slice(0, index).filter((other) => other.rule === rule && other.property === property).length;
}
