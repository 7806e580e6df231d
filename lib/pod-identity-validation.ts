/**
 * The validation plugin. After synthesis, the CDK gives it the templates; it runs the rules and reports their findings.
 *
 * Invariant: a finding is reported once, with the template of the stack that deploys the association, and exactly one plugin speaks for
 * an app: the one that its author registered, if any.
 */
import { IPolicyValidationContext, IPolicyValidationPlugin, PolicyValidationPluginReport, PolicyViolation, Stack, Stage, Validations } from 'aws-cdk-lib';
import { Construct, IConstruct } from 'constructs';
import type { Finding, Severity } from './analysis/finding';
import type { CheckSettings } from './analysis/settings';
import { FindingSeverity } from './finding-severity';
import { onDemand } from './on-demand';
import { OrganizationPolicies } from './organization-policies';
import { ResourcePermissions } from './resource-permissions';
import { RolePermissions } from './role-permissions';
import type { CheckInput } from './rules/run-rules';
import type { ResourceRef } from './template/template-set';
import { Acknowledgement, Acknowledgements, acknowledgementsIn } from './validation/acknowledgements';
import { ACKNOWLEDGEMENT_HAS_NO_EFFECT, CHECK_FAILED } from './validation/app-rules';
import { conflictIn, Registration, registrationFor } from './validation/registrations';
import { isShownByDefault, mayDropFindings } from './validation/shown-stacks';
import type { Found } from './validation/unused-acknowledgements';
import { toFailure, toTemplateViolation, toUnusedViolation } from './validation/violation';

const VALIDATION = Symbol.for('cdk-eks-pod-identity.PodIdentityValidation');
const DECLARED = Symbol.for('cdk-eks-pod-identity.declaredRolePermissions');

/** Options of `PodIdentityValidation`. */
export interface PodIdentityValidationProps {
  /**
   * Whether the synthesis fails unless each session policy is proven to narrow its role.
   *
   * If this is true, the findings of `NarrowingUndetermined`, `SessionPolicyDoesNotNarrow`, `SessionPolicyOmitsCondition`, `StatementHasNoEffect`
   * and `TemplateNotExamined`, and findings of possible denials, are errors, and those of `GuardrailLimitsSessionPolicy` are warnings.
   *
   * @default false
   */
  readonly strict?: boolean;

  /**
   * The severities of findings, by the id of their rule, such as `UnscopedAssociation`.
   *
   * The id may begin with `PodIdentity::`. A severity that is given here overrides `strict`.
   *
   * @default - the severity that the page of each rule documents
   */
  readonly severities?: { [rule: string]: FindingSeverity };

  /**
   * The permissions of roles and managed policies that the app does not define.
   *
   * @default - only AWS managed policies, and what associations declare in their `rolePermissions`, are known
   */
  readonly rolePermissions?: RolePermissions[];

  /**
   * The policies of resources that the app does not define, such as buckets and KMS keys of other apps.
   *
   * @default - of these policies, only those in snapshots of `rolePermissions`, and those that associations declare, are known
   */
  readonly resourcePermissions?: ResourcePermissions[];

  /**
   * The service control policies that limit the accounts of the app.
   *
   * Give an `OrganizationPolicies` for each level of the organization from the root to the account. The policies limit the roles of the pods,
   * but not a target role in another account.
   *
   * @default - the policies are unknown, and the checks assume that they allow everything
   */
  readonly serviceControlPolicies?: OrganizationPolicies[];

  /**
   * The resource control policies that limit access to the resources that the pods use.
   *
   * Give an `OrganizationPolicies` for each level of the organization from the root to the account of the resources.
   *
   * @default - the policies are unknown, and the checks assume that they allow everything
   */
  readonly resourceControlPolicies?: OrganizationPolicies[];

  /**
   * Whether the checks assume that a resource with a generated name is not the resource that a policy names literally.
   *
   * The checks then also assume that generated names differ from each other. If this is false, a bucket that the app creates could be the
   * bucket that a policy of the role names, so a session policy that contains the generated name can result in `NarrowingUndetermined`.
   *
   * @default true
   */
  readonly assumeDistinctResources?: boolean;

  /**
   * The stage, stack or other construct that the options apply to.
   *
   * The options are `strict`, `severities`, `assumeDistinctResources` and the policies of the organization. If several plugins apply to an
   * association, the plugin with the innermost scope reports on it. `Validations.of(stack).addPlugins(…)` adds a plugin to the app or stage
   * around the stack, and the CDK does not tell the plugin about the stack. Therefore, give the scope, too.
   *
   * @default - the app or stage that the plugin is added to
   */
  readonly scope?: IConstruct;
}

