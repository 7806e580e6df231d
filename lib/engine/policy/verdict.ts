import { Layer, Policy, Reason, Statement } from './policy';

export interface NarrowingQuestion {
  readonly session: Policy;
  /** The role's identity policies and, where it has one, its permissions boundary: the session must be inside each. */
  readonly layers: readonly Layer[];
}

/** What is known of "every request that the session policy allows is allowed by the role". */
export type Verdict =
  /**
   * Proven for every value of every symbolic variable, and for every request; with `asOf`, for every request that AWS makes by the
   * reference data of that date: requests that it rules out would exceed.
   */
  | { readonly kind: 'narrows'; readonly asOf?: string }
  /** Each excess is a request that the session policy allows and the role does not. At least one. */
  | { readonly kind: 'exceeds'; readonly excesses: readonly Excess[] }
  /** Neither could be shown. At least one reason. */
  | { readonly kind: 'undetermined'; readonly reasons: readonly Reason[] };

export interface Excess {
  /** The statement of the session policy that allows the request. */
  readonly statement: Statement;
  readonly witness: Witness;
  /** Why the role does not. */
  readonly denial: Denial;
}

/** A concrete request. */
export interface Witness {
  readonly action: string;
  readonly resource: string;
  /** The condition keys that matter, in lower case. A key that is not here is missing from the request. */
  readonly context: ReadonlyMap<string, string | readonly string[]>;
  /** The keys that matter and that the request does not have, in lower case. */
  readonly missing: readonly string[];
  /** How the policies write the keys: lower case to theirs. */
  readonly keyNames: ReadonlyMap<string, string>;
  /** The values assumed for what is known at deployment only: label to value. */
  readonly assumed: ReadonlyMap<string, string>;
}

export interface Denial {
  readonly layer: Layer['name'];
  /** The statement that denies it; none where no statement allows it. */
  readonly statement?: Statement;
}
