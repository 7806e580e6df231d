import { Json, Layer, Policy, readPolicy, Reason, Unknown } from '../engine';
import { RoleRef } from './associations';
import { documentOf } from './document-of';
import { referencedResource } from './references';
import { keyOf, pathOf, ResourceRef, StackTemplate, TemplateSet } from './template-set';
import { intrinsicOf, isNoValue, textOf } from './text-of';

/** What the templates say of what roles may do. Built once for all templates; answers are kept. */
export class RolePermissions {
  private readonly attached = new Map<string, AttachedPolicy[]>();
  /** Policies that take something away from a role that cannot be told. */
  private readonly unplaced: AttachedPolicy[] = [];
  private readonly layers = new Map<string, readonly Layer[]>();

  public constructor(private readonly templates: TemplateSet) {
    for (const ref of templates.resourcesOfType('AWS::IAM::Policy', 'AWS::IAM::ManagedPolicy', 'AWS::IAM::RolePolicy')) {
      this.attach(ref);
    }
  }

  /** The layers that a session policy on this role has to be inside of. */
  public of(role: RoleRef): readonly Layer[] {
    if (!role.defined) { return [notDefined(role)]; }
    const key = keyOf(role.defined);
    const known = this.layers.get(key) ?? this.read(role.defined);
    this.layers.set(key, known);
    return known;
  }

  private read(role: ResourceRef): Layer[] {
    const properties = role.resource.Properties ?? {};
    const identity = new LayerBuilder('identity policies');
    for (const item of listOf(properties.Policies)) {
      const inline = documentOf(item, role.stack, this.templates);
      const { PolicyName: name, PolicyDocument: document } = isPlain(inline) ? inline : { PolicyName: '?', PolicyDocument: inline };
      identity.add(document, `inline policy '${name}' of ${pathOf(role)}`);
    }
    for (const item of listOf(properties.ManagedPolicyArns)) { this.addManaged(item, role, identity); }
    const byName = typeof properties.RoleName === 'string' ? this.attached.get(nameKey(role.stack, properties.RoleName)) ?? [] : [];
    for (const policy of [...this.attached.get(keyOf(role)) ?? [], ...byName]) { identity.addAttached(policy); }
    for (const policy of this.unplaced) {
      identity.miss(
        `${policy.name} has deny statements and is attached to a role whose name is known at deployment only`,
        'attach that policy to a role that the app defines, or that has a literal name',
      );
    }
    if (properties.PermissionsBoundary === undefined || isNoValue(properties.PermissionsBoundary)) { return [identity.build()]; }
    const boundary = new LayerBuilder('permissions boundary');
    this.addManaged(properties.PermissionsBoundary, role, boundary);
    return [identity.build(), boundary.build()];
  }

  private addManaged(item: unknown, role: ResourceRef, layer: LayerBuilder): void {
    const found = referencedResource(item, role.stack, this.templates);
    if (found?.ref.resource.Type === 'AWS::IAM::ManagedPolicy') {
      layer.addAttached(this.policyResource(found.ref));
      return;
    }
    const arn = textOf(item, role.stack, this.templates);
    layer.miss(
      `the managed policy ${arn instanceof Unknown ? arn.reason : arn} of ${pathOf(role)} is not part of the app`,
      'define the policy in the app, or acknowledge the finding with the reason why the session policy is right',
    );
  }

  private attach(ref: ResourceRef): void {
    const { Roles: roles, RoleName: roleName } = ref.resource.Properties ?? {};
    const policy = this.policyResource(ref);
    for (const item of ref.resource.Type === 'AWS::IAM::RolePolicy' ? [roleName] : listOf(roles)) {
      if (isNoValue(item)) { continue; }
      const found = referencedResource(item, ref.stack, this.templates);
      const name = textOf(item, ref.stack, this.templates);
      const key = found ? keyOf(found.ref) : typeof name === 'string' ? nameKey(ref.stack, name) : undefined;
      if (key !== undefined) {
        this.attached.set(key, [...this.attached.get(key) ?? [], policy]);
      } else if (readPolicy(policy.document, '').policy.statements.some((s) => s.effect === 'Deny')) {
        this.unplaced.push(policy);
      }
    }
  }

  private policyResource(ref: ResourceRef): AttachedPolicy {
    return {
      name: `${ref.resource.Type} ${pathOf(ref)}`,
      document: documentOf(ref.resource.Properties?.PolicyDocument, ref.stack, this.templates),
      condition: ref.resource.Condition,
    };
  }
}

interface AttachedPolicy {
  readonly name: string;
  readonly document: Json;
  /** The CloudFormation condition under which it exists. */
  readonly condition?: string;
}

class LayerBuilder {
  private readonly policies: Policy[] = [];
  private readonly unknown: Reason[] = [];

  public constructor(private readonly name: Layer['name']) {}

  public addAttached(policy: AttachedPolicy): void {
    if (policy.condition !== undefined) {
      this.miss(
        `${policy.name} exists only under the template's condition '${policy.condition}'`,
        'attach the policy unconditionally, or acknowledge the finding with a reason',
      );
      return;
    }
    this.add(policy.document, policy.name);
  }

  public add(document: Json, name: string): void {
    const { policy, problems } = readPolicy(document, name);
    this.policies.push(policy);
    for (const { where, message } of problems) {
      this.unknown.push({
        code: 'UnclearPolicy',
        message: `${name} could not be understood: ${where}${where && ' '}${message}`,
        resolution: 'write that part of the policy out',
      });
    }
  }

  public miss(message: string, resolution: string): void {
    this.unknown.push({ code: 'IncompleteRole', message, resolution });
  }

  public build(): Layer {
    return { name: this.name, policies: this.policies, unknown: this.unknown };
  }
}

/** Nothing that the app attaches to such a role tells what else it has. */
function notDefined(role: RoleRef): Layer {
  const layer = new LayerBuilder('identity policies');
  layer.miss(
    `the role ${role.arn instanceof Unknown ? role.arn.reason : role.arn} is not defined in this app, so its policies are not known`,
    'define the role in the app, or acknowledge the finding with the reason why the session policy is right',
  );
  return layer.build();
}

/** Anything but a list (`Fn::If`, say) is one item that will not be understood, and so is not lost. */
function listOf(value: unknown): readonly unknown[] {
  if (value === undefined || isNoValue(value)) { return []; }
  return Array.isArray(value) ? value.filter((item) => !isNoValue(item)) : [value];
}

function isPlain(value: Json): value is { readonly [key: string]: Json } {
  return typeof value === 'object' && value !== null && !Array.isArray(value) && !(value instanceof Unknown) && !intrinsicOf(value)
    && 'PolicyDocument' in value;
}

/** Role names are unique in an account. */
function nameKey(stack: StackTemplate, roleName: string): string {
  return JSON.stringify([stack.account, roleName]);
}
