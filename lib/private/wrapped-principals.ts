/**
 * Directs grants to an association that come through a principal around its principal: `kms.ViaServicePrincipal`, and what
 * `withConditions` and `withSessionTags` return. `secret.grantRead(pods)` with a customer key makes such a grant.
 *
 * The CDK's wrappers read the ARN of the principal inside. `ViaServicePrincipal` adds nothing to its policies, because a key policy that
 * names a role suffices for the role; `PrincipalWithConditions` passes statements on without the conditions. A session policy also limits
 * what a key policy gives to the role, so its pods would be denied, and nothing would report it. No wrapper shows itself to the
 * principal inside, so their `addToPrincipalPolicy` is extended here.
 *
 * Invariant: for every principal but an association's, the CDK's classes do what they did.
 * @see docs/adr/0009-grants-through-wrapped-principals.md
 */
import * as iam from 'aws-cdk-lib/aws-iam';
import * as kms from 'aws-cdk-lib/aws-kms';
import { lazy } from '../util/memo';
import { memberOf } from '../util/records';

/** A principal that takes the statements of its wrappers. */
export interface WrappedPrincipal extends iam.IPrincipal {
  /**
   * Takes a statement of a grant to a wrapper, with the conditions of the wrapper.
   * @param viaService the grant also goes to the policy of the resource, because a `kms.ViaServicePrincipal` adds nothing to the role
   */
  addWrappedGrant(statement: iam.PolicyStatement, viaService: boolean): iam.AddToPrincipalPolicyResult;
}

const WRAPPED = Symbol('WrappedPrincipal');

/** Makes wrappers of this principal pass on what they are granted. */
export function passOnWrappedGrants(principal: WrappedPrincipal): void {
  extendWrappers();
  Object.defineProperty(principal, WRAPPED, { value: true });
}

const extendWrappers = lazy(() => {
  for (const { prototype } of [kms.ViaServicePrincipal, iam.PrincipalWithConditions, iam.SessionTagsPrincipal]) {
    const original = prototype.addToPrincipalPolicy;
    prototype.addToPrincipalPolicy = function (this: iam.IPrincipal, statement: iam.PolicyStatement) {
      const { principal, viaService } = unwrap(this);
      if (!isWrapped(principal)) { return original.call(this, statement); }
      addConditions(statement, this.policyFragment.conditions);
      const added = principal.addWrappedGrant(statement, viaService);
      return viaService ? { statementAdded: false } : added; // `false`: the CDK adds the grant to the key policy, as it does for a role
    };
  }
  return true;
});

/** The principal inside of wrappers: `wrapped` and `basePrincipal` are fields of the CDK's classes, which have no accessor for them. */
function unwrap(principal: any): { readonly principal: any; readonly viaService: boolean } {
  let [inner, viaService] = [principal, false];
  for (let next = principal; typeof next === 'object' && next !== null; next = inner.wrapped ?? inner.basePrincipal) {
    inner = next;
    viaService ||= 'basePrincipal' in next;
  }
  return { principal: inner, viaService };
}

function isWrapped(principal: any): principal is WrappedPrincipal {
  return WRAPPED in principal;
}

/** `PolicyStatement.addConditions` would replace the value of a key that both have, and so allow more than the two of them. */
function addConditions(statement: iam.PolicyStatement, conditions: iam.Conditions): void {
  const own = statement.toStatementJson().Condition;
  for (const [operator, entries] of Object.entries(conditions)) {
    const conflict = Object.entries(entries as object).find(([key, value]) => {
      const ownValue = memberOf(memberOf(own, operator), key);
      return ownValue !== undefined && JSON.stringify(ownValue) !== JSON.stringify(value);
    });
    if (conflict !== undefined) {
      throw new Error(`A grant and the principal that it is given to both have a condition ${operator} on '${conflict[0]}', with different values. `
        + 'A statement can have only one value for an operator and a key. Remove one of the two conditions.');
    }
  }
  statement.addConditions(conditions);
}
