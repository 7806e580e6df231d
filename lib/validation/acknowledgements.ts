import { Validations } from 'aws-cdk-lib';
import { IConstruct } from 'constructs';
import { isAcknowledgedAt } from '../analysis/acknowledged-at';

/**
 * The rules that the app acknowledges, and where.
 *
 * The CDK up to 2.26x suppresses an acknowledged rule everywhere in the app; newer versions suppress it only below the construct
 * that acknowledges it. A reason for one association does not apply to another. So if a rule is acknowledged somewhere, a finding
 * that is not acknowledged at its own construct gets an id of its own.
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
   * The rule name to report: `rule`, or `rule[path]` if the CDK would treat the finding as acknowledged and it is not.
   * Both can be acknowledged at the construct.
   */
  public reportedName(rule: string, constructPath: string): string {
    const own = `${rule}[${constructPath}]`;
    if (this.isNamed(own, constructPath)) { return own; }
    return this.isNamed(rule, constructPath) || !this.pathsByRule.has(rule) ? rule : own;
  }

  /** Whether the CDK suppresses a finding under the name that `reportedName` gives it. */
  public isAcknowledged(rule: string, constructPath: string): boolean {
    return this.isNamed(this.reportedName(rule, constructPath), constructPath);
  }

  private isNamed(rule: string, constructPath: string): boolean {
    return (this.pathsByRule.get(rule) ?? []).some((path) => isAcknowledgedAt(constructPath, path));
  }
}
