/**
 * The permissions of roles and managed policies that no template defines: declarations (`RolePermissions`, snapshots, files,
 * an account), and AWS's managed policies. `role-layers.ts` adds them to the layers.
 *
 * Invariant: two declarations that differ are a conflict, which becomes a gap of the layer.
 * For speed, a declared role is evaluated once, because many associations share a role.
 */
import { Json, sameText, SymbolicString, textKey, Unresolved } from '../engine';
import { documentOf } from './document-of';
import { Evaluator } from './evaluator';
import { StackTemplate } from './template-set';
import { Value } from './value';
import { memoizeBy } from '../util/memo';

/**
 * A declaration of a role, a managed policy or a resource with a policy that no template defines. Values may contain intrinsics of
 * `stackId`.
 */
export interface PermissionsDeclaration {
  /** The source of the declaration, for messages. */
  readonly source: string;
  /** The stack whose names the values use. If it is absent, all values are literal. */
  readonly stackId?: string;
  /** The ARN of the role, the managed policy or the resource. */
  readonly arn: unknown;
  readonly role?: RoleDeclaration;
  /** The document of a managed policy. */
  readonly policy?: unknown;
  /** A resource; `declared-resource-policies.ts` reads it. */
  readonly resource?: ResourceDeclaration;
  /** Why it could not be read. */
  readonly unread?: string;
}

export interface RoleDeclaration {
  readonly identityPolicies: readonly DeclaredDocument[];
  readonly managedPolicyArns: readonly unknown[];
  readonly permissionsBoundary?: DeclaredDocument;
  /** The ARN of the boundary, if only that is declared. */
  readonly permissionsBoundaryArn?: unknown;
  readonly trustPolicy?: unknown;
}

export interface ResourceDeclaration {
  /** The type in CloudFormation, such as `AWS::S3::Bucket`. */
  readonly type: string;
  /** The account that owns it, if its ARN does not have an account. */
  readonly account?: unknown;
  /** The document of its policy. If it is absent, the resource has no policy. */
  readonly policy?: unknown;
}

export interface DeclaredDocument {
  readonly name: string;
  readonly document: unknown;
}

/** A role as it is declared. */
export interface KnownRole {
  readonly source: string;
  /** The source of a declaration that differs. */
  readonly conflict?: string;
  /** Why its permissions could not be read. */
  readonly unread?: string;
  readonly identityPolicies: readonly KnownDocument[];
  readonly managedPolicyArns: readonly Value[];
  readonly permissionsBoundary?: KnownDocument;
  readonly permissionsBoundaryArn?: Value;
  readonly trustPolicy?: Json;
}

export interface KnownDocument {
  readonly name: string;
  readonly document: Json;
}

/** The document, or why it is not known. */
export type KnownManagedPolicy = { readonly document: Json } | { readonly missing: string } | { readonly unread: string };

/** AWS's own managed policies, by ARN; `undefined` for any other ARN. */
export type AwsManagedPolicies = (arn: string | SymbolicString) => Exclude<KnownManagedPolicy, { readonly unread: string }> | undefined;

/** The known permissions of roles and managed policies that the templates do not define. */
export class KnownPermissions {
  private readonly declared: ReadonlyArray<PermissionsDeclaration & { readonly text: Value }>;
  private readonly roles = memoizeBy(textKey, (arn: string | SymbolicString) => this.declaredRole(arn));

  public constructor(
    private readonly evaluator: Evaluator,
    declarations: readonly PermissionsDeclaration[],
    private readonly awsManagedPolicies: AwsManagedPolicies,
  ) {
    this.declared = declarations.map((declaration) => ({ ...declaration, text: this.textOf(declaration.arn, declaration) }));
  }

  /** The declared role with this ARN. */
  public role(arn: Value): KnownRole | undefined {
    return arn instanceof Unresolved ? undefined : this.roles(arn);
  }

  private declaredRole(arn: string | SymbolicString): KnownRole | undefined {
    const [found, ...others] = this.declared.filter((d) => (d.role || d.unread !== undefined) && isSame(d.text, arn));
    const { identityPolicies, managedPolicyArns, permissionsBoundary, permissionsBoundaryArn, trustPolicy } = found?.role ?? {};
    return found && {
      source: found.source,
      unread: found.unread,
      conflict: others.find((other) => JSON.stringify(other.role) !== JSON.stringify(found.role))?.source,
      identityPolicies: (identityPolicies ?? []).map((policy) => this.documentOf(policy, found)),
      managedPolicyArns: (managedPolicyArns ?? []).map((item) => this.textOf(item, found)),
      permissionsBoundary: permissionsBoundary && this.documentOf(permissionsBoundary, found),
      permissionsBoundaryArn: permissionsBoundaryArn === undefined ? undefined : this.textOf(permissionsBoundaryArn, found),
      trustPolicy: trustPolicy === undefined ? undefined : this.jsonOf(trustPolicy, found),
    };
  }

  public managedPolicy(arn: Value): KnownManagedPolicy | undefined {
    const [found, ...others] = this.declared.filter((d) => (d.policy !== undefined || d.unread !== undefined) && isSame(d.text, arn));
    if (found) {
      if (found.unread !== undefined) { return { unread: found.unread }; }
      const conflict = others.find((other) => JSON.stringify(other.policy) !== JSON.stringify(found.policy));
      return conflict ? { missing: `${found.source} and ${conflict.source} disagree about it` } : { document: this.jsonOf(found.policy, found) };
    }
    return arn instanceof Unresolved ? undefined : this.awsManagedPolicies(arn);
  }

  private documentOf({ name, document }: DeclaredDocument, declaration: PermissionsDeclaration): KnownDocument {
    return { name: `${name} (${declaration.source})`, document: this.jsonOf(document, declaration) };
  }

  private jsonOf(value: unknown, declaration: PermissionsDeclaration): Json {
    const stack = this.stackOf(declaration);
    return stack ? documentOf(value, stack, this.evaluator) : value as Json;
  }

  private textOf(value: unknown, declaration: PermissionsDeclaration): Value {
    if (typeof value === 'string') { return value; }
    const stack = this.stackOf(declaration);
    return stack ? this.evaluator.textOf(value, stack) : new Unresolved('a value of another app');
  }

  private stackOf({ stackId }: PermissionsDeclaration): StackTemplate | undefined {
    return stackId === undefined ? undefined : this.evaluator.templates.stackWithId(stackId);
  }
}

function isSame(a: Value, b: Value): boolean {
  return !(a instanceof Unresolved) && !(b instanceof Unresolved) && sameText(a, b);
}
