/**
 * Finds the names through which a stack affects others: exports, outputs, roles, managed policies and service accounts.
 * deployment.ts reads them from the templates; families.ts compares them.
 * Invariant: over-approximates. A name that is unresolved at synth counts as any name, so a dependency may be reported that does
 * not exist; none that an evaluation of the templates follows is missed.
 */
import { textKey, Unresolved } from '../../lib/engine';
import { associationAt, AssociationRef, associationsIn } from '../../lib/template/associations';
import { Evaluator } from '../../lib/template/evaluator';
import { intrinsicOf } from '../../lib/template/intrinsics/intrinsic';
import { StackTemplate, Template, TemplateSet } from '../../lib/template/template-set';
import { unexaminedPartsOf } from '../../lib/template/unexamined-parts';
import { isRecord, memberOf } from '../../lib/util/records';
import { ReadStack } from '../templates/read-stacks';

/** Stands for a name that is unresolved: it may be any name. */
export const ANY = '*';

/** The names of a stack and its nested stacks: all that is kept of them until they are checked. */
export interface Dependencies {
  /** The number of characters of its templates. */
  readonly size: number;
  readonly hasAssociations: boolean;
  /** The exports, outputs, roles and managed policies that it defines and that others may refer to. */
  readonly defines: ReadonlySet<string>;
  /** The names of that kind that it refers to. */
  readonly mentions: ReadonlySet<string>;
  /** The roles of other stacks, or imports of their names, to which it attaches policies. */
  readonly attachesTo: ReadonlySet<string>;
  /** The service accounts of its associations, each with the name of the cluster, or `ANY` if that is unresolved. */
  readonly serviceAccounts: ReadonlyArray<readonly [serviceAccount: string, cluster: string]>;
}

export function dependenciesOf(stacks: readonly ReadStack[], templates = new TemplateSet(stacks.map(({ stack }) => stack))): Dependencies {
  const reader = new DependencyReader(new Evaluator(templates).leavingOpen);
  stacks.forEach(({ stack, text }) => reader.read(stack, text, templates.stackWithId(stack.id)?.template ?? stack.template));
  const mayAttach = templates.stacks.some((stack) => unexaminedPartsOf(templates, stack).some(({ code, roles }) => code !== 'TemplateNotRead' && roles === 'any role'));
  if (mayAttach) { reader.attachesTo.add(ANY); }
  associationsIn(templates).forEach((ref) => reader.serviceAccount(ref));
  return { ...reader, size: stacks.reduce((sum, { text }) => sum + text.length, 0), hasAssociations: associationsIn(templates).length > 0 };
}

class DependencyReader {
  public readonly defines = new Set<string>();
  public readonly mentions = new Set<string>();
  public readonly attachesTo = new Set<string>();
  public readonly serviceAccounts: Array<readonly [string, string]> = [];
  readonly #evaluator: Evaluator;

  public constructor(evaluator: Evaluator) {
    this.#evaluator = evaluator;
  }

  /** @param expanded the template with its loops expanded, and without what is nested too deeply */
  public read(stack: StackTemplate, text: string, expanded: Template): void {
    for (const [name, output] of Object.entries(expanded.Outputs ?? {})) {
      if (stack.name !== undefined) { this.defines.add(`output ${stack.name} ${name}`); }
      const written = memberOf(memberOf(output, 'Export'), 'Name');
      if (written !== undefined) { this.exportNames(written, stack).forEach((key) => this.defines.add(key)); }
    }
    if (/ImportValue|GetStackOutput/.test(text)) { this.walk(stack.template, stack, this.mentions); }
    for (const [, kind, name] of text.matchAll(/(?<!:aws):(role|policy)\/([^"'\s\\]*)/g)) { this.mention(kind, name); }
    this.readResources(stack, expanded);
  }

  private readResources(stack: StackTemplate, { Resources: resources }: Template): void {
    for (const resource of Object.values<unknown>(resources ?? {})) {
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
      }
    }
  }

  /** Without an explicit name, CloudFormation generates one, which no other stack can write. */
  private defined(kind: string, name: unknown, stack: StackTemplate): void {
    if (name === undefined) { return; }
    const text = this.#evaluator.textOf(name, stack);
    this.defines.add(`${kind} ${typeof text === 'string' ? text : ANY}`);
  }

  private mention(kind: string, name: string): void {
    const last = name.split('/').pop()!;
    if (/[*?]/.test(last)) { return; } // a pattern in a policy
    const key = `${kind} ${/^[\w+=.@-]+$/.test(last) ? last : ANY}`; // after a comma, YAML may continue
    this.mentions.add(Buffer.from(key).toString()); // copies: a substring may keep the whole template in memory
  }

  private attached(roles: unknown, stack: StackTemplate): void {
    const items = this.#evaluator.listAt(roles, stack);
    if (!items) { this.attachesTo.add(ANY); }
    for (const item of items ?? []) {
      const { value, stack: owner } = this.#evaluator.locate(item.value, item.stack);
      const intrinsic = intrinsicOf(value);
      if (intrinsic?.name === 'Ref' && typeof intrinsic.argument === 'string' && this.#evaluator.templates.resource(owner, intrinsic.argument)) { continue; }
      if (intrinsic?.name === 'Fn::ImportValue' || intrinsic?.name === 'Fn::GetStackOutput') {
        this.walk(value, owner, this.attachesTo);
      } else {
        const text = this.#evaluator.textOf(value, owner);
        this.attachesTo.add(typeof text === 'string' ? `role ${text}` : ANY);
      }
    }
  }

  public serviceAccount(ref: AssociationRef): void {
    const { namespace, serviceAccount, clusterName } = associationAt(ref, this.#evaluator);
    const key = [namespace, serviceAccount].map((text) => (text instanceof Unresolved ? ANY : textKey(text))).join('/');
    this.serviceAccounts.push([key, typeof clusterName === 'string' ? clusterName : ANY]);
  }

  /** Collects imports and outputs of other stacks anywhere in the value. */
  private walk(value: unknown, stack: StackTemplate, into: Set<string>): void {
    if (Array.isArray(value)) { value.forEach((item) => this.walk(item, stack, into)); }
    if (!isRecord(value)) { return; }
    const intrinsic = intrinsicOf(value);
    if (intrinsic?.name === 'Fn::ImportValue') {
      const names = this.exportNames(intrinsic.argument, stack);
      (names.length > 0 ? names : [`export ${environmentOf(stack)} ${ANY}`]).forEach((key) => into.add(key));
    } else if (intrinsic?.name === 'Fn::GetStackOutput') {
      const part = (name: string) => {
        const text = this.#evaluator.textOf(memberOf(intrinsic.argument, name), stack);
        return typeof text === 'string' ? text : undefined;
      };
      const [stackName, output] = [part('StackName'), part('OutputName')];
      if (stackName !== undefined && output !== undefined) { into.add(`output ${stackName} ${output}`); }
    }
    Object.values(value).forEach((member) => this.walk(member, stack, into));
  }

  private exportNames(written: unknown, stack: StackTemplate): string[] {
    const name = this.#evaluator.textOf(written, stack);
    return name instanceof Unresolved ? [] : [`export ${environmentOf(stack)} ${textKey(name)}`];
  }
}

/** The account and region, in which names of exports are unique. */
function environmentOf({ account, region }: StackTemplate): string {
  return `${account}/${region}`;
}
