/** Whether what is acknowledged at a construct is acknowledged at another: where it stands, below it, and at the L1 inside. */
export function isAcknowledgedAt(constructPath: string, path: string): boolean {
  return path === '' || path === constructPath || constructPath.startsWith(`${path}/`) || path.startsWith(`${constructPath}/`);
}
