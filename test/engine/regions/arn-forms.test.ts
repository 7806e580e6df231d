import { piecesOfForm, splitArn } from '../../../lib/engine';
import { ArnForm, crossingsIn, crossingsOf, hasFields, readArnForms } from '../../../lib/engine/regions/arn-forms';
import { entriesOf } from '../../../lib/engine/regions/catalog';
import { isMetBy } from '../../../lib/engine/strings/find-string';
import { Element, literalElements, resourcePattern } from '../../../lib/engine/strings/pattern';
import { requestCatalog } from '../../../lib/reference/request-catalog';
import { UNLIMITED } from '../make';

const HERE = '${Region}:${Account}';
const BUCKETS = 'arn:${Partition}:s3:::${BucketName}';
const OBJECTS = 'arn:${Partition}:s3:::${BucketName}/${ObjectName}';
const QUEUES = `arn:\${Partition}:sqs:${HERE}:\${QueueName}`;
const TABLES = `arn:\${Partition}:dynamodb:${HERE}:table/\${TableName}`;
const INDEXES = `${TABLES}/index/\${IndexName}`;
const GROUPS = `arn:\${Partition}:logs:${HERE}:log-group:\${LogGroupName}`;
const STREAMS = `${GROUPS}:log-stream:\${LogStreamName}`;
const FUNCTIONS = `arn:\${Partition}:lambda:${HERE}:function:\${FunctionName}`;
const ROLES = 'arn:${Partition}:iam::${Account}:role/${RoleNameWithPath}';

const meets = (elements: readonly Element[], text: string) => (
  isMetBy([{ negated: false, patterns: [elements] }], literalElements(text), UNLIMITED));

/** Whether the form matches the ARN field by field. */
const matches = ({ fields }: ArnForm, arn: string) => matchesFields(fields, arn);
const matchesFields = (fields: ArnForm['fields'], arn: string) => (
  splitArn(arn).every((field, i) => meets(fields[i], field)));

/** The form, read together with others of its service. */
const read = (form: string, ...others: string[]) => readArnForms([form, ...others]).get(form)!;

describe('the names of a form', () => {
  const [TABLE, GROUP] = ['arn:aws:dynamodb:eu-west-1:1:table', 'arn:aws:logs:eu-west-1:1:log-group'];
  test.each<[string, ArnForm, string, boolean]>([
    // what it shows, a form, an ARN, whether the form matches it
    ['a bucket', read(BUCKETS), 'arn:aws:s3:::b', true],
    ['the only name of a resource part has no slash', read(BUCKETS), 'arn:aws:s3:::b/k', false],
    ['the only name of a resource part has no colon', read(QUEUES), 'arn:aws:sqs:eu-west-1:1:q:x', false],
    ['a name before a slash has no slash', read(`${BUCKETS}/a`), 'arn:aws:s3:::b/c/a', false],
    ['the last of several names may have slashes', read(OBJECTS), 'arn:aws:s3:::b/a/b/c', true],
    ['the last of several names may have colons', read(OBJECTS), 'arn:aws:s3:::b/a:b', true],
    ['a name behind a colon has no colon', read(FUNCTIONS), 'arn:aws:lambda:eu-west-1:1:function:f:1', false],
    ['a name with a path', read(ROLES), 'arn:aws:iam::1:role/a/b', true],
    ['a name that no other form continues may have a slash', read(TABLES), `${TABLE}/t/index/i`, true],
    ['a name that another form continues has no slash', read(TABLES, INDEXES), `${TABLE}/t/index/i`, false],
    ['the form that continues it', read(INDEXES, TABLES), `${TABLE}/t/index/i`, true],
    ['a name that another form continues with a colon', read(GROUPS, STREAMS), `${GROUP}:g:log-stream:s`, false],
    ['a form that only adds a name continues nothing', read(TABLES, `${TABLES}/\${Name}`), `${TABLE}/t/x`, true],
    ['a form of another kind continues nothing', read(TABLES, `${BUCKETS}/index/\${Id}`), `${TABLE}/t/x`, true],
    ['an empty name', read(QUEUES), 'arn:aws:sqs:eu-west-1:1:', true],
    ['`*` is any text', read('arn:${Partition}:s3:::*/${Id}'), 'arn:aws:s3:::a:b/c/d', true],
    ['`${*}` is an asterisk', read('arn:${Partition}:s3:::${*}'), 'arn:aws:s3:::*', true],
    ['`${*}` is nothing else', read('arn:${Partition}:s3:::${*}'), 'arn:aws:s3:::b', false],
  ])('%s', (_name, form, arn, expected) => {
    expect(matches(form, arn)).toBe(expected);
  });

  test.each<[string, ArnForm, string, boolean]>([
    ['a form with a region may have a symbolic value there', read(QUEUES), 'arn:aws:sqs::1:q', true],
    ['a form without a region has none', read(OBJECTS), 'arn:aws:s3:eu-west-1::b/k', false],
    ['a service that may be any says nothing',
      read('arn:${Partition}:${Service}:${Region}:${Account}:${Type}/${Id}'), 'arn:aws:ec2:::x/y', true],
    ['another service', read(QUEUES), 'arn:aws:sns:eu-west-1:1:q', false],
  ])('%s', (_name, form, arn, expected) => {
    expect(matches(form, arn)).toBe(expected);
  });
});

