/**
 * Main file of this folder, which reads policies that are given as files: input.ts reads the text, parse-json.ts parses it,
 * documents-in.ts finds the document (managed.ts: one that AWS maintains), and this file converts documents to the engine's
 * policies and layers.
 * Invariant: a policy that AWS would reject is an error. A part that could not be understood is a reason or a gap, never dropped.
 */
import { NamedDocument } from './documents-in';
import { Json, Layer, parsePolicy, parseSessionPolicy, Policy, PolicyKind, Reason } from '../../lib/engine';
import { illegalCharacter } from '../../lib/session-policy/characters';
import { UsageError } from '../exit-codes';

/** A policy, and the reasons why parts of it could not be understood. */
export interface PolicyInput {
  readonly policy: Policy;
  readonly unclear: readonly Reason[];
}

/** Parses a policy. @throws UsageError if AWS would reject it */
export function policyOf({ document, name, text }: NamedDocument, kind?: PolicyKind): PolicyInput {
  const { policy, problems } = kind === 'session' ? parseSessionPolicy(document as Json, name) : parsePolicy(document as Json, name);
  const rejected = problems.filter((p) => p.kind !== 'unknown');
  if (rejected.length > 0) {
    throw new UsageError(...rejected.map(({ where, message }) => `${name}: ${where}${where && ' '}${message}. AWS rejects the policy`));
  }
  const illegal = kind === 'session' ? illegalCharacter(text ?? minify(document)) : undefined;
  if (illegal !== undefined) {
    throw new UsageError(`${name}: it has the character ${illegal}, and STS accepts characters up to U+00FF only, without control characters`);
  }
  const unclear = problems.map(({ where, message }): Reason => ({
    code: 'UnclearPolicy', message: `${name} could not be understood: ${where} ${message}`, resolution: 'write that part of the policy as literal text',
  }));
  return { policy, unclear };
}

export function layerOf(name: Layer['name'], documents: readonly NamedDocument[]): Layer {
  const read = documents.map((document) => policyOf(document));
  return { name, policies: read.map(({ policy }) => policy), gaps: read.flatMap(({ unclear }) => unclear) };
}

/** Empty if the document is nested deeper than the stack; such a document is reported with its size. */
function minify(document: unknown): string {
  try {
    return JSON.stringify(document);
  } catch {
    return '';
  }
}
