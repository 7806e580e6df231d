/**
 * The policies of resources that no template defines, as they are declared: by `ResourcePermissions`, or by a snapshot.
 *
 * Invariant: one entry for each ARN. Declarations that differ are a conflict, which the readers treat as a policy that is not known.
 */
import { isJsonObject, isText, itemsOf, Json, sameText, SymbolicMember, Unresolved } from '../engine';
import { accountInArn } from './declarable-resources';
import { documentOf } from './document-of';
import { Evaluator } from './evaluator';
import { PermissionsDeclaration } from './known-permissions';
import { Value } from './value';
import { groupBy } from '../util/group-by';

export interface DeclaredResourcePolicy {
  readonly arn: string;
  /** The type in CloudFormation, such as `AWS::S3::Bucket`. */
  readonly type: string;
  /** The account that owns the resource, if it is known. The ARN of a bucket does not have it. */
  readonly account: Value | undefined;
  /** `undefined`: the resource has no policy. */
  readonly document: Json | undefined;
  /** Where it is declared, for messages: `ResourcePermissions.ofResource (Stack)`, or `snapshot roles.json`. */
  readonly origin: string;
  /** The origin of a declaration that differs. */
  readonly conflict?: string;
}

/** The policies of the resources that are declared, in the order of the declarations. */
export function declaredResourcePolicies(declarations: readonly PermissionsDeclaration[], evaluator: Evaluator): readonly DeclaredResourcePolicy[] {
  const declared = declarations.flatMap((declaration) => declaredPolicy(declaration, evaluator) ?? []);
  return [...groupBy(declared, ({ arn }) => arn).values()].map(([first, ...others]) => {
    const conflict = others.find((other) => !isSamePolicy(first, other))?.origin;
    return { ...first, ...conflict !== undefined && { conflict } };
  });
}

function declaredPolicy({ resource, arn, source, stackId }: PermissionsDeclaration, evaluator: Evaluator): DeclaredResourcePolicy | undefined {
  if (resource === undefined || typeof arn !== 'string') { return undefined; }
  const stack = stackId === undefined ? undefined : evaluator.templates.stackWithId(stackId);
  const { type, account = accountInArn(arn), policy } = resource;
  return {
    arn,
    type,
    account: typeof account === 'string' || account === undefined ? account : stack && evaluator.textOf(account, stack),
    document: policy === undefined ? undefined : stack ? documentOf(policy, stack, evaluator) : policy as Json,
    origin: source,
  };
}

/** Whether two declarations say the same, in whatever order the members are. What could not be read is equal to nothing. */
function isSamePolicy(a: DeclaredResourcePolicy, b: DeclaredResourcePolicy): boolean {
  return isSame(a.account, b.account) && isSame(a.document, b.document);
}

/** Whether two values of policies are the same, in whatever order members are, and with one value in place of a list of one. */
export function isSame(a: Json | undefined, b: Json | undefined): boolean {
  if (a instanceof Unresolved || b instanceof Unresolved) { return false; }
  if (isText(a) && isText(b)) { return sameText(a, b); }
  if (a instanceof SymbolicMember && b instanceof SymbolicMember) { return isSame(a.name, b.name) && isSame(a.value, b.value); }
  if (isJsonObject(a) && isJsonObject(b)) {
    const names = Object.keys(a);
    return names.length === Object.keys(b).length && names.every((name) => Object.hasOwn(b, name) && isSame(a[name], b[name]));
  }
  if (a === undefined || b === undefined || !(Array.isArray(a) || Array.isArray(b))) { return a === b; }
  const [ofA, ofB] = [itemsOf(a), itemsOf(b)];
  return ofA.length === ofB.length && ofA.every((item, i) => isSame(item, ofB[i]));
}
