/**
 * Writes the statements that let the role of an association assume a target role, and finds the trust policy that may contain them.
 *
 * Invariant: the statements never make two stacks depend on each other.
 */
import { Lazy, Resource, Stack, Token } from 'aws-cdk-lib';
import * as iam from 'aws-cdk-lib/aws-iam';
import { IConstruct } from 'constructs';
import { oneOrMany } from './one-or-many';

/** The facts about an association that the trust policy of a target role needs. */
export interface TargetRoleTrust {
  readonly association: IConstruct;
  readonly role: iam.IRoleRef;
  /** The association made the role, with a name for stacks of other environments. */
  readonly ownsRole: boolean;
  readonly clusterName: string;
  readonly namespace: string;
  readonly serviceAccount: string;
  /** Whether session tags are disabled, once the app is complete. */
  readonly tagsDisabled: () => boolean;
}

/**
 * Lets the role of the association assume the target role. The account is the principal and the role is a condition: IAM rejects a
 * trust policy whose principal does not exist yet, and the target role may be deployed first.
 *
 * The external id consists of names, so the target role does not depend on the association. EKS sends it if session tags are
 * disabled. `sts:TagSession` is apart from it: STS does not document that key for it, and AWS's example has it so.
 * @see https://docs.aws.amazon.com/eks/latest/userguide/pod-id-assign-target-role.html
 * @see https://docs.aws.amazon.com/service-authorization/latest/reference/list_awssecuritytokenservice.html
 */
export function targetRoleTrustStatements(trust: TargetRoleTrust): iam.PolicyStatement[] {
  return [assumeRoleStatement([trust], ['sts:AssumeRole']), tagSessionStatement([trust])];
}

/**
 * Adds the trust to the policy of the target role. The associations of one role share the statements, with a list of external ids:
 * 20 statements would have 6,583 characters, and IAM takes 2,048 unless the quota is raised. Roles do not share them, because each
 * could then come with the external ids of the others.
 * @see https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_iam-quotas.html
 */
export function addTargetRoleTrust(policy: iam.PolicyDocument, trust: TargetRoleTrust): void {
  const byRole = trustsOf.get(policy) ?? new Map<string, TargetRoleTrust[]>();
  trustsOf.set(policy, byRole);
  const key = JSON.stringify([Stack.of(trust.association).account, trust.role.roleRef.roleArn]);
  const sharing = byRole.get(key);
  if (sharing) {
    sharing.push(trust);
    return;
  }
  const trusts = [trust];
  byRole.set(key, trusts);
  const both = assumeRoleStatement(trusts, ['sts:AssumeRole', 'sts:TagSession']);
  const isApart = () => requiresExternalId(trusts);
  policy.addStatements(
    new AlternativeStatement(assumeRoleStatement(trusts, ['sts:AssumeRole']), isApart, both),
    new AlternativeStatement(tagSessionStatement(trusts), isApart, both), // the CDK writes equal statements once
  );
}

/** The trusts of each policy by account and role. */
const trustsOf = new WeakMap<iam.PolicyDocument, Map<string, TargetRoleTrust[]>>();

/**
 * A statement that is decided when the policy is rendered: associations may still be added, and grants turn session tags off. Without an
 * external id, one statement has both actions.
 */
class AlternativeStatement extends iam.PolicyStatement {
  public constructor(statement: iam.PolicyStatement, private readonly applies: () => boolean, private readonly otherwise: iam.PolicyStatement) {
    super({ principals: statement.principals, actions: statement.actions, conditions: statement.conditions });
  }

  public toStatementJson(): any {
    return this.applies() ? super.toStatementJson() : this.otherwise.toStatementJson();
  }
}

/** The statement for associations of one role, which may still become more. An association with session tags needs no external id. */
function assumeRoleStatement(trusts: readonly TargetRoleTrust[], actions: string[]): iam.PolicyStatement {
  return new iam.PolicyStatement({
    principals: [accountOf(trusts)],
    actions,
    conditions: {
      ...ofRole(trusts),
      StringEquals: Lazy.any({ produce: () => (requiresExternalId(trusts) ? { 'sts:ExternalId': oneOrMany(trusts.map(externalIdOf)) } : undefined) }),
    },
  });
}

function tagSessionStatement(trusts: readonly TargetRoleTrust[]): iam.PolicyStatement {
  return new iam.PolicyStatement({ principals: [accountOf(trusts)], actions: ['sts:TagSession'], conditions: ofRole(trusts) });
}

function accountOf([{ association }]: readonly TargetRoleTrust[]): iam.IPrincipal {
  return new iam.AccountPrincipal(Stack.of(association).account);
}

function ofRole([{ role }]: readonly TargetRoleTrust[]): { [operator: string]: { [key: string]: string } } {
  return { ArnEquals: { 'aws:PrincipalArn': role.roleRef.roleArn } };
}

function requiresExternalId(trusts: readonly TargetRoleTrust[]): boolean {
  return trusts.every((trust) => trust.tagsDisabled());
}

function externalIdOf({ association, clusterName, namespace, serviceAccount }: TargetRoleTrust): string {
  const { account, region } = Stack.of(association);
  return [region, account, clusterName, namespace, serviceAccount].join('/');
}

/**
 * The trust policy of the target role, if this app has it and can write the names of the association's role and cluster into it.
 * In another stack of the same environment these would be imports, and the two stacks would depend on each other.
 */
export function writableTrustPolicy(targetRole: iam.IRoleRef, trust: TargetRoleTrust): iam.PolicyDocument | undefined {
  const document: unknown = (targetRole as Partial<iam.Role>).assumeRolePolicy;
  if (!(document instanceof iam.PolicyDocument)) { return undefined; }
  const [here, there] = [Stack.of(trust.association), Stack.of(targetRole)];
  if (here === there) { return document; }
  const { account, region } = here;
  const isLiteral = [account, region, trust.clusterName].every((value) => !Token.isUnresolved(value));
  const otherEnvironment = account !== there.account || region !== there.region;
  const named = !Token.isUnresolved(trust.role.roleRef.roleArn) || (otherEnvironment && (trust.ownsRole || hasPhysicalName(trust.role)));
  return isLiteral && named ? document : undefined;
}

/** Whether the role has a physical name. The CDK writes it out in stacks of other environments. */
function hasPhysicalName(role: iam.IRoleRef): boolean {
  return Resource.isResource(role as any) && !Token.isUnresolved((role as any).physicalName);
}
