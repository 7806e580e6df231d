/** Random choices from a seed: the same ones every time. */
export class Dice {
  public constructor(private state: number) {}

  public below(n: number): number {
    this.state = (this.state * 1664525 + 1013904223) % 2 ** 32;
    return Math.floor(this.state / 2 ** 32 * n);
  }

  public chance(percent: number): boolean {
    return this.below(100) < percent;
  }

  public pick<T>(from: readonly T[]): T {
    return from[this.below(from.length)];
  }

  /** Up to `count` of them, each at most once, in random order. */
  public sample<T>(from: readonly T[], count: number): T[] {
    const rest = [...from];
    return Array.from({ length: Math.min(count, rest.length) }, () => rest.splice(this.below(rest.length), 1)[0]);
  }
}
