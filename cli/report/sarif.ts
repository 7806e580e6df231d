/**
 * Writes a report as SARIF, for code scanning.
 * Invariant: acknowledged findings are suppressed results, not missing ones. If something could not be read, the execution is not
 * successful.
 */
import type { Invocation, Location, Log, Notification, PhysicalLocation, ReportingDescriptor, Result, Run } from 'sarif';
import type { AuditRule } from './audit-rules';
import {
  Audit, CheckedAssociation, describeOthers, describeOtherTemplates, groupsIn, Report, ReportedFinding, templateGroupsIn, TemplateReport,
} from './report';
import { pageOf, sentenceOf } from './rule-pages';
import { ALL_RULES } from '../../lib/rules/run-rules';
import { version } from '../../package.json';
import type { Unreadable } from '../files/unreadable';

const HOME = 'https://github.com/cdk-eks-pod-identity/cdk-eks-pod-identity';

/** @see https://docs.oasis-open.org/sarif/sarif/v2.1.0/sarif-v2.1.0.html */
export function sarifReport(report: Report): string {
  const rules = [...ALL_RULES.map(({ id, severity }) => ({ id, severity, sentence: sentenceOf(id) })), ...report.audit?.rules ?? []];
  const ids = rules.map(({ id }) => id);
  return printLog(rules.map(ruleOf), {
    ...report.audit && { invocations: [invocationOf(report.audit)] },
    ...(report.unreadable?.length && {
      invocations: [{ executionSuccessful: false, toolExecutionNotifications: report.unreadable.map(notificationOf) }],
    }),
    results: [
      ...groupsIn(report).map((group) => (
        resultOf(group[0].finding, describeOthers(group), group.map(({ association, finding }) => locationOf(association, finding)), ids))),
      ...templateGroupsIn(report).map((group) => {
        const locations = group.map(({ template, finding }) => templateLocationOf(template, finding));
        return resultOf(group[0].finding, describeOtherTemplates(group), locations, ids);
      }),
    ],
  });
}

/** The log of one run of the command. */
export function printLog(rules: ReportingDescriptor[], run: Omit<Run, 'tool'>): string {
  const log: Log = {
    $schema: 'https://json.schemastore.org/sarif-2.1.0.json',
    version: '2.1.0',
    runs: [{
      tool: { driver: { name: 'cdk-pod-identity', version, semanticVersion: version, informationUri: HOME, rules } },
      columnKind: 'utf16CodeUnits',
      ...run,
    }],
  };
  return `${JSON.stringify(log, undefined, 2)}\n`;
}

/** The notifications of an audit: what could not be read. */
function invocationOf({ notRead }: Audit): Invocation {
  return {
    executionSuccessful: notRead.length === 0,
    toolExecutionNotifications: notRead.map((text) => ({ level: 'warning', message: { text } })),
  };
}

function ruleOf(
  { id, severity, sentence }: Pick<AuditRule, 'sentence'> & { readonly id: ReportedFinding['rule']; readonly severity: AuditRule['severity'] | 'off' },
): ReportingDescriptor {
  return {
    id: `PodIdentity::${id}`,
    name: id,
    shortDescription: { text: sentence },
    helpUri: pageOf(id),
    defaultConfiguration: severity === 'off' ? { enabled: false } : { level: severity },
  };
}

/**
 * One result for one cause. By the specification a result has several locations only if a change at every one of them is needed, and
 * code scanning shows the first one; so the other associations are related locations.
 */
function resultOf(
  { rule, severity, message, fix, fingerprint, acknowledged }: ReportedFinding, others: string, [location, ...related]: readonly Location[],
  ids: ReadonlyArray<ReportedFinding['rule']>,
): Result {
  return {
    ruleId: `PodIdentity::${rule}`,
    ruleIndex: ids.indexOf(rule),
    level: severity,
    message: { text: `${message}${others} Fix: ${fix}` },
    locations: [location],
    ...(related.length === 0 ? {} : { relatedLocations: related.map((other, i) => ({ id: i + 1, ...other })) }),
    partialFingerprints: { 'podIdentityFinding/v1': fingerprint },
    ...(acknowledged === undefined ? {} : { suppressions: [{ kind: 'inSource', status: 'accepted', justification: acknowledged }] }),
  };
}

/** What could not be read, as a notification. */
export function notificationOf({ file, reason, line, column }: Pick<Unreadable, 'file' | 'reason' | 'line' | 'column'>): Notification {
  const region = line === undefined ? {} : { region: { startLine: line, ...(column === undefined ? {} : { startColumn: column }) } };
  return {
    level: 'error',
    message: { text: `${file} could not be read: ${reason}` },
    locations: [{ physicalLocation: { artifactLocation: uriOf(file), ...region } }],
  };
}

/** A finding of a live cluster has no file, only the ARN of the association. */
function locationOf(association: CheckedAssociation, { region }: ReportedFinding): Location {
  if (!('file' in association)) {
    return { logicalLocations: [{ name: association.path, fullyQualifiedName: association.associationArn, kind: 'resource' }] };
  }
  const { file, path, stack } = association;
  return {
    physicalLocation: physicalLocationOf(file, region),
    logicalLocations: [{ name: path.split('/').pop(), fullyQualifiedName: path === '' ? stack : path, kind: 'resource' }],
  };
}

function templateLocationOf({ file, stack }: TemplateReport, { region }: ReportedFinding): Location {
  return { physicalLocation: physicalLocationOf(file, region), logicalLocations: [{ name: stack.split('/').pop(), fullyQualifiedName: stack, kind: 'module' }] };
}

export function physicalLocationOf(file: string, region: ReportedFinding['region']): PhysicalLocation {
  return {
    artifactLocation: uriOf(file),
    ...region && { region: { startLine: region.line, startColumn: region.column, endLine: region.endLine, endColumn: region.endColumn } },
  };
}

/** Relative to the working directory, which pipelines treat as the root of the sources. A URI cannot contain lone surrogates. */
function uriOf(file: string): { readonly uri: string } {
  const names = file.replace(/\p{Cs}/gu, '\uFFFD').split('/');
  return { uri: names.map((name) => (name === '..' ? name : encodeURIComponent(name))).join('/') };
}
