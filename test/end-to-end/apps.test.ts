import { AppCase } from './app-case';
import { CONDITIONAL } from './conditions';
import { RULES, TOGETHER } from './rules';
import { SOURCES } from './sources';
import { STACKS } from './stacks';
import { UNSEEN } from './unseen';
import { VALUES } from './values';
import { ALL_CHECKS, runChecks } from '../../lib/checks/run-checks';
import { TemplateSet } from '../../lib/template/template-set';

const TABLES: { readonly [topic: string]: readonly AppCase[] } = {
  'where a role has its permissions': SOURCES,
  'other stacks': STACKS,
  'conditions of the template': CONDITIONAL,
  'values that are put together': VALUES,
  'what is not part of the app': UNSEEN,
  'rules': RULES,
  'findings together': TOGETHER,
};
const APPS = Object.values(TABLES).flat();

describe.each(Object.entries(TABLES))('%s', (_topic, apps) => {
  test.each(apps.map((one) => [one.name, one] as const))('%s', (_name, { stacks, declarations, expected, silent }) => {
    const findings = runChecks(new TemplateSet(stacks), { declarations });
    expect(findings.map(({ rule, message }) => `${rule}: ${message}`)).toEqual(expected.map(([rule, message]) => containing(`${rule}: `, message)));
    expect(findings.map((finding) => finding.rule)).not.toContain(silent);
  });
});

function containing(...parts: string[]) {
  return expect.stringMatching(new RegExp(parts.map((part) => part.replace(/[.*+?^${}()|[\]\\]/g, '\\$&')).join('.*'), 's'));
}

test('there are many apps, each with a name of its own', () => {
  expect(APPS.length).toBeGreaterThanOrEqual(60);
  expect(new Set(APPS.map((one) => one.name)).size).toBe(APPS.length);
});

test('every rule fires in an app, and is silent in one that comes close to it', () => {
  const fired = new Set(APPS.flatMap((one) => one.expected.map(([rule]) => rule)));
  const silent = new Set(APPS.map((one) => one.silent));
  const missing = ALL_CHECKS.flatMap(({ id }) => [...(fired.has(id) ? [] : [`${id} fires in no app`]), ...(silent.has(id) ? [] : [`no app comes close to ${id}`])]);
  expect(missing).toEqual([]);
});
