import { Layer, Policy, Reason, Statement } from './policy';
import { Assumption } from './principal';

export interface NarrowingQuestion {
  readonly session: Policy;
  /** The role's identity policies and, if it has one, its permissions boundary: the session must be inside each. */
  readonly layers: readonly Layer[];
}

/** Whether the role allows every request that the session policy allows. */
export type Verdict =
  /**
   * Proven for every value of every symbolic variable, and for every request. With `asOf`: for every request that AWS makes
   * according to the reference data of that date. The session policy exceeds the role only in requests that the data rules out.
   * `assumptions` lists the other assumptions of the proof.
   */
  | { readonly kind: 'narrows'; readonly asOf?: string; readonly assumptions?: readonly Assumption[] }
  /** At least one excess. Each is a request that the session policy allows and the role does not. */
  | { readonly kind: 'exceeds'; readonly excesses: readonly Excess[] }
  /** Neither a proof nor a witness was found. At least one reason explains this. */
  | { readonly kind: 'undetermined'; readonly reasons: readonly Reason[] };

export interface Excess {
  /** The statement of the session policy that allows the request. */
  readonly statement: Statement;
  readonly witness: Witness;
  /** Why the role does not allow it. */
  readonly denial: Denial;
}

/** A concrete request. */
export interface Witness {
  readonly action: string;
  readonly resource: string;
  /** The condition keys that matter, in lower case. A key that is not here is missing from the request. */
  readonly context: ReadonlyMap<string, string | readonly string[]>;
  /** The keys that matter and that are missing from the request, in lower case. */
  readonly missing: readonly string[];
  /** The keys as the policies write them, by their lower case. */
  readonly keyNames: ReadonlyMap<string, string>;
  /** The values that are assumed for deploy-time values, by their names in prose. */
  readonly assumed: ReadonlyMap<string, string>;
}

export interface Denial {
  readonly layer: Layer['name'];
  /** Which of several layers with this name. @default - there is only one */
  readonly source?: string;
  /** The statement that denies it; absent if no statement allows it. */
  readonly statement?: Statement;
}
