/**
 * The validation plugin. After synthesis, the CDK gives it the templates; it runs the rules and reports their findings.
 *
 * Invariant: a finding is reported once, with the template of the stack that deploys the association, and exactly one plugin speaks for
 * an app: the one that its author registered, if any.
 */
import { IPolicyValidationContext, IPolicyValidationPlugin, PolicyValidationPluginReport, PolicyViolation, Stage, Validations } from 'aws-cdk-lib';
import { IConstruct } from 'constructs';
import type { Finding, RuleId, Severity } from './analysis/finding';
import type { CheckSettings } from './analysis/settings';
import { FindingSeverity } from './finding-severity';
import { onDemand } from './on-demand';
import { RolePermissions } from './role-permissions';
import type { CheckInput } from './rules/run-rules';
import type { StackTemplate, TemplateSet } from './template/template-set';
import { Acknowledgements } from './validation/acknowledgements';
import { isShownByDefault, mayDropFindings } from './validation/shown-stacks';
import { toFailure, toViolation } from './validation/violation';

const VALIDATION = Symbol.for('cdk-eks-pod-identity.PodIdentityValidation');
const DECLARED = Symbol.for('cdk-eks-pod-identity.declaredRolePermissions');

/** Options of `PodIdentityValidation`. */
export interface PodIdentityValidationProps {
  /**
   * Whether a session policy has to be proven to narrow: warnings about whether it does (`NarrowingUndetermined`,
   * `SessionPolicyDoesNotNarrow`, `StatementHasNoEffect`) become errors.
   *
   * @default false
   */
  readonly strict?: boolean;

  /**
   * What findings of a rule do, by the rule's id without `PodIdentity::`, such as `UnscopedAssociation`. It goes before `strict`.
   *
   * @default - each rule as its page says
   */
  readonly severities?: { [rule: string]: FindingSeverity };

  /**
   * What roles and managed policies have that the app does not define.
   *
   * @default - nothing is known of them
   */
  readonly rolePermissions?: RolePermissions[];

  /**
   * Whether resources with generated names are taken to be other resources than those that policies name literally, and other
   * than each other. Without it, a bucket that the app creates might be the one that a policy of the role names, and a session policy
   * with its name in it can only be `NarrowingUndetermined`.
   *
   * @default true
   */
  readonly assumeDistinctResources?: boolean;
}

