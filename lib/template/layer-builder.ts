/**
 * Builds one layer of a role from its policies. `role-layers.ts` adds the policies that it finds.
 * Invariant: a policy that is missing, in doubt, or not completely understood becomes a gap of the layer, so nothing is lost silently.
 */
import { Json, Layer, Need, parsePolicy, Policy, Reason } from '../engine';
import { AttachedPolicy } from './attachments';
import { InvalidText } from './parse-document';

/** Collects the policies and the gaps of a layer. */
export class LayerBuilder {
  private readonly policies: Policy[] = [];
  private readonly gaps: Reason[] = [];

  public constructor(private readonly name: Layer['name']) {}

  public addAttached({ policy, doubt }: AttachedPolicy): void {
    if (policy.deployed === false) { return; }
    if (doubt !== undefined) {
      this.miss(doubt, 'attach that policy to the role itself, or to one with a literal name');
    } else if (policy.deployed === undefined) {
      this.miss(`whether ${policy.name} is deployed depends on the condition '${policy.condition}', which could not be told`,
        'attach the policy unconditionally');
    } else {
      this.add(policy.document, policy.name);
    }
  }

  public add(document: Json, name: string): void {
    if (document instanceof InvalidText) {
      this.miss(`AWS cannot read ${name}: ${document.reason}`, 'correct the JSON text of the policy, or write it as an object');
      return;
    }
    const { policy, problems } = parsePolicy(document, name);
    this.policies.push(policy);
    for (const { where, message } of problems) {
      this.gaps.push({
        code: 'UnclearPolicy',
        message: `${name} could not be understood: ${where}${where && ' '}${message}`,
        resolution: 'write that part of the policy as literal text',
      });
    }
  }

  public miss(message: string, resolution: string, need?: Need): void {
    this.gaps.push({ code: 'IncompleteRole', message, resolution, ...(need && { need }) });
  }

  public build(): Layer {
    return { name: this.name, policies: this.policies, gaps: this.gaps };
  }
}
