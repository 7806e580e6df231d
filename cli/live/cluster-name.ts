import { UsageError } from '../exit-codes';

/** @throws UsageError if EKS accepts no cluster of that name */
export function checkClusterName(name: string): void {
  if (!/^[0-9A-Za-z][A-Za-z0-9_-]{0,99}$/.test(name)) { throw new UsageError(`--cluster ${name}: not the name of a cluster, such as prod`); }
}