describe('ARNs of real resources', () => {
  test.each<[string, ArnForm, string, boolean]>([
    ['a queue', read(QUEUES), 'arn:aws:sqs:eu-west-1:111122223333:q', true],
    ['no region', read(QUEUES), 'arn:aws:sqs::111122223333:q', false],
    ['no account', read(QUEUES), 'arn:aws:sqs:eu-west-1::q', false],
    ['an account that is not a number', read(ROLES), 'arn:aws:iam::aws:role/r', false],
    ['an account of eleven digits', read(ROLES), 'arn:aws:iam::11112222333:role/r', false],
    ['no name', read(QUEUES), 'arn:aws:sqs:eu-west-1:111122223333:', false],
    ['`*` may be empty', read('arn:${Partition}:s3:::*/${Id}'), 'arn:aws:s3:::/x', true],
  ])('%s', (_name, form, arn, expected) => {
    expect(hasFields(arn, form.strictFields)).toBe(expected);
    expect(matchesFields(form.strictFields, arn)).toBe(expected);
  });
});

test.each<[string, number, string | undefined, boolean, boolean]>([
  // a form, the colons of its ARNs, its service, whether it has a region and an account
  [BUCKETS, 5, 's3', false, false],
  [ROLES, 5, 'iam', false, true],
  [FUNCTIONS, 6, 'lambda', true, true],
  [STREAMS, 8, 'logs', true, true],
  ['arn:${Partition}:cloudwatch:${Region}:${Account}:alarm:*', Infinity, 'cloudwatch', true, true],
  ['arn:${Partition}:route53:::*/${Id}', Infinity, 'route53', false, false],
  ['arn:${Partition}:logs:${Region}:${Account}:log-group:${LogGroupName}:${*}', 7, 'logs', true, true],
  ['arn:${Partition}:${Service}:${Region}:${Account}:${Type}', 5, undefined, true, true],
  ['arn:${Partition}:ec2:${Region}::image/${ImageId}', 5, 'ec2', true, false],
])('%s', (form, colons, service, hasRegion, hasAccount) => {
  expect(read(form)).toMatchObject({ colons, hasRegion, hasAccount });
  expect(read(form).service).toBe(service);
});

test('each form of the catalog matches its ARNs, and counts their colons', () => {
  const failed: string[] = [];
  const catalog = requestCatalog();
  for (const service of catalog.services.keys()) {
    const entries = entriesOf(service, catalog)!;
    const forms = new Map(entries.flatMap((entry) => [...entry.forms(), ...entry.doubtfulForms()]));
    for (const [format, form] of forms) {
      for (const name of ['x', 'a-b', 'X1_y.z', '111122223333']) {
        const arn = piecesOfForm(format).map((piece) => (
          typeof piece === 'string' ? piece.replace(/\*/g, name) : piece.placeholder === '*' ? '*' : name)).join('');
        const colons = arn.split(':').length - 1;
        const isCounted = form.colons === Infinity || form.colons === colons;
        if (!matches(form, arn) || !meets(form.whole.elements, arn) || !isCounted) { failed.push(`${format}: ${arn}`); }
      }
    }
  }
  expect(failed).toEqual([]);
});

