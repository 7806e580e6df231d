/** Why a file cannot be read, and where in it. Lines and columns start at 1. */
export class Unreadable extends Error {
  public constructor(public readonly file: string, public readonly reason: string, public readonly line?: number, public readonly column?: number) {
    super(`${file || "''"}${line === undefined ? '' : `:${line}`}${column === undefined ? '' : `:${column}`}: ${reason}`);
  }
}
