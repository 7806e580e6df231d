import { createHash } from 'crypto';
import { Finding } from '../../lib/checks/finding';
import { Unknown } from '../../lib/engine';
import { associationAt, associationsIn } from '../../lib/template/associations';
import { ResourceRef, TemplateSet } from '../../lib/template/template-set';
import { Value } from '../../lib/template/value';
import { CheckedAssociation, ReportedFinding } from '../report/report';
import { Positions } from '../templates/positions';
import { ReadStack } from '../templates/read-stacks';
import { readText } from '../templates/read-text';

/** Turns findings into plain data, and finds out where they stand. */
export class ReportBuilder {
  public readonly associations: CheckedAssociation[] = [];

  public add(stacks: readonly ReadStack[], templates: TemplateSet, findings: readonly Finding[]): void {
    const open = templates.assuming(templates.assumptions.leavingOpen());
    const byAssociation = new Map<ResourceRef, Finding[]>();
    for (const finding of findings) {
      const { ref } = finding.association;
      byAssociation.set(ref, [...byAssociation.get(ref) ?? [], finding]);
    }
    for (const { source, stack } of stacks) {
      let positions: Positions | undefined;
      for (const ref of associationsIn(templates).filter((one) => one.stack === stack)) {
        const { path, clusterName, namespace, serviceAccount } = associationAt(ref, open);
        const found = byAssociation.get(ref) ?? [];
        if (found.length > 0) { positions ??= new Positions(readText(source.path, source.file)); }
        this.associations.push({
          path,
          stack: stack.id,
          logicalId: ref.logicalId,
          file: source.file,
          cluster: shown(clusterName),
          namespace: shown(namespace),
          serviceAccount: shown(serviceAccount),
          findings: found.map((finding, i) => reported(finding, positions!, found.slice(0, i))),
        });
      }
    }
  }
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
