import type { Log, Notification, ReportingDescriptor, Result } from 'sarif';
import { CheckedAssociation, Report, ReportedFinding } from './report';
import { pageOf, sentenceOf } from './rule-pages';
import { ALL_CHECKS } from '../../lib/checks/run-checks';
import { version } from '../../package.json';
import type { Unreadable } from '../templates/unreadable';

const HOME = 'https://github.com/cdk-eks-pod-identity/cdk-eks-pod-identity';

/** For code scanning. @see https://docs.oasis-open.org/sarif/sarif/v2.1.0/sarif-v2.1.0.html */
export function sarifReport(report: Report): string {
  const log: Log = {
    $schema: 'https://json.schemastore.org/sarif-2.1.0.json',
    version: '2.1.0',
    runs: [{
      tool: { driver: { name: 'cdk-pod-identity', version, semanticVersion: version, informationUri: HOME, rules: ALL_CHECKS.map(ruleOf) } },
      columnKind: 'utf16CodeUnits',
      ...(report.unreadable?.length && {
        invocations: [{ executionSuccessful: false, toolExecutionNotifications: report.unreadable.map(notificationOf) }],
      }),
      results: report.associations.flatMap((association) => association.findings.map((finding) => resultOf(association, finding))),
    }],
  };
  return `${JSON.stringify(log, undefined, 2)}\n`;
}

function ruleOf({ id, severity }: (typeof ALL_CHECKS)[number]): ReportingDescriptor {
  return {
    id: `PodIdentity::${id}`,
    name: id,
    shortDescription: { text: sentenceOf(id) },
    helpUri: pageOf(id),
    defaultConfiguration: { level: severity },
  };
}

function resultOf({ file, path, stack }: CheckedAssociation, finding: ReportedFinding): Result {
  const { rule, severity, message, fix, region, fingerprint, acknowledged } = finding;
  return {
    ruleId: `PodIdentity::${rule}`,
    ruleIndex: ALL_CHECKS.findIndex(({ id }) => id === rule),
    level: severity,
    message: { text: `${message} Fix: ${fix}` },
    locations: [{
      physicalLocation: {
        artifactLocation: uriOf(file),
        ...region && { region: { startLine: region.line, startColumn: region.column, endLine: region.endLine, endColumn: region.endColumn } },
      },
      logicalLocations: [{ name: path.split('/').pop(), fullyQualifiedName: path === '' ? stack : path, kind: 'resource' }],
    }],
    partialFingerprints: { 'podIdentityFinding/v1': fingerprint },
    ...(acknowledged === undefined ? {} : { suppressions: [{ kind: 'inSource', status: 'accepted', justification: acknowledged }] }),
  };
}

function notificationOf({ file, reason, line, column }: Unreadable): Notification {
  const region = line === undefined ? {} : { region: { startLine: line, ...(column === undefined ? {} : { startColumn: column }) } };
  return {
    level: 'error',
    message: { text: `${file} could not be read: ${reason}` },
    locations: [{ physicalLocation: { artifactLocation: uriOf(file), ...region } }],
  };
}

/** Relative to the folder in which the command runs, which pipelines take for the root of the sources. */
function uriOf(file: string): { readonly uri: string } {
  return { uri: file.split('/').map((name) => (name === '..' ? name : encodeURIComponent(name))).join('/') };
}
