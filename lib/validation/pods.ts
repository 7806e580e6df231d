/**
 * Answers for `PodIdentityAssertions`: what the pods of a synthesized app may do. It reads the templates as the validation does,
 * and asks lib/analysis in each case of their conditions.
 *
 * Invariant: an assertion passes only if it is proven in every case in which the association is deployed.
 */
import { Stack } from 'aws-cdk-lib';
import { IConstruct } from 'constructs';
import { Acknowledgements, acknowledgementsIn } from './acknowledgements';
import { missingContextOf, readTemplates } from './read-templates';
import { AskedRequests, whyNeverMade } from '../analysis/asked-requests';
import { CheckContext } from '../analysis/check-context';
import { CheckContexts } from '../analysis/check-contexts';
import { nameOfRole, printStatements } from '../analysis/describe';
import { describeDenial, describeRequest } from '../analysis/describe-excess';
import { effectivePermissionsOf, gapsIn, mayMake, mayMakeNone } from '../analysis/pod-permissions';
import { resolutionOf } from '../analysis/reader';
import { lengthOfSessionPolicy } from '../analysis/session-policy-reading';
import { whyNotDenied, whyUndetermined } from '../analysis/why-undetermined';
import { Policy, sameText, statementAsJson, Unresolved, Verdict } from '../engine';
import { resolverAt } from '../role-permissions/resolver';
import { CheckInput, runTemplateRules } from '../rules/run-rules';
import type { SessionPolicySize } from '../session-policy-size';
import { Association, isDeployed, narrowedRole } from '../template/associations';
import { Assumptions } from '../template/assumptions';
import { inEveryCase } from '../template/cases';
import { documentOf } from '../template/document-of';
import { LookupDummies } from '../template/lookup-dummies';
import { TemplateSet } from '../template/template-set';

/** Requests as a test writes them. Values may have tokens. */
export interface Question {
  readonly action: string;
  readonly resource: string;
  readonly conditions?: unknown;
}

/** The session policy of an association, as its template has it. */
export interface ReadSessionPolicy {
  /** In IAM's JSON form; `undefined` if some are not known. */
  readonly statements?: any[];
  /** What was written, if another policy is deployed in its place, and gives the pods the same. */
  readonly writtenStatements?: any[];
  readonly size: SessionPolicySize;
  readonly verdict: Verdict['kind'];
  /** What `narrows` takes for granted, one sentence each. */
  readonly assumptions: string[];
}

/** The pods of a synthesized app. */
export function readPods(app: IConstruct, input: CheckInput): Pods {
  const missing = missingContextOf(app);
  return new Pods(app, input, readTemplates(app, missing), new LookupDummies(missing));
}

/** What in the templates may hide associations, unless the app acknowledges it: one sentence each. */
function unexaminedIn(app: IConstruct, templates: TemplateSet, { settings }: CheckInput): string[] {
  const acknowledgements = new Acknowledgements(acknowledgementsIn(app), 'PodIdentity');
  return runTemplateRules(templates, settings).filter(({ rule, stack }) => rule === 'TemplateNotExamined' && !acknowledgements.covers(rule, stack.id))
    .map(({ rule, stack, message, fix }) => `${rule} in ${stack.id}: ${message} Fix: ${fix}`);
}

export class Pods {
  private readonly associations: readonly Association[];
  private readonly contexts: CheckContexts;
  /** What in the templates may hide associations. */
  private readonly unexamined: readonly string[];

  public constructor(private readonly app: IConstruct, input: CheckInput, templates: TemplateSet, private readonly dummies: LookupDummies) {
    this.contexts = new CheckContexts(templates, input.declarations, input.settings);
    this.unexamined = unexaminedIn(app, templates, input);
    this.associations = this.contexts.in(Assumptions.NONE).associations;
  }

