/** One cause is one finding for people, and one finding for each association for programs. */
import type { Log } from 'sarif';
import { Cli } from './run';
import { association } from './templates';

const COUNT = 25;
const IMPORTED = 'arn:aws:iam::111122223333:role/platform';

let cli: Cli;
beforeAll(() => {
  cli = new Cli();
  const pods = (i: number) => association('s3:GetObject', { Namespace: `team-${i}`, RoleArn: IMPORTED });
  const ids = Array.from({ length: COUNT }, (_, i) => i);
  cli.write({
    'teams.json': { Resources: Object.fromEntries(ids.slice(0, -1).map((i) => [`Team${i}`, pods(i)])) },
    'last.json': { Resources: { Last: pods(COUNT) } },
  });
});
afterAll(() => cli.remove());

const run = (format: string) => cli.run(['check', 'teams.json', 'last.json', '--format', format]).stdout;

test('text has it once, with the others and their files', () => {
  const text = run('text').replace(/\s+/g, ' ');
  expect(text.match(/warning NarrowingUndetermined/g)).toHaveLength(1);
  expect(text).toMatch(/ The same applies to 24 other associations: Team1, Team2, .*Team20 and 4 more \(--format json lists all\)\. /);
  expect(text).toContain('25 associations in 2 templates: 25 warnings (1 cause)');
});

test('JSON and JUnit have each', () => {
  const { summary, associations } = JSON.parse(run('json'));
  expect(summary.warnings).toBe(COUNT);
  const findings = associations.flatMap((one: any) => one.findings);
  expect(findings).toHaveLength(COUNT);
  expect(new Set(findings.map(({ cause }: any) => cause)).size).toBe(1);
  expect(new Set(findings.map(({ fingerprint }: any) => fingerprint)).size).toBe(COUNT);
  expect(findings[0].reasons).toEqual([{
    code: 'IncompleteRole', message: expect.stringContaining(IMPORTED), resolution: expect.any(String),
  }]);
  expect(run('junit').match(/<system-out>/g)).toHaveLength(COUNT);
});

test('SARIF has one result, with the fingerprint of the first and the others as related locations', () => {
  const { runs: [{ results = [] }] }: Log = JSON.parse(run('sarif'));
  const [{ associations }] = [JSON.parse(run('json'))];
  expect(results).toHaveLength(1);
  const [{ locations = [], relatedLocations = [], partialFingerprints }] = results;
  expect(partialFingerprints).toEqual({ 'podIdentityFinding/v1': associations[0].findings[0].fingerprint });
  const nameOf = ({ logicalLocations = [] }: typeof locations[0]) => logicalLocations[0].fullyQualifiedName;
  expect(locations.map(nameOf)).toEqual(['Team0']);
  expect(relatedLocations.map(nameOf)).toEqual(associations.slice(1).map(({ path }: any) => path));
  expect(relatedLocations.map(({ id }) => id)).toEqual(Array.from({ length: COUNT - 1 }, (_, i) => i + 1));
});
