/** Runs the command line, as it is published, on hostile input. */
import { execFileSync, spawn } from 'child_process';
import * as fs from 'fs';
import * as os from 'os';
import * as path from 'path';
import { Attack, HostileFile, Outcome } from './attack';
import { bundledBinary } from '../bundle';

/** A command that has not ended by then hangs. */
const HANGS = 60_000;
/** Megabytes of heap that each command has to do with. */
const HEAP = 512;

/** Texts that are not secret, and must nevertheless not be printed: the name of the access key, and the rest of the credentials. */
export const CREDENTIALS = {
  AWS_ACCESS_KEY_ID: 'AKIAIOSFODNN7EXAMPLE',
  AWS_SECRET_ACCESS_KEY: 'wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY',
  AWS_SESSION_TOKEN: 'IQoJb3JpZ2luX2VjEXAMPLETOKEN',
};

export async function runAttack(attack: Attack): Promise<Outcome> {
  const outside = fs.mkdtempSync(path.join(os.tmpdir(), 'hostile-'));
  const server = await attack.serve?.();
  try {
    const folder = path.join(outside, 'work');
    fs.mkdirSync(folder);
    fs.writeFileSync(path.join(outside, 'foreign.json'), FOREIGN_FILE);
    for (const [name, file] of Object.entries(attack.files)) { write(path.join(folder, name), file); }
    return await run(attack, folder, attack.args.map((arg) => (arg === 'URL' && server ? server.url : arg)));
  } finally {
    await server?.stop();
    fs.rmSync(outside, { recursive: true, force: true });
  }
}

/** In no file that a command is given. */
export const FOREIGN = 'foreign-secret-5f1c';
const FOREIGN_FILE = `${FOREIGN}: [not a template`;

function write(name: string, file: HostileFile): void {
  fs.mkdirSync(path.dirname(name), { recursive: true });
  if (typeof file === 'string' || Buffer.isBuffer(file)) {
    fs.writeFileSync(name, file);
  } else if ('link' in file) {
    fs.symlinkSync(file.link, name);
  } else if ('fifo' in file) {
    execFileSync('mkfifo', [name]);
  } else {
    fs.mkdirSync(name);
  }
}

function run({ input, output }: Attack, cwd: string, args: readonly string[]): Promise<Outcome> {
  const full = output === 'full disk' ? fs.openSync('/dev/full', 'w') : undefined;
  const started = performance.now();
  const child = spawn(process.execPath, [`--max-old-space-size=${HEAP}`, bundledBinary(), ...args], {
    cwd,
    env: { PATH: process.env.PATH, HOME: cwd, AWS_EC2_METADATA_DISABLED: 'true', ...CREDENTIALS },
    stdio: [input ? 'pipe' : 'ignore', full ?? 'pipe', 'pipe'],
    timeout: HANGS,
    killSignal: 'SIGKILL',
  });
  if (full !== undefined) { fs.closeSync(full); }
  if (output === 'closed pipe') { child.stdout!.destroy(); }
  child.stdin?.on('error', () => { /* it may close its input early */ });
  child.stdin?.end(input);
  const [out, err] = [[] as Buffer[], [] as Buffer[]];
  child.stdout?.on('data', (part: Buffer) => out.push(part));
  child.stderr!.on('data', (part: Buffer) => err.push(part));
  return new Promise((resolve, reject) => {
    child.on('error', reject);
    child.on('close', (status, signal) => resolve({
      status,
      signal,
      stdout: Buffer.concat(out),
      stderr: Buffer.concat(err),
      milliseconds: performance.now() - started,
    }));
  });
}
