/**
 * The principal of an association. CDK grants call it, and it passes their statements to the session policy and, if wanted, to the
 * role.
 * Invariant: whatever depends on a grant also depends on the association, because the session policy is in force only then.
 */
import * as iam from 'aws-cdk-lib/aws-iam';
import { DependencyGroup, IDependable } from 'constructs';
import { RoleGranter } from './role-granter';
import { passOnWrappedGrants, WrappedPrincipal } from './wrapped-principals';

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
  readonly role?: RoleGranter;
}

/** The principal of an association: other policies see its role, but grants add its own permissions to the session policy. */
export class AssociationPrincipal extends iam.ArnPrincipal implements WrappedPrincipal {
  public readonly principalAccount: string | undefined;

  public constructor(private readonly receiver: GrantReceiver) {
    super(receiver.roleArn);
    this.principalAccount = receiver.account;
    passOnWrappedGrants(this);
  }

  public addToPrincipalPolicy(statement: iam.PolicyStatement): iam.AddToPrincipalPolicyResult {
    this.receiver.addToSessionPolicy(statement);
    return this.result(this.receiver.role?.add(statement));
  }

  public addWrappedGrant(statement: iam.PolicyStatement, viaService: boolean): iam.AddToPrincipalPolicyResult {
    this.receiver.addToSessionPolicy(statement);
    const { role } = this.receiver;
    // The key policy names the role, so nothing is lost if the role takes no statements.
    return this.result(viaService && role?.isImmutable ? undefined : role?.add(statement));
  }

  /** A role that leaves grants to resource policies (`addGrantsToResources`) has added nothing. The CDK then asks the resource. */
  private result(added?: iam.AddToPrincipalPolicyResult): iam.AddToPrincipalPolicyResult {
    const { association } = this.receiver;
    return {
      statementAdded: added?.statementAdded ?? true,
      policyDependable: added?.policyDependable ? new DependencyGroup(association, added.policyDependable) : association,
    };
  }
}
