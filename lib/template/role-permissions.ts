import { Json, Layer, mayBeEqual, Policy, readPolicy, Reason, sameText, Unknown } from '../engine';
import { RoleRef } from './associations';
import { documentOf } from './document-of';
import { Referenced, referencedResource } from './references';
import { keyOf, pathOf, ResourceRef, sameAccount, StackTemplate, TemplateSet } from './template-set';
import { intrinsicOf, isNoValue, textOf, Value } from './text-of';

/** What the templates say of what roles may do. Built once for all templates; answers are kept. */
export class RolePermissions {
  private readonly attachments: readonly Attachment[];
  private readonly layers = new Map<string, readonly Layer[]>();

  public constructor(private readonly templates: TemplateSet) {
    this.attachments = templates.resourcesOfType('AWS::IAM::Policy', 'AWS::IAM::ManagedPolicy', 'AWS::IAM::RolePolicy')
      .flatMap((ref) => this.attachmentsOf(ref));
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
    for (const attachment of this.attachments) {
      const to = this.isAttachedTo(attachment, role);
      if (to === 'yes') { identity.addAttached(attachment.policy); }
      if (to === 'maybe') {
        identity.miss(
          `${attachment.policy.name} is attached to a role that is known at deployment only (${describeValue(attachment.roleName)}), and may be this one`,
          'attach that policy to the role itself, or to one with a literal name',
        );
      }
    }
    for (const why of unreadable(role, this.templates)) { identity.miss(why, 'acknowledge the finding with the reason why the session policy is right'); }
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
      `the managed policy ${describeValue(arn)} of ${pathOf(role)} is not part of the app`,
      'define the policy in the app, or acknowledge the finding with the reason why the session policy is right',
    );
  }

  private attachmentsOf(ref: ResourceRef): Attachment[] {
    const { Roles: roles, RoleName: roleName } = ref.resource.Properties ?? {};
    const policy = this.policyResource(ref);
    return (ref.resource.Type === 'AWS::IAM::RolePolicy' ? [roleName] : listOf(roles)).filter((item) => !isNoValue(item)).map((item) => ({
      policy,
      stack: ref.stack,
      role: referencedResource(item, ref.stack, this.templates),
      roleName: textOf(item, ref.stack, this.templates),
    }));
  }

  /** By reference where there is one, else by what the name will be. Role names are unique in an account. */
  private isAttachedTo({ stack, role: referenced, roleName }: Attachment, role: ResourceRef): 'yes' | 'no' | 'maybe' {
    if (referenced?.ref.resource.Type === 'AWS::IAM::Role' && referenced.attribute === undefined) {
      return keyOf(referenced.ref) === keyOf(role) ? 'yes' : 'no';
    }
    const account = sameAccount(stack, role.stack);
    if (account === 'no') { return 'no'; }
    const own = textOf({ Ref: role.logicalId }, role.stack, this.templates);
    if (roleName instanceof Unknown || own instanceof Unknown) { return 'maybe'; }
    if (sameText(roleName, own)) { return account; }
    return mayBeEqual(roleName, own) ? 'maybe' : 'no';
  }

  private policyResource(ref: ResourceRef): AttachedPolicy {
    return {
      name: `${ref.resource.Type} ${pathOf(ref)}`,
      document: documentOf(ref.resource.Properties?.PolicyDocument, ref.stack, this.templates),
      condition: ref.resource.Condition,
    };
  }
}

/** A policy that names a role, or one of several. */
interface Attachment {
  readonly policy: AttachedPolicy;
  /** The stack of the policy. */
  readonly stack: StackTemplate;
  readonly role?: Referenced;
  readonly roleName: Value;
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
    `the role ${describeValue(role.arn)} is not defined in this app, so its policies are not known`,
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

function describeValue(value: Value): string {
  return value instanceof Unknown ? value.reason : value.toString();
}

/** Transforms that leave IAM resources as they are written. */
const HARMLESS_TRANSFORM = /^AWS::(LanguageExtensions|Serverless|SecretsManager|CodeDeploy)/;

/** Why more, or less, may be deployed than the templates say. */
function unreadable(role: ResourceRef, templates: TemplateSet): string[] {
  const { Transform: transform } = role.stack.template;
  const macros = listOf(transform).filter((name) => typeof name !== 'string' || !HARMLESS_TRANSFORM.test(name));
  const included = 'Fn::Transform' in (role.resource.Properties ?? {});
  return [
    ...(macros.length > 0 || included ? [`a macro (${JSON.stringify(included ? 'Fn::Transform' : macros[0])}) may rewrite ${pathOf(role)}`] : []),
    ...templates.stacks.flatMap((stack) => (stack.unread === undefined ? [] : [`the template of ${stack.id} could not be read (${stack.unread})`])),
  ];
}
