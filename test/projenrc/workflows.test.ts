import * as fs from 'fs';
import * as path from 'path';
import { parse } from 'yaml';
import { PINNED_ACTIONS } from '../../projenrc/pinned-actions';

interface Step { readonly uses?: string; readonly run?: string; readonly with?: { readonly [name: string]: unknown } }
interface Job { readonly permissions?: { readonly [scope: string]: string }; readonly steps: readonly Step[] }
interface Workflow { readonly permissions?: object; readonly jobs: { readonly [name: string]: Job } }

const FOLDER = path.join(__dirname, '..', '..', '.github', 'workflows');
const WORKFLOWS = new Map(fs.readdirSync(FOLDER).map((file) => (
  [file, parse(fs.readFileSync(path.join(FOLDER, file), 'utf-8')) as Workflow])));
const JOBS = [...WORKFLOWS].flatMap(([file, { jobs }]) => (
  Object.entries(jobs).map(([name, job]): [string, Job] => [`${file}: ${name}`, job])));
const STEPS = JOBS.flatMap(([name, { steps }]) => steps.map((step): [string, Step] => [name, step]));

test('every action is pinned by a commit', () => {
  const used = STEPS.flatMap(([, { uses }]) => uses ?? []);
  expect(used.length).toBeGreaterThan(50);
  expect(used.filter((uses) => !/^[\w.-]+\/[\w./-]+@[0-9a-f]{40}$/.test(uses))).toEqual([]);
});

test.each(PINNED_ACTIONS.map(({ action, commit, version }) => [action, commit, version]))(
  'all uses of %s are those of its pinned version', (action, commit, version) => {
    const used = STEPS.flatMap(([, { uses }]) => (uses?.startsWith(`${action}@`) ? [uses] : []));
    expect(new Set(used)).toEqual(new Set([`${action}@${commit}`]));
    expect(version).toMatch(/^v\d+\.\d+\.\d+$/);
  });

test('no step installs what the lock file does not name, or a version that may change', () => {
  const runs = STEPS.flatMap(([name, { run }]) => (run === undefined ? [] : [`${name}: ${run}`]));
  expect(runs.filter((run) => /npm (install|i)\b|@latest\b|\byarn\b|\bpip install\b/.test(run))).toEqual([]);
  const packages = runs.flatMap((run) => [...run.matchAll(/npx '?-p'? '?([^' ]+)/g)].map(([, name]) => name));
  expect(packages.length).toBeGreaterThan(0);
  expect(packages.filter((name) => !/^[\w-]+@\d+\.\d+\.\d+$/.test(name))).toEqual([]);
});

test('every job names its permissions', () => {
  expect(JOBS.filter(([, { permissions }]) => permissions === undefined).map(([name]) => name)).toEqual([]);
});

test('what runs the code of a pull request may write nothing', () => {
  const jobs = Object.entries(WORKFLOWS.get('build.yml')!.jobs);
  const writing = jobs.filter(([, { permissions }]) => Object.values(permissions ?? {}).includes('write'));
  expect(writing.map(([name]) => name)).toEqual([]);
});

test('no token stays in a checkout', () => {
  const checkouts = STEPS.filter(([, { uses }]) => uses?.startsWith('actions/checkout@'));
  expect(checkouts.length).toBeGreaterThan(10);
  expect(checkouts.filter(([, step]) => step.with?.['persist-credentials'] !== false)).toEqual([]);
});
