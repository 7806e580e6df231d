import * as fs from 'fs';
import * as path from 'path';
import { App } from 'aws-cdk-lib';

/** A finding as the validation report has it. */
export interface ReportedFinding {
  readonly ruleName: string;
  readonly severity: string;
  readonly description: string;
  readonly suggestedFix: string;
  readonly reason?: string;
  readonly acknowledgedAt?: string;
  readonly violatingConstructs: ReadonlyArray<{ readonly constructPath: string }>;
}

export interface Synthesis {
  readonly failed: boolean;
  readonly findings: readonly ReportedFinding[];
  /** Findings that were acknowledged. */
  readonly suppressed: readonly ReportedFinding[];
  readonly outdir: string;
}

/** Synthesizes an app with the plugin, and reads the CDK's own validation report. */
export function synthesize(app: App): Synthesis {
  const print = jest.spyOn(console, 'error').mockImplementation(() => {});
  let failed = false;
  try {
    app.synth();
  } catch (e) {
    if ((e as Error).name !== 'ValidationFailed') { throw e; }
    failed = true;
  } finally {
    print.mockRestore();
  }
  const file = path.join(app.outdir, 'validation-report.json');
  const report = fs.existsSync(file) ? JSON.parse(fs.readFileSync(file, 'utf-8')) : { pluginReports: [] };
  const ours: any[] = report.pluginReports.filter((r: any) => r.pluginName === 'PodIdentity'); // one for each plugin
  const error = ours.find(({ metadata }) => metadata?.error)?.metadata.error;
  if (error) { throw new Error(error); }
  const findings: ReportedFinding[] = ours.flatMap(({ violations }) => violations);
  const broken = findings.find(({ ruleName }) => ruleName === 'CheckFailed');
  if (broken) { throw new Error(broken.description); }
  const suppressed: ReportedFinding[] = ours.flatMap(({ suppressedViolations }) => suppressedViolations ?? []);
  return { failed, outdir: app.outdir, findings, suppressed };
}
