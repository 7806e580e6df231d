/**
 * What is known of the principal of all requests of a decision: the session of the pods' role. `decide/` completes it, and
 * `regions/key-facts.ts` derives the values of condition keys from it.
 */
import { SymbolicString } from '../strings/symbolic-string';

type Text = string | SymbolicString;

/** The role whose sessions make the requests. What is absent is not known. */
export interface Principal {
  /** The ARN of the role, such as `arn:aws:iam::111122223333:role/example`. */
  readonly arn?: Text;
  /** The account of the role, 12 digits. */
  readonly account?: Text;
  /** The partition of the role, such as `aws`. */
  readonly partition?: Text;
  /** The organization of the role's account, such as `o-a1b2c3d4e5`. */
  readonly organization?: Text;
  /**
   * Tags of the session and of the role, by their key in lower case, such as `team`. `missing`: all sessions lack the tag. A tag that is not
   * here may have any value, or none.
   */
  readonly tags?: ReadonlyMap<string, Text | 'missing'>;
}

/** An assumption of a verdict about the requests that AWS makes. */
export interface Assumption {
  readonly code: AssumptionCode;
  /** A sentence without a period at its end. */
  readonly message: string;
}

export type AssumptionCode =
  /** The partition, account or organization of the role, taken from the policies. */
  | 'Principal'
  /** A resource policy allows what the identity policies of the role do not allow. */
  | 'ResourcePolicy'
  /** The sessions of the pods are newer than some date. */
  | 'SessionAge';
