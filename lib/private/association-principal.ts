/**
 * The principal of an association. CDK grants call it, and it passes their statements to the session policy and, if wanted, to the
 * role.
 * Invariant: whatever depends on a grant also depends on the association, because the session policy is in force only then.
 */
import * as iam from 'aws-cdk-lib/aws-iam';
import { DependencyGroup, IDependable } from 'constructs';

/** Receives the statements that grants give to an association. */
export interface GrantReceiver {
  /** For resource policies, and for grants that compare accounts, the principal is the role. */
  readonly roleArn: string;
  readonly account: string;
  /** Adds the statement to the session policy. */
  readonly addToSessionPolicy: (statement: iam.PolicyStatement) => void;
  /** The session policy is in force after this is deployed. */
  readonly association: IDependable;
  /** Also adds the statement to the role. */
  readonly addToRole?: (statement: iam.PolicyStatement) => iam.AddToPrincipalPolicyResult;
}

/** The principal of an association: other policies see its role, but grants add its own permissions to the session policy. */
export class AssociationPrincipal extends iam.ArnPrincipal {
  public readonly principalAccount: string | undefined;

  public constructor(private readonly receiver: GrantReceiver) {
    super(receiver.roleArn);
    this.principalAccount = receiver.account;
  }

  public addToPrincipalPolicy(statement: iam.PolicyStatement): iam.AddToPrincipalPolicyResult {
    this.receiver.addToSessionPolicy(statement);
    const added = this.receiver.addToRole?.(statement);
    const policyDependable = added?.policyDependable
      ? new DependencyGroup(this.receiver.association, added.policyDependable)
      : this.receiver.association;
    return { statementAdded: true, policyDependable };
  }
}
