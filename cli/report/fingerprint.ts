import { createHash } from 'crypto';
import type { ReportedFinding } from './report';

/** Of what stays the same when lines move, when a message is worded better, and when an association is deleted and made again. */
export function fingerprintOf(identity: readonly unknown[]): string {
  return createHash('sha256').update(JSON.stringify(identity)).digest('hex').slice(0, 32);
}

/** Which of an association's findings of that rule on that property it is. */
export function ordinalIn(findings: ReadonlyArray<Pick<ReportedFinding, 'rule' | 'property'>>, index: number): number {
  const { rule, property } = findings[index];
  return findings.slice(0, index).filter((other) => other.rule === rule && other.property === property).length;
}
