/**
 * The session policy of an association, from its sources to the template. Statements are kept as they were given, so that they may
 * change until synthesis. Rendering freezes them, resolves their tokens, minimizes or compacts them, and gives the result to the CDK to print.
 *
 * Invariant: the same statements render to the same bytes in any order.
 *
 * The CDK resolves and prints. Code of our own for that saved 0.3 ms of CPU time for each association, measured without the CDK's own
 * validation. With the validation, 1,000 associations take 1.14 times an app of plain L1s (median of 3 pairs on a busy machine; the
 * guide is 1.15). Without `freezeStatements`, which keeps the JSON of statements in place of the statements, it was 1.20 to 1.28: the
 * validation marks the whole heap about a hundred times.
 */
import { IResolveContext, Lazy, Stack, Token } from 'aws-cdk-lib';
import * as iam from 'aws-cdk-lib/aws-iam';
import { IConstruct } from 'constructs';
import { Compaction } from './compaction';
import { DeniedActions } from './denied-actions';
import { onDemand } from './on-demand';
import { PodIdentityValidation } from './pod-identity-validation';
import { awaitsContext } from './private/awaits-context';
import { withConditionText } from './private/condition-text';
import { warn } from './private/warn';
import type { ChosenPolicy, RoleKnowledge } from './session-policy/choose-compaction';
import { SESSION_POLICY_MAX_CHARACTERS } from './session-policy/limit';
import type { ResolvedStatement } from './session-policy/minimize';
import { SessionPolicySize } from './session-policy-size';
import { parseJson, readText } from './util/read-json';

const SESSION_POLICY = Symbol.for('cdk-eks-pod-identity.SessionPolicy');

/**
 * An inline policy that narrows the role of a Pod Identity association for the pods of one service account.
 *
 * The pods may make only the requests that both the role and the session policy allow. A session policy never adds permissions. If it
 * allows a request that the role does not allow, the pods are denied the request, and `PodIdentityValidation` reports it at synth.
 *
 * A session policy has at most 2,048 characters. AWS also compresses the policy and limits the packed size, which cannot be computed outside
 * of AWS.
 *
 * @example
 * const sessionPolicy = SessionPolicy.fromStatements(new iam.PolicyStatement({
 *   actions: ['s3:GetObject'],
 *   resources: [bucket.arnForObjects('tenant-a/*')],
 * }));
 * new PodIdentityAssociation(this, 'TenantA', {
 *   cluster, namespace: 'tenant-a', serviceAccount: 'app', role, sessionPolicy,
 * });
 *
 * @see https://docs.aws.amazon.com/eks/latest/userguide/pod-id-association.html
 */
export class SessionPolicy {
  /**
   * The maximum number of characters that EKS accepts in a session policy.
   *
   * The limit is 2,048 characters. A longer policy fails to deploy.
   */
  public static readonly MAX_CHARACTERS: number = SESSION_POLICY_MAX_CHARACTERS;

  /**
   * Creates a session policy from an IAM policy document.
   *
   * Statements that are added to the document later count, too.
   *
   * Throws an error if the document is not an `iam.PolicyDocument`.
   *
   * @param document the policy document, whose statements have no principals
   */
  public static fromDocument(document: iam.PolicyDocument): SessionPolicy {
    if (!isDocument(document)) {
      throw new Error(`SessionPolicy.fromDocument: ${typeof document} is not an iam.PolicyDocument. Give one, or use SessionPolicy.fromJson for plain JSON.`);
    }
    return new SessionPolicy([document]);
  }

  /**
   * Creates a session policy from statements.
   *
   * The statements can be changed until the synthesis, which freezes them.
   *
   * Throws an error if a statement is not an `iam.PolicyStatement`, or contains something that IAM rejects in a session policy, such as a
   * principal.
   *
   * @param statements the statements, without principals
   */
  public static fromStatements(...statements: iam.PolicyStatement[]): SessionPolicy {
    const policy = new SessionPolicy(NONE);
    policy.addStatements(...statements);
    return policy;
  }

  /**
   * Creates a session policy from an object in the JSON form of IAM.
   *
   * The document is checked immediately against the grammar of IAM. An `Id` is removed, because it has no effect.
   *
   * Throws an error if the document is not a valid session policy.
   *
   * @param document the document, such as `{ Version: '2012-10-17', Statement: [...] }`
   */
  public static fromJson(document: any): SessionPolicy {
    return SessionPolicy.fromCheckedJson(document, 'SessionPolicy.fromJson');
  }

