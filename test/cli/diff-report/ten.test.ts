import { TEN } from './ten';
import { Cli } from '../run';

/** What reviewers see of the ten commonest differences, read through the command. */

jest.setTimeout(60_000);

let cli: Cli;
beforeAll(() => { cli = new Cli(); });
afterAll(() => cli.remove());

test.each(TEN)('%s', (_, base, head, expected) => {
  cli.write({ 'base/app.json': base, 'head/app.json': head });
  const { status, stdout, stderr } = cli.run('diff base head --format markdown');
  expect({ status, stderr }).toEqual({ status: expected, stderr: '' });
  expect(stdout).toMatchSnapshot();
});
