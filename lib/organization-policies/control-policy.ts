/** The policies of an organization that control permissions, as they are given. `level-layer.ts` makes layers of them. */

/** Service control policies limit principals, resource control policies limit resources. */
export type ControlKind = 'service control' | 'resource control';

/** AWS's abbreviations. */
export const ABBREVIATIONS: { readonly [kind in ControlKind]: string } = { 'service control': 'SCP', 'resource control': 'RCP' };

/** One policy as it is given. */
export interface ControlPolicy {
  /** The name that people know, without its kind, such as `scp/root.json` or `'DenyRegions' (scp/root.json)`. */
  readonly name: string;
  readonly document: unknown;
  /** The kind that the input says it has. @default - it says nothing */
  readonly type?: string;
  /** Where a part of the document is, for messages, such as `scp/root.json:12:5`. @param where the place in the document, such as `Statement[0].Effect` */
  readonly placeOf: (where: string) => string;
}

/** The policies of one level: of the root, of an organizational unit, or of an account. */
export interface ControlLevel {
  /** Where they come from, for messages, such as the name of the file. */
  readonly source: string;
  readonly policies: readonly ControlPolicy[];
}

/** A mistake in what was given. Each message has a place, what is wrong, and what to write instead. */
export class ControlPolicyError extends Error {
  public constructor(public readonly messages: readonly string[]) {
    super(messages.join('\n'));
  }
}
