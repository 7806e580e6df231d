import * as fs from 'fs';
import * as path from 'path';
import { App, Stack, Validations } from 'aws-cdk-lib';
import { CfnPodIdentityAssociation } from 'aws-cdk-lib/aws-eks';
import * as eks from 'aws-cdk-lib/aws-eks-v2';
import * as iam from 'aws-cdk-lib/aws-iam';
import * as s3 from 'aws-cdk-lib/aws-s3';
import * as ts from 'typescript';
import * as library from '../../lib';
import { ALL_CHECKS } from '../../lib/checks/run-checks';
import { synthesize } from '../synthesize';

const FOLDER = path.join(__dirname, '..', '..', 'docs', 'rules');

/** Runs a snippet of a page, in which the usual things have their usual names. */
function run(...snippets: string[]) {
  const app = new App();
  const stack = new Stack(app, 'Stack');
  const role = new library.PodIdentityRole(stack, 'GivenRole');
  const names = {
    ...library,
    app,
    Stack,
    stack,
    Validations,
    iam,
    s3,
    eks,
    CfnPodIdentityAssociation,
    role,
    cluster: eks.Cluster.fromClusterAttributes(stack, 'Cluster', { clusterName: 'prod' }),
    bucket: new s3.Bucket(stack, 'Bucket'),
  };
  // A snippet may have a role of its own instead of the given one.
  const body = snippets.map((text) => ts.transpile(text, { target: ts.ScriptTarget.ES2022 })).join('\n');
  new Function(...Object.keys(names), `{${body}}`)(...Object.values(names));
  return synthesize(app);
}

function snippet(page: string, kind: string): string {
  const match = new RegExp(`\`\`\`ts ${kind}\\n([^]*?)\`\`\``).exec(page);
  if (!match) { throw new Error(`no snippet '${kind}'`); }
  return match[1];
}

test('every rule has a page, and every page a rule', () => {
  expect(fs.readdirSync(FOLDER).sort()).toEqual(ALL_CHECKS.map((check) => `${check.id}.md`).sort());
});

describe.each(ALL_CHECKS.map((check) => [check.id, check.severity]))('%s', (id, severity) => {
  const page = fs.readFileSync(path.join(FOLDER, `${id}.md`), 'utf-8');

  test('has its id and severity on its page', () => {
    expect(page).toContain(`# PodIdentity::${id}\n\nSeverity: ${severity}.`);
  });

  test('fires on the first example, alone', () => {
    const { findings, failed } = run(snippet(page, 'fails'));
    expect(new Set(findings.map((f) => f.ruleName))).toEqual(new Set([id]));
    expect(findings[0].severity).toBe(severity);
    expect(failed).toBe(severity === 'error');
  });

  test('does not fire on the second, nor does another', () => {
    expect(run(snippet(page, 'passes'))).toMatchObject({ findings: [], failed: false });
  });

  test('is acknowledged as the page says', () => {
    const { findings, suppressed, failed } = run(snippet(page, 'fails'), snippet(page, 'acknowledge'));
    expect({ findings, failed }).toEqual({ findings: [], failed: false });
    expect(suppressed[0].reason).toMatch(/^[A-Z]/);
  });
});