  /**
   * Creates a session policy from a file that contains a policy document in the JSON form of IAM.
   *
   * The file is read and checked immediately.
   *
   * Throws an error if the file cannot be read, is not JSON, or does not contain a valid session policy.
   *
   * @param path the path of the file, relative to the working directory of the app
   */
  public static fromFile(path: string): SessionPolicy {
    const failure = (problem: string) => new Error(`SessionPolicy.fromFile: ${problem}. Give the path of a JSON policy document.`);
    const text = readText(path, ({ code }) => failure(`cannot read '${path}' (${code})`));
    return SessionPolicy.fromCheckedJson(parseJson(text, ({ message }) => failure(`'${path}' could not be read as JSON: ${message}`)), path);
  }

  /**
   * Creates a session policy that allows everything that the role allows, except some actions.
   *
   * The policy has one statement that allows all actions on all resources, and Deny statements without conditions for the given actions. With
   * Deny statements alone, the pods would have no permissions.
   *
   * Throws an error if no action is given, or if IAM rejects an action or a resource.
   *
   * @example
   * SessionPolicy.allExcept({ actions: ['s3:DeleteObject*'], resources: ['arn:aws:s3:::my-data/*'] });
   *
   * @param denied the actions that the pods are denied although the role allows them, at least one
   */
  public static allExcept(...denied: DeniedActions[]): SessionPolicy {
    const empty = denied.findIndex((one) => !(one?.actions?.length > 0));
    if (denied.length === 0 || empty >= 0) {
      throw new Error(`SessionPolicy.allExcept: ${denied.length === 0 ? 'denied is empty' : `denied[${empty}] lists no actions`}. Give some, such as { actions: ['s3:DeleteObject*'] }. `
        + 'An association without a session policy lets the pods do all that the role allows.');
    }
    const policy = SessionPolicy.fromStatements(
      new iam.PolicyStatement({ actions: ['*'], resources: ['*'] }),
      ...denied.map(({ sid, actions, resources = ['*'] }) => new iam.PolicyStatement({ sid, effect: iam.Effect.DENY, actions, resources })),
    );
    policy.startsFromRole = true;
    return policy;
  }

  /**
   * Returns whether an object is a `SessionPolicy`, created by this or another copy of this library.
   *
   * @param x any object
   */
  public static isSessionPolicy(x: any): boolean {
    return typeof x === 'object' && x !== null && SESSION_POLICY in x;
  }

  /**
   * The session policy of an association: it begins with `base`, to which it adds nothing, and renders in `owner`.
   * @internal
   */
  public static _ownedBy(owner: IConstruct, base?: SessionPolicy, compaction?: Compaction): SessionPolicy {
    const policy = new SessionPolicy(base ? [base] : NONE, owner);
    policy._compactWith(compaction);
    return policy;
  }

  /**
   * A policy document as text.
   * @internal
   */
  public static _fromText(text: string, origin: string): SessionPolicy {
    return SessionPolicy.fromCheckedJson(parseJson(text, ({ message }) => new Error(`${origin}: could not be read as JSON: ${message}.`)), origin);
  }

  private static fromCheckedJson(document: any, origin: string): SessionPolicy {
    const problem = isPlainJson(document) ? onDemand().checkDocument(document) : 'it is not plain JSON (it refers to itself, or has values that JSON has not)';
    if (problem !== undefined) {
      throw new Error(`${origin}: EKS would reject this session policy: ${problem}.`);
    }
    return new SessionPolicy(statementsOf(document));
  }

  /**
   * Whether it was made by `allExcept`: what the role is granted reaches the pods.
   * @internal
   */
  public get _startsFromRole(): boolean {
    return this.startsFromRole;
  }

  private startsFromRole = false;

  /** The document that was rendered last. */
  private document?: object;

  private compaction = Compaction.NONE;

  /** Whether the CDK has looked for references: a synthesis has begun, and the constructs of the app have been resolved once. */
  private isPrepared = false;

  /** The last choice of what to deploy, and the JSON of the statements that it was made of. */
  private chosen?: { readonly of: string; readonly policy: ChosenPolicy };

  /** The JSON of `document`. One token serves every rendering: each token of `toJsonString` stays in memory as long as the app. */
  private json?: string;

  private constructor(private sources: readonly StatementSource[], private readonly owner?: IConstruct) {}

  /**
   * Adds statements to the policy.
   *
   * The statements can be changed until the synthesis, which freezes them.
   *
   * Throws an error if a statement is not an `iam.PolicyStatement`, or contains something that IAM rejects in a session policy, such as a
   * principal. No statement is added then.
   *
   * @param statements the statements, without principals
   */
  public addStatements(...statements: iam.PolicyStatement[]): void {
    const name = this.owner ? this.owner.node.path : 'SessionPolicy';
    if (statements.some((statement) => typeof statement?.toStatementJson !== 'function')) {
      throw new Error(`${name}: addStatements needs iam.PolicyStatement objects. For plain JSON, use iam.PolicyStatement.fromJson or SessionPolicy.fromJson.`);
    }
    const problem = onDemand().checkStatements(statements.map((statement) => statement.toStatementJson()));
    if (problem !== undefined && !(this.owner && awaitsContext(this.owner))) {
      throw new Error(`${name}: EKS would reject a session policy with this statement: ${problem}.`);
    }
    this.sources = [...this.sources, ...statements];
  }