/**
 * A validation plugin that checks every Pod Identity association in the synthesized templates of an app.
 *
 * The plugin checks whether the session policy of an association only narrows the role, and reports other mistakes in associations, roles and
 * clusters.
 *
 * `PodIdentityAssociation` registers the plugin automatically. Register it explicitly to give it options, or if the app creates its
 * associations only in other ways, such as with L1s. An explicit plugin reports on all associations of the app, or of its `scope`. The
 * synthesis fails if several plugins with different options have the same scope.
 *
 * To accept a finding, acknowledge it on its construct, with a reason that the validation report contains:
 * `Validations.of(association).acknowledge({ id: 'PodIdentity::SessionPolicyExceedsRole', reason: '…' })`.
 *
 * The constructor throws an error if a property is not of its type, if a rule in `severities` does not exist, or if AWS would reject a policy
 * of the organization.
 *
 * @example
 * Validations.of(app).addPlugins(new PodIdentityValidation({
 *   strict: true,
 *   severities: { UnscopedAssociation: FindingSeverity.ERROR },
 * }));
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
   * Takes what is known of roles and resources, for all associations of the app.
   * @internal
   */
  public static _declare(scope: IConstruct, permissions: ReadonlyArray<RolePermissions | ResourcePermissions>): void {
    const app: any = scope.node.root;
    if (!(DECLARED in app)) { Object.defineProperty(app, DECLARED, { value: [] }); }
    app[DECLARED].push(...permissions);
  }

  /**
   * The plugin that speaks for an app: the one that was registered explicitly, if there is one.
   * @internal
   */
  public static _of(app: IConstruct): PodIdentityValidation {
    return registrationFor('', '', registrationsIn(app))?.plugin ?? new PodIdentityValidation();
  }

  /** @internal */
  public static _isAddedByHand(plugin: any): boolean {
    return typeof plugin === 'object' && plugin !== null && VALIDATION in plugin && plugin.registeredByConstruct === false;
  }

  /** The name of the plugin, and the first part of the ids of its rules. */
  public readonly name = 'PodIdentity';

  /** The ids of the rules of the plugin, without its name. */
  public readonly ruleIds?: string[] = [ACKNOWLEDGEMENT_HAS_NO_EFFECT, ...onDemand().ALL_RULES.map(({ id }) => id)];

  private registeredByConstruct = false;
  private synthesis?: Synthesis;
  private readonly settings: CheckSettings;
  private readonly rolePermissions: readonly RolePermissions[];
  private readonly resourcePermissions: readonly ResourcePermissions[];
  private readonly scope?: IConstruct;
  /** The policies of the organization, as text. */
  private readonly organization: string;

  /**
   * @param props the options of the plugin
   */
  constructor(props: PodIdentityValidationProps = {}) {
    Object.defineProperty(this, VALIDATION, { value: true });
    this.rolePermissions = props.rolePermissions ?? [];
    const notAList = RolePermissions._listProblem(props.rolePermissions);
    if (notAList !== undefined) {
      throw new Error(`PodIdentityValidation: ${notAList}. Give a list of RolePermissions.ofRole(…), ofManagedPolicy(…) or fromSnapshot(…), such as `
        + '[RolePermissions.ofRole(…)].');
    }
    this.resourcePermissions = props.resourcePermissions ?? [];
    const notOfResources = ResourcePermissions._listProblem(props.resourcePermissions);
    if (notOfResources !== undefined) {
      throw new Error(`PodIdentityValidation: ${notOfResources}. Give a list of ResourcePermissions.ofResource(…) or fromSnapshot(…), such as `
        + '[ResourcePermissions.ofResource(…)].');
    }
    if (props.scope !== undefined && !Construct.isConstruct(props.scope)) {
      throw new Error('PodIdentityValidation: scope is not a construct. Give the stage, stack or construct that the options apply to.');
    }
    this.scope = props.scope;
    const severities = Object.entries(props.severities ?? {}).map(([rule, severity]) => [this.ruleId(rule), SEVERITIES[severity]] as const);
    this.settings = {
      strict: props.strict ?? false,
      severities: new Map(severities) as CheckSettings['severities'],
      distinctResources: props.assumeDistinctResources ?? true,
      ...organizationIn(props),
    };
    this.organization = JSON.stringify(ORGANIZATION_PROPS.map((prop) => OrganizationPolicies._levelsIn(props[prop], prop)));
  }

  /**
   * Checks the templates of the app.
   *
   * The CDK calls this method after it has written the templates.
   *
   * @param context the templates, and the app that they belong to
   */
  public validate(context: IPolicyValidationContext): PolicyValidationPluginReport {
    const violations = this.violationsIn(context);
    return { success: violations.every(({ severity }) => severity !== 'error'), violations };
  }

  /**
   * What the checks are told beside the templates.
   * @internal
   */
  public _inputFor(app: IConstruct): CheckInput {
    const plugins = new Set<PodIdentityValidation>([this, ...registrationsIn(app).map(({ plugin }) => plugin)]);
    const permissions = [...plugins].flatMap((plugin) => [...plugin.rolePermissions ?? [], ...plugin.resourcePermissions ?? []]);
    const declarations = [...permissions, ...declarationsIn(app)].flatMap((p) => p._declared().map((declared) => declared()));
    const conflict = onDemand().conflictingResources(declarations);
    if (conflict !== undefined) { throw new Error(conflict); }
    return { declarations, settings: this.settings };
  }

  /**
   * Where the options count, and what they are.
   * @internal
   */
  public _registration(stage: string): Registration<PodIdentityValidation> {
    const { strict, severities, distinctResources } = this.settings;
    const options = JSON.stringify([strict, [...severities].sort(), distinctResources, this.organization]);
    return { plugin: this, stage, scope: this.scope?.node.path, options };
  }

  private ruleId(rule: string): string {
    const found = this.ruleIds!.find((id) => id === rule || `${this.name}::${id}` === rule);
    if (!found) { throw new Error(`PodIdentityValidation: severities has '${rule}', which is not a rule. The rules: ${this.ruleIds!.join(', ')}.`); }
    return found;
  }

  /** The CDK up to 2.26x calls once for each environment, with its templates; newer versions call once for all. All are checked together. */
  private violationsIn({ appConstruct, templatePaths }: IPolicyValidationContext): PolicyViolation[] {
    // A template that comes again belongs to a new synthesis.
    if (!this.synthesis || this.synthesis.app !== appConstruct || templatePaths.some((file) => this.synthesis!.served.has(file))) {
      this.synthesis = { app: appConstruct, violations: this.violationsOrFailure(appConstruct), served: new Set() };
    }
    const { violations, served } = this.synthesis;
    const asked = new Set(templatePaths);
    const first = served.size === 0;
    templatePaths.forEach((file) => served.add(file));
    return violations.filter(({ file }) => (file === undefined ? first : asked.has(file))).map(({ violation }) => violation);
  }

  private violationsOrFailure(app: IConstruct): Synthesis['violations'] {
    try {
      return this.violationsOf(app);
    } catch (e) {
      return [{ violation: toFailure(e) }];
    }
  }

  private violationsOf(app: IConstruct): Synthesis['violations'] {
    const registrations = registrationsIn(app);
    const conflict = conflictIn(registrations);
    if (conflict !== undefined) {
      if (this !== (firstCalled(registrations, app) ?? this)) { return []; }
      throw new Error(conflict);
    }
    const speaksFor = (path: string, stage: string) => {
      const registration = registrationFor(path, stage, registrations);
      return registration === undefined ? this.registeredByConstruct : registration.plugin === this;
    };
    const about = ({ stack, logicalId }: ResourceRef) => speaksFor(stack.pathOf(logicalId), stack.assembly);

    const missing = onDemand().missingContextOf(app);
    const awaitsContext = missing.length > 0;
    const templates = onDemand().readTemplates(app, missing);
    const found = onDemand().runRules(templates, { ...this._inputFor(app), about });
    const findings = awaitsContext ? found.map(withoutLookups) : found;
    const ofTemplates = onDemand().runTemplateRules(templates, this.settings, templates.stacks.filter(({ id, assembly }) => speaksFor(id, assembly)));
    const all = acknowledgementsIn(app);
    const acknowledgements = new Acknowledgements(all, this.name);
    const mayDrop = mayDropFindings(app);
    const stackOf = ({ association: { ref } }: Finding) => templates.outermost(ref.stack);
    const violations = [
      ...onDemand().violationsOf(findings, acknowledgements, {
        fileOf: (finding) => stackOf(finding).file,
        mayBeDropped: (finding) => mayDrop && !isShownByDefault(stackOf(finding), templates),
      }),
      ...ofTemplates.map((finding) => {
        const stack = templates.outermost(finding.stack);
        // The CDK asks for no template that was not written.
        const file = finding.stack.unread === undefined ? stack.file : undefined;
        return { file, violation: toTemplateViolation(finding, acknowledgements, mayDrop && !isShownByDefault(stack, templates)) };
      }),
    ];
    if (!speaksFor('', '')) { return violations; }
    const foundOf = [
      ...findings.map(({ rule, association: { path } }) => ({ rule, path })), ...ofTemplates.map(({ rule, stack }) => ({ rule, path: stack.id })),
    ];
    // The findings of other plugins are not known here.
    const alone = registrations.every(({ plugin }) => plugin === this);
    return [...violations, ...this.unused(all, foundOf, alone && !awaitsContext, app)];
  }

  private unused(all: readonly Acknowledgement[], found: readonly Found[], complete: boolean, app: IConstruct): Synthesis['violations'] {
    const severities: ReadonlyMap<string, Severity | 'off'> = this.settings.severities;
    const severity = severities.get(ACKNOWLEDGEMENT_HAS_NO_EFFECT) ?? 'warning';
    if (severity === 'off') { return []; }
    const acknowledgements = new Acknowledgements(all, this.name);
    const off: ReadonlySet<string> = onDemand().rulesOffUnder(this.settings);
    return onDemand().unusedAcknowledgements(all, found, {
      plugin: this.name,
      plugins: stagesOf(app).flatMap((stage) => stage._validationPlugins.map(({ name }) => name.replace(/ /g, '-'))),
      rules: [...this.ruleIds!, CHECK_FAILED],
      complete: (rule) => complete && rule !== CHECK_FAILED && !off.has(rule),
    }).map((unused) => ({ violation: toUnusedViolation(unused, severity, acknowledgements, mayDropFindings(app)) }));
  }
}

