/**
 * Writes a difference as SARIF, for code scanning. One result for each group of service accounts and each of: they gain, they lose,
 * they are undetermined.
 * Invariants: a result is an error exactly if the command fails on it. If something could not be read, the execution is not successful.
 */
import type { Location, Notification, ReportingDescriptor, Result } from 'sarif';
import { DiffReport, Group, groupsIn, isOpen, positionIn } from './diff-report';
import type { FailOn } from './options';
import { serviceAccountOf } from './text';
import { permissionsIn, requestIn, textOf } from './words';
import { DOCS } from '../../lib/util/docs';
import type { PermissionChange, PodDifference } from '../diff/difference';
import { fingerprintOf } from '../report/fingerprint';
import { notificationOf, physicalLocationOf, printLog } from '../report/sarif';

const RULES = [
  { id: 'PermissionsBroadened', level: 'error', sentence: 'The pods of a service account gain permissions.' },
  { id: 'PermissionsNarrowed', level: 'note', sentence: 'The pods of a service account lose permissions.' },
  { id: 'PermissionsUndetermined', level: 'error', sentence: 'What the pods of a service account gain or lose could not be determined.' },
] as const;
type RuleId = (typeof RULES)[number]['id'];

/** Maximum number of other service accounts that a message names. */
const NAMED = 20;

export function sarifDiff(report: DiffReport): string {
  const unreadable = [report.base, report.head].flatMap((side, i) => side.unreadable.map((one) => (
    { ...one, file: withoutRevision(one.file, i === 0 ? report.given.base.prefix : report.given.head.prefix) })));
  const unread: Notification[] = [
    ...unreadable.map(notificationOf), ...report.notRead.map((text): Notification => ({ level: 'warning', message: { text } })),
  ];
  return printLog(RULES.map(ruleOf), {
    automationDetails: { id: 'cdk-pod-identity-diff/' },
    ...unread.length > 0 && { invocations: [{ executionSuccessful: false, toolExecutionNotifications: unread }] },
    results: groupsIn(report).flatMap((group) => resultsOf(report, group)),
  });
}

function ruleOf({ id, level, sentence }: (typeof RULES)[number]): ReportingDescriptor {
  return { id: `PodIdentity::${id}`, name: id, shortDescription: { text: sentence }, helpUri: `${DOCS}/cli-diff.md#sarif`, defaultConfiguration: { level } };
}

function resultsOf(report: DiffReport, group: Group): Result[] {
  const [{ gained, lost, undetermined }] = group.pods;
  const described = (verb: string, changes: readonly PermissionChange[]) => changes.map((change) => (
    `They ${verb} ${textOf(permissionsIn(change))}. ${change.causes} Example: ${textOf(requestIn(change.example))}.`)).join(' ');
  return [
    ...gained.length > 0 ? [resultOf(report, group, 'PermissionsBroadened', described('gain', gained), gained[0])] : [],
    ...lost.length > 0 ? [resultOf(report, group, 'PermissionsNarrowed', described('lose', lost), lost[0])] : [],
    ...undetermined.length > 0
      ? [resultOf(report, group, 'PermissionsUndetermined', undetermined.map(({ message, resolution }) => `${message} ${resolution}`.trimEnd()).join(' '))] : [],
  ];
}

function resultOf(report: DiffReport, { pods }: Group, rule: RuleId, said: string, change?: PermissionChange): Result {
  const [pod, ...others] = pods;
  const names = others.map((one) => serviceAccountOf(one, true));
  const more = names.length - NAMED;
  const same = names.length === 0 ? '' : ` The same applies to ${names.slice(0, NAMED).join(', ')}${more > 0 ? ` and ${more} more` : ''}.`;
  const [location, ...related] = pods.map((one) => locationOf(report, one, change));
  return {
    ruleId: `PodIdentity::${rule}`,
    ruleIndex: RULES.findIndex(({ id }) => id === rule),
    level: levelOf(rule, report.failOn, pod),
    message: { text: `Pods of ${serviceAccountOf(pod, true)}. ${said}${same}` },
    locations: [location],
    ...related.length > 0 && { relatedLocations: related.map((other, i) => ({ id: i + 1, ...other })) },
    partialFingerprints: { 'podIdentityDifference/v1': fingerprintOf([rule, pod.cluster, pod.namespace, pod.serviceAccount]) },
  };
}

function levelOf(rule: RuleId, failOn: FailOn, pod: PodDifference): Result['level'] {
  if (rule === 'PermissionsUndetermined' && failOn === 'broadening' && !isOpen(pod, 'gained')) { return 'warning'; }
  if (rule === 'PermissionsNarrowed') { return failOn === 'change' ? 'error' : 'note'; }
  return failOn === 'never' ? 'warning' : 'error';
}

/** An association that is removed has no position in the head, but its file may be there. Those of a cluster have no file. */
function locationOf(report: DiffReport, pod: PodDifference, change?: PermissionChange): Location {
  const { file, path, stack } = (pod.head ?? pod.base)!;
  const { prefix } = pod.head ? report.given.head : report.given.base;
  return {
    ...file !== '' && { physicalLocation: physicalLocationOf(withoutRevision(file, prefix), positionIn(report, pod, change)) },
    logicalLocations: [{ name: path.split('/').pop(), fullyQualifiedName: path === '' ? stack : path, kind: 'resource' }],
  };
}

/** Code scanning wants paths of the repository. */
function withoutRevision(file: string, prefix: string): string {
  return file.startsWith(prefix) ? file.slice(prefix.length) : file;
}
