/**
 * Finds the policies that separate resources (`AWS::IAM::Policy` and the like) attach to roles. `role-layers.ts` asks it.
 *
 * Rounds up: a policy that may be attached to a role is returned with the doubt. Only a policy that is certainly not attached to
 * the role is left out.
 * For speed, attachments are found once for all roles; only those that depend on a condition are read again for each role.
 */
import { Json, mayBeEqual, partsOf, sameText, StringPart, SymbolicString, Unresolved } from '../engine';
import { arnFieldsOf } from './arn-fields';
import { isDeployed, RoleRef } from './associations';
import { unlessOpen } from './cases';
import { documentOf } from './document-of';
import { Evaluator } from './evaluator';
import { pseudoParameter } from './intrinsics/pseudo-parameters';
import { objectOrText } from './parse-document';
import { referencedResource, ResourceReference } from './references';
import { keyOf, pathOf, ResourceRef, sameAccount, StackTemplate } from './template-set';
import { Value } from './value';
import { groupBy } from '../util/group-by';
import { memoize, memoizeBy } from '../util/memo';

/** A policy that is a separate resource. */
export interface PolicyResource {
  readonly name: string;
  readonly document: Json;
  /** `undefined`: it is not certain whether it is deployed. */
  readonly deployed: boolean | undefined;
  /** The CloudFormation condition under which it is deployed. */
  readonly condition?: string;
}

/** A policy that is attached to a role, or may be. */
export interface AttachedPolicy {
  readonly policy: PolicyResource;
  /** Why it may be attached to another role instead. */
  readonly doubt?: string;
}

/** A policy resource that names a role, or one of several. */
interface Attachment {
  readonly ref: ResourceRef;
  readonly role?: ResourceReference;
  readonly roleName: Value;
}

/** Maximum number of policies that are named for one role because they may be attached to it. One suffices for the doubt. */
const MAX_DOUBTS = 20;

/** Computed once: layers and the sizes of roles ask. */
export const attachmentsOf = memoize((evaluator: Evaluator) => new Attachments(evaluator));

/**
 * The policies that `AWS::IAM::Policy`, `AWS::IAM::ManagedPolicy` and `AWS::IAM::RolePolicy` attach to roles.
 */
export class Attachments {
  private readonly byRole: ReadonlyMap<string, readonly Attachment[]>;
  private readonly byName: readonly Attachment[];
  private readonly byLiteralName: ReadonlyMap<string, readonly Attachment[]>;
  private readonly byOtherName: readonly Attachment[];
  /** Policies whose roles depend on a condition. They are read when somebody asks. */
  private readonly conditional: ResourceRef[] = [];

  /** Computed once: many roles may ask. */
  public readonly policyAt = memoizeBy(keyOf, (ref: ResourceRef): PolicyResource => ({
    name: `${ref.resource.Type} ${pathOf(ref)}`,
    document: objectOrText(documentOf(ref.resource.Properties?.PolicyDocument, ref.stack, this.evaluator)),
    deployed: isDeployed(ref, this.evaluator),
    condition: ref.resource.Condition,
  }));

  public constructor(private readonly evaluator: Evaluator) {
    const attachments: Attachment[] = [];
    for (const ref of evaluator.templates.resourcesOfType('AWS::IAM::Policy', 'AWS::IAM::ManagedPolicy', 'AWS::IAM::RolePolicy')) {
      const found = unlessOpen(() => this.attachmentsOf(ref));
      if (found) { attachments.push(...found); } else { this.conditional.push(ref); }
    }
    this.byRole = groupBy(attachments, ({ role }) => (isRole(role) ? keyOf(role.ref) : undefined));
    this.byName = attachments.filter(({ role }) => !isRole(role));
    this.byLiteralName = groupBy(this.byName, ({ roleName }) => (typeof roleName === 'string' ? roleName : undefined));
    this.byOtherName = this.byName.filter(({ roleName }) => typeof roleName !== 'string');
  }

