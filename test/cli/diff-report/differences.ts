/** Differences that are written here, for the formats. */
import type { PermissionChange, PodDifference, Side } from '../../../cli/diff/difference';
import type { DiffReport } from '../../../cli/diff-report/diff-report';

export function side(properties: Partial<Side> = {}): Side {
  return {
    path: 'App/Pods',
    logicalId: 'Pods',
    file: 'cdk.out/App.template.json',
    stack: 'App',
    role: 'App/Role',
    hasSessionPolicy: true,
    ...properties,
  };
}

export function change(action: string | string[], properties: Partial<PermissionChange> = {}): PermissionChange {
  return {
    statements: [{ Effect: 'Allow', Action: action, Resource: 'arn:aws:s3:::data/*' }],
    isExact: true,
    example: { action: [action].flat()[0], resource: 'arn:aws:s3:::data/k', context: [['aws:SourceIp', '10.0.0.1']] },
    cause: 'session policy',
    causes: 'The session policy of App/Pods changed.',
    ...properties,
  };
}

export function pod(serviceAccount: string, properties: Partial<PodDifference> = {}): PodDifference {
  return {
    cluster: 'prod',
    namespace: 'default',
    serviceAccount,
    base: side(),
    head: side(),
    effect: 'unchanged',
    gained: [],
    lost: [],
    kept: 'all',
    notes: [],
    undetermined: [],
    ...properties,
  };
}

export const UNDETERMINED = {
  code: 'RoleUnknown', message: 'The role of App/Pods is not known.', resolution: 'Give --roles.',
};

export function report(pods: readonly PodDifference[], properties: Partial<DiffReport> = {}): DiffReport {
  const read = { templates: 1, files: [], unreadable: [] };
  return {
    pods,
    unexamined: [],
    base: read,
    head: read,
    given: { base: { name: 'main:cdk.out', prefix: 'main:' }, head: { name: 'cdk.out', prefix: '' } },
    failOn: 'broadening',
    notRead: [],
    ...properties,
  };
}

export const GAINS = pod('gains', { effect: 'broadened', gained: [change('s3:DeleteObject')] });
export const LOSES = pod('loses', { effect: 'narrowed', lost: [change('s3:PutObject')], kept: 'some' });
export const BOTH = pod('both', {
  effect: 'broadened and narrowed', gained: [change('s3:DeleteObject')], lost: [change('s3:PutObject')], kept: 'some',
});
export const UNCLEAR = pod('unclear', { effect: 'undetermined', undetermined: [UNDETERMINED] });
export const PARTLY_CLEAR = pod('partly', {
  effect: 'narrowed', lost: [change('s3:PutObject')], kept: 'some', undetermined: [UNDETERMINED],
});
export const RENAMED = pod('renamed', { notes: ['The construct App/Pods was named App/Old.'] });
export const SAME = pod('same');
export const MAY_LOSE = pod('may-lose', {
  effect: 'undetermined', undetermined: [{ ...UNDETERMINED, direction: 'lost' }],
});
export const MAY_LOSE_MORE = pod('may-lose-more', { ...PARTLY_CLEAR, undetermined: MAY_LOSE.undetermined });
