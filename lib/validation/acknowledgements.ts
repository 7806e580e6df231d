import { Validations } from 'aws-cdk-lib';
import { IConstruct } from 'constructs';
import { isAcknowledgedAt } from '../analysis/acknowledged-at';

/**
 * Where the app acknowledges which rules.
 *
 * The CDK up to 2.26x suppresses an acknowledged rule everywhere in the app, wherever it was acknowledged; newer ones only
 * below the construct where it stands. A reason that was given for one association says nothing about another, so findings
 * that are not acknowledged where they stand get an id of their own as soon as others with their id are.
 */
export class Acknowledgements {
  private readonly pathsByRule = new Map<string, string[]>();

  public constructor(app: IConstruct, pluginName: string) {
    for (const node of app.node.findAll()) {
      for (const { type, data } of node.node.metadata) {
        if (type !== Validations.ACKNOWLEDGED_RULES_METADATA_KEY || !data) { continue; }
        for (const id of Object.keys(data)) {
          const [plugin, rule] = id.split('::');
          if (plugin === pluginName) { this.pathsByRule.set(rule, [...this.pathsByRule.get(rule) ?? [], node.node.path]); }
        }
      }
    }
  }

  /**
   * The rule name to report: `rule`, or `rule[path]` where the CDK would take it for acknowledged and it is not.
   * Either can be acknowledged at the construct.
   */
  public reportedName(rule: string, constructPath: string): string {
    const own = `${rule}[${constructPath}]`;
    if (this.isAcknowledged(own, constructPath)) { return own; }
    return this.isAcknowledged(rule, constructPath) || !this.pathsByRule.has(rule) ? rule : own;
  }

  private isAcknowledged(rule: string, constructPath: string): boolean {
    return (this.pathsByRule.get(rule) ?? []).some((path) => isAcknowledgedAt(constructPath, path));
  }
}
