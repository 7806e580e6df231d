import { Construct } from 'constructs';

/** A value of a prop, for a message that says what is wrong with it. */
export function describeValue(value: unknown): string {
  if (Construct.isConstruct(value)) { return `the construct ${value.node.path}`; }
  return typeof value === 'object' && value !== null ? `a ${value.constructor?.name ?? 'plain object'}` : JSON.stringify(value) ?? typeof value;
}
