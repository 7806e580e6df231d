import { parse } from './parse';
import { readText } from './read-text';
import { isAcknowledgedAt } from '../../lib/analysis/acknowledged-at';
import { lazy } from '../../lib/util/memo';
import { isRecord, memberOf } from '../../lib/util/records';

/** Logical ids, and the paths of the constructs that have them. */
export type ConstructPaths = ReadonlyMap<string, readonly string[]>;

/** A rule that an app acknowledges at a construct, and all below it. */
export interface Acknowledged {
  readonly path: string;
  /** Such as `PodIdentity::UnscopedAssociation`. */
  readonly id: string;
  readonly reason: string;
}

/** What a cloud assembly keeps of the constructs of a stack beside the template. */
export interface ConstructMetadata {
  readonly paths: ConstructPaths;
  /** Those at constructs of the stack: what an app acknowledges at itself, or at a stage, is not in its cloud assembly. */
  readonly acknowledged: readonly Acknowledged[];
}

/**
 * The metadata of an artifact. Templates have construct paths in their own metadata only where the app was run by the CDK CLI; what
 * is acknowledged they never have.
 */
export function constructMetadataIn(artifact: unknown, metadataFile: string | undefined, shown: (file: string) => string): () => ConstructMetadata {
  return lazy(() => read([
    memberOf(artifact, 'metadata'),
    metadataFile === undefined ? undefined : parse(readText(metadataFile, shown(metadataFile)), shown(metadataFile)),
  ]));
}

function read(metadata: readonly unknown[]): ConstructMetadata {
  const paths = new Map<string, string[]>();
  const acknowledged: Acknowledged[] = [];
  for (const [written, entries] of metadata.flatMap((one) => (isRecord(one) ? Object.entries(one) : []))) {
    const path = written.replace(/^\//, '');
    for (const entry of Array.isArray(entries) ? entries : []) {
      const data = memberOf(entry, 'data');
      switch (memberOf(entry, 'type')) {
        case 'aws:cdk:logicalId':
          if (typeof data === 'string') { paths.set(data, [...paths.get(data) ?? [], path]); }
          break;
        case 'aws:cdk:acknowledged-rules': // Validations.ACKNOWLEDGED_RULES_METADATA_KEY
          acknowledged.push(...Object.entries(isRecord(data) ? data : {}).map(([id, reason]) => ({ path, id, reason: String(reason) })));
          break;
      }
    }
  }
  return { paths, acknowledged };
}

/** A nested stack may have a resource with the logical id of one of its parent's: its path has more names. */
export function pathIn(paths: ConstructPaths, stackId: string, logicalId: string): string | undefined {
  const below = (paths.get(logicalId) ?? []).filter((path) => path.startsWith(`${stackId}/`));
  const depth = (path: string) => path.split('/').length;
  return below.reduce<string | undefined>((best, path) => (best === undefined || depth(path) < depth(best) ? path : best), undefined);
}

/** The reason why an app takes a finding as it is; `undefined` where it does not say so. */
export function reasonIn(acknowledged: readonly Acknowledged[], rule: string, constructPath: string): string | undefined {
  const ids = [`PodIdentity::${rule}`, `PodIdentity::${rule}[${constructPath}]`];
  return acknowledged.find(({ path, id }) => ids.includes(id) && isAcknowledgedAt(constructPath, path))?.reason;
}
