/**
 * What is known of roles and managed policies that no template defines: what somebody declares of them, and the managed
 * policies of AWS. Two declarations that contradict each other make a conflict; neither is believed.
 */
import { Json, sameText, SymbolicString, textKey, Unresolved } from '../engine';
import { documentOf } from './document-of';
import { Evaluator } from './evaluator';
import { StackTemplate } from './template-set';
import { Value } from './value';
import { memoizeBy } from '../util/memo';

/** What somebody says of a role or a managed policy that no template defines. Values may have intrinsics of `stackId`. */
export interface PermissionsDeclaration {
  /** Who says it, for messages. */
  readonly source: string;
  /** The stack whose names the values use. None: all values are literal. */
  readonly stackId?: string;
  /** The ARN of the role or of the managed policy. */
  readonly arn: unknown;
  readonly role?: RoleDeclaration;
  /** The document, of a managed policy. */
  readonly policy?: unknown;
  /** Why nothing is known of it, although somebody looked. */
  readonly unread?: string;
}

export interface RoleDeclaration {
  readonly identityPolicies: readonly DeclaredDocument[];
  readonly managedPolicyArns: readonly unknown[];
  readonly permissionsBoundary?: DeclaredDocument;
  /** Where it is known by its ARN only. */
  readonly permissionsBoundaryArn?: unknown;
  readonly trustPolicy?: unknown;
}

export interface DeclaredDocument {
  readonly name: string;
  readonly document: unknown;
}

/** A role as it is declared. */
export interface KnownRole {
  readonly source: string;
  /** Who says something else of it. */
  readonly conflict?: string;
  /** Why what it has is not known. */
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

/** AWS's own managed policies, by ARN; `undefined` for an ARN that is none of theirs. */
export type AwsManagedPolicies = (arn: string | SymbolicString) => Exclude<KnownManagedPolicy, { readonly unread: string }> | undefined;

/** What is known of roles and managed policies that the templates do not define. */
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

  /** Many associations share a role: what is declared of it is evaluated once. */
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
      return conflict ? { missing: `${found.source} and ${conflict.source} say different things of it` } : { document: this.jsonOf(found.policy, found) };
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
