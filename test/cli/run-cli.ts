import { spawnSync } from 'child_process';
import * as fs from 'fs';
import * as os from 'os';
import * as path from 'path';
import { bundleCli } from '../../projenrc/bundle-cli';

/** The bundled command line in a folder of its own, with files for it to read. */
export class BundledCli {
  public readonly folder = fs.mkdtempSync(path.join(os.tmpdir(), 'cdk-pod-identity-'));
  public readonly program = path.join(this.folder, 'bin', 'cdk-pod-identity.js');

  public constructor(files: { readonly [name: string]: unknown }) {
    fs.mkdirSync(path.join(this.folder, 'bin'));
    bundleCli(path.join(this.folder, 'bin'));
    for (const [name, content] of Object.entries(files)) {
      fs.writeFileSync(path.join(this.folder, name), typeof content === 'string' ? content : JSON.stringify(content));
    }
  }

  /** In the folder. @param args separated by blanks, or a list */
  public run(args: string | readonly string[], input = '', env: NodeJS.ProcessEnv = {}): Ran {
    const list = typeof args === 'string' ? args.split(' ') : args;
    const { status, stdout, stderr } = spawnSync(process.execPath, [this.program, ...list], {
      cwd: this.folder, input, encoding: 'utf-8', env: { ...process.env, ...env }, maxBuffer: 100_000_000,
    });
    return { status, stdout, stderr };
  }

  public remove(): void {
    fs.rmSync(this.folder, { recursive: true });
  }
}

export interface Ran {
  readonly status: number | null;
  readonly stdout: string;
  readonly stderr: string;
}