describe('wildcards that run across colons', () => {
  test.each<[string, string[]]>([
    ['arn:aws:s3:::b/*', []], // the resource part may have colons anyway
    ['arn:aws:logs:*:1:x', ['arn:aws:logs:**:*:1:x']],
    ['arn:aws:logs:eu-?:1:x', ['arn:aws:logs:eu-?*:*:1:x']],
    ['arn:aws:logs:*:*:x', ['arn:aws:logs:**:*:*:x', 'arn:aws:logs:*:**:*:x']],
    ['arn:aws:s3*', ['arn:aws:s3*']], // its fields cannot be told apart
  ])('%s: %j', (text, expected) => {
    const texts = crossingsOf(resourcePattern(text, true)).map(({ elements }) => (
      elements.map((e) => (e.type === 'char' ? e.char : e.type === 'one' ? '?' : '*')).join('')));
    expect(texts).toEqual(expected);
  });

  const LOGS = readArnForms([GROUPS, STREAMS]);
  test.each<[string, string, string[]]>([
    ['a log stream', 'arn:aws:logs:*:log-stream:s', [STREAMS]],
    ['a log group', 'arn:aws:logs:*:log-group:g', [GROUPS]],
    ['a log group or what begins like a stream', 'arn:aws:logs:*:log-group:*', [GROUPS, STREAMS]],
    ['a pattern that has all colons of both forms', 'arn:aws:logs:*:1:log-group:g:log-stream:s', []],
    ['another kind', 'arn:aws:logs:*:destination:d', []],
    ['another service', 'arn:aws:lambda:*:log-stream:s', []],
    ['any service', 'arn:aws:*:log-stream:s', [STREAMS]],
    ['no wildcard before the resource part', 'arn:aws:logs:eu-west-1:1:log-group:*', []],
  ])('%s: %s', (_name, text, expected) => {
    const forms = crossingsIn(resourcePattern(text, true), LOGS).flatMap((crossing) => crossing.forms);
    expect([...new Set(forms.map(({ whole }) => whole.source))]).toEqual(expected);
  });

  test('a long pattern is not compared with forms: it may cross colons in all that have more', () => {
    const long = (name: string) => resourcePattern(`arn:aws:logs:*:${name}${'x'.repeat(2_048)}`, true);
    const count = (name: string) => crossingsIn(long(name), LOGS).flatMap((crossing) => crossing.forms).length;
    expect([count('no-such-kind'), count('log-group:g:log-stream:s')]).toEqual([2, 1]);
  });
});

describe('whether a text is an ARN of the form, with names that are not empty', () => {
  const ACCOUNT = '111122223333';
  const LIST = `arn:\${Partition}:sqs:${HERE}:\${*}/\${*}`;
  const ANY_END = 'arn:${Partition}:s3:::${BucketName}/*';
  test.each<[string, string, string, boolean]>([
    ['an ARN of the form', QUEUES, `arn:aws:sqs:eu-west-1:${ACCOUNT}:q`, true],
    ['an empty region', QUEUES, `arn:aws:sqs::${ACCOUNT}:q`, false],
    ['an empty account', QUEUES, 'arn:aws:sqs:eu-west-1::q', false],
    ['an account of eleven digits', ROLES, 'arn:aws:iam::11112222333:role/r', false],
    ['a name for an account', ROLES, 'arn:aws:iam::aws:role/r', false],
    ['an empty name', QUEUES, `arn:aws:sqs:eu-west-1:${ACCOUNT}:`, false],
    ['an empty end that may be any text', ANY_END, 'arn:aws:s3:::b/', true],
    ['an empty name before it', ANY_END, 'arn:aws:s3:::/k', false],
    ['any region and account, which may be empty',
      'arn:${Partition}:sqs:${AnyRegion}:${AnyAccount}:q', 'arn:aws:sqs:::q', true],
    ['two asterisks', LIST, `arn:aws:sqs:eu-west-1:${ACCOUNT}:*/*`, true],
    ['another text than the second', LIST, `arn:aws:sqs:eu-west-1:${ACCOUNT}:*/a`, false],
  ])('%s', (_name, form, arn, expected) => {
    const { strictFields } = read(form);
    expect(hasFields(arn, strictFields)).toBe(expected);
    if (expected) { expect(splitArn(arn).filter((field, i) => !meets(strictFields[i], field))).toEqual([]); }
  });
});