const ORGANIZATION_PROPS = ['serviceControlPolicies', 'resourceControlPolicies'] as const;

/** @throws if AWS would reject a policy */
function organizationIn(props: PodIdentityValidationProps): Pick<CheckSettings, 'organization'> {
  const [serviceControl, resourceControl] = ORGANIZATION_PROPS.map((prop) => OrganizationPolicies._levelsIn(props[prop], prop));
  if (serviceControl.length + resourceControl.length === 0) { return {}; }
  const read = (prop: string, ...levels: Parameters<ReturnType<typeof onDemand>['organizationLayers']>) => {
    try {
      return onDemand().organizationLayers(...levels);
    } catch (e) {
      throw new Error(`PodIdentityValidation: ${prop}: ${(e as Error).message}.`);
    }
  };
  return {
    organization: {
      ...read('serviceControlPolicies', serviceControl, []),
      resourceControl: read('resourceControlPolicies', [], resourceControl).resourceControl,
    },
  };
}

const SEVERITIES: { readonly [severity in FindingSeverity]: Severity | 'off' } = { ERROR: 'error', WARNING: 'warning', OFF: 'off' };

function declarationsIn(app: IConstruct): ReadonlyArray<RolePermissions | ResourcePermissions> {
  return (app as any)[DECLARED] ?? [];
}

