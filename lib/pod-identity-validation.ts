import { IPolicyValidationContext, IPolicyValidationPlugin, PolicyValidationPluginReport, PolicyViolation, Stage, Validations } from 'aws-cdk-lib';
import { IConstruct } from 'constructs';
import { Finding } from './checks/finding';
import { ALL_CHECKS, runChecks } from './checks/run-checks';
import { StackTemplate, TemplateSet } from './template/template-set';
import { Acknowledgements } from './validation/acknowledgements';
import { readTemplates } from './validation/read-templates';

const VALIDATION = Symbol.for('cdk-eks-pod-identity.PodIdentityValidation');

/**
 * Checks, when an app is synthesised, every Pod Identity association in its templates, and whether its session policy
 * only narrows what the role permits.
 *
 * `PodIdentityAssociation` registers it by itself. Register it by hand for an app that writes its associations in other
 * ways only: `Validations.of(app).addPlugins(new PodIdentityValidation())`.
 *
 * A finding is acknowledged where it stands, with a reason that goes to the validation report:
 * `Validations.of(association).acknowledge({ id: 'PodIdentity::SessionPolicyExceedsRole', reason: '…' })`.
 */
export class PodIdentityValidation implements IPolicyValidationPlugin {
  /**
   * Registers the plugin with the app of a construct, once.
   * @internal
   */
  public static _registerWith(scope: IConstruct): void {
    const app = scope.node.root;
    if (!Stage.isStage(app) || VALIDATION in app) { return; }
    Object.defineProperty(app, VALIDATION, { value: true });
    const plugin = new PodIdentityValidation();
    plugin.registeredByConstruct = true;
    Validations.of(app).addPlugins(plugin);
  }

  /** @internal */
  public static _isAddedByHand(plugin: any): boolean {
    return typeof plugin === 'object' && plugin !== null && VALIDATION in plugin && plugin.registeredByConstruct === false;
  }

  /** The name of the plugin, and the first part of the ids of its rules. */
  public readonly name = 'PodIdentity';

  /** The ids of the rules, without the name of the plugin. */
  public readonly ruleIds?: string[] = ALL_CHECKS.map((check) => check.id);

  private registeredByConstruct = false;
  private synthesis?: Synthesis;

  constructor() {
    Object.defineProperty(this, VALIDATION, { value: true });
  }

  /**
   * Called by the CDK after the templates have been written.
   *
   * @param context the templates, and the app that they come from
   */
  public validate(context: IPolicyValidationContext): PolicyValidationPluginReport {
    if (this.registeredByConstruct && addedByHand(context.appConstruct)) { return { success: true, violations: [] }; }
    const acknowledgements = new Acknowledgements(context.appConstruct, this.name);
    const findings = this.findingsIn(context);
    return {
      success: findings.every((finding) => finding.severity !== 'error'),
      violations: findings.map((finding) => toViolation(finding, acknowledgements)),
    };
  }

  /** The CDK calls once for each environment, with the templates of that environment; all are read once. */
  private findingsIn({ appConstruct, templatePaths }: IPolicyValidationContext): Finding[] {
    // A template that comes again belongs to a new synthesis.
    if (!this.synthesis || this.synthesis.app !== appConstruct || templatePaths.some((file) => this.synthesis!.served.has(file))) {
      const templates = readTemplates(appConstruct);
      this.synthesis = { app: appConstruct, templates, findings: runChecks(templates), served: new Set() };
    }
    const { templates, findings, served } = this.synthesis;
    templatePaths.forEach((file) => served.add(file));
    const asked = new Set(templatePaths);
    return findings.filter(({ association }) => asked.has(deployedBy(association.ref.stack, templates).file));
  }
}

/** What was read and found in one synthesis of an app. */
interface Synthesis {
  readonly app: IConstruct;
  readonly templates: TemplateSet;
  readonly findings: readonly Finding[];
  /** The templates whose findings have been reported. */
  readonly served: Set<string>;
}

/** The stack that deploys a nested stack. */
function deployedBy(stack: StackTemplate, templates: TemplateSet): StackTemplate {
  const parent = templates.parentOf(stack);
  return parent ? deployedBy(parent, templates) : stack;
}

function toViolation(finding: Finding, acknowledgements: Acknowledgements): PolicyViolation {
  const { ref, path } = finding.association;
  return {
    ruleName: acknowledgements.reportedName(finding.rule, path),
    severity: finding.severity,
    description: finding.message,
    fix: finding.fix,
    violatingResources: [{
      resourceLogicalId: ref.logicalId,
      templatePath: ref.stack.file,
      locations: finding.property === '' ? [] : [`Properties.${finding.property}`],
    }],
  };
}

/** A plugin that somebody registered says what this one would, with the options of its author. */
function addedByHand(app: IConstruct): boolean {
  const plugins: unknown[] = (Stage.isStage(app) && app._validationPlugins) || [];
  return plugins.some((plugin) => PodIdentityValidation._isAddedByHand(plugin));
}