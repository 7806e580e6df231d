import { inParallel } from '../../../cli/live/pool';
import { Progress } from '../../../cli/live/progress';

function terminal(isTTY: boolean): { readonly stream: NodeJS.WriteStream; readonly written: () => string } {
  let text = '';
  const stream = { isTTY, columns: 80, write: (part: string) => { text += part; return true; } };
  return { stream: stream as unknown as NodeJS.WriteStream, written: () => text };
}

function play(stream: NodeJS.WriteStream): void {
  const progress = new Progress(stream);
  progress.begin('listing associations');
  const step = progress.begin('reading roles', 2);
  step();
  step();
  progress.end();
}

test('progress is one line on a terminal, and goes away', () => {
  const { stream, written } = terminal(true);
  play(stream);
  expect(written().split('\r\u001b[K')).toEqual([
    '', 'listing associations …', 'reading roles 0/2', 'reading roles 1/2', 'reading roles 2/2', '',
  ]);
});

test('there is none elsewhere', () => {
  const { stream, written } = terminal(false);
  play(stream);
  expect(written()).toBe('');
});

describe('inParallel', () => {
  const wait = (ms: number) => new Promise((resolve) => setTimeout(resolve, ms));

  test('keeps the order, and to its limit', async () => {
    let [underWay, most] = [0, 0];
    const results = await inParallel([5, 1, 3, 0, 2], async (ms) => {
      most = Math.max(most, ++underWay);
      await wait(ms);
      underWay--;
      return ms;
    }, 2);
    expect(results).toEqual([5, 1, 3, 0, 2]);
    expect(most).toBe(2);
  });

  test('begins nothing more after a failure', async () => {
    const begun: number[] = [];
    const run = inParallel([0, 1, 2, 3, 4, 5], async (i) => {
      begun.push(i);
      await wait(1);
      if (i === 1) { throw new Error('one'); }
    }, 2);
    await expect(run).rejects.toThrow('one');
    await wait(10);
    expect(begun.length).toBeLessThanOrEqual(3);
  });
});