/**
 * What was found in one synthesis of an app. The app outlives it: what was read of the templates would stay in memory, and be
 * looked through by each garbage collection while other plugins run.
 */
interface Synthesis {
  readonly app: IConstruct;
  /** With the template of the stack that deploys what they apply to, if they apply to a stack. */
  readonly violations: readonly { readonly file?: string; readonly violation: PolicyViolation }[];
  /** The templates whose findings have been reported. */
  readonly served: Set<string>;
}

/** What lookups do not know yet, the next synthesis knows: the app may have asked for an error, but not about that. */
function withoutLookups(finding: Finding): Finding {
  return finding.rule === 'NarrowingUndetermined' ? { ...finding, severity: 'warning' } : finding;
}

/** The plugins that the author of the app registered, with the app or with a stage. */
function registrationsIn(app: IConstruct): Registration<PodIdentityValidation>[] {
  return stagesOf(app).flatMap((stage) => stage._validationPlugins.filter((plugin) => PodIdentityValidation._isAddedByHand(plugin))
    .flatMap((plugin) => (plugin as unknown as PodIdentityValidation)._registration?.(stage.node.path) ?? []));
}

/** The CDK calls no plugin of a stage without stacks. */
function firstCalled(registrations: readonly Registration<PodIdentityValidation>[], app: IConstruct): PodIdentityValidation | undefined {
  const stages = stagesOf(app).filter((stage) => stage.node.findAll().some((node) => Stack.isStack(node))).map((stage) => stage.node.path);
  return registrations.find(({ stage }) => stages.includes(stage))?.plugin;
}

function stagesOf(app: IConstruct): Stage[] {
  return app.node.findAll().filter((node): node is Stage => Stage.isStage(node));
}
