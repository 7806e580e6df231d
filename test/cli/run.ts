import { spawn, spawnSync } from 'child_process';
import * as fs from 'fs';
import * as os from 'os';
import * as path from 'path';
import { bundledBinary } from '../bundle';

/** The command as it is published, run in a folder of its own. */
export class Cli {
  public readonly binary = bundledBinary();
  /** Where the command runs. */
  public readonly folder = fs.mkdtempSync(path.join(os.tmpdir(), 'cli-'));

  public constructor(files: { readonly [name: string]: string | object } = {}) {
    this.write(files);
  }

  /** @param args separated by blanks, or a list */
  public run(args: string | readonly string[], env: NodeJS.ProcessEnv = {}, input = '') {
    const { status, stdout, stderr, signal } = spawnSync(process.execPath, [
      this.binary, ...typeof args === 'string' ? args.split(' ') : args,
    ], {
      cwd: this.folder,
      encoding: 'utf-8',
      env: { PATH: process.env.PATH, ...env },
      timeout: 60_000,
      input,
      maxBuffer: 100_000_000,
    });
    return { status, stdout, stderr, signal };
  }

  /** The same, while this process goes on, such as to answer the command. */
  public async start(args: readonly string[], env: NodeJS.ProcessEnv = {}) {
    const child = spawn(process.execPath, [this.binary, ...args], {
      cwd: this.folder, env: { PATH: process.env.PATH, ...env }, timeout: 60_000, stdio: ['ignore', 'pipe', 'pipe'],
    });
    const [out, err] = [[] as Buffer[], [] as Buffer[]];
    child.stdout.on('data', (part: Buffer) => out.push(part));
    child.stderr.on('data', (part: Buffer) => err.push(part));
    const status = await new Promise<number | null>(
      (resolve, reject) => child.on('error', reject).on('close', resolve),
    );
    return { status, stdout: Buffer.concat(out).toString('utf-8'), stderr: Buffer.concat(err).toString('utf-8') };
  }

  /** Files by name, with their texts or bytes or what their JSON says. */
  public write(files: { readonly [name: string]: string | object }): void {
    for (const [name, content] of Object.entries(files)) {
      const file = path.join(this.folder, name);
      fs.mkdirSync(path.dirname(file), { recursive: true });
      const isWritten = typeof content === 'string' || Buffer.isBuffer(content);
      fs.writeFileSync(file, isWritten ? content : JSON.stringify(content, undefined, 2));
    }
  }

  public read(name: string): string {
    return fs.readFileSync(path.join(this.folder, name), 'utf-8');
  }

  public remove(): void {
    fs.rmSync(this.folder, { recursive: true, force: true });
  }
}
