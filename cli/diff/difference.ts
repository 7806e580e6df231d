/**
 * The result of a comparison of two deployments, as plain data: what the pods of each service account gain, lose and keep. The
 * other files of this folder compute it; the command `diff` prints it.
 * Invariant: every gain and every loss has a request that the evaluator confirmed on both sides: allowed on one, denied on the
 * other. `unchanged` is a proof. What is neither is `undetermined`, with a reason.
 */
import type { CheckSettings } from '../../lib/analysis/settings';
import type { StatementJson } from '../../lib/engine';
import type { PermissionsDeclaration } from '../../lib/template/known-permissions';
import type { StackTemplate } from '../../lib/template/template-set';
import type { Unreadable } from '../files/unreadable';
import type { StackSource } from '../templates/stack-source';

/** One of the two sides, as it was given. */
export interface ComparedDeployment {
  /** The stacks that were found, and what could not be read. */
  readonly sources: ReadonlyArray<StackSource | Unreadable>;
  /** Stacks that no file contains, such as the associations of a live cluster. @default - none */
  readonly stacks?: readonly StackTemplate[];
  /** What is known of roles and policies outside the templates. @default - nothing */
  readonly declarations?: readonly PermissionsDeclaration[];
  /** Settings of the analysis, such as the policies of the organization. @default - those of `check` without options */
  readonly settings?: CheckSettings;
}

/** What changed, if pods gain or lose permissions. */
export type Cause =
  | 'session policy'
  /** Whether EKS sends session tags, which conditions and policy variables of the role depend on. */
  | 'session tags'
  /** The identity policies of the role. */
  | 'role'
  | 'boundary'
  /** EKS can no longer assume the role, or can from now on. */
  | 'trust policy'
  | 'resource policy'
  /** Service control policies or resource control policies. */
  | 'organization'
  | 'association added'
  | 'association removed'
  /** The association, or the one that replaces it, names another role. */
  | 'another role';

/** A request. */
export interface Example {
  readonly action: string;
  readonly resource: string;
  /** The context keys that matter, with their values. */
  readonly context: ReadonlyArray<readonly [key: string, value: string]>;
  /** The keys that matter and that are missing from the request. */
  readonly missing?: readonly string[];
  /** The values that are assumed for deploy-time values, by their names. */
  readonly assumed?: ReadonlyArray<readonly [name: string, value: string]>;
}

export interface PermissionChange {
  /**
   * The permissions that are gained or lost, as Allow statements of one side. Deny statements of that side that limit them follow. Empty if no
   * policy can express them.
   */
  readonly statements: readonly StatementJson[];
  /**
   * Whether nothing of `statements` was there before, or is left. Otherwise they allow at least what is gained or lost of them, and may
   * allow more: what both sides allow.
   */
  readonly isExact: boolean;
  readonly example: Example;
  readonly cause: Cause;
  /** Sentences: which policies or statements changed. All causes, if there are several. */
  readonly causes: string;
}

/** The association on one side. */
export interface Side {
  /** The construct path, or the logical id. */
  readonly path: string;
  readonly logicalId: string;
  /** The entry, if it is one of an add-on: its place below the properties of the add-on. */
  readonly entry?: string;
  readonly file: string;
  readonly stack: string;
  readonly role: string;
  readonly targetRole?: string;
  readonly hasSessionPolicy: boolean;
}

export type Effect = 'broadened' | 'narrowed' | 'broadened and narrowed' | 'unchanged' | 'undetermined';

export interface Undetermined {
  readonly code: string;
  /** A sentence, and so is the resolution. */
  readonly message: string;
  readonly resolution: string;
  /** What may be more than is shown: gains only, or losses only. @default - both */
  readonly direction?: 'gained' | 'lost';
}

/** What changes for the pods of one service account. */
export interface PodDifference {
  readonly cluster: string;
  readonly namespace: string;
  readonly serviceAccount: string;
  /** `undefined`: there is no association in the base. */
  readonly base?: Side;
  /** `undefined`: there is no association in the head. */
  readonly head?: Side;
  /** `undetermined` only if neither a gain nor a loss is shown: what is shown may not be all, if `undetermined` has an item. */
  readonly effect: Effect;
  readonly gained: readonly PermissionChange[];
  readonly lost: readonly PermissionChange[];
  /** How much of what the pods had remains, as far as that is known. */
  readonly kept: 'all' | 'some' | 'none';
  /** Sentences: renamed, moved to another stack, another role, only the text differs. */
  readonly notes: readonly string[];
  readonly undetermined: readonly Undetermined[];
}

/** A template, or a part of one, that was not examined: it may have more associations. */
export interface Unexamined {
  readonly side: 'base' | 'head';
  readonly what: string;
}

/** What was read of one side. */
export interface ReadDeployment {
  /** The number of templates that could be read. */
  readonly templates: number;
  /** The paths of those templates, and of the manifests of their cloud assemblies. */
  readonly files: readonly string[];
  readonly unreadable: readonly Unreadable[];
}

export interface Difference {
  readonly base: ReadDeployment;
  readonly head: ReadDeployment;
  /** Sorted by cluster, namespace and service account. Unchanged ones are included. */
  readonly pods: readonly PodDifference[];
  readonly unexamined: readonly Unexamined[];
}
