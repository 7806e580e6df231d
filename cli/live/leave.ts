/**
 * Ends the process when the command has ended although something of the SDK goes on: a process that gets the credentials, a delay
 * before another attempt, a connection that was given up. connection.ts starts it with the first client.
 * Invariant: it waits for the exit code, and for the output, which may go to a slow pipe.
 */
import type { ChildProcess } from 'child_process';
import { subscribe } from 'diagnostics_channel';

const EVERY_MS = 50;

export function leaveWhenDone(): void {
  const children = new Set<ChildProcess>();
  subscribe('child_process', (message) => {
    const { process: child } = message as { readonly process: ChildProcess };
    children.add(child);
    child.once('exit', () => children.delete(child));
  });
  setInterval(() => {
    if (process.exitCode === undefined || process.stdout.writableLength > 0 || process.stderr.writableLength > 0) { return; }
    children.forEach((child) => child.kill());
    process.exit();
  }, EVERY_MS).unref(); // if nothing goes on, the process ends by itself
}
