import { textKey, Unresolved } from '../../lib/engine';
import { associationsIn } from '../../lib/template/associations';
import { intrinsicOf } from '../../lib/template/intrinsics';
import { StackTemplate, TemplateSet } from '../../lib/template/template-set';
import { listAt, locate, textOf } from '../../lib/template/text-of';
import { isRecord, memberOf } from '../../lib/util/records';
import { ReadStack } from '../templates/read-stacks';

/** Whatever the name is. */
export const ANY = '*';

/**
 * What a stack and its nested stacks have to do with others, by names alone: all that is kept of them until they are checked. It
 * may say too much, never too little.
 */
export interface Dependencies {
  /** Characters of its templates. */
  readonly size: number;
  readonly hasAssociations: boolean;
  /** Exports, outputs, roles and managed policies that others may refer to. */
  readonly defines: ReadonlySet<string>;
  /** What of that it refers to. */
  readonly mentions: ReadonlySet<string>;
  /** Roles of others, or imports of their names, to which it attaches policies. */
  readonly attachesTo: ReadonlySet<string>;
  /** Of its associations, with the name of the cluster; `ANY` where that is not written. */
  readonly serviceAccounts: ReadonlyArray<readonly [serviceAccount: string, cluster: string]>;
}

export function dependenciesOf(stacks: readonly ReadStack[]): Dependencies {
  const templates = new TemplateSet(stacks.map(({ stack }) => stack));
  const reader = new DependencyReader(templates.assuming(templates.assumptions.leavingOpen()));
  stacks.forEach(({ stack, text }) => reader.read(stack, text));
  return { ...reader, size: stacks.reduce((sum, { text }) => sum + text.length, 0), hasAssociations: associationsIn(templates).length > 0 };
}

class DependencyReader {
  public readonly defines = new Set<string>();
  public readonly mentions = new Set<string>();
  public readonly attachesTo = new Set<string>();
  public readonly serviceAccounts: Array<readonly [string, string]> = [];
  readonly #templates: TemplateSet;

  public constructor(templates: TemplateSet) {
    this.#templates = templates;
  }

  public read(stack: StackTemplate, text: string): void {
    for (const [name, output] of Object.entries(stack.template.Outputs ?? {})) {
      if (stack.name !== undefined) { this.defines.add(`output ${stack.name} ${name}`); }
      const written = memberOf(memberOf(output, 'Export'), 'Name');
      if (written !== undefined) { this.exportNames(written, stack).forEach((key) => this.defines.add(key)); }
    }
    if (/ImportValue|GetStackOutput/.test(text)) { this.walk(stack.template, stack, this.mentions); }
    for (const [, kind, name] of text.matchAll(/(?<!:aws):(role|policy)\/([^"'\s\\]*)/g)) { this.mention(kind, name); }
    this.readResources(stack);
  }

  private readResources(stack: StackTemplate): void {
    for (const resource of Object.values<unknown>(stack.template.Resources ?? {})) {
      const written = memberOf(resource, 'Properties');
      const properties = isRecord(written) ? written : {};
      switch (memberOf(resource, 'Type')) {
        case 'AWS::IAM::Role':
          this.defined('role', properties.RoleName, stack);
          break;
        case 'AWS::IAM::ManagedPolicy':
          this.defined('policy', properties.ManagedPolicyName, stack);
          this.attached(properties.Roles, stack);
          break;
        case 'AWS::IAM::Policy':
          this.attached(properties.Roles, stack);
          break;
        case 'AWS::IAM::RolePolicy':
          this.attached([properties.RoleName], stack);
          break;
        case 'AWS::EKS::PodIdentityAssociation':
          this.serviceAccount(properties, stack);
          break;
      }
    }
  }

  /** A generated name is no other's. */
  private defined(kind: string, name: unknown, stack: StackTemplate): void {
    if (name === undefined) { return; }
    const text = textOf(name, stack, this.#templates);
    this.defines.add(`${kind} ${typeof text === 'string' ? text : ANY}`);
  }

  private mention(kind: string, name: string): void {
    const last = name.split('/').pop()!;
    if (/[*?]/.test(last)) { return; } // a pattern of a policy
    const key = `${kind} ${/^[\w+=.@-]+$/.test(last) ? last : ANY}`; // after a comma, YAML may go on
    this.mentions.add(Buffer.from(key).toString()); // a part of a string may keep all of it in memory
  }

  private attached(roles: unknown, stack: StackTemplate): void {
    const items = listAt(roles, stack, this.#templates);
    if (!items) { this.attachesTo.add(ANY); }
    for (const item of items ?? []) {
      const { value, stack: owner } = locate(item.value, item.stack, this.#templates);
      const intrinsic = intrinsicOf(value);
      if (intrinsic?.name === 'Ref' && typeof intrinsic.argument === 'string' && this.#templates.resource(owner, intrinsic.argument)) { continue; }
      if (intrinsic?.name === 'Fn::ImportValue' || intrinsic?.name === 'Fn::GetStackOutput') {
        this.walk(value, owner, this.attachesTo);
      } else {
        const text = textOf(value, owner, this.#templates);
        this.attachesTo.add(typeof text === 'string' ? `role ${text}` : ANY);
      }
    }
  }

  private serviceAccount(properties: Record<string, unknown>, stack: StackTemplate): void {
    const key = [properties.Namespace, properties.ServiceAccount].map((written) => {
      const text = textOf(written, stack, this.#templates);
      return text instanceof Unresolved ? ANY : textKey(text);
    }).join('/');
    const cluster = textOf(properties.ClusterName, stack, this.#templates);
    this.serviceAccounts.push([key, typeof cluster === 'string' ? cluster : ANY]);
  }

  /** Imports and outputs of other stacks, wherever they stand. */
  private walk(value: unknown, stack: StackTemplate, into: Set<string>): void {
    if (Array.isArray(value)) { value.forEach((item) => this.walk(item, stack, into)); }
    if (!isRecord(value)) { return; }
    const intrinsic = intrinsicOf(value);
    if (intrinsic?.name === 'Fn::ImportValue') {
      const names = this.exportNames(intrinsic.argument, stack);
      (names.length > 0 ? names : [`export ${environmentOf(stack)} ${ANY}`]).forEach((key) => into.add(key));
    } else if (intrinsic?.name === 'Fn::GetStackOutput') {
      const part = (name: string) => {
        const text = textOf(memberOf(intrinsic.argument, name), stack, this.#templates);
        return typeof text === 'string' ? text : undefined;
      };
      const [stackName, output] = [part('StackName'), part('OutputName')];
      if (stackName !== undefined && output !== undefined) { into.add(`output ${stackName} ${output}`); }
    }
    Object.values(value).forEach((member) => this.walk(member, stack, into));
  }

  private exportNames(written: unknown, stack: StackTemplate): string[] {
    const name = textOf(written, stack, this.#templates);
    return name instanceof Unresolved ? [] : [`export ${environmentOf(stack)} ${textKey(name)}`];
  }
}

/** Exports are unique in it. */
function environmentOf({ account, region }: StackTemplate): string {
  return `${account}/${region}`;
}
