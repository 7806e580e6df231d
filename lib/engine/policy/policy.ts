/**
 * The model of policies: statements, layers, and the reasons why something is not known. `parse-policy.ts` creates it; all other
 * parts of the engine, and the rooms above it, read it.
 *
 * Invariant: a layer that may contain more than its policies has at least one gap.
 */
import { ConditionMeaning } from './condition-meaning';
import { Pattern } from '../strings/pattern';
import { SymbolicString } from '../strings/symbolic-string';

/** A set of actions or resources: those that match a pattern, or (`NotAction`, `NotResource`) those that match none. */
export interface Targets {
  readonly negated: boolean;
  readonly patterns: readonly Pattern[];
}

/** One operator applied to one key. The entries of a statement are joined by AND, the values of an entry by OR. */
export interface ConditionEntry {
  /** As written, such as `ForAllValues:StringLike`. */
  readonly operator: string;
  /** As written, such as `aws:SourceVpc`. It may have deploy-time values, as in `aws:ResourceTag/${Name}`. */
  readonly keyName: string | SymbolicString;
  /** Lower case: IAM compares condition keys without case. Equal keys are the same key; keys with deploy-time values may also be. */
  readonly key: string;
  readonly values: ReadonlyArray<string | SymbolicString>;
  /** Equal ids: the same predicate on every request. */
  readonly id: string;
  /** What it means; `undefined` if it can only be compared with equal entries. */
  readonly meaning?: ConditionMeaning;
}

export interface Statement {
  /** Position in the document, from 0. */
  readonly index: number;
  readonly sid?: string;
  readonly effect: 'Allow' | 'Deny';
  readonly actions: Targets;
  readonly resources: Targets;
  readonly conditions: readonly ConditionEntry[];
  /** Whether `${…}` is a policy variable here: the document's Version is 2012-10-17. */
  readonly policyVariables: boolean;
  /** The name of its policy, for messages. */
  readonly policy: string;
  /** The statement as its policy has it, if this one is a part of it. @default - this statement is whole */
  readonly whole?: Statement;
}

/** The statement as its policy has it. Decisions compare parts of statements; verdicts report whole ones. */
export function wholeStatement(statement: Statement): Statement {
  return statement.whole ?? statement;
}

/** One policy document, understood. */
export interface Policy {
  /** The name that people know, such as `inline policy 'Access'`. */
  readonly name: string;
  readonly statements: readonly Statement[];
}

/** Policies of which one must allow a request and none may deny it: a role's identity policies, its boundary, the session policy, or the policies of resources. */
export interface Layer {
  readonly name: 'identity policies' | 'permissions boundary' | 'resource policies' | 'session policy' | OrganizationLayerName;
  /** Which of several layers with this name, such as the file of a level of the organization. @default - there is only one */
  readonly source?: string;
  readonly policies: readonly Policy[];
  /** Why the layer may have more policies or statements than `policies`. Empty: the layer is complete. */
  readonly gaps: readonly Reason[];
}

/** The policies of one level of an organization (root, organizational unit or account). Each level is a layer. */
export type OrganizationLayerName = 'service control policies' | 'resource control policies';

/** Whether the layer is a level of the organization, and not a part of the role. */
export function isOrganizational({ name }: Pick<Layer, 'name'>): boolean {
  return name === 'service control policies' || name === 'resource control policies';
}

/** A layer that allows nothing. A session policy that narrows it also allows nothing. */
export const NOTHING: Layer = { name: 'identity policies', policies: [], gaps: [] };

/** Why something could not be decided, and what would resolve it. */
export interface Reason {
  readonly code: ReasonCode;
  readonly message: string;
  /** What resolves it, in words that hold for every tool. */
  readonly resolution: string;
  /** The input that resolves it. Each tool takes it in a different way, and so words the resolution itself. @default - `resolution` is enough */
  readonly need?: Need;
}

/** What the reader could tell that policies and templates do not. */
export type Need = 'environment' | 'managed policy' | 'nested template' | 'nothing' | 'processed template' | 'role' | 'role ARN' | 'snapshot';

export type ReasonCode =
  /** It depends on a condition that IAM's documentation does not define completely, or that could not be compared. */
  | 'Condition'
  /** The role allows at most a part of it. For the rest, no request was found that AWS would make. */
  | 'PartialOverlap'
  /** A deny statement of the role may apply. */
  | 'Deny'
  /** It depends on a deploy-time value. */
  | 'UnknownValue'
  /** Nothing documents whether AWS makes the request. */
  | 'UndocumentedRequest'
  /** The role has policies that the app does not show. */
  | 'IncompleteRole'
  /** A resource policy may allow it, and whether it does is not certain. */
  | 'ResourcePolicy'
  /** The policy contains something that IAM does not define, or that could not be read. */
  | 'UnclearPolicy'
  /** It needs more comparison steps than a decision may take. */
  | 'Budget';

/** The statement, as messages refer to it. */
export function describeStatement(statement: Statement): string {
  return `statement ${statement.index}${statement.sid ? ` (Sid '${statement.sid}')` : ''} of ${statement.policy}`;
}
