import { Stack } from 'aws-cdk-lib';
import { IConstruct } from 'constructs';

/**
 * Whether lookups of the app lack their context, so that values may be dummies. The CDK's CLI looks the values up and synthesizes again, but
 * only if the app ends without an error. So a constructor must not reject values then; the rules see the templates later.
 *
 * The list is internal to the CDK, and there is no other before synthesis. Without it, a dummy is rejected as any value.
 */
export function awaitsContext(scope: IConstruct): boolean {
  return scope.node.root.node.findAll().some((node) => Stack.isStack(node) && missingContextOf(node).length > 0);
}

function missingContextOf(stack: Stack): readonly unknown[] {
  const missing: unknown = (stack as unknown as { _missingContext?: unknown })._missingContext;
  return Array.isArray(missing) ? missing : [];
}
