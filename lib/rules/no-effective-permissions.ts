import { Rule } from './rule';
import { capitalize, describeRole } from '../analysis/describe';
import { codeOfDenial, deniedBecause, describeDenial, describeRequest } from '../analysis/describe-excess';
import { fixForNoPermissions } from '../analysis/fix-for-no-permissions';
import { fixForOrganization } from '../analysis/fix-for-organization';
import { outcomeOf } from '../analysis/outcome';
import { narrowedRole } from '../template/associations';

/**
 * Reports pods that can do nothing: the session policy and the role have no allowed request in common, or the session policy only
 * denies.
 * @see https://docs.aws.amazon.com/IAM/latest/UserGuide/access_policies.html#policies_session
 */
export const NO_EFFECTIVE_PERMISSIONS: Rule = {
  id: 'NoEffectivePermissions',
  severity: 'error',
  check: (association, context) => {
    const outcome = outcomeOf(association, context);
    if (outcome.kind !== 'no effective permissions' && outcome.kind !== 'allows nothing' && outcome.kind !== 'denied by the organization') { return []; }
    const { path, serviceAccount, namespace } = association;
    const role = describeRole(narrowedRole(association));
    const nothing = `the pods of service account '${serviceAccount}' in namespace '${namespace}' can do nothing`;
    if (outcome.kind === 'allows nothing') {
      return [{
        code: 'OnlyDenies',
        property: 'Policy',
        message: `${path}: ${nothing}. Its session policy contains only Deny statements. Pods can do only what both ${role} and the `
          + 'session policy allow. AWS does not check this at deployment, and then denies every request: AccessDenied, "because no session policy allows '
          + 'the … action".',
        fix: `If the pods are meant to do all that ${role} allows except what is denied, add {"Effect":"Allow","Action":"*","Resource":"*"} to the session `
          + `policy${context.reader === 'CDK app' ? ' (SessionPolicy.allExcept does that)' : ''}. Otherwise allow what they need. If they are meant to do nothing, `
          + 'deny everything: {"Effect":"Deny","Action":"*","Resource":"*"}.',
      }];
    }
    if (outcome.kind === 'denied by the organization') {
      const { example } = outcome;
      return [{
        code: example ? codeOfDenial(example.denial) : 'NothingInCommon',
        property: 'Policy',
        message: `${path}: ${nothing}. Policies of the organization leave none of their permissions`
          + (example ? `, such as ${describeRequest(example.witness)}: ${describeDenial(example.denial)}. ` : '. ')
          + `AWS does not check this at deployment, and then denies every request: AccessDenied${example ? `, "${deniedBecause(example.denial, example.witness.action)}"` : ''}.`,
        fix: `Allow other permissions in the session policy, or ${fixForOrganization(example?.denial, association, context)}`,
      }];
    }
    const fix = fixForNoPermissions(association, context);
    if (!outcome.example) {
      return [{
        code: 'NothingInCommon',
        property: 'Policy',
        message: `${path}: ${nothing}. The session policy and ${role} have no request in common that none of their statements denies. AWS does not `
          + 'check this at deployment, and then denies every request: AccessDenied.',
        fix,
      }];
    }
    const { witness, denial } = outcome.example;
    return [{
      code: codeOfDenial(denial),
      property: 'Policy',
      message: `${path}: ${nothing}. ${capitalize(role)} allows none of what the session policy allows, such as `
        + `${describeRequest(witness)}: ${describeDenial(denial)}. AWS does not check this at deployment, and then denies every request: `
        + `AccessDenied, "${deniedBecause(denial, witness.action)}".`,
      fix,
    }];
  },
};
