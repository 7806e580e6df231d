import { splitAction, splitArn } from '../../lib/engine';
import { RECORDED_REQUESTS } from '../../lib/reference/requests-without-type';
import { actionNamed, serviceNamed } from '../../lib/reference/services';

const RECORDS = RECORDED_REQUESTS.flatMap(({ actions, ...record }) => actions.map((action) => ({ action, ...record })));

/** All actions but those that stand for a service. */
const NAMED = RECORDS.filter(({ action }) => !action.endsWith(':*'));

test('every action is one of the reference, as it writes the name', () => {
  const unknown = RECORDS.filter(({ action }) => {
    const [prefix, name] = splitAction(action);
    const service = serviceNamed(prefix);
    return !service || (name !== '*' && actionNamed(service, name!)?.name !== name);
  });
  expect(unknown.map(({ action }) => action)).toEqual([]);
});

test('every action has no resource type, or is also authorized without a resource', () => {
  const typed = NAMED.flatMap(({ action, on }) => {
    const [prefix, name] = splitAction(action);
    const { types, withoutResource } = actionNamed(serviceNamed(prefix)!, name!)!;
    return types.length === 0 ? [] : [[action, on, withoutResource]];
  });
  expect(typed).toEqual([['sns:Publish', '*', true]]); // to a phone number
});

test('a record of all actions of a service says that they are on `*`', () => {
  const ofServices = RECORDS.filter((record) => !NAMED.includes(record));
  expect(ofServices.map(({ action, on }) => `${action} ${on}`)).toEqual(['ec2:* *']);
});

test('forms are ARNs of six fields, in which no field but the resource part is a wildcard', () => {
  for (const form of RECORDS.flatMap(({ on }) => (on === '*' ? [] : on))) {
    const fields = splitArn(form.replace(/\$\{\*\}/g, 'x'));
    expect([form, fields.length]).toEqual([form, 6]);
    expect(fields.slice(0, 2)).toEqual(['arn', '${Partition}']);
    expect(fields.join(':')).not.toContain('*');
  }
});

test('no record is there twice, and records are in the order of the prefixes', () => {
  const shown = RECORDS.map(({ action, on }) => `${action} ${on}`);
  expect(shown.length).toBe(new Set(shown).size);
  const prefixes = RECORDED_REQUESTS.map(({ actions }) => splitAction(actions[0])[0]);
  expect(prefixes).toEqual([...prefixes].sort());
});

test('each record has the page or the thread that shows it', () => {
  const sources = /^https:\/\/(docs\.aws\.amazon\.com|github\.com)\/\S+$/;
  expect(RECORDS.filter(({ source }) => !sources.test(source))).toEqual([]);
});
