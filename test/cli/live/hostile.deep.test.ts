/** As hostile.test.ts, for every operation that is called, every limit of time, and every member of every answer. */
import { Raw } from './aws-server';
import {
  bytesOf, eachOf, goesOn, isXml, membersOf, OPERATIONS, pageOf, replaceAt, SLOW, with_,
} from './hostile';
import { besideHostileServer, expectHonest, read, testInPlaceOfAnswers, usual, withoutTime } from './hostile-reading';

jest.setTimeout(60_000);
besideHostileServer();

testInPlaceOfAnswers(OPERATIONS);

describe('without an end', () => {
  test.each(eachOf(SLOW, OPERATIONS))('%s: %s', async (operation, _, behaviour) => {
    const { said, ms } = await read(with_(usual, operation, behaviour), { request: 300, call: 1000 });
    expectHonest(said);
    expect(said.join('\n')).toContain(operation);
    expect(ms).toBeLessThan(15_000);
  });
});

test.each([
  'ListPodIdentityAssociations', 'ListRolePolicies', 'ListAttachedRolePolicies',
])('other tokens without end: %s', async (operation) => {
  let page = 0;
  const next = () => pageOf(usual, operation, 1, goesOn(operation, String(++page)));
  const { said } = await read({ ...usual, [operation]: next });
  expect(said.join('\n')).toMatch(/its pages do not end; (there are more than 500|they have more than 1000 items)\./);
});


/** Members whose absence or another value does not change what is read. */
const UNUSED = new Set([
  'Path', 'RoleId', 'CreateDate', 'RoleLastUsed', 'LastUsedDate', 'Region', 'PermissionsBoundaryType', 'tags',
  'createdAt', 'modifiedAt', 'externalId', 'associationArn', 'clusterName', 'disableSessionTags', 'policy',
  'targetRoleArn', 'PolicyId', 'IsDefaultVersion', 'PolicyName', 'PermissionsBoundary',
]);

/** Whether it is what AWS could answer: other names and tokens, or a list that is empty or at its end. */
function isLegal(path: ReadonlyArray<string | number>, value: unknown): boolean {
  const name = path[path.length - 1];
  return ((name === 'associationId' || name === 'nextToken') && value === 'text')
    || (name === 'nextToken' && value === null)
    || (name === 'associations' && Array.isArray(value) && value.length === 0);
}

function isLegalElement(name: string, text: string): boolean {
  const isEmpty = text === '' || text === `<${name}/>`;
  const isList = ['AttachedPolicies', 'PolicyNames'].includes(name);
  return (isEmpty && (name === 'member' ? text === '' : isList && text !== ''))
    || (name === 'Marker' && (text === '<Marker>text</Marker>' || text === '<Marker>true</Marker>'))
    || (name === 'IsTruncated' && text === '<IsTruncated>true</IsTruncated>');
}

describe('values of another type, for each member', () => {
  const VALUES: ReadonlyArray<readonly [string, unknown]> = [
    ['nothing', null], ['a number', 7], ['true', true], ['text', 'text'], ['a list', []], ['a list of null', [null]],
    ['an object', {}],
    ['an object with a prototype', JSON.parse('{"__proto__":{"length":1},"constructor":"a"}')],
  ];
  const firstInput = {
    clusterName: 'prod',
    associationId: 'a-1',
    RoleName: 'pods',
    PolicyName: 'access',
    VersionId: 'v3',
    PolicyArn: 'arn:aws:iam::111122223333:policy/team',
  };
  const eks = OPERATIONS.filter((operation) => !isXml(operation));
  const cases = eks.flatMap((operation) => membersOf(usual[operation](firstInput as never)).map(
    (path): [string, ReadonlyArray<string | number>] => [operation, path]));

  test.each(cases)('%s: %j', async (operation, path) => {
    const whole = withoutTime(await read(usual));
    for (const [, value] of VALUES) {
      const result = await read({
        ...usual,
        [operation]: (input) => new Raw(
          (response) => response.end(JSON.stringify(replaceAt(usual[operation](input), path, value)))),
      });
      if (result.said.length > 0) {
        expectHonest(result.said);
      } else if (!UNUSED.has(String(path[path.length - 1])) && !path.includes('tags') && !isLegal(path, value)) {
        expect([path, value, withoutTime(result)]).toEqual([path, value, whole]);
      }
    }
  });

  const iam = OPERATIONS.filter(isXml);
  const elements = iam.flatMap((operation) => [...new Set(
    [...bytesOf(operation, usual[operation](firstInput))
      .matchAll(/<(\w+)[ >]/g)].map(([, name]) => name))].map((name): [string, string] => [operation, name]));

  test.each(elements)('%s: <%s>', async (operation, name) => {
    const whole = withoutTime(await read(usual));
    const element = new RegExp(`<${name}(?: [^>]*)?>[^]*?</${name}>`);
    const others = [
      '', '<x/>', 'text', `<${name}/>`, ...['text', '<member><a/></member>', 'true', '<other/>', '<![CDATA[x]]>'].map(
        (inside) => `<${name}>${inside}</${name}>`), `<${name} a="b">x</${name}>`,
    ];
    for (const other of others) {
      const result = await read({
        ...usual,
        [operation]: (input) => new Raw(
          (response) => response.end(bytesOf(operation, usual[operation](input)).replace(element, () => other))),
      });
      if (result.said.length > 0) {
        expectHonest(result.said);
      } else if (!UNUSED.has(name) && !isLegalElement(name, other)) {
        expect([name, other, withoutTime(result)]).toEqual([name, other, whole]);
      }
    }
  });
});
