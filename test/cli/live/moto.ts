import { ChildProcess, spawn } from 'child_process';
import * as fs from 'fs';
import { createServer } from 'net';
import * as path from 'path';

/** The line to show where it is missing. */
export const WITHOUT_MOTO =
  "moto is not installed: what is read of moto's IAM is skipped (pip install -r test/cli/live/moto-requirements.txt)";

/** The account of moto's server. */
export const MOTO_ACCOUNT = '123456789012';

/** An environment in which nothing but moto's server is used. */
export const MOTO_KEYS = {
  AWS_ACCESS_KEY_ID: 'AKIAEXAMPLE',
  AWS_SECRET_ACCESS_KEY: 'secret',
  AWS_CONFIG_FILE: '/nonexistent',
};

/** moto's server, which this project did not write: https://docs.getmoto.org/en/latest/docs/server_mode.html */
export function motoPath(): string | undefined {
  const candidates = process.env.MOTO_SERVER
    ? [process.env.MOTO_SERVER]
    : (process.env.PATH ?? '').split(path.delimiter).map((folder) => path.join(folder, 'moto_server'));
  return candidates.find((file) => fs.existsSync(file));
}

/** moto with what AWS has: policies that AWS maintains, and no associations of EKS. */
export class Moto {
  private process?: ChildProcess;

  public async start(): Promise<string> {
    const port = await freePort();
    this.process = spawn(motoPath()!, ['-H', '127.0.0.1', '-p', String(port)], {
      stdio: 'ignore', env: { PATH: process.env.PATH, HOME: process.env.HOME, MOTO_IAM_LOAD_MANAGED_POLICIES: 'true' },
    });
    const url = `http://127.0.0.1:${port}`;
    for (let tries = 0; tries < 200; tries++) {
      if (await fetch(`${url}/moto-api/`).then(() => true, () => false)) { return url; }
      await new Promise((resolve) => setTimeout(resolve, 100));
    }
    throw new Error('moto did not start within 20 s');
  }

  public async stop(): Promise<void> {
    const gone = new Promise((resolve) => {
      if (this.process?.exitCode === null) { this.process.once('exit', resolve); } else { resolve(undefined); }
    });
    this.process?.kill();
    await gone;
  }
}

function freePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const server = createServer();
    server.once('error', reject).listen(0, '127.0.0.1', () => {
      const { port } = server.address() as { readonly port: number };
      server.close(() => resolve(port));
    });
  });
}
