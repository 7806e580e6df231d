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
 * The pods may do what both the role and the session policy allow, and nothing else. A session policy never adds
 * permissions: what it names beyond the role is dead, and `PodIdentityValidation` says so at synth.
 *
 * Session policies have at most 2,048 characters. EKS also packs them, and limits the packed size; that limit cannot be
 * computed outside of AWS.
 *
 * @see https://docs.aws.amazon.com/eks/latest/userguide/pod-id-association.html
 */
export class SessionPolicy {
  /** The most characters that EKS accepts in a session policy: 2,048. A longer one fails to deploy. */
  public static readonly MAX_CHARACTERS: number = SESSION_POLICY_MAX_CHARACTERS;

  /**
   * The statements of an IAM policy document. Statements that are added to the document later count too.
   *
   * @param document an identity-based policy: no statement has a principal
   */
  public static fromDocument(document: iam.PolicyDocument): SessionPolicy {
    if (!isDocument(document)) {
      throw new Error(`SessionPolicy.fromDocument: ${typeof document} is not an iam.PolicyDocument. Give one, or use SessionPolicy.fromJson for plain JSON.`);
    }
    return new SessionPolicy([document]);
  }

  /**
   * A policy of these statements. A statement that is changed later counts as it is at synthesis, which freezes it.
   *
   * @param statements statements without principals
   * @throws if a statement has a principal, or something that IAM rejects
   */
  public static fromStatements(...statements: iam.PolicyStatement[]): SessionPolicy {
    const policy = new SessionPolicy(NONE);
    policy.addStatements(...statements);
    return policy;
  }

  /**
   * A policy document as an object, in IAM's JSON form. It is checked immediately, against IAM's grammar. An `Id` is not
   * carried over: IAM gives it no meaning.
   *
   * @param document the document, such as `{ Version: '2012-10-17', Statement: [...] }`
   * @throws if the document is not a valid session policy, with the place and the fix
   */
  public static fromJson(document: any): SessionPolicy {
    return SessionPolicy.fromCheckedJson(document, 'SessionPolicy.fromJson');
  }

  /**
   * A file with a policy document in IAM's JSON form. It is read and checked immediately.
   *
   * @param path the file; a relative path starts at the working directory of the app
   * @throws if the file cannot be read, is not JSON, or is not a valid session policy
   */
  public static fromFile(path: string): SessionPolicy {
    const failure = (problem: string) => new Error(`SessionPolicy.fromFile: ${problem}. Give the path of a JSON policy document.`);
    const text = readText(path, ({ code }) => failure(`cannot read '${path}' (${code})`));
    return SessionPolicy.fromCheckedJson(parseJson(text, ({ message }) => failure(`'${path}' could not be read as JSON: ${message}`)), path);
  }

  /**
   * What the role allows, except some actions: a session policy that only takes away. It allows everything, which with the role
   * means what the role allows, and denies the actions without conditions.
   *
   * A session policy of Deny statements alone would leave the pods nothing.
   *
   * @example
   * SessionPolicy.allExcept({ actions: ['s3:DeleteObject*'], resources: ['arn:aws:s3:::my-data/*'] });
   *
   * @param denied what the pods may not do, although the role allows it: at least one
   * @throws if there is nothing to deny, or if an action or a resource is something that IAM rejects
   */
  public static allExcept(...denied: DeniedActions[]): SessionPolicy {
    if (denied.length === 0 || denied.some((one) => !(one?.actions?.length > 0))) {
      throw new Error("SessionPolicy.allExcept: denied lists no actions. Give some, such as { actions: ['s3:DeleteObject*'] }. "
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
   * Whether `x` is a `SessionPolicy`, of this or another copy of this library.
   *
   * @param x anything
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
   * Adds statements. They may still be changed until synthesis, which freezes them.
   *
   * @param statements statements without principals
   * @throws if a statement has a principal, or something that IAM rejects; then none of them is added
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

  /** Whether the policy has no statements. An association whose session policy is empty is deployed without one. */
  public get isEmpty(): boolean {
    return this.sources.every((source) => (isPolicy(source) ? source.isEmpty : isDocument(source) && source.statementCount === 0));
  }

  /**
   * How many characters the rendered policy has, out of 2,048.
   *
   * Deploy-time values (such as a generated bucket name) count with the fewest, the most and the expected characters. The
   * checks count the same after synthesis. What is granted or renamed later (by aspects, too) is not in it yet. Only
   * `association.sessionPolicy.size` has all the statements of an association, and knows its account and region.
   *
   * If the association has a `compaction`, it is the size of the compacted policy. The role is read at synthesis: before, the policy counts
   * with at least the characters of the shortest policy, and at most those of `Compaction.CATALOG`, if the role may matter.
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
   * The policy document as it is now. It is `undefined` if it is empty.
   *
   * The session policy of an association is returned as its template has it: minimized or compacted, with tokens resolved to references such as
   * `{ "Fn::GetAtt": […] }`. In a test, compare it with an object or with `Match`. A session policy that belongs to no association has the
   * statements that it was given, with tokens; `stack.resolve` resolves them. Statements can still be added and changed afterwards.
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
