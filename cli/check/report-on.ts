/**
 * Converts the findings of the rules to the plain data of a report: names for people, the position in the template, the
 * fingerprint, and the acknowledgment. Stands between the rules and the formats of cli/report.
 * Invariant: every association of the stacks is in the report, with findings or without.
 */
import { Finding, RuleId, TemplateFinding } from '../../lib/analysis/finding';
import { associationAt, associationsIn } from '../../lib/template/associations';
import { Evaluator } from '../../lib/template/evaluator';
import { ResourceRef, TemplateSet } from '../../lib/template/template-set';
import { groupBy } from '../../lib/util/group-by';
import { lazy } from '../../lib/util/memo';
import type { AssociationDetails } from '../access/details';
import { causeMarkOf, fingerprintOf, ordinalIn } from '../report/fingerprint';
import { ReportedFinding, TemplateAssociation, TemplateReport } from '../report/report';
import { showValue } from '../show-value';
import { reasonIn } from '../templates/construct-metadata';
import { Positions } from '../templates/positions';
import { ReadStack } from '../templates/read-stacks';
import { textOfStack } from '../templates/stack-text';

/** Reports all associations of the stacks. The text of a template is parsed for positions only if it has findings. */
export function reportOn(
  stacks: ReadonlyArray<Pick<ReadStack, 'source' | 'stack'>>, templates: TemplateSet, findings: readonly Finding[],
  detailsOf?: (ref: ResourceRef) => AssociationDetails,
): TemplateAssociation[] {
  const open = new Evaluator(templates).leavingOpen;
  const found = groupBy(findings, ({ association }) => association.ref);
  const associations = groupBy(associationsIn(templates), (ref) => ref.stack.id);
  return stacks.flatMap(({ source, stack }) => {
    const positions = lazy(() => new Positions(textOfStack(source)));
    return (associations.get(stack.id) ?? []).map((ref): TemplateAssociation => {
      const { path, clusterName, namespace, serviceAccount } = associationAt(ref, open);
      const own = found.get(ref) ?? [];
      return {
        path,
        stack: stack.id,
        logicalId: ref.logicalId,
        file: source.file,
        cluster: showValue(clusterName),
        namespace: showValue(namespace),
        serviceAccount: showValue(serviceAccount),
        findings: own.map((finding, i) => {
          const acknowledged = source.constructs && reasonIn(source.constructs.metadata().acknowledged, finding.rule, path);
          return { ...toReported(finding, positions(), ordinalIn(own, i)), ...(acknowledged === undefined ? {} : { acknowledged }) };
        }),
        ...detailsOf && { details: detailsOf(ref) },
      };
    });
  });
}

/** Reports findings on the templates themselves: those without findings are left out. */
export function reportOnTemplates(stacks: readonly ReadStack[], all: readonly TemplateFinding[]): TemplateReport[] {
  return stacks.flatMap(({ source, stack: { id }, text, error }): TemplateReport[] => {
    const findings = error ? [] : all.filter(({ stack }) => stack.id === id);
    if (findings.length === 0) { return []; }
    const positions = new Positions(text);
    const acknowledged = (rule: RuleId) => source.constructs && reasonIn(source.constructs.metadata().acknowledged, rule, source.constructs.path);
    return [{
      stack: id,
      file: source.file,
      findings: findings.map(({ rule, severity, code, message, fix, at }, i): ReportedFinding => {
        const reason = acknowledged(rule);
        const nth = findings.slice(0, i).filter((other) => other.rule === rule && other.code === code).length;
        return {
          rule,
          severity,
          code,
          message,
          fix,
          property: '',
          region: positions.at(at),
          fingerprint: fingerprintOf([rule, id, code, ...nth === 0 ? [] : [nth]]),
          cause: fingerprintOf([rule, severity, code, message, fix]),
          ...reason !== undefined && { acknowledged: reason },
        };
      }),
    }];
  });
}

function toReported(finding: Finding, positions: Positions, ordinal: number): ReportedFinding {
  const { association: { ref, path }, rule, severity, code, message, fix, property, reasons } = finding;
  const fingerprint = fingerprintOf([rule, ref.stack.id, path, ref.logicalId, property, ordinal]);
  const region = positions.at(pathTo(ref, property));
  return { rule, severity, code, message, fix, property, ...reasons && { reasons }, region, fingerprint, cause: causeMarkOf(finding) };
}

function pathTo({ logicalId }: ResourceRef, property: string): string[] {
  return ['Resources', logicalId, ...property === '' ? [] : ['Properties', ...property.split('.')]];
}