  /** The pods of every association, in the order of the templates. @throws if the templates may have more of them */
  public all(): Pod[] {
    if (this.unexamined.length > 0) {
      throw new Error(`The app may have associations that cannot be read, so an assertion on all pods cannot be decided. ${this.unexamined.join(' ')}`);
    }
    return this.associations.map((association) => new Pod(association, this));
  }

  /** @throws unless exactly one association has these names */
  public find(namespace: string, serviceAccount: string, clusterName?: string): Pod {
    const named = (value: Association['namespace'], name: string | undefined) => name === undefined || (!(value instanceof Unresolved) && sameText(value, name));
    const found = this.associations.filter((association) => named(association.namespace, namespace)
      && named(association.serviceAccount, serviceAccount) && named(association.clusterName, clusterName));
    if (found.length === 1) { return new Pod(found[0], this); }
    const list = (associations: readonly Association[]) => associations.map((a) => `${a.namespace}/${a.serviceAccount} of ${a.clusterName} (${a.path})`).join(', ');
    throw new Error(found.length === 0
      ? `The app has no association for service account '${serviceAccount}' in namespace '${namespace}'. It has: ${list(this.associations) || 'none'}.${this.unexamined.map((one) => ` ${one}`).join('')}`
      : `Several associations are for service account '${serviceAccount}' in namespace '${namespace}': ${list(found)}. Give the name of the cluster.`);
  }

  /** The answers of `ask` in each case in which the association is deployed. */
  public inEveryCase<T>({ ref }: Association, ask: (association: Association, context: CheckContext) => T): T[] {
    return inEveryCase((assumptions) => {
      const context = this.contexts.in(assumptions);
      return isDeployed(ref, context.evaluator) === false ? [] : [ask(context.association(ref), context)];
    }).flatMap((one) => one.value);
  }

  /** Values are resolved in the stack of the association. */
  public requests({ action, resource, conditions }: Question, { ref: { stack } }: Association, { evaluator }: CheckContext): AskedRequests {
    const owner = this.app.node.findAll().find((node) => Stack.isStack(node) && node.node.path === stack.id)!;
    const resolve = resolverAt(owner);
    const json = (value: unknown) => documentOf(this.dummies.replaceIn(resolve(value)), stack, evaluator);
    return { action, resource: json(resource), conditions: conditions === undefined ? undefined : json(conditions) };
  }
}

/** The pods of one service account. */
export class Pod {
  public readonly path: string;
  public readonly clusterName: string;
  public readonly namespace: string;
  public readonly serviceAccount: string;
  public readonly narrowedRole: string;

  public constructor(private readonly association: Association, private readonly pods: Pods) {
    this.path = association.path;
    this.clusterName = association.clusterName.toString();
    this.namespace = association.namespace.toString();
    this.serviceAccount = association.serviceAccount.toString();
    this.narrowedRole = nameOfRole(narrowedRole(association));
  }

  public allows(question: Question): void {
    this.ask(question, (requests, association, context) => {
      const verdict = mayMake(requests, association, context);
      if (verdict.kind === 'exceeds') {
        const [{ witness, denial }] = verdict.excesses;
        return `${this.name()} are not allowed ${describe(requests)}: ${describeRequest(witness)} is denied, ${describeDenial(denial)}.`;
      }
      return verdict.kind === 'narrows' ? undefined
        : `Whether ${this.name()} are allowed ${describe(requests)} could not be told: ${whyUndetermined(verdict.reasons, association, context)}.`;
    });
  }

  public denies(question: Question): void {
    this.ask(question, (requests, association, context) => {
      if (mayMakeNone(requests, association, context)) { return undefined; }
      const { allowed, reasons } = whyNotDenied(requests, association, context);
      return allowed
        ? `${this.name()} are not denied all of ${describe(requests)}: ${describeRequest(allowed.witness)} is allowed. `
          + `They are allowed: ${printStatements(allowed.statements)}.`
        : `That ${this.name()} are denied all of ${describe(requests)} could not be proven: ${reasons.join('; ')}.`;
    });
  }

