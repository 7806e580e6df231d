import { Stack, Stage } from 'aws-cdk-lib';
import { IConstruct } from 'constructs';
import { CheckContext } from './checks/check-context';
import { describeDenial, describeRequest } from './checks/describe-excess';
import { allowedOf, AskedRequests, effectivePermissionsOf, gapsIn, mayMake, mayMakeNone } from './checks/pod-permissions';
import { sameText, Unknown } from './engine';
import { PodIdentityValidation } from './pod-identity-validation';
import { resolverAt } from './role-permissions/resolver';
import { Association, isDeployed } from './template/associations';
import { inEveryCase } from './template/assumptions';
import { documentOf } from './template/document-of';
import { TemplateSet } from './template/template-set';
import { readTemplates } from './validation/read-templates';

/** Which requests are asked about. */
export interface PodRequestOptions {
  /**
   * Only requests of which these conditions hold, as in the `Condition` of a policy statement, such as
   * `{ StringEquals: { 's3:prefix': 'tenant-a/' } }`.
   *
   * @default - requests with any context
   */
  readonly conditions?: { [operator: string]: any };
}

/** What pods may do, as one policy. */
export interface EffectivePolicy {
  /**
   * A policy document, as JSON: it allows what the session policy, the identity policies of the role and its permissions
   * boundary all allow, and none denies. It never allows more; it allows all of it where `omitted` is empty.
   */
  readonly document: any;

  /**
   * What the document leaves out because no policy document can say it.
   */
  readonly omitted: string[];
}

/**
 * What the pods of an app may do, for unit tests and for reviews. It is read from the synthesised templates: the session policy,
 * the role's policies and its permissions boundary together decide.
 */
export class PodIdentityAssertions {
  /**
   * Synthesises the app of a stack, and reads all its stacks.
   *
   * @param stack a stack of the app
   * @throws where the synthesis fails
   */
  public static fromStack(stack: Stack): PodIdentityAssertions {
    return new PodIdentityAssertions(stack.node.root);
  }

  /**
   * Synthesises an app, and reads all its stacks.
   *
   * @param app the app
   * @throws where the synthesis fails
   */
  public static fromApp(app: Stage): PodIdentityAssertions {
    return new PodIdentityAssertions(app.node.root);
  }

  private readonly context: CheckContext;

  private constructor(private readonly app: IConstruct) {
    if (!Stage.isStage(app)) { throw new Error('PodIdentityAssertions: the stack is in no app. Make it with an App as its scope.'); }
    app.synth();
    this.context = contextOf(app, readTemplates(app));
  }

  /**
   * The pods of a service account.
   *
   * @param namespace the Kubernetes namespace
   * @param serviceAccount the Kubernetes service account
   * @param clusterName the cluster; needed only where several clusters have such a service account
   * @throws where the app has no association for it, or several
   */
  public serviceAccount(namespace: string, serviceAccount: string, clusterName?: string): PodPermissions {
    const wanted: Array<[keyof Association & ('namespace' | 'serviceAccount' | 'clusterName'), string | undefined]> = [
      ['namespace', namespace], ['serviceAccount', serviceAccount], ['clusterName', clusterName],
    ];
    const found = this.context.associations.filter((association) => wanted.every(([property, name]) => {
      const value = association[property];
      return name === undefined || (!(value instanceof Unknown) && sameText(value, name));
    }));
    if (found.length === 1) { return PodPermissions._of(this.app, this.context.templates, found[0]); }
    const list = (associations: readonly Association[]) => associations.map((a) => `${a.namespace}/${a.serviceAccount} of ${a.clusterName} (${a.path})`).join(', ');
    throw new Error(found.length === 0
      ? `The app has no association for service account '${serviceAccount}' in namespace '${namespace}'. It has: ${list(this.context.associations) || 'none'}.`
      : `Several associations are for service account '${serviceAccount}' in namespace '${namespace}': ${list(found)}. Give the name of the cluster.`);
  }
}

/** What the pods of one service account may do. */
export class PodPermissions {
  /** @internal */
  public static _of(app: IConstruct, templates: TemplateSet, association: Association): PodPermissions {
    return new PodPermissions(app, templates, association);
  }

  private constructor(private readonly app: IConstruct, private readonly templates: TemplateSet, private readonly association: Association) {}

