/** All pairs of this folder, by what they are about. */
import { ACCOUNT_KEYS } from './account-keys';
import { ALWAYS_PRESENT } from './always-present';
import { GUARD_DENIES } from './guard-denies';
import { KEYS_OF_ACTIONS } from './keys-of-actions';
import { LOG_GROUPS } from './log-groups';
import { ORGANIZATION_ROLES } from './organizations';
import { Pair } from './pair';
import { PARTITIONS } from './partitions';
import { REGION_KEYS } from './region-keys';
import { RESOURCE_FORMS } from './resource-forms';
import { SESSION_DATES } from './session-dates';
import { SHORT_ARNS } from './short-arns';
import { STATEMENT_ORDER } from './statement-order';
import { TAG_NAMES } from './tag-names';
import { UNKNOWN_ACTIONS } from './unknown-actions';
import { UNTYPED_ACTIONS } from './untyped-actions';
import { VARIABLES } from './variables';

export const TABLES: { readonly [name: string]: readonly Pair[] } = {
  'guard denies': GUARD_DENIES,
  'untyped actions': UNTYPED_ACTIONS,
  'unknown actions': UNKNOWN_ACTIONS,
  'partitions': PARTITIONS,
  'resource forms': RESOURCE_FORMS,
  'short ARNs': SHORT_ARNS,
  'region keys': REGION_KEYS,
  'account keys': ACCOUNT_KEYS,
  'keys of actions': KEYS_OF_ACTIONS,
  'tag names': TAG_NAMES,
  'session dates': SESSION_DATES,
  'always present': ALWAYS_PRESENT,
  'variables': VARIABLES,
  'log groups': LOG_GROUPS,
  'order of statements': STATEMENT_ORDER,
  'roles of organizations': ORGANIZATION_ROLES,
};
