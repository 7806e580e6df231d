import * as iam from 'aws-cdk-lib/aws-iam';
import { DependencyGroup, IDependable } from 'constructs';

/** What becomes of a statement that a grant gives to the association. */
export interface GrantReceiver {
  /** To resource policies (and to grants that compare accounts), the association is its role. */
  readonly roleArn: string;
  readonly account: string;
  /** Adds the statement to the session policy. */
  readonly addToSessionPolicy: (statement: iam.PolicyStatement) => void;
  /** What must be deployed before the session policy is in force. */
  readonly association: IDependable;
  /** Adds the statement to the role, too. */
  readonly addToRole?: (statement: iam.PolicyStatement) => iam.AddToPrincipalPolicyResult;
}

/** The principal behind an association: a role for everybody else, but its own permissions go to a session policy. */
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
