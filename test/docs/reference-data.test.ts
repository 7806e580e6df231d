/** docs/reference-data.md counts what the data files contain, and what AWS's policies name beyond them. */
import * as fs from 'fs';
import * as path from 'path';
import { actionFacts } from '../../lib/reference/action-facts';
import { typesWithFormat } from '../../lib/reference/resource-formats';
import { isServicePrefix, serviceNamed, servicePrefixes, servicesAsOf } from '../../lib/reference/services';
import { managedPolicies } from '../managed-policies';
import { listOf, statementsOf } from '../oracle/readings';

const ROOT = path.join(__dirname, '..', '..');
const PAGE = fs.readFileSync(path.join(ROOT, 'docs', 'reference-data.md'), 'utf-8');
const TEXT = PAGE.replace(/\s+/g, ' ');
const shown = (count: number) => count.toLocaleString('en-US');

test('the table has the size of each file', () => {
  const rows = PAGE.matchAll(/^\| `([\w-]+\.br)` \| .* \| (\d+) kB \|$/gm);
  const folder = path.join(ROOT, 'lib', 'reference', 'data');
  const kilobytes = (name: string) => Math.round(fs.statSync(path.join(folder, name)).size / 1000);
  expect(Object.fromEntries([...rows].map(([, name, size]) => [name, Number(size)]))).toEqual(
    Object.fromEntries(fs.readdirSync(folder).map((name) => [name, kilobytes(name)])));
});

test('the table counts services, actions, policies and types', () => {
  const prefixes = servicePrefixes();
  const actions = prefixes.reduce((sum, prefix) => sum + serviceNamed(prefix)!.actions.length, 0);
  expect(TEXT).toContain(`${shown(prefixes.length)} services: ${shown(actions)} actions with`);
  expect(TEXT).toContain(`authorizes them on | ${servicesAsOf()} |`);
  expect(TEXT).toContain(`documents of the ${shown(managedPolicies().length)} policies that AWS manages`);
  expect(TEXT).toContain(`attributes of ${shown(typesWithFormat().length)} CloudFormation types`);
});

test('the page counts what the policies name and the reference does not list', () => {
  const statements = managedPolicies().flatMap(({ document }) => statementsOf(document));
  const named = statements.flatMap(({ Action, NotAction }) => [...listOf(Action), ...listOf(NotAction)]).filter(
    (action) => action !== '*').map((action) => action.toLowerCase());
  const isListed = (action: string) => isServicePrefix(action.split(':')[0]);
  const services = new Set(named.filter((action) => !isListed(action)).map((action) => action.split(':')[0]));
  const actions = new Set(named.filter((action) => isListed(action) && !/[*?]/.test(action) && !actionFacts(action)));
  expect(TEXT).toContain(`name ${actions.size} actions of listed services, and ${services.size} services, that the`);
});
