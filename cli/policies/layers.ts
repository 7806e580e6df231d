import { NamedDocument } from './documents-in';
import { Json, Layer, parsePolicy, Policy, Reason } from '../../lib/engine';
import { UsageError } from '../exit-codes';

/** A policy, and what of it IAM's documentation leaves open. */
export interface PolicyInput {
  readonly policy: Policy;
  readonly unclear: readonly Reason[];
}

/** @throws UsageError where IAM would reject the policy */
export function policyOf({ document, name }: NamedDocument): PolicyInput {
  const { policy, problems } = parsePolicy(document as Json, name);
  const rejected = problems.filter((p) => p.kind !== 'unknown');
  if (rejected.length > 0) {
    throw new UsageError(rejected.map(({ where, message }) => `${name}: ${where}${where && ' '}${message}. AWS rejects the policy`).join('\n'));
  }
  const unclear = problems.map(({ where, message }): Reason => ({
    code: 'UnclearPolicy', message: `${name} could not be understood: ${where} ${message}`, resolution: 'write that part of the policy out',
  }));
  return { policy, unclear };
}

export function layerOf(name: Layer['name'], documents: readonly NamedDocument[]): Layer {
  const read = documents.map(policyOf);
  return { name, policies: read.map(({ policy }) => policy), gaps: read.flatMap(({ unclear }) => unclear) };
}
