/**
 * Groups findings that have one cause: the same rule says the same about several associations, for the same role. Front ends for
 * people print a group once; formats for programs keep every finding.
 *
 * Invariant: what is printed of a group is true of each of its findings. Two findings are in one group only if their texts are equal
 * apart from the names of their own associations (path, stack, namespace, service account).
 */
import { Finding } from './finding';
import { Association, RoleRef } from '../template/associations';
import { keyOf } from '../template/template-set';
import { groupBy } from '../util/group-by';

/** At least one finding, in the order of the templates. The first one stands for all. */
export type FindingGroup<T = Finding> = readonly [T, ...T[]];

/** Groups what has an equal cause, in the order of the first of each group. Without a cause, each stands alone. */
export function groupByCause<T>(items: readonly T[], causeOfItem: (item: T) => string | undefined): Array<FindingGroup<T>> {
  return [...groupBy(items.map((item, i) => ({ item, key: causeOfItem(item) ?? i })), ({ key }): string | number => key).values()]
    .map((members) => members.map(({ item }) => item) as [T, ...T[]]);
}

/**
 * Rules whose findings are the same whatever the roles are. Thousands of templates may share a service account, and a cluster hundreds
 * of associations, each with its own role.
 */
const REGARDLESS_OF_ROLES: ReadonlySet<Finding['rule']> = new Set<Finding['rule']>(['AgentMissing', 'DuplicateAssociation', 'FargateOnlyCluster']);

/** Rules on one role, that of the property: the association may have any other role beside it. */
const ON_ONE_ROLE: ReadonlySet<Finding['rule']> = new Set<Finding['rule']>(['RoleTooLarge']);

/** Equal causes: see the invariant. */
export function causeOf(finding: Finding): string {
  const { rule, severity, code, property, message, fix, association } = finding;
  return JSON.stringify([
    rule, severity, code, property, ...concernedRoles(finding).map((role) => role && roleKey(role, association)),
    ...[message, fix].map((text) => withoutNames(text, association)),
  ]);
}

function concernedRoles({ rule, property, association: { role, targetRole } }: Finding): ReadonlyArray<RoleRef | undefined> {
  if (REGARDLESS_OF_ROLES.has(rule)) { return []; }
  if (ON_ONE_ROLE.has(rule)) { return [property === 'TargetRoleArn' ? targetRole : role]; }
  return [role, targetRole];
}

/** Two templates may each have a role of the same logical id, or a parameter of the same name. */
function roleKey({ defined, arn }: RoleRef, { ref }: Association): string {
  if (defined) { return keyOf(defined); }
  return typeof arn === 'string' ? arn : JSON.stringify([ref.stack.id, arn.toString()]);
}

/** The text with marks in place of the names of the association. */
function withoutNames(text: string, { path, namespace, serviceAccount, ref }: Association): string {
  const phrases = [[`${path} (${ref.stack.id})`, path], [`service account '${serviceAccount}'`, '\u0001'], [`namespace '${namespace}'`, '\u0002']];
  const withoutPhrases = phrases.reduce((rest, [phrase, mark]) => rest.split(phrase).join(mark), text);
  return withoutPhrases.split(path).reduce((before, after) => (
    isPartOfPath(before.at(-1)) || isPartOfPath(after[0], after[1]) ? `${before}${path}${after}` : `${before}\u0000${after}`));
}

/** Whether the character continues a path, such as that of a role below the association. A period ends a sentence, unless a letter follows. */
function isPartOfPath(character: string | undefined, next = ' '): boolean {
  return character !== undefined && (/[\w/'"{-]/.test(character) || (character === '.' && /\w/.test(next)));
}
