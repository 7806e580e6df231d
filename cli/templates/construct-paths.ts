import { parse } from './parse';
import { readText } from './read-text';
import { isRecord, memberOf } from '../../lib/template/intrinsics';

/** Logical ids, and the paths of the constructs that have them. */
export type ConstructPaths = ReadonlyMap<string, readonly string[]>;

/**
 * The construct paths that a cloud assembly keeps beside its templates. Templates have them in their metadata only where the app
 * was run by the CDK CLI.
 */
export function constructPathsIn(artifact: unknown, metadataFile: string | undefined, shown: (file: string) => string): () => ConstructPaths {
  let known: ConstructPaths | undefined;
  return () => known ??= pathsIn([
    memberOf(artifact, 'metadata'),
    metadataFile === undefined ? undefined : parse(readText(metadataFile, shown(metadataFile)), shown(metadataFile)),
  ]);
}

function pathsIn(metadata: readonly unknown[]): ConstructPaths {
  const paths = new Map<string, string[]>();
  for (const [path, entries] of metadata.flatMap((one) => (isRecord(one) ? Object.entries(one) : []))) {
    for (const entry of Array.isArray(entries) ? entries : []) {
      const logicalId = memberOf(entry, 'data');
      if (memberOf(entry, 'type') !== 'aws:cdk:logicalId' || typeof logicalId !== 'string') { continue; }
      paths.set(logicalId, [...paths.get(logicalId) ?? [], path.replace(/^\//, '')]);
    }
  }
  return paths;
}

/** A nested stack may have a resource with the logical id of one of its parent's: its path has more names. */
export function pathIn(paths: ConstructPaths, stackId: string, logicalId: string): string | undefined {
  const below = (paths.get(logicalId) ?? []).filter((path) => path.startsWith(`${stackId}/`));
  const depth = (path: string) => path.split('/').length;
  return below.reduce<string | undefined>((best, path) => (best === undefined || depth(path) < depth(best) ? path : best), undefined);
}
