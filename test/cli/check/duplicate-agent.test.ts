/** A finding on a template that does not concern what was examined: each cluster counts, in every format. */
import { Cli } from '../run';

const cli = new Cli();
afterAll(() => cli.remove());

const agentOf = (cluster: string) => ({
  Type: 'AWS::EKS::Addon', Properties: { AddonName: 'eks-pod-identity-agent', ClusterName: cluster },
});
const TWICE = { Resources: { A: agentOf('prod'), B: agentOf('prod'), C: agentOf('test'), D: agentOf('test') } };
const check = (options = '') => {
  cli.write({ 't.json': TWICE });
  return cli.run(['check', 't.json', ...options.split(' ').filter((one) => one !== '')]);
};

test('the text names both at the line of the second, and the check fails without an association', () => {
  const { status, stdout } = check();
  expect(status).toBe(1);
  expect(stdout).toMatch(/error {2}DuplicateAgent {2}t\.json:10/);
  const text = stdout.replace(/\s+/g, ' ');
  expect(text).toContain("B and A both install the add-on eks-pod-identity-agent on cluster 'prod'.");
  expect(text).toContain('Remove one of the two.');
  expect(text).not.toContain('PodIdentityAgent.ensureOn');
  expect(stdout).toContain('0 associations in 1 template: 2 errors');
});

test('each has a fingerprint of its own, the same in every run', () => {
  const fingerprints = () => JSON.parse(check('--format json').stdout).templateFindings[0].findings
    .map(({ fingerprint }: { readonly fingerprint: string }) => fingerprint);
  expect(new Set(fingerprints()).size).toBe(2);
  expect(fingerprints()).toEqual(fingerprints());
});

test('JUnit has a test for it, and none that says that the template was not examined', () => {
  const { stdout } = check('--format junit');
  expect(stdout).toMatch(/<testcase[^>]*name="gives each cluster one agent"[^>]*>\s*<failure message="DuplicateAgent"/);
  expect(stdout).not.toContain('is examined whole');
});
