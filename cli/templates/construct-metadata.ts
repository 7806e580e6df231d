/**
 * Reads the construct metadata of a cloud assembly: construct paths, and acknowledged rules. Messages name constructs by these
 * paths (read-stacks.ts), and the report marks acknowledged findings (check/report-on.ts).
 * Templates contain construct paths only if the CDK CLI ran the app, and never contain acknowledgments.
 */
import { isAcknowledgedAt } from '../../lib/analysis/acknowledged-at';
import { lazy } from '../../lib/util/memo';
import { isRecord, memberOf } from '../../lib/util/records';

/** The paths of the constructs that have a logical id. */
export type ConstructPaths = ReadonlyMap<string, readonly string[]>;

/** A rule that an app acknowledges at a construct and all constructs below it. */
export interface Acknowledged {
  readonly path: string;
  /** Such as `PodIdentity::UnscopedAssociation`. */
  readonly id: string;
  readonly reason: string;
}

/** The metadata of the constructs of a stack. */
export interface ConstructMetadata {
  readonly paths: ConstructPaths;
  /** The acknowledgments at constructs of the stack. The cloud assembly does not contain those at the app or at a stage. */
  readonly acknowledged: readonly Acknowledged[];
}

/** Returns a reader of the metadata of an artifact. It reads the file when it is first called. */
export function constructMetadataIn(
  artifact: unknown, metadataFile: string | undefined, valueIn: (file: string) => unknown,
): () => ConstructMetadata {
  return lazy(() => read([memberOf(artifact, 'metadata'), metadataFile === undefined ? undefined : valueIn(metadataFile)]));
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

/**
 * Returns the construct path of a logical id. A nested stack may repeat a logical id of its parent; its path is longer, so the
 * shortest path below the stack is the right one.
 */
export function pathIn(paths: ConstructPaths, stackId: string, logicalId: string): string | undefined {
  const below = (paths.get(logicalId) ?? []).filter((path) => path.startsWith(`${stackId}/`));
  const depth = (path: string) => path.split('/').length;
  return below.reduce<string | undefined>((best, path) => (best === undefined || depth(path) < depth(best) ? path : best), undefined);
}

/** Returns the reason why an app acknowledges a finding, or `undefined` if it does not. */
export function reasonIn(acknowledged: readonly Acknowledged[], rule: string, constructPath: string): string | undefined {
  const ids = [`PodIdentity::${rule}`, `PodIdentity::${rule}[${constructPath}]`];
  return acknowledged.find(({ path, id }) => ids.includes(id) && isAcknowledgedAt(constructPath, path))?.reason;
}