  /**
   * How it is written in the template. Without one, nothing changes.
   * @internal
   */
  public _compactWith(compaction: Compaction | undefined): void {
    this.compaction = compaction ?? this.compaction;
  }

  /**
   * Adds what another session policy has, and what it gets later.
   * @internal
   */
  public _include(other: SessionPolicy): void {
    this.sources = [...this.sources, other];
  }

  /**
   * Whether the other session policy is this one or a part of it.
   * @internal
   */
  public _contains(other: SessionPolicy): boolean {
    return this === other || this.sources.some((source) => isPolicy(source) && source._contains(other));
  }

  /**
   * Whether the policy has no statements.
   *
   * An association whose session policy is empty is deployed without a session policy.
   */
  public get isEmpty(): boolean {
    return this.sources.every((source) => (isPolicy(source) ? source.isEmpty : isDocument(source) && source.statementCount === 0));
  }

  /**
   * The size of the rendered policy, in characters.
   *
   * EKS accepts at most 2,048 characters. A deploy-time value, such as a generated bucket name, counts with its minimum, maximum and expected
   * length. The checks count in the same way after the synthesis. The size does not yet include later grants and later changes of names, such
   * as those by aspects. Only `association.sessionPolicy.size` includes all statements of an association, and considers its account and region.
   *
   * If the association has a `compaction`, this is the size of the compacted policy. If that depends on the role, which is read at
   * the synthesis, then before the synthesis the minimum is that of the shortest policy, and the maximum is that of `Compaction.CATALOG`.
   */
  public get size(): SessionPolicySize {
    if (this.isEmpty) { return { minimum: 0, maximum: 0, expected: 0 }; }
    const statements = this._statements();
    const { owner } = this;
    if (!owner || this.compaction === Compaction.NONE) { return onDemand().renderedLength(statements, owner); }
    const resolved = Stack.of(owner).resolve(statements);
    const chosen = this.chosen?.of === JSON.stringify(resolved) ? this.chosen.policy : undefined;
    return chosen ? onDemand().lengthOfRendered(owner, chosen.statements) : onDemand().compactedLength(owner, statements, this.compaction, NOT_READ);
  }

  /**
   * Returns the current policy document, or `undefined` if the policy is empty.
   *
   * The session policy of an association is returned as in its template: minimized or compacted, with tokens resolved to references such as
   * `{ "Fn::GetAtt": […] }`. In a test, compare it with an object or with `Match`. A session policy that does not belong to an association is
   * returned with the statements that it was given, and with tokens, which `stack.resolve` resolves. Statements can still be added and
   * changed afterwards.
   */
  public toJSON(): any {
    if (this.isEmpty) { return undefined; }
    const statements = this.owner ? this.choose(Stack.of(this.owner).resolve(this._statements()), false).statements : this.rawStatements();
    return { Version: '2012-10-17', Statement: statements };
  }

  /**
   * The JSON text of the policy, with tokens; `undefined` if it is empty.
   * @internal
   */
  public _render(context: IResolveContext): string | undefined {
    if (this.isEmpty) { return undefined; }
    if (context.preparing) { this.prepare(); } // each synthesis begins with a search for references
    const statements = this._statements();
    const resolved = context.resolve(statements);
    if (JSON.stringify(statements).includes('"__proto__":')) {
      throw new Error(`${this.owner!.node.path}: the session policy contains the key '__proto__'. The CDK does not write this key, so a condition on it would be lost. Remove it.`);
    }
    this.document = { Version: '2012-10-17', Statement: context.preparing ? onDemand().minimize(resolved) : this.choose(resolved, this.isPrepared).statements };
    this.json ??= Stack.of(this.owner!).toJsonString(Lazy.uncachedAny({ produce: () => this.document }));
    return this.json;
  }

  /**
   * The metadata of the association: the policy as it was written; `undefined` if that is what is deployed.
   * @internal
   */
  public _renderWritten(context: IResolveContext): object | undefined {
    if (this.isEmpty || this.compaction === Compaction.NONE) { return undefined; }
    const resolved: ResolvedStatement[] = context.resolve(this._statements());
    const written = onDemand().minimize(resolved);
    const metadata = (mode: string) => ({ Compaction: mode, Document: { Version: '2012-10-17', Statement: written } });
    if (context.preparing) { return metadata(this.compaction); } // has every reference
    const { statements, mode } = this.choose(resolved, this.isPrepared);
    return JSON.stringify(statements) === JSON.stringify(written) ? undefined : metadata(mode.toUpperCase());
  }

