/**
 * The rules that the app acknowledges, and where.
 *
 * The CDK up to 2.26x suppresses an acknowledged rule everywhere in the app; newer versions suppress it only below the construct
 * that acknowledges it. A reason for one association does not apply to another. So if a rule is acknowledged somewhere, a finding
 * that is not acknowledged at its own construct gets an id of its own.
 */
import { Stack, Stage, Validations } from 'aws-cdk-lib';
import { IConstruct } from 'constructs';
import { isAcknowledgedAt } from '../analysis/acknowledged-at';

export interface Acknowledgement {
  /** The construct that acknowledges. */
  readonly path: string;
  /** The name of the plugin. */
  readonly namespace: string;
  /** The rule, with `[path]` behind it if it is for one construct. */
  readonly rule: string;
  readonly reason: string;
  /** Whether the construct is an app, a stage or a stack: then it also speaks for what may be added to it. */
  readonly forMany: boolean;
}

/** All acknowledgements of the app, for the rules of any plugin, in the order of the constructs. */
export function acknowledgementsIn(app: IConstruct): Acknowledgement[] {
  return app.node.findAll().flatMap((construct) => construct.node.metadata.flatMap(({ type, data }) => {
    if (type !== Validations.ACKNOWLEDGED_RULES_METADATA_KEY || !data) { return []; }
    const forMany = Stage.isStage(construct) || Stack.isStack(construct);
    return Object.entries(data as Record<string, unknown>).map(([id, reason]) => {
      const end = id.indexOf('::');
      const [namespace, rule] = end < 0 ? ['', id] : [id.slice(0, end), id.slice(end + 2)];
      return { path: construct.node.path, namespace, rule, reason: String(reason), forMany };
    });
  }));
}

/** The acknowledgements of one plugin's rules. */
export class Acknowledgements {
  private readonly pathsByRule = new Map<string, string[]>();

  public constructor(all: readonly Acknowledgement[], pluginName: string) {
    for (const { namespace, rule, path } of all) {
      if (namespace === pluginName) { this.pathsByRule.set(rule, [...this.pathsByRule.get(rule) ?? [], path]); }
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

  /** Whether the app acknowledges the rule at the construct, or above it, under either name. */
  public covers(rule: string, constructPath: string): boolean {
    return [rule, `${rule}[${constructPath}]`].some((name) => this.isNamed(name, constructPath));
  }

  private isNamed(rule: string, constructPath: string): boolean {
    // Newer CDKs write ids with hyphens in place of spaces.
    const paths = this.pathsByRule.get(rule) ?? this.pathsByRule.get(rule.replace(/ /g, '-')) ?? [];
    return paths.some((path) => isAcknowledgedAt(constructPath, path));
  }
}
