/**
 * Reports a target role that does not trust the association's role. EKS assumes the target role with the association's role, and
 * sends an external id if session tags are disabled.
 *
 * Invariant: only a condition that is certain to fail counts. A condition on an unknown value is treated as met.
 * @see https://docs.aws.amazon.com/eks/latest/userguide/pod-id-assign-target-role.html
 */
import { Rule } from './rule';
import { describeRole } from '../analysis/describe';
import { Reader } from '../analysis/reader';
import { ASSUME_ACTIONS, conditionsOf, mayAllow } from '../analysis/trust-policy';
import { mayBeRoleOrAccount } from '../analysis/trusted-role';
import { ConditionEntry, globMatches, mayBeEqual, SymbolicString, Unresolved } from '../engine';
import { Association } from '../template/associations';
import { Evaluator } from '../template/evaluator';
import { Value } from '../template/value';

export const TARGET_ROLE_TRUST_POLICY: Rule = {
  id: 'TargetRoleTrustPolicy',
  severity: 'error',
  check: (association, context) => {
    const { role, targetRole } = association;
    const trust = targetRole && context.trustStatements(targetRole);
    if (!trust) { return []; }
    const externalId = association.disableSessionTags === true ? externalIdOf(association, context.evaluator) : undefined;
    const known = new Map<string, Value | undefined>([['sts:externalid', externalId], ['aws:principalarn', role.arn]]);
    const failing: ConditionEntry[] = [];
    const trusts = (action: string) => trust.some((statement) => {
      if (!mayAllow(statement, action, mayBeRoleOrAccount(role.arn))) { return false; }
      const failed = conditionsOf(statement).filter((entry) => isFailed(entry, known.get(entry.key)));
      failing.push(...failed);
      return failed.length === 0;
    });
    const missing = ASSUME_ACTIONS.filter((action) => !trusts(action));
    if (missing.length === 0) { return []; }
    const why = failing.length === 0 ? '' : `: ${describeFailing(failing[0], known.get(failing[0].key))}`;
    const principal = role.arn instanceof Unresolved ? '<the ARN of the role>' : role.arn;
    const condition = externalId === undefined ? '' : `,"Condition":{"StringEquals":{"sts:ExternalId":${JSON.stringify(externalId)}}}`;
    return [{
      property: 'TargetRoleArn',
      message: `The trust policy of the target role, ${describeRole(targetRole)}, does not let ${describeRole(role)} do ${missing.join(' and ')}${why}. `
        + `EKS then cannot assume the target role for ${association.path}, and its pods get no credentials.`,
      fix: `Add to the trust policy of ${describeRole(targetRole)} `
        + `{"Effect":"Allow","Principal":{"AWS":${JSON.stringify(principal)}},"Action":["sts:AssumeRole","sts:TagSession"]${condition}}.${writtenOut(association, context.reader)}`,
    }];
  },
};

/** The stack of the association refers to the target role: a reference back would close a circle, which neither the CDK nor CloudFormation takes. */
function writtenOut({ role, targetRole }: Association, reader: Reader): string {
  if (!role.defined || !targetRole?.defined || role.defined.stack === targetRole.defined.stack) { return ''; }
  return ` Write the ARN of the role out, and give the role that name (${reader === 'CDK app' ? 'roleName' : 'RoleName'}): a reference would make the stacks depend on each other.`;
}

/** The external id that EKS sends if session tags are disabled; `undefined` if it is unresolved at synth. */
function externalIdOf({ ref, clusterName, namespace, serviceAccount }: Association, evaluator: Evaluator): string | SymbolicString | undefined {
  const pseudo = (name: string) => evaluator.textOf({ Ref: name }, ref.stack);
  const parts = [pseudo('AWS::Region'), pseudo('AWS::AccountId'), clusterName, namespace, serviceAccount];
  if (parts.some((part) => part instanceof Unresolved)) { return undefined; }
  return SymbolicString.of(...(parts as ReadonlyArray<string | SymbolicString>).flatMap((part, i) => (i === 0 ? [part] : ['/', part])));
}

const POSITIVE = /^(?:ForAnyValue:)?(StringEquals|StringLike|ArnEquals|ArnLike)(?:IfExists)?$/;

/** Whether the condition is certain not to be met. */
function isFailed({ operator, values }: ConditionEntry, actual: Value | undefined): boolean {
  const base = POSITIVE.exec(operator)?.[1];
  if (base === undefined || actual === undefined || actual instanceof Unresolved) { return false; }
  return values.every((value) => !mayMatch(value, actual, base !== 'StringEquals'));
}

function mayMatch(value: string | SymbolicString, actual: string | SymbolicString, wildcards: boolean): boolean {
  const written = value.toString();
  if (written.includes('${') && typeof value === 'string') { return true; } // a policy variable
  if (!wildcards || !/[*?]/.test(written)) { return mayBeEqual(value, actual); }
  if (typeof value !== 'string' || typeof actual !== 'string') { return true; }
  return globMatches(value, actual);
}

function describeFailing({ keyName, values }: ConditionEntry, actual: Value | undefined): string {
  return `it asks for ${keyName} = ${values.map((value) => `'${value}'`).join(' or ')}, and EKS comes with '${actual}'`;
}
