import { Cli } from '../run';
import { association, role } from '../templates';

const COUNT = 400;

test('one finding of many templates is short', () => {
  const template = { Resources: { Role: role('s3:*'), Pods: association('s3:GetObject') } };
  const cli = new Cli(Object.fromEntries(Array.from({ length: COUNT }, (_, i) => [`t${i}.template.json`, template])));
  const { stdout } = cli.run('check .');
  cli.remove();
  expect(stdout).toContain(`${COUNT - 1} errors (1 cause)`);
  expect(stdout.length).toBeLessThan(3000);
});
