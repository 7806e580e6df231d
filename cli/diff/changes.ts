/**
 * Converts gains to the plain data of a difference: statements, an example and the causes. Between compare-permissions.ts and compare-pods.ts.
 */
import { causesOf, Direction } from './causes';
import { Gain, Gains } from './compare-permissions';
import { Example, PermissionChange, Undetermined } from './difference';
import { PodAccess } from './pod-access';
import { Need, Statement, statementAsJson } from '../../lib/engine';
import { groupBy } from '../../lib/util/group-by';

export function reasonsOf(direction: Direction, { reasons }: Gains): Undetermined[] {
  const what = direction === 'gained' ? 'whether the pods gain permissions is not certain' : 'whether the pods lose permissions is not certain';
  return reasons.map(({ code, message, resolution, need }) => ({
    code, message: `${what}: ${message}`, resolution: (need && BY_NEED[need]) ?? RESOLUTIONS[code] ?? resolution, direction,
  }));
}

/** What resolves it with the options of this command, which has no findings to turn off. */
const BY_NEED: { readonly [need in Need]?: string } = {
  'environment': 'give the account and the region (--account, --region), or give the resource the same name in base and head',
  'managed policy': 'give the template that defines the policy, or a snapshot of the role (--roles)',
  'nested template': 'give the template of the nested stack as a local file (TemplateURL: ./child.yaml)',
  'processed template': 'compare the processed templates (`aws cloudformation get-template --template-stage Processed`)',
  'role': 'give the template that defines the role, or a snapshot of the role (--roles)',
  'role ARN': 'define the role in the given templates, or write its ARN out',
  'snapshot': 'run `cdk-pod-identity snapshot` with credentials that may read the role, and give the file with --roles',
};

/** What resolves it, where the engine speaks of a session policy and a role: here they are the two sides. */
const RESOLUTIONS: Readonly<Record<string, string>> = {
  Budget: 'split the statement, or list fewer actions and resources',
  Condition: 'review the conditions, or write them the same way in base and head',
  Deny: 'review the Deny statement, or write it the same way in base and head',
  PartialOverlap: 'review the statements, or write their resources the same way in base and head',
  UndocumentedRequest: 'review the statements',
  UnknownValue: 'write the value out, or use the same value in base and head',
};

export function changesOf({ gains }: Gains, direction: Direction, lacking: PodAccess, having: PodAccess): PermissionChange[] {
  return mergeChanges(gains.map((gain): PermissionChange => ({
    statements: gain.statements.map(asJson),
    isExact: gain.isExact,
    example: exampleOf(gain),
    ...causesOf(gain, direction, lacking, having),
  })));
}

function asJson(statement: Statement): ReturnType<typeof statementAsJson> {
  // Values print as their labels.
  return JSON.parse(JSON.stringify(statementAsJson({ ...statement, sid: undefined }))) as ReturnType<typeof statementAsJson>;
}

/** One change for each cause, with the statements of all. The first example is enough. */
export function mergeChanges(changes: readonly PermissionChange[]): PermissionChange[] {
  return [...groupBy(changes, ({ causes }) => causes).values()].map((same) => {
    const statements = [...new Map(same.flatMap((one) => one.statements).map((one) => [JSON.stringify(one), one])).values()];
    const ofEffect = (effect: string) => statements.filter(({ Effect: of }) => of === effect);
    return { ...same[0], statements: [...ofEffect('Allow'), ...ofEffect('Deny')], isExact: same.every(({ isExact }) => isExact) };
  });
}

function exampleOf({ witness: { action, resource, context, missing, keyNames, assumed } }: Gain): Example {
  const named = (key: string) => keyNames.get(key) ?? key;
  return {
    action,
    resource,
    context: [...context].map(([key, value]) => [named(key), [value].flat().join(', ')] as const),
    ...missing.length > 0 && { missing: missing.map(named) },
    ...assumed.size > 0 && { assumed: [...assumed] },
  };
}
