import { oneLine } from '../visible';

/**
 * Shows the progress in one line of a terminal, and clears it at the end. Writes nothing elsewhere, because logs are read later.
 */
export class Progress {
  private done = 0;
  private shown = false;

  public constructor(private readonly terminal: NodeJS.WriteStream = process.stderr) {}

  /** Starts to count up to `total`. Returns the function that counts one. */
  public begin(what: string, total?: number): () => void {
    this.done = 0;
    this.show(what, total);
    return () => {
      this.done++;
      this.show(what, total);
    };
  }

  /** Starts to count without a total. Returns the function that shows how many there are. */
  public count(what: string): (done: number) => void {
    this.begin(what);
    return (done) => this.write(`${what} ${done}`);
  }

  public end(): void {
    if (this.shown) { this.terminal.write('\r\u001b[K'); }
    this.shown = false;
  }

  private show(what: string, total?: number): void {
    this.write(total === undefined ? `${what} …` : `${what} ${this.done}/${total}`);
  }

  private write(text: string): void {
    if (!this.terminal.isTTY || process.env.TERM === 'dumb') { return; }
    this.terminal.write(`\r\u001b[K${oneLine(text).slice(0, (this.terminal.columns || 80) - 1)}`);
    this.shown = true;
  }
}
