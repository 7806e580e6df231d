import { execFileSync, spawn } from 'child_process';
import { once } from 'events';
import * as fs from 'fs';
import * as os from 'os';
import * as path from 'path';
import { isClosedPipe, writeFully } from '../../../cli/output/write-fully';

let folder: string;
beforeEach(() => {
  folder = fs.mkdtempSync(path.join(os.tmpdir(), 'fully-'));
  execFileSync('mkfifo', [path.join(folder, 'fifo')]);
});
afterEach(() => fs.rmSync(folder, { recursive: true }));

/** Opens the pipe as programs do that share it: writing does not wait for the reader, but fails with EAGAIN. */
function openPipe(flags: number): number {
  return fs.openSync(path.join(folder, 'fifo'), flags | fs.constants.O_NONBLOCK); // eslint-disable-line no-bitwise
}

test('waits for the reader of a pipe that is full', async () => {
  const fd = openPipe(fs.constants.O_RDWR);
  const text = 'ä\n'.repeat(100_000);
  const reader = spawn('bash', ['--norc', '-c', `sleep 0.2; head -c ${Buffer.byteLength(text)} fifo | md5sum > sum`], {
    cwd: folder, stdio: 'ignore',
  });
  writeFully(fd, text);
  await once(reader, 'exit');
  fs.closeSync(fd);
  expect(fs.readFileSync(path.join(folder, 'sum'), 'utf-8')).toBe(
    execFileSync('md5sum', { input: text, encoding: 'utf-8' }),
  );
});

test('tells a pipe that was closed from other errors', () => {
  const reader = openPipe(fs.constants.O_RDONLY);
  const fd = openPipe(fs.constants.O_WRONLY);
  fs.closeSync(reader);
  const failure = (write: () => void): unknown => {
    try {
      write();
    } catch (e) {
      return e;
    }
    throw new Error('it was written');
  };
  expect(isClosedPipe(failure(() => writeFully(fd, 'text')))).toBe(true);
  fs.closeSync(fd);
  expect(isClosedPipe(failure(() => fs.writeFileSync('/dev/full', 'text')))).toBe(false);
});
