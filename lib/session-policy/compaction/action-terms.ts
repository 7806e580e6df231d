/**
 * What a relation's actions mean in a mode: which names an action stands for, which names must not be matched on a resource, and
 * how a list of actions is written. `lossless.ts`, `catalog.ts` and `role.ts` each have their own.
 */
import { WrittenAction, WrittenResource } from './relation';
import { Pieces } from './wildcards';

/** Actions of one service by their names in lower case, without the prefix. */
export type NamesByService = ReadonlyMap<string, ReadonlySet<string>>;

/** The actions of one service that a written action matches. */
export interface ActionMeaning {
  readonly service: string;
  /** As it is written, without the prefix. */
  readonly text: string;
  readonly names: readonly string[];
}

/** What is known of a relation: its effect and condition are fixed. */
export interface ActionTerms {
  /** What the pieces of new wildcards are made of. */
  readonly pieces: Pieces;
  /** The actions of AWS that a written action stands for. @returns undefined if it only stands for itself */
  namesOf(action: WrittenAction): ActionMeaning | undefined;
  /** The names of the service that matter on the resource although nothing written allows them there. */
  forbiddenOn(resource: WrittenResource, service: string, isAllowed: (name: string) => boolean): ReadonlySet<string>;
  /** The names of the service that `*` in place of all resources would allow in addition. @returns undefined if no statement may have `*` instead */
  forbiddenEverywhere?(service: string): ReadonlySet<string>;
}

/** In IAM's language, an action stands for itself. */
export const LITERAL_TERMS: ActionTerms = { pieces: 'words', namesOf: () => undefined, forbiddenOn: () => new Set() };
