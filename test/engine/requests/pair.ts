/**
 * The form of the pairs in this folder: a session policy, a role, and the verdict that AWS's documentation implies. The pairs were
 * written from AWS's pages, by somebody other than the author of the engine, before the engine decided them.
 */
import { Principal } from '../../../lib/engine';
import { PolicyDocument } from '../../oracle/evaluate';

type Statement = { readonly [element: string]: unknown };

/** A policy document, or only its statements (then with Version 2012-10-17). */
export type Document =
  | { readonly Version?: string; readonly Statement: Statement | readonly Statement[] }
  | readonly Statement[];

/** A session policy and a role, with the verdict that AWS's documentation implies. */
export interface Pair {
  /** What the pair is about, unique in its file. */
  readonly title: string;
  readonly session: Document;
  /** The identity policies of the role. */
  readonly role: Document;
  readonly boundary?: Document;
  /** What is known of the role. Facts that are absent are unknown. */
  readonly principal?: {
    readonly arn?: string; readonly account?: string; readonly partition?: string; readonly orgId?: string;
  };
  /** `not narrows`: exceeds or undetermined; `not exceeds`: narrows or undetermined. AWS's pages leave both open. */
  readonly verdict: 'narrows' | 'exceeds' | 'not narrows' | 'not exceeds';
  /** The AWS page that the verdict follows from. */
  readonly page: string;
}

/** The whole policy document. */
export function documentOf(document: Document): PolicyDocument {
  const whole = 'Statement' in document ? document : { Version: '2012-10-17', Statement: document };
  return whole as unknown as PolicyDocument;
}

/** What the pair tells of its role. */
export function principalOf({ principal: { orgId: organization, ...known } = {} }: Pair): Principal {
  return { ...known, organization };
}
