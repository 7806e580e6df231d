/** Whether a rule that is acknowledged at `path` is acknowledged at a construct: at the construct itself, above it, or at the L1 inside it. */
export function isAcknowledgedAt(constructPath: string, path: string): boolean {
  return path === '' || path === constructPath || constructPath.startsWith(`${path}/`) || path.startsWith(`${constructPath}/`);
}