  /** The policies attached to a role of the templates. */
  public to(role: ResourceRef): AttachedPolicy[] {
    const own = this.evaluator.textOf({ Ref: role.logicalId }, role.stack);
    return [
      ...(this.byRole.get(keyOf(role)) ?? []).map(({ ref }) => ({ policy: this.policyAt(ref) })),
      ...this.withName(own, (stack) => sameAccount(stack, role.stack), (referenced) => keyOf(referenced) === keyOf(role)),
    ];
  }

  /** The policies attached to a role of which only the ARN is known. */
  public toImported({ arn, ofAccount }: RoleRef): AttachedPolicy[] {
    const fields = arnFieldsOf(arn);
    if (!fields) { return []; }
    const account = (stack: StackTemplate) => pseudoParameter('AWS::AccountId', stack)!;
    return this.withName(afterLastSlash(fields[5]), (stack) => (
      ofAccount && sameText(account(stack), account(ofAccount)) ? 'yes' : compare(account(stack), fields[4])), () => false);
  }

  private withName(name: Value, isOfAccountOf: (stack: StackTemplate) => Answer, isReferenced: (role: ResourceRef) => boolean): AttachedPolicy[] {
    const found: AttachedPolicy[] = [];
    let doubts = 0;
    for (const { ref, role, roleName } of this.mayHaveName(name)) {
      if (isRole(role)) {
        if (isReferenced(role.ref)) { found.push({ policy: this.policyAt(ref) }); }
        continue;
      }
      const account = isOfAccountOf(ref.stack);
      const same = roleName instanceof Unresolved || name instanceof Unresolved ? 'maybe' : compare(roleName, name);
      if (account === 'no' || same === 'no') { continue; }
      const policy = this.policyAt(ref);
      if (same === 'yes' && account === 'yes') {
        found.push({ policy });
      } else if (++doubts <= MAX_DOUBTS && policy.deployed !== false) {
        const written = roleName instanceof Unresolved ? roleName.reason : roleName;
        found.push({ policy, doubt: `${policy.name} is attached to a role whose name is a deploy-time value (${written}), and may be this one` });
      }
    }
    return found;
  }

  /** The attachments that may be for a role of this name. A literal name differs from every other literal name. */
  private mayHaveName(name: Value): readonly Attachment[] {
    const conditional = this.conditional.flatMap((ref) => this.attachmentsOf(ref));
    return typeof name === 'string' ? [...this.byLiteralName.get(name) ?? [], ...this.byOtherName, ...conditional] : [...this.byName, ...conditional];
  }

  /** A value that is not a list counts as one role that is not understood, so it is not lost. */
  private attachmentsOf(ref: ResourceRef): Attachment[] {
    const { stack, resource: { Type: type, Properties: properties = {} } } = ref;
    const written = type === 'AWS::IAM::RolePolicy' ? [properties.RoleName] : properties.Roles;
    if (this.evaluator.isAbsent(written, stack)) { return []; }
    return (this.evaluator.listAt(written, stack) ?? [{ value: written, stack }]).map((item) => ({
      ref,
      role: referencedResource(item.value, item.stack, this.evaluator),
      roleName: this.evaluator.textOf(item.value, item.stack),
    }));
  }
}

function isRole(role: ResourceReference | undefined): role is ResourceReference {
  return role?.ref.resource.Type === 'AWS::IAM::Role' && role.attribute === undefined;
}

type Answer = 'yes' | 'no' | 'maybe';

function compare(a: string | SymbolicString, b: string | SymbolicString): Answer {
  if (sameText(a, b)) { return 'yes'; }
  return mayBeEqual(a, b) ? 'maybe' : 'no';
}

/** `role/path/Name` → `Name` */
function afterLastSlash(text: string | SymbolicString): string | SymbolicString {
  const parts = [...partsOf(text)];
  const after: StringPart[] = [];
  for (let part = parts.pop(); part !== undefined; part = parts.pop()) {
    const slash = typeof part === 'string' ? part.lastIndexOf('/') : -1;
    if (typeof part === 'string' && slash >= 0) { return SymbolicString.of(part.slice(slash + 1), ...after); }
    after.unshift(part);
  }
  return text;
}
