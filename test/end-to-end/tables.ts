import { ADDONS } from './addons';
import { AppCase } from './app-case';
import { CONDITIONAL } from './conditions';
import { GUARDS } from './guards';
import { ORGANIZATIONS, RULES, TOGETHER } from './rules';
import { SOURCES } from './sources';
import { STACKS } from './stacks';
import { TEXTS } from './texts';
import { UNEXAMINED } from './unexamined';
import { UNSEEN } from './unseen';
import { VALUES } from './values';

export const TABLES: { readonly [topic: string]: readonly AppCase[] } = {
  'where a role has its permissions': SOURCES,
  'other stacks': STACKS,
  'conditions of the template': CONDITIONAL,
  'values that are put together': VALUES,
  'policies as text': TEXTS,
  'add-ons': ADDONS,
  'guards of organizations': GUARDS,
  'what is not part of the app': UNSEEN,
  'what only the deployment makes': UNEXAMINED,
  'rules': RULES,
  'policies of an organization': ORGANIZATIONS,
  'findings together': TOGETHER,
};
