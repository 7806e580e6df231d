import { App } from 'aws-cdk-lib';
import * as s3 from 'aws-cdk-lib/aws-s3';
import { TenantsStack } from '../tenants/tenants-stack';

export const app = new App();
const stack = new TenantsStack(app, 'Tenants');
stack.addTenant('alpha');
const beta = stack.addTenant('beta');

// The mistake: the role knows nothing of this bucket, so beta's pods would be denied.
const reports = new s3.Bucket(stack, 'Reports');
reports.grantRead(beta);
