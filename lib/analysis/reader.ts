/**
 * Words for the tool that the reader of a finding uses: constructs and props in a CDK app, properties and options of the command
 * line for templates, files for `compare`. Rules and reasons ask it, so that nobody is told about something that they do not have.
 */
import { RuleId } from './finding';
import { Need, Reason } from '../engine';

/** Who reads: the author of a CDK app, or somebody with templates or with policy files and the command line. */
export type Reader = 'CDK app' | 'policy files' | 'templates';

/** How the reader says that a finding is known to be right as it is. */
export function acknowledging(rule: RuleId, reader: Reader): string {
  return reader === 'CDK app' ? 'acknowledge this rule with that reason' : `turn this rule off (--severity ${rule}=off)`;
}

/** How the reader resolves what could not be decided. */
export function resolutionOf({ resolution, need }: Reason, reader: Reader): string {
  return need === undefined ? resolution : RESOLUTIONS[need][reader] ?? resolution;
}

const SAME_NAME = 'name the resource in the session policy and in the role in the same way';
const KNOWN_TO_BE_RIGHT = 'acknowledge the finding with the reason why the session policy is right';
const OFF = 'turn the rule off if the session policy is known to be right (--severity NarrowingUndetermined=off)';

/** Without words for a reader: the reason's own. */
const RESOLUTIONS: { readonly [need in Need]: { readonly [reader in Reader]?: string } } = {
  'environment': {
    'CDK app': `give the stack an explicit env, or ${SAME_NAME}`,
    'templates': `give the account and the region (--account, --region), or ${SAME_NAME}`,
  },
  'managed policy': {
    'CDK app': `define the policy in the app, give its document with RolePermissions, or ${KNOWN_TO_BE_RIGHT}`,
    'templates': `give the template that defines the policy, or a snapshot of what the role has (--roles), or ${OFF}`,
  },
  'nested template': {
    'CDK app': `define the nested stack in the app, or ${KNOWN_TO_BE_RIGHT}`,
    'templates': `give the template of the nested stack as a local file (TemplateURL: ./child.yaml), or ${OFF}`,
  },
  'nothing': { 'CDK app': KNOWN_TO_BE_RIGHT, 'templates': OFF },
  'processed template': {
    'CDK app': KNOWN_TO_BE_RIGHT,
    'templates': `check the processed template (\`aws cloudformation get-template --template-stage Processed\`), or ${OFF}`,
  },
  'role': {
    'CDK app': `define the role in the app, declare its policies with RolePermissions, or ${KNOWN_TO_BE_RIGHT}`,
    'templates': `give the template that defines the role, or a snapshot of what it has (--roles), or ${OFF}`,
  },
  'role ARN': {
    'CDK app': 'define the role in the app, or import it with its ARN written out',
    'templates': 'define the role in the given templates, or write its ARN out',
    'policy files': 'give the ARN of the role (--role-arn)',
  },
  'snapshot': {
    'CDK app': 'read it with credentials that are allowed to: `cdk-pod-identity snapshot` writes what it has to a file for RolePermissions.fromSnapshot',
    'templates': 'run `cdk-pod-identity snapshot` with credentials that may read the role, and give the file with --roles',
  },
};
