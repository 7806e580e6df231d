import { Verdict } from '../../../lib/engine';
import { VERBOSE } from '../../runs';

/** Counts verdicts, so that a property cannot pass by never meeting one of the kinds. */
export class Tally {
  private readonly counts: { [kind in Verdict['kind']]: number } = { narrows: 0, exceeds: 0, undetermined: 0 };
  private skipped = 0;

  public add(verdict: Verdict | undefined): void {
    if (verdict) { this.counts[verdict.kind]++; } else { this.skipped++; }
  }

  /** At least 5 % of each kind, and few cases that are not valid policies. */
  public expectAll(): void {
    const decided = Object.values(this.counts).reduce((a, b) => a + b);
    if (VERBOSE) { process.stderr.write(`${expect.getState().currentTestName}: ${JSON.stringify(this)}\n`); }
    for (const [kind, count] of Object.entries(this.counts)) {
      expect([kind, count / decided >= 0.05]).toEqual([kind, true]);
    }
    expect(this.skipped).toBeLessThan(decided);
  }
}
