import { TABLES } from './tables';
import { DEFAULT_SETTINGS } from '../../lib/analysis/settings';
import { ALL_RULES, runRules, runTemplateRules } from '../../lib/rules/run-rules';
import { TemplateSet } from '../../lib/template/template-set';

const APPS = Object.values(TABLES).flat();

describe.each(Object.entries(TABLES))('%s', (_topic, apps) => {
  test.each(apps.map((one) => [one.name, one] as const))('%s', (_name, app) => {
    const { stacks, declarations, organization, expected, silent } = app;
    // A rule that is off by default is on in the apps about it.
    const about = [silent, ...expected.map(([rule]) => rule)];
    const off = ALL_RULES.filter(({ id, severity }) => severity === 'off' && about.includes(id));
    const severities = new Map(off.map(({ id }) => [id, 'warning' as const]));
    const settings = { ...DEFAULT_SETTINGS, organization, severities };
    const templates = new TemplateSet(stacks);
    const findings = [...runTemplateRules(templates, settings), ...runRules(templates, { declarations, settings })];
    expect(findings.map(({ rule, message }) => `${rule}: ${message}`)).toEqual(
      expected.map(([rule, message]) => containing(`${rule}: `, message)),
    );
    expect(findings.map((finding) => finding.rule)).not.toContain(silent);
  });
});

function containing(...parts: string[]) {
  return expect.stringMatching(
    new RegExp(parts.map((part) => part.replace(/[.*+?^${}()|[\]\\]/g, '\\$&')).join('.*'), 's'),
  );
}

test('there are many apps, each with a name of its own', () => {
  expect(APPS.length).toBeGreaterThanOrEqual(60);
  expect(new Set(APPS.map((one) => one.name)).size).toBe(APPS.length);
});

test('every rule fires in an app, and is silent in one that comes close to it', () => {
  const fired = new Set(APPS.flatMap((one) => one.expected.map(([rule]) => rule)));
  const silent = new Set(APPS.map((one) => one.silent));
  const missing = ALL_RULES.flatMap(({ id }) => [
    ...(fired.has(id) ? [] : [`${id} fires in no app`]), ...(silent.has(id) ? [] : [`no app comes close to ${id}`]),
  ]);
  expect(missing).toEqual([]);
});
