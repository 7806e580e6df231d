/** A repository in which steps of a pipeline run: a folder with templates, and the package as npm installs it. */
import * as fs from 'fs';
import * as path from 'path';
import { runAction, StepResult } from './github-runner';
import { Cli } from '../cli/run';

export class Repository extends Cli {
  /** Installs the command line that is bundled for the tests. */
  public install(): void {
    const bin = path.join(this.folder, 'node_modules', 'cdk-eks-pod-identity', 'bin');
    fs.mkdirSync(path.dirname(bin), { recursive: true });
    fs.symlinkSync(path.dirname(this.binary), bin);
  }

  /** Runs the action of this project. */
  public runAction(inputs: Readonly<Record<string, string>>, env: NodeJS.ProcessEnv = {}): StepResult {
    return runAction(path.join(__dirname, '..', '..'), inputs, this.folder, env);
  }

  public has(name: string): boolean {
    return fs.existsSync(path.join(this.folder, name));
  }
}
