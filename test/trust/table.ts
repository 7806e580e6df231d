import { ACTIONS } from './actions';
import { TargetRoleCase, TrustCase } from './cases';
import { DENIES } from './denies';
import { DOCUMENTS } from './documents';
import { OTHER_KEYS } from './other-keys';
import { PRINCIPALS } from './principals';
import { REQUEST_TAGS } from './request-tags';
import { ORGANIZATIONS, SOURCES } from './sources';
import { TAG_KEYS } from './tag-keys';
import { TARGET_ROLES } from './target-roles';

export * from './cases';

/** Trust policies of the roles of associations, and what AWS does for three associations with each. */
export const trustPolicies: readonly TrustCase[] = [
  ...ACTIONS, ...PRINCIPALS, ...SOURCES, ...ORGANIZATIONS, ...REQUEST_TAGS, ...TAG_KEYS, ...OTHER_KEYS, ...DENIES,
  ...DOCUMENTS,
];

/** Trust policies of target roles, and what AWS does for three associations whose role is SOURCE_ROLE. */
export const targetRoles: readonly TargetRoleCase[] = TARGET_ROLES;
