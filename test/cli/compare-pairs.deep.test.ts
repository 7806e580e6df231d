/**
 * `compare --pairs` when its threads fail. The first lines are compared without threads, so the lines that matter come behind
 * them. NODE_OPTIONS makes threads fail that would not: a file that Node.js loads first changes what they may use, or ends them.
 */
import { Cli } from './run';

const policy = (Action: string, more: object = {}) => (
  { Version: '2012-10-17', Statement: [{ Effect: 'Allow', Action, Resource: '*', ...more }] });
const good = (id: number) => JSON.stringify({
  id, session: policy('s3:GetObject', { Sid: 'x'.repeat(1000) }), role: policy(id % 3 === 0 ? 's3:Put*' : 's3:Get*'),
});
const GOOD = 6000;

/** Good lines, with some bad ones among the last. */
function linesWith(bad: ReadonlyMap<number, string>): string[] {
  return Array.from({ length: GOOD }, (_, i) => bad.get(i) ?? good(i));
}

function expectedOf(bad: ReadonlyMap<number, unknown>): unknown[] {
  return Array.from({ length: GOOD }, (_, i) => bad.get(i)
    ?? expect.objectContaining({ id: i, line: i + 1, verdict: i % 3 === 0 ? 'exceeds' : 'narrows' }));
}

/** Runs the command with a file that Node.js loads first, in each thread. */
function run(lines: readonly string[], preloaded: string) {
  const cli = new Cli({ 'first.js': preloaded });
  try {
    const ran = cli.run('compare --pairs -', { NODE_OPTIONS: '--require ./first.js' }, lines.join('\n'));
    return { ...ran, results: ran.stdout.trimEnd().split('\n').map((text) => JSON.parse(text) as unknown) };
  } finally {
    cli.remove();
  }
}

/** Ends a thread, with no word, when it parses a text with a marker. */
const ENDS_AT_MARKER = `
  const { isMainThread } = require('worker_threads');
  const { parse } = JSON;
  if (!isMainThread) {
    JSON.parse = (text, ...rest) => (text.includes('marker') ? process.exit(0) : parse(text, ...rest));
  }`;

test('a line that ends its thread is an error, and the others have their verdicts', () => {
  const at = [4900, 5000, 5001, GOOD - 1];
  const bad = new Map(at.map((i) => [i, good(i).replace('xxxxxx', 'marker')]));
  const { status, stderr, results } = run(linesWith(bad), ENDS_AT_MARKER);
  expect(results).toEqual(expectedOf(new Map(at.map((i) => [i, {
    line: i + 1, error: `standard input:${i + 1}: the line could not be compared: its thread ended`,
  }]))));
  expect([status, stderr]).toEqual([2, '']);
});

test('so is a line that needs more memory than its thread has', () => {
  const allow = (Resource: string) => ({ Effect: 'Allow', Action: 's3:Get*', Resource });
  const statements = Array.from({ length: 11_000 }, (_, i) => allow(`arn:aws:s3:::b${i}/*`));
  const large = JSON.stringify({ session: policy('s3:GetObject'), role: { ...policy(''), Statement: statements } });
  const limited = `
    const threads = require('worker_threads');
    const { Worker } = threads;
    threads.Worker = class extends Worker {
      constructor(file, options) { super(file, { ...options, resourceLimits: { maxOldGenerationSizeMb: 24, maxYoungGenerationSizeMb: 4 } }); }
    };`;
  const { status, results } = run(linesWith(new Map([[5000, large]])), limited);
  expect(results).toEqual(expectedOf(new Map([[5000, {
    line: 5001,
    error: expect.stringMatching(/^standard input:5001: the line could not be compared: its thread failed: .*memory/),
  }]])));
  expect(status).toBe(2);
});

test('if threads fail again and again, each line still has a result', () => {
  const { status, results } = run(linesWith(new Map()), `
    const { isMainThread } = require('worker_threads');
    if (!isMainThread) { process.exit(1); }`);
  const failed = results.filter((one) => 'error' in (one as object));
  expect(results.map((one) => (one as { line: number }).line)).toEqual(Array.from({ length: GOOD }, (_, i) => i + 1));
  expect(failed[failed.length - 1]).toEqual({
    line: GOOD,
    error: `standard input:${GOOD}: the line could not be compared: 64 threads failed before, and no other was started`,
  });
  expect(status).toBe(2);
});
