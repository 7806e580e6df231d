/** The first example of the README prints the error that the README quotes. */
import * as fs from 'fs';
import * as path from 'path';
import { App, Stack } from 'aws-cdk-lib';
import * as eks from 'aws-cdk-lib/aws-eks-v2';
import * as s3 from 'aws-cdk-lib/aws-s3';
import * as ts from 'typescript';
import * as library from '../../lib';
import { synthesize } from '../synthesize';

const README = fs.readFileSync(path.join(__dirname, '..', '..', 'README.md'), 'utf-8');
const firstBlock = (language: string) => new RegExp(`^\`\`\`${language}\\n([^]*?)^\`\`\`$`, 'm').exec(README)![1];

test('the first example fails as the README says', () => {
  const stack = new Stack(new App(), 'Tenants');
  const names = {
    ...library,
    cluster: eks.Cluster.fromClusterAttributes(stack, 'Cluster', { clusterName: 'prod' }),
    bucket: new s3.Bucket(stack, 'Data'),
  };
  new Function(...Object.keys(names), ts.transpile(firstBlock('ts'), { target: ts.ScriptTarget.ES2022 })).call(
    stack, ...Object.values(names),
  );
  const { findings, failed } = synthesize(stack.node.root as App);
  expect(failed).toBe(true);
  expect(findings.map(({ severity, description }) => `${severity.toUpperCase()} ${description} (PodIdentity)`)).toEqual(
    [
      /^ERROR [^]*?(?=^```$)/m.exec(README)![0].trim().replace(/\s+/g, ' '),
    ],
  );
});