  /**
   * Why a statement will never be one of a session policy; `undefined` if all may be.
   * @internal
   */
  public _problem(): string | undefined {
    const statements = this.sources.filter(isDocument).flatMap(statementsFrom); // others were looked at when they came in
    return statements.length === 0 ? undefined : onDemand().checkStatements(statements);
  }

  /** @internal */
  public _statements(): ResolvedStatement[] {
    return this.rawStatements().map((statement) => withConditionText(statement, this.owner))
      .map((statement) => (hasListToken(statement) ? { ...statement, [onDemand().LIST_VALUED]: true } : statement));
  }

  private prepare(): void {
    this.freezeStatements();
    if (this.compaction === Compaction.NONE) { return; }
    this.isPrepared = true;
    this.chosen = undefined;
    onDemand().forgetRoles(this.owner!);
  }

  /**
   * What is deployed of the resolved statements.
   *
   * @param isFinal whether the role can be read. What was chosen then stays, until another synthesis
   */
  private choose(resolved: ResolvedStatement[], isFinal: boolean): Pick<ChosenPolicy, 'statements' | 'mode'> {
    if (this.compaction === Compaction.NONE) { return { statements: onDemand().minimize(resolved), mode: 'none' }; }
    const of = JSON.stringify(resolved);
    if (this.chosen?.of === of) { return this.chosen.policy; }
    const policy = onDemand().compactFor(this.owner!, resolved, this.compaction, isFinal ? () => this.readRole() : NOT_READ);
    if (!isFinal) { return policy; }
    this.chosen = { of, policy };
    const { problem, mode } = policy;
    if (problem !== undefined) {
      warn(this.owner!, 'notCompacted', `compaction is Compaction.${this.compaction}, and the session policy of ${this.owner!.node.path} is deployed with `
        + `Compaction.${mode.toUpperCase()}. ${problem}`);
    }
    return policy;
  }

  private readRole(): RoleKnowledge {
    const app = this.owner!.node.root;
    return onDemand().readRole(onDemand().resourceOfAssociation(this.owner!), () => PodIdentityValidation._of(app)._inputFor(app));
  }

  /**
   * As the CDK's policies do when they are rendered. Their JSON, which cannot change any more, takes a quarter of the memory.
   */
  private freezeStatements(): void {
    this.sources.filter(isPolicy).forEach((policy) => policy.freezeStatements());
    if (this.sources.some(isStatement)) {
      this.sources = this.sources.map((source) => (isStatement(source) ? source.freeze().toStatementJson() : source));
    }
  }

  private rawStatements(): ResolvedStatement[] {
    return this.sources.flatMap((source) => (isPolicy(source) ? source.rawStatements() : statementsFrom(source)));
  }
}

Object.defineProperty(SessionPolicy.prototype, SESSION_POLICY, { value: true });

const NONE: readonly StatementSource[] = [];

const NOT_READ = (): RoleKnowledge => ({ kind: 'not read' });

function isPlainJson(document: unknown): boolean {
  try {
    JSON.stringify(document);
    return true;
  } catch {
    return false;
  }
}

/** Where statements come from. Statements and documents of the CDK, and other session policies, may still change. */
type StatementSource = SessionPolicy | OwnSource;
type OwnSource = iam.PolicyStatement | iam.PolicyDocument | ResolvedStatement;

function isPolicy(source: StatementSource): source is SessionPolicy {
  return SessionPolicy.isSessionPolicy(source);
}

function isDocument(source: any): source is iam.PolicyDocument {
  return typeof source?.toJSON === 'function' && 'statementCount' in source;
}

/** As they are now; they may hold tokens. */
function statementsFrom(source: OwnSource): ResolvedStatement[] {
  if (isDocument(source)) { return statementsOf(source.toJSON()); }
  return [isStatement(source) ? source.toStatementJson() : source];
}

function isStatement(source: StatementSource): source is iam.PolicyStatement {
  return typeof (source as iam.PolicyStatement).toStatementJson === 'function';
}

/** Told before resolving: an intrinsic does not show whether it makes a string or a list. */
function hasListToken(statement: ResolvedStatement): boolean {
  return ['Action', 'NotAction', 'Resource', 'NotResource'].map((element) => statement[element])
    .some((value) => Array.isArray(value) && Token.isUnresolved(value));
}

function statementsOf(document: any): ResolvedStatement[] {
  const statement = document?.Statement ?? [];
  return Array.isArray(statement) ? statement : [statement];
}
