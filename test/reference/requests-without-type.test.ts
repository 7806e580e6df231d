import { actionOf } from './requests';
import { actionFacts, actionsMatching } from '../../lib/reference/action-facts';
import { requestCatalog } from '../../lib/reference/request-catalog';
import { RECORDED_REQUESTS, RecordedRequest } from '../../lib/reference/requests-without-type';

/** Recorded actions that have resource types, and why. */
const WITH_TYPES: { readonly [action: string]: string } = {
  'sns:Publish': 'to a phone number, beside topics and endpoints',
};

const ACTIONS = [...new Set(RECORDED_REQUESTS.flatMap(({ actions }) => actions))];
const SINGLE_ACTIONS = ACTIONS.filter((action) => !action.endsWith(':*'));
const entry = ({ actions: [first, ...others], on }: RecordedRequest): string => `${first}${others.length > 0 ? ', …' : ''} on ${on}`;
const RECORDS = RECORDED_REQUESTS.map((record): [string, RecordedRequest] => [entry(record), record]);

test.each(SINGLE_ACTIONS)('%s exists, and has no resource type', (action) => {
  expect(actionFacts(action)).toMatchObject({ name: action, ...!(action in WITH_TYPES) && { types: [] } });
});

test.each(Object.keys(WITH_TYPES))('%s has resource types, and is also asked about on *', (action) => {
  expect(SINGLE_ACTIONS).toContain(action);
  expect(actionFacts(action)).toMatchObject({ withoutResource: true });
  expect(actionFacts(action)!.types).not.toEqual([]);
});

const PATTERNS = ACTIONS.filter((action) => !SINGLE_ACTIONS.includes(action));

test.each(PATTERNS)('%s: some actions of the service have no resource type', (pattern) => {
  const untyped = actionsMatching(pattern).filter(({ types }) => types.length === 0);
  expect(untyped).not.toEqual([]);
  expect(untyped.filter(({ name }) => actionOf(name).doubtfulResources!.length > 0)).toEqual([]);
});

test.each(RECORDS)('%s: well-formed', (_entry, { actions, on, source }) => {
  expect(actions).not.toEqual([]);
  expect(new Set(actions.map((action) => action.split(':')[0])).size).toBe(1);
  expect(actions).toEqual([...actions].sort((a, b) => (a.toLowerCase() < b.toLowerCase() ? -1 : 1)));
  expect(source).toMatch(/^https:\/\/(docs\.aws\.amazon\.com|github\.com)\/\S+$/);
  for (const form of on === '*' ? [] : on) {
    expect(form).toMatch(/^arn:\$\{Partition\}:[a-z0-9-]+:(\$\{Region\})?:(\$\{Account\})?:([\w/:.-]|\$\{(\w+|\*)\})*$/);
  }
});

test('the entries are in the order of their prefixes', () => {
  const prefixes = RECORDED_REQUESTS.map(({ actions: [action] }) => action.split(':')[0]);
  expect(prefixes).toEqual([...prefixes].sort());
});

test('no request is recorded twice', () => {
  const requests = RECORDED_REQUESTS.flatMap(({ actions, on }) => actions.map((action) => `${action} on ${on}`));
  expect(requests).toEqual([...new Set(requests)]);
});

const UNTYPED = SINGLE_ACTIONS.filter((action) => !(action in WITH_TYPES));

test.each(UNTYPED)('%s is asked about what is recorded, and nothing else', (action) => {
  const records = RECORDED_REQUESTS.filter(({ actions }) => actions.includes(action));
  const forms = records.flatMap(({ on }) => (on === '*' ? [] : on));
  expect(actionOf(action)).toMatchObject({ resources: forms, doubtfulResources: [] });
  expect(actionOf(action).isAskedOnStar).toBe(forms.length === 0);
});

test('what nobody recorded is not ruled out', () => {
  const unrecorded = [...requestCatalog().services.keys()].flatMap((prefix) => requestCatalog().services.get(prefix)!
    .filter(({ resources, isAskedOnStar }) => resources.length === 0 && isAskedOnStar === undefined));
  expect(unrecorded.length).toBeGreaterThan(1_000);
  expect(unrecorded.filter(({ doubtfulResources }) => doubtfulResources!.length === 0)).toEqual([]);
});
