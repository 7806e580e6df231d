import { ConditionMeaning } from './condition-meaning';
import { Pattern } from '../strings/pattern';
import { SymbolicString } from '../strings/symbolic-string';

/** The elements of a set of actions or resources: those that match a pattern, or (`NotAction`, `NotResource`) those that match none. */
export interface Targets {
  readonly negated: boolean;
  readonly patterns: readonly Pattern[];
}

/** One operator applied to one key. The entries of a statement are joined by AND, the values of an entry by OR. */
export interface ConditionEntry {
  /** As written, such as `ForAllValues:StringLike`. */
  readonly operator: string;
  /** As written, such as `aws:SourceVpc`. */
  readonly keyName: string;
  /** Lower case: IAM compares condition keys without case. */
  readonly key: string;
  readonly values: ReadonlyArray<string | SymbolicString>;
  /** Equal ids: the same predicate on every request. */
  readonly id: string;
  /** What it says; `undefined` where only equal entries can be compared. */
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
  /** The policy it stands in, for messages. */
  readonly policy: string;
}

/** One policy document, understood. */
export interface Policy {
  /** What people call it, such as `inline policy 'Access'`. */
  readonly name: string;
  readonly statements: readonly Statement[];
}

/** The policies of which one must allow a request and none may deny it: a role's identity policies, its boundary, or the session policy. */
export interface Layer {
  readonly name: 'identity policies' | 'permissions boundary' | 'session policy';
  readonly policies: readonly Policy[];
  /** Why more policies, or more statements, may belong here than `policies` has. Empty: the layer is complete. */
  readonly gaps: readonly Reason[];
}

/** Why something could not be decided, and what would resolve it. */
export interface Reason {
  readonly code: ReasonCode;
  readonly message: string;
  readonly resolution: string;
}

export type ReasonCode =
  /** A condition decides, and IAM's documentation leaves open how. */
  | 'Condition'
  /** The role allows a part of it; for the rest, no request was found that AWS would make. */
  | 'PartialOverlap'
  /** A deny statement of the role may apply. */
  | 'Deny'
  /** It depends on a value that is known at deployment only. */
  | 'UnknownValue'
  /** The role has policies that the app does not show. */
  | 'IncompleteRole'
  /** The policy says something that IAM does not define, or that could not be read. */
  | 'UnclearPolicy'
  /** More comparisons than a decision may take. */
  | 'Budget';

/** How people refer to a statement. */
export function describeStatement(statement: Statement): string {
  return `statement ${statement.index}${statement.sid ? ` (Sid '${statement.sid}')` : ''} of ${statement.policy}`;
}
