import { createHash } from 'crypto';
import { Finding } from '../../lib/checks/finding';
import { Unknown } from '../../lib/engine';
import { associationAt, associationsIn } from '../../lib/template/associations';
import { ResourceRef, TemplateSet } from '../../lib/template/template-set';
import { Value } from '../../lib/template/value';
import type { AssociationDetails } from '../html/details';
import { ReportedFinding, TemplateAssociation } from '../report/report';
import { reasonIn } from '../templates/construct-metadata';
import { Positions } from '../templates/positions';
import { ReadStack } from '../templates/read-stacks';
import { readText } from '../templates/read-text';

/** Findings on the associations of some stacks, as plain data that say where they stand. */
export function reportOn(
  stacks: ReadonlyArray<Pick<ReadStack, 'source' | 'stack'>>, templates: TemplateSet, findings: readonly Finding[],
  detailsOf?: (ref: ResourceRef) => AssociationDetails,
): TemplateAssociation[] {
  const open = templates.assuming(templates.assumptions.leavingOpen());
  const found = grouped(findings, ({ association }) => association.ref);
  const associations = grouped(associationsIn(templates), ({ stack }) => stack);
  return stacks.flatMap(({ source, stack }) => {
    let positions: Positions | undefined;
    return (associations.get(stack) ?? []).map((ref): TemplateAssociation => {
      const { path, clusterName, namespace, serviceAccount } = associationAt(ref, open);
      const own = found.get(ref) ?? [];
      if (own.length > 0) { positions ??= new Positions(readText(source.path, source.file)); }
      return {
        path,
        stack: stack.id,
        logicalId: ref.logicalId,
        file: source.file,
        cluster: shown(clusterName),
        namespace: shown(namespace),
        serviceAccount: shown(serviceAccount),
        findings: own.map((finding, i) => {
          const acknowledged = source.constructs && reasonIn(source.constructs.metadata().acknowledged, finding.rule, path);
          return { ...reported(finding, positions!, own.slice(0, i)), ...(acknowledged === undefined ? {} : { acknowledged }) };
        }),
        ...detailsOf && { details: detailsOf(ref) },
      };
    });
  });
}

function grouped<Key, T>(items: readonly T[], keyOf: (item: T) => Key): ReadonlyMap<Key, readonly T[]> {
  const groups = new Map<Key, T[]>();
  for (const item of items) {
    const group = groups.get(keyOf(item));
    if (group) { group.push(item); } else { groups.set(keyOf(item), [item]); }
  }
  return groups;
}

function reported(finding: Finding, positions: Positions, earlier: readonly Finding[]): ReportedFinding {
  const { association: { ref }, rule, severity, message, fix, property } = finding;
  const ordinal = earlier.filter((other) => other.rule === rule && other.property === property).length;
  return { rule, severity, message, fix, property, region: positions.at(pathTo(ref, property)), fingerprint: fingerprintOf(finding, ordinal) };
}

function pathTo({ logicalId }: ResourceRef, property: string): string[] {
  return ['Resources', logicalId, ...property === '' ? [] : ['Properties', ...property.split('.')]];
}

/** Of what stays the same when lines move, and when a message is worded better. */
function fingerprintOf({ association: { ref, path }, rule, property }: Finding, ordinal: number): string {
  return createHash('sha256').update(JSON.stringify([rule, ref.stack.id, path, ref.logicalId, property, ordinal])).digest('hex').slice(0, 32);
}

function shown(value: Value): string {
  return value instanceof Unknown ? `(${value.reason})` : value.toString();
}