/**
 * Checks, when an app is synthesized, every Pod Identity association in its templates, and whether its session policy
 * only narrows what the role permits.
 *
 * `PodIdentityAssociation` registers it by itself. Register it explicitly for an app that writes its associations in other
 * ways only: `Validations.of(app).addPlugins(new PodIdentityValidation())`. Register it explicitly, too, to give it options; it then
 * speaks for all associations of the app.
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

  /**
   * Takes what is known of roles, for all associations of the app.
   * @internal
   */
  public static _declare(scope: IConstruct, permissions: readonly RolePermissions[]): void {
    const app: any = scope.node.root;
    if (!(DECLARED in app)) { Object.defineProperty(app, DECLARED, { value: [] }); }
    app[DECLARED].push(...permissions);
  }

  /**
   * The plugin that speaks for an app: the one that was registered explicitly, if there is one.
   * @internal
   */
  public static _of(app: IConstruct): PodIdentityValidation {
    const byHand = pluginsOf(app).find((plugin) => PodIdentityValidation._isAddedByHand(plugin));
    return byHand as PodIdentityValidation | undefined ?? new PodIdentityValidation();
  }

  /** @internal */
  public static _isAddedByHand(plugin: any): boolean {
    return typeof plugin === 'object' && plugin !== null && VALIDATION in plugin && plugin.registeredByConstruct === false;
  }

  /** The name of the plugin, and the first part of the ids of its rules. */
  public readonly name = 'PodIdentity';

  /** The ids of the rules, without the name of the plugin. */
  public readonly ruleIds?: string[] = onDemand().RULES.map(({ id }) => id);

  private registeredByConstruct = false;
  private synthesis?: Synthesis;
  private readonly settings: CheckSettings;
  private readonly rolePermissions: readonly RolePermissions[];

  /**
   * @param props options
   * @throws if a rule of `severities` does not exist
   */
  constructor(props: PodIdentityValidationProps = {}) {
    Object.defineProperty(this, VALIDATION, { value: true });
    this.rolePermissions = props.rolePermissions ?? [];
    const notAList = RolePermissions._listProblem(props.rolePermissions);
    if (notAList !== undefined) {
      throw new Error(`PodIdentityValidation: ${notAList}. Give a list of RolePermissions.ofRole(…), ofManagedPolicy(…) or fromSnapshot(…), such as `
        + '[RolePermissions.ofRole(…)].');
    }
    this.settings = {
      strict: props.strict ?? false,
      severities: new Map(Object.entries(props.severities ?? {}).map(([rule, severity]) => [this.ruleId(rule), SEVERITIES[severity]])),
      distinctResources: props.assumeDistinctResources ?? true,
    };
  }

  /**
   * Called by the CDK after the templates have been written.
   *
   * @param context the templates, and the app that they come from
   */
  public validate(context: IPolicyValidationContext): PolicyValidationPluginReport {
    if (this.registeredByConstruct && isRegistered(context.appConstruct)) { return { success: true, violations: [] }; }
    const violations = this.violationsIn(context);
    return { success: violations.every(({ severity }) => severity !== 'error'), violations };
  }

  /**
   * What the checks are told beside the templates.
   * @internal
   */
  public _inputFor(app: IConstruct): CheckInput {
    const declarations = [...this.rolePermissions, ...declarationsIn(app)].flatMap((p) => p._declared().map((declared) => declared()));
    return { declarations, settings: this.settings };
  }

  private ruleId(rule: string): RuleId {
    const found = onDemand().RULES.find(({ id }) => id === rule || `${this.name}::${id}` === rule);
    if (!found) { throw new Error(`PodIdentityValidation: severities has '${rule}', which is no rule. The rules: ${this.ruleIds!.join(', ')}.`); }
    return found.id;
  }

  /** The CDK up to 2.26x calls once for each environment, with its templates; newer versions call once for all. All are checked together. */
  private violationsIn({ appConstruct, templatePaths }: IPolicyValidationContext): PolicyViolation[] {
    // A template that comes again belongs to a new synthesis.
    if (!this.synthesis || this.synthesis.app !== appConstruct || templatePaths.some((file) => this.synthesis!.served.has(file))) {
      this.synthesis = { app: appConstruct, violations: this.violationsOrFailure(appConstruct, templatePaths), served: new Set() };
    }
    const { violations, served } = this.synthesis;
    templatePaths.forEach((file) => served.add(file));
    const asked = new Set(templatePaths);
    return violations.filter(({ file }) => asked.has(file)).map(({ violation }) => violation);
  }

  private violationsOrFailure(app: IConstruct, [file]: string[]): Synthesis['violations'] {
    try {
      return this.violationsOf(app);
    } catch (e) {
      return [{ file, violation: toFailure(e) }];
    }
  }

  private violationsOf(app: IConstruct): Synthesis['violations'] {
    const templates = onDemand().readTemplates(app);
    const found = onDemand().runRules(templates, this._inputFor(app));
    const findings = onDemand().missingContextOf(app).length > 0 ? found.map(withoutLookups) : found;
    const acknowledgements = new Acknowledgements(app, this.name);
    const mayDrop = mayDropFindings(app);
    return findings.map((finding) => {
      const stack = deployingStack(finding.association.ref.stack, templates);
      return { file: stack.file, violation: toViolation(finding, acknowledgements, mayDrop && !isShownByDefault(stack, templates)) };
    });
  }
}

const SEVERITIES: { readonly [severity in FindingSeverity]: Severity | 'off' } = { ERROR: 'error', WARNING: 'warning', OFF: 'off' };

function declarationsIn(app: IConstruct): readonly RolePermissions[] {
  return (app as any)[DECLARED] ?? [];
}

/**
 * What was found in one synthesis of an app. The app outlives it: what was read of the templates would stay in memory, and be
 * looked through by each garbage collection while other plugins run.
 */
interface Synthesis {
  readonly app: IConstruct;
  /** With the template of the stack that deploys what they are about. */
  readonly violations: readonly { readonly file: string; readonly violation: PolicyViolation }[];
  /** The templates whose findings have been reported. */
  readonly served: Set<string>;
}

/** What lookups do not know yet, the next synthesis knows: the app may have asked for an error, but not about that. */
function withoutLookups(finding: Finding): Finding {
  return finding.rule === 'NarrowingUndetermined' ? { ...finding, severity: 'warning' } : finding;
}

/** The stack that deploys a nested stack. */
function deployingStack(stack: StackTemplate, templates: TemplateSet): StackTemplate {
  const parent = templates.parentOf(stack);
  return parent ? deployingStack(parent, templates) : stack;
}

/** A plugin that somebody registered says what this one would, with the options of its author. */
function isRegistered(app: IConstruct): boolean {
  return pluginsOf(app).some((plugin) => PodIdentityValidation._isAddedByHand(plugin));
}

function pluginsOf(app: IConstruct): readonly unknown[] {
  return (Stage.isStage(app) && app._validationPlugins) || [];
}