  /** @throws if the association is never deployed: an assertion on its pods would test nothing */
  private inEveryCase<T>(ask: (association: Association, context: CheckContext) => T): T[] {
    const cases = this.pods.inEveryCase(this.association, ask);
    if (cases.length === 0) { throw new Error(`${this.path} is never deployed.`); }
    return cases;
  }

  /** @throws if `answer` gives a message in some case, or if no pods ever make such a request: the answer would say nothing */
  private ask(question: Question, answer: (requests: AskedRequests, association: Association, context: CheckContext) => string | undefined): void {
    this.inEveryCase((association, context) => {
      const requests = this.pods.requests(question, association, context);
      const never = whyNeverMade(requests, context.optionsFor(association));
      const message = never === undefined ? answer(requests, association, context)
        : `An assertion on ${describe(requests)} does not apply to ${this.name()}: ${never}.`;
      if (message !== undefined) { throw new Error(message); }
    });
  }

  public effectivePermissions(): { readonly document: unknown; readonly omitted: string[] } {
    const cases = this.inEveryCase((association, context) => {
      const gaps = gapsIn(association, context);
      if (gaps.length > 0) {
        throw new Error(`The effective permissions of ${this.name()} are not known: ${gaps.map((gap) => `${gap.message} (${resolutionOf(gap, 'CDK app')})`).join('; ')}.`);
      }
      const { document, omitted } = effectivePermissionsOf(association, context);
      return JSON.stringify({ document, omitted: omitted.map(({ statements, why }) => `${statements.join(' and ')}: ${why}`) });
    });
    const [first, ...others] = [...new Set(cases)];
    if (others.length > 0) { throw new Error(`The effective permissions of ${this.name()} depend on the conditions of the templates.`); }
    return JSON.parse(first);
  }

  public sessionPolicy(): ReadSessionPolicy | undefined {
    const cases = this.inEveryCase(readSessionPolicy);
    const texts = new Set(cases.map((one) => JSON.stringify(one && { statements: one.statements, size: { ...one.size, expected: undefined } })));
    if (texts.size > 1) { throw new Error(`The session policy of ${this.path} depends on the conditions of the templates.`); }
    return WORST_FIRST.map((verdict) => cases.find((one) => one?.verdict === verdict)).find((one) => one !== undefined);
  }

  private name(): string {
    return `the pods of service account '${this.association.serviceAccount}' in namespace '${this.association.namespace}' (${this.association.path})`;
  }
}

/** The role may depend on the conditions: the worst verdict counts. */
const WORST_FIRST: ReadonlyArray<Verdict['kind']> = ['exceeds', 'undetermined', 'narrows'];

function readSessionPolicy(association: Association, context: CheckContext): ReadSessionPolicy | undefined {
  const reading = context.sessionPolicy(association);
  if (!reading) { return undefined; }
  const verdict = context.verdict(association);
  if (!verdict) {
    throw new Error(`EKS would reject the session policy of ${association.path}. Fix what InvalidSessionPolicy or SessionPolicyTooLarge reports about it.`);
  }
  const { min: minimum, max: maximum, expected } = lengthOfSessionPolicy(association, context.evaluator)!;
  const printed = (policy: Policy | undefined) => policy && JSON.parse(JSON.stringify(policy.statements.map(statementAsJson)));
  const compacted = context.compacted(association);
  return {
    statements: printed(context.deployedSession(association)),
    ...compacted.kind === 'equal' && { writtenStatements: printed(compacted.written) },
    size: { minimum, maximum, expected },
    verdict: verdict.kind,
    assumptions: verdict.kind === 'narrows' ? (verdict.assumptions ?? []).map(({ message }) => message) : [],
  };
}

function describe({ action, resource, conditions }: AskedRequests): string {
  return `${action} on ${String(resource)}${conditions === undefined ? '' : ` where ${JSON.stringify(conditions)}`}`;
}
