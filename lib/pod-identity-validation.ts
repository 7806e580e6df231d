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
   * Whether a session policy has to be proven to narrow: warnings about whether it does (`NarrowingUndetermined`,
   * `SessionPolicyDoesNotNarrow`, `SessionPolicyOmitsCondition`, `StatementHasNoEffect`), possible denials and
   * `TemplateNotExamined` become errors, and `GuardrailLimitsSessionPolicy` becomes a warning.
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
   * The policies of resources that the app does not define, such as buckets and KMS keys of other apps.
   *
   * @default - those of snapshots in `rolePermissions`; nothing is known of others
   */
  readonly resourcePermissions?: ResourcePermissions[];

  /**
   * The service control policies that limit the accounts of the app: for each level of the organization from the root to the account, its
   * policies. They limit the roles of the pods; a target role of another account is not limited by them.
   *
   * @default - they are not known, and count as if they allow everything
   */
  readonly serviceControlPolicies?: OrganizationPolicies[];

  /**
   * The resource control policies that limit the resources that the pods use: for each level of the organization from the root to the account
   * of the resources, its policies.
   *
   * @default - they are not known, and count as if they allow everything
   */
  readonly resourceControlPolicies?: OrganizationPolicies[];

  /**
   * Whether resources with generated names are taken to be other resources than those that policies name literally, and other
   * than each other. Without it, a bucket that the app creates might be the one that a policy of the role names, and a session policy
   * with its name in it can only be `NarrowingUndetermined`.
   *
   * @default true
   */
  readonly assumeDistinctResources?: boolean;

  /**
   * The part of the app that `strict`, `severities`, `assumeDistinctResources` and the policies of the organization are for: a stage, a stack or
   * another construct. The innermost plugin around an association counts. The CDK does not tell a plugin which construct it is added to: `Validations.of(stack).addPlugins(…)`
   * adds it to the app or stage around the stack. So give the scope, too.
   *
   * @default - all of the app or stage that the plugin is added to
   */
  readonly scope?: IConstruct;
}

/**
 * Checks, when an app is synthesized, every Pod Identity association in its templates, and whether its session policy
 * only narrows what the role permits.
 *
 * `PodIdentityAssociation` registers it by itself. Register it explicitly for an app that writes its associations in other
 * ways only: `Validations.of(app).addPlugins(new PodIdentityValidation())`. Register it explicitly, too, to give it options; it then
 * speaks for all associations of the app, or of its `scope`. Several plugins with different options for one scope end the synthesis.
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

  /** The ids of the rules, without the name of the plugin. */
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
   * @param props options
   * @throws if a rule of `severities` does not exist, or if AWS would reject a policy of the organization
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
   * Called by the CDK after the templates have been written.
   *
   * @param context the templates, and the app that they come from
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
