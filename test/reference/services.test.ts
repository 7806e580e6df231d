import { CORRECTIONS } from '../../lib/reference/corrections';
import {
  actionNamed, isServicePrefix, serviceNamed, servicePrefixes, servicesAsOf,
} from '../../lib/reference/services';

/** The forms of an action of a service. */
function formsOf(action: string): readonly string[] {
  const [prefix, name] = action.split(':');
  return actionNamed(serviceNamed(prefix)!, name)!.types.flatMap(({ forms }) => forms);
}

test('the reference has a date, and its prefixes are in lower case', () => {
  expect(servicesAsOf()).toMatch(/^20\d\d-\d\d-\d\d$/);
  expect(servicePrefixes().filter((prefix) => prefix !== prefix.toLowerCase())).toEqual([]);
});

test.each([['s3', 's3'], ['S3', 's3'], ['nope', undefined], ['', undefined], ['__proto__', undefined]])(
  'the service %s',
  (prefix, expected) => {
    expect(serviceNamed(prefix)?.prefix).toBe(expected);
    expect(isServicePrefix(prefix)).toBe(expected !== undefined);
  },
);

test.each([
  ['getobject', 'GetObject'], ['GetObject', 'GetObject'], ['GetObjects', undefined], ['constructor', undefined],
])('the action s3:%s', (name, expected) => {
  expect(actionNamed(serviceNamed('s3')!, name)?.name).toBe(expected);
});

describe('forms that only some actions are authorized on', () => {
  const GROUP = 'arn:${Partition}:logs:${Region}:${Account}:log-group:${LogGroupName}';

  test.each([
    ['logs:TagResource', [GROUP]],
    ['logs:ListTagsForResource', [GROUP]],
    ['logs:PutRetentionPolicy', [`${GROUP}:log-stream:`]],
    ['logs:CreateLogGroup', [`${GROUP}:log-stream:`]],
  ])('%s is authorized on no other form of log groups', (action, expected) => {
    expect(formsOf(action).filter((form) => form.startsWith(GROUP))).toEqual(expected);
  });

  test('each of them is a form of its service, and each action one of the service', () => {
    for (const [prefix, { onlyFor = {} }] of Object.entries(CORRECTIONS)) {
      const service = serviceNamed(prefix)!;
      for (const [form, actions] of Object.entries(onlyFor)) {
        const withForm = service.actions.filter(({ types }) => types.some(({ forms }) => forms.includes(form)));
        expect(withForm.map(({ name }) => name).sort()).toEqual([...actions].sort());
      }
    }
  });

  test('the types of the service keep all forms, for those who look for a type', () => {
    const [group] = serviceNamed('logs')!.types.filter(({ name }) => name === 'log-group');
    expect(group.forms).toEqual(expect.arrayContaining([GROUP, `${GROUP}:log-stream:`]));
  });
});

test.each([
  ['a correction adds forms of a type', 'lambda:InvokeFunction',
    'arn:${Partition}:lambda:${Region}:${Account}:function:${FunctionName}:${Qualifier}'],
  ['a correction adds forms of an action', 'sns:Publish',
    'arn:${Partition}:sns:${Region}:${Account}:app/${Platform}/${Application}'],
  ['a correction adds forms of all actions without a type', 'logs:DescribeResourcePolicies',
    'arn:${Partition}:logs:${Region}:${Account}:log-group::log-stream:'],
])('%s', (_name, action, form) => {
  expect(formsOf(action)).toContain(form);
});
