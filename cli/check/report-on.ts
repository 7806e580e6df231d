import { Finding } from '../../lib/checks/finding';
import { associationAt, associationsIn } from '../../lib/template/associations';
import { grouped } from '../../lib/template/grouped';
import { ResourceRef, TemplateSet } from '../../lib/template/template-set';
import type { AssociationDetails } from '../html/details';
import { fingerprintOf, ordinalIn } from '../report/fingerprint';
import { ReportedFinding, TemplateAssociation } from '../report/report';
import { shown } from '../shown';
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
          return { ...reported(finding, positions!, ordinalIn(own, i)), ...(acknowledged === undefined ? {} : { acknowledged }) };
        }),
        ...detailsOf && { details: detailsOf(ref) },
      };
    });
  });
}

function reported(finding: Finding, positions: Positions, ordinal: number): ReportedFinding {
  const { association: { ref, path }, rule, severity, message, fix, property } = finding;
  const fingerprint = fingerprintOf([rule, ref.stack.id, path, ref.logicalId, property, ordinal]);
  return { rule, severity, message, fix, property, region: positions.at(pathTo(ref, property)), fingerprint };
}

function pathTo({ logicalId }: ResourceRef, property: string): string[] {
  return ['Resources', logicalId, ...property === '' ? [] : ['Properties', ...property.split('.')]];
}
