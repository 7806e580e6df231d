/** Compacted session policies on the command line: the binary reads the metadata of templates. */
import { Cli } from './run';
import { association, role } from './templates';
import { WRITTEN_POLICY_KEY } from '../../lib/template/written-policy-key';

const TABLE = 'arn:aws:dynamodb:us-east-1:111122223333:table/orders';
const statement = (...actions: string[]) => ({ Effect: 'Allow', Action: actions, Resource: TABLE });
const document = (...statements: object[]) => ({ Version: '2012-10-17', Statement: statements });
const compacted = (deployed: object, written: object, mode = 'CATALOG') => ({
  ...association('', { Policy: JSON.stringify(document(deployed)) }),
  Metadata: { [WRITTEN_POLICY_KEY]: { Compaction: mode, Document: document(written) } },
});
const BATCH = statement('dynamodb:BatchGetItem', 'dynamodb:BatchWriteItem');
const roleWith = (Action: string) => role('', {
  Policies: [{ PolicyName: 'access', PolicyDocument: document({ Effect: 'Allow', Action, Resource: '*' }) }],
});
const template = (allowed: string, deployed: object, mode?: string) => ({
  Resources: { Role: roleWith(allowed), Pods: compacted(deployed, BATCH, mode) },
});
const cli = new Cli({
  'same.json': template('dynamodb:*', statement('dynamodb:Batch*')),
  'grown.json': template('dynamodb:*', statement('dynamodb:*'), 'ROLE'),
  'same.yaml': `Resources:\n  Role: ${JSON.stringify(roleWith('dynamodb:*'))}\n  Pods: ${
    JSON.stringify(compacted(statement('dynamodb:Batch*'), BATCH))}\n`,
});

const rulesIn = (file: string) => {
  const { stdout } = cli.run(`check ${file} --format json`);
  const { associations } = JSON.parse(stdout);
  return associations.flatMap(({ findings }: any) => findings.map(({ rule, code }: any) => `${rule} ${code}`));
};

test.each(['same.json', 'same.yaml'])('%s has no findings', (file) => {
  expect(rulesIn(file)).toEqual([]);
});

test('a role that has grown is found', () => {
  expect(rulesIn('grown.json')).toEqual(['CompactedPolicyDiffers AllowsMore']);
});

const explain = (action: string, file = 'same.json') => JSON.parse(
  cli.run(['explain', action, TABLE, '--association', 'Pods', file, '--format', 'json']).stdout);

test('explain names the statement that was written', () => {
  const [{ layers, outcome }] = explain('dynamodb:BatchGetItem').cases;
  const session = layers.find(({ layer }: any) => layer === 'session policy');
  expect(outcome).toBe('allowed');
  expect(session.statements).toMatchObject([{
    statement: { policy: 'the written session policy', json: BATCH }, match: 'yes',
  }]);
});

test('explain decides with what is deployed: AWS may add an action', () => {
  const [{ layers, outcome }] = explain('dynamodb:BatchNewThing').cases;
  const session = layers.find(({ layer }: any) => layer === 'session policy');
  expect(outcome).toBe('allowed');
  expect(session.statements).toMatchObject([{ statement: { policy: 'the session policy' }, match: 'yes' }]);
});

test('the report shows what was written and what is deployed', () => {
  const { stdout } = cli.run('report same.json');
  expect(stdout).toContain('Session policy, as it is written: 1 statement');
  expect(stdout).toContain('A compacted policy is deployed instead');
  expect(stdout).toContain('dynamodb:Batch*');
});

