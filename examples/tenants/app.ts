import { App } from 'aws-cdk-lib';
import { TenantsStack } from './tenants-stack';

export const app = new App();
const stack = new TenantsStack(app, 'Tenants');
for (const tenant of ['alpha', 'beta', 'gamma']) {
  stack.addTenant(tenant);
}
