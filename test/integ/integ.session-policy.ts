/** For a maintainer with an AWS account: .github/CONTRIBUTING.md has the steps. */
import * as fs from 'fs';
import * as path from 'path';
import { App } from 'aws-cdk-lib';
import { manifestFor } from './jobs';
import { SessionPolicyStack } from './session-policy-stack';

const app = new App();
const { CDK_DEFAULT_ACCOUNT: account, CDK_DEFAULT_REGION: region } = process.env;
const admin: unknown = app.node.tryGetContext('admin');
if (!account || !region) { throw new Error('No AWS account or region. Configure credentials and a region for the CDK CLI.'); }
if (typeof admin !== 'string') { throw new Error('Nobody may use kubectl. Give the ARN of your role: -c admin=arn:aws:iam::111122223333:role/me.'); }

const env = { account, region };
new SessionPolicyStack(app, 'PodIdentityIntegration', { env, admin });
const { directory } = app.synth();
fs.writeFileSync(path.join(directory, 'jobs.json'), JSON.stringify(manifestFor(env), undefined, 2));
