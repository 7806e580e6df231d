import { CloudFormationValidatePlugin } from 'aws-cdk-lib';

/** For large templates: the CDK's own validation of them takes most of a minute, and no test here depends on it. */
export function withoutCdkPlugin(): void {
  const nothing = {
    name: CloudFormationValidatePlugin.PLUGIN_NAME, validate: () => ({ success: true, violations: [] }),
  };
  Object.assign(CloudFormationValidatePlugin, { _singletonInstance: () => nothing });
}