  /**
   * Asserts that the pods may make all of these requests: that it is proven for each of them.
   *
   * @param action an action; with wildcards, all that it matches
   * @param resource an ARN, which may have tokens of the app; with wildcards, all that it matches
   * @param options which of these requests
   * @throws where a request is denied (the message has it), or where it cannot be told (the message says why)
   */
  public allows(action: string, resource: string, options: PodRequestOptions = {}): void {
    this.inEveryCase((association, context) => {
      const requests = this.requests(action, resource, options, context);
      const verdict = mayMake(requests, association, context);
      if (verdict.kind === 'exceeds') {
        const [{ witness, denial }] = verdict.excesses;
        throw new Error(`${this.name()} are not allowed ${describe(requests)}: ${describeRequest(witness)} is denied, ${describeDenial(denial)}.`);
      }
      if (verdict.kind === 'undetermined') {
        const reasons = verdict.reasons.map((reason) => `${reason.message} (${reason.resolution})`);
        throw new Error(`Whether ${this.name()} are allowed ${describe(requests)} could not be told: ${reasons.join('; ')}.`);
      }
    });
  }

  /**
   * Asserts that the pods may make none of these requests: that it is proven.
   *
   * @param action an action; with wildcards, all that it matches
   * @param resource an ARN, which may have tokens of the app; with wildcards, all that it matches. `*` by default
   * @param options which of these requests
   * @throws where one of them is allowed, or where it cannot be told
   */
  public denies(action: string, resource: string = '*', options: PodRequestOptions = {}): void {
    this.inEveryCase((association, context) => {
      const requests = this.requests(action, resource, options, context);
      if (mayMakeNone(requests, association, context)) { return; }
      const { document: { Statement: statements } } = allowedOf(requests, association, context);
      const gaps = gapsIn(association, context).map((reason) => reason.message);
      if (statements.length > 0 && gaps.length === 0) {
        throw new Error(`${this.name()} are not denied all of ${describe(requests)}. They are allowed: ${statements.map((s) => JSON.stringify(s)).join(', ')}.`);
      }
      const why = gaps.length > 0 ? gaps.join('; ') : 'values that are known at deployment only, such as generated names, may be any';
      throw new Error(`That ${this.name()} are denied all of ${describe(requests)} could not be proven: ${why}.`);
    });
  }

  /**
   * What the pods may do, as one policy: for a review, or a snapshot test.
   *
   * @throws where not all policies of the role are known, or where it differs with the conditions of the templates
   */
  public effectivePermissions(): EffectivePolicy {
    const cases = this.inEveryCase((association, context) => {
      const gaps = gapsIn(association, context);
      if (gaps.length > 0) {
        throw new Error(`What ${this.name()} may do is not known: ${gaps.map((gap) => `${gap.message} (${gap.resolution})`).join('; ')}.`);
      }
      const { document, omitted } = effectivePermissionsOf(association, context);
      return JSON.stringify({ document, omitted: omitted.map(({ statements, why }) => `${statements.join(' and ')}: ${why}`) });
    });
    const [first, ...others] = [...new Set(cases)];
    if (first === undefined) { throw new Error(`${this.association.path} is never deployed.`); }
    if (others.length > 0) { throw new Error(`What ${this.name()} may do differs with the conditions of the templates.`); }
    return JSON.parse(first);
  }

  /** Values are resolved in the stack of the association. */
  private requests(action: string, resource: string, { conditions }: PodRequestOptions, { templates }: CheckContext): AskedRequests {
    const { stack } = this.association.ref;
    const owner = this.app.node.findAll().find((node) => Stack.isStack(node) && node.node.path === stack.id)!;
    const resolve = resolverAt(owner);
    const json = (value: unknown) => documentOf(resolve(value), stack, templates);
    return { action, resource: json(resource), conditions: conditions === undefined ? undefined : json(conditions) };
  }

  private inEveryCase<T>(ask: (association: Association, context: CheckContext) => T): T[] {
    const { ref } = this.association;
    return inEveryCase((assumptions) => {
      const templates = this.templates.assuming(assumptions);
      if (isDeployed(ref, templates) === false) { return []; }
      const context = contextOf(this.app, templates);
      return [ask(context.association(ref), context)];
    }).flatMap((one) => one.value);
  }

  private name(): string {
    return `the pods of service account '${this.association.serviceAccount}' in namespace '${this.association.namespace}' (${this.association.path})`;
  }
}

function contextOf(app: IConstruct, templates: TemplateSet): CheckContext {
  const { declarations, settings } = PodIdentityValidation._of(app)._inputFor(app);
  return new CheckContext(templates, declarations, settings);
}

function describe({ action, resource, conditions }: AskedRequests): string {
  return `${action} on ${String(resource)}${conditions === undefined ? '' : ` where ${JSON.stringify(conditions)}`}`;
}
