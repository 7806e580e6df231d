import * as fs from 'fs';
import { App } from 'aws-cdk-lib';

/**
 * What `node app.js` prints at synth. In a test, the CDK puts the text of a failed validation in the exception.
 */
export function printedBy(build: () => App): string {
  const lines: string[] = [];
  const print = jest.spyOn(console, 'error').mockImplementation((text) => { lines.push(String(text)); });
  const app = build();
  try {
    app.synth();
  } catch (e) {
    if ((e as Error).name !== 'ValidationFailed') { throw e; }
    lines.push((e as Error).message);
  } finally {
    print.mockRestore();
    fs.rmSync(app.outdir, { recursive: true, force: true });
  }
  return lines.join('\n').replace(/\u001b\[\d*m/g, '');
}
