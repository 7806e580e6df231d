/** As hostile-resources.test.ts, for every operation that is called, and every member of every answer. */
import { Raw } from './aws-server';
import { bytesOf, eachOf, membersOf, replaceAt, SLOW, with_ } from './hostile';
import {
  besideHostileServer, expectHonest, readOfResources, testInPlaceOfAnswers, withPolicies,
} from './hostile-reading';
import { KEY, QUEUE, RESOURCE_OPERATIONS, SECRET, TOPIC } from './resources';

jest.setTimeout(60_000);
besideHostileServer();

testInPlaceOfAnswers(RESOURCE_OPERATIONS, withPolicies, readOfResources);

test.each(eachOf(SLOW, RESOURCE_OPERATIONS))('without an end: %s: %s', async (operation, _, behaviour) => {
  const { said, ms } = await readOfResources(with_(withPolicies, operation, behaviour), { request: 300, call: 1000 });
  expectHonest(said);
  expect(said.join('\n')).toContain(operation);
  expect(ms).toBeLessThan(15_000);
});

/** Members whose absence or another value does not change what is read. */
const UNUSED = new Set(['PolicyName', 'Name', 'UserId', 'Arn', 'Owner', 'DisplayName']);

/** Whether it is what AWS answers for a resource without a policy. */
const isWithout = (name: unknown, value: unknown) => (
  (name === 'Policy' || name === 'ResourcePolicy') && (value === null || value === undefined || value === ''));

const INPUT = {
  KeyId: KEY,
  TopicArn: TOPIC,
  SecretId: SECRET,
  QueueName: QUEUE.split(':')[5],
  QueueOwnerAWSAccountId: QUEUE.split(':')[4],
  QueueUrl: `https://sqs/${QUEUE.split(':').slice(4).join('/')}`,
};
const withoutTime = ({ ms: _, ...rest }: Awaited<ReturnType<typeof readOfResources>>) => rest;

describe('values of another type, for each member', () => {
  const VALUES: readonly unknown[] = [
    null, 7, true, '', 'text', [], [null], {}, '{}', '[]',
    JSON.parse('{"__proto__":{"Policy":"{}"},"constructor":"a"}'),
  ];
  const json = ['GetKeyPolicy', 'GetQueueUrl', 'GetQueueAttributes', 'GetResourcePolicy'];
  const cases = json.flatMap((operation) => membersOf(withPolicies[operation](INPUT)).map(
    (path): [string, ReadonlyArray<string | number>] => [operation, path]));

  test.each(cases)('%s: %j', async (operation, path) => {
    const whole = withoutTime(await readOfResources(withPolicies));
    const name = path[path.length - 1];
    for (const value of VALUES) {
      const result = await readOfResources({
        ...withPolicies,
        [operation]: (input) => new Raw(
          (response) => response.end(JSON.stringify(replaceAt(withPolicies[operation](input), path, value)))),
      });
      if (result.said.length > 0) {
        expectHonest(result.said);
      } else if (isWithout(name, value) && operation !== 'GetKeyPolicy') {
        expect([...result.resources.values()].filter(({ policy }) => policy === undefined)).toHaveLength(1);
      } else if (!UNUSED.has(String(name))) {
        expect([path, value, withoutTime(result)]).toEqual([path, value, whole]);
      }
    }
  });
});

describe('elements in the place of each element', () => {
  const elements = ['GetCallerIdentity', 'GetTopicAttributes'].flatMap((operation) => [
    ...new Set([...bytesOf(operation, withPolicies[operation](INPUT)).matchAll(/<(\w+)[ >]/g)].map(([, name]) => name)),
  ].map((name): [string, string] => [operation, name]));

  test.each(elements)('%s: <%s>', async (operation, name) => {
    const whole = withoutTime(await readOfResources(withPolicies));
    const usual = bytesOf(operation, withPolicies[operation](INPUT));
    const places = [...usual.matchAll(new RegExp(`<${name}(?: [^>]*)?>[^]*?</${name}>`, 'g'))];
    const others = [
      '', '<x/>', 'text', `<${name}/>`, `<${name} a="b">x</${name}>`,
      ...['text', 'Policy', '<entry/>', '{}', '<key>Policy</key><value>{}</value>', '<![CDATA[x]]>'].map(
        (inside) => `<${name}>${inside}</${name}>`),
    ];
    for (const { 0: element, index } of places) {
      for (const other of others) {
        const text = usual.slice(0, index) + other + usual.slice(index + element.length);
        const result = await readOfResources({
          ...withPolicies, [operation]: () => new Raw((response) => response.end(text)),
        });
        if (result.said.length > 0) {
          expectHonest(result.said);
        } else { // such as another display name
          expect([other, withoutTime(result)]).toEqual([other, whole]);
        }
      }
    }
  });
});
