/** The integration app as far as it can be tested without AWS: what it deploys, and that the library expects the answers that its jobs expect. */
import { spawnSync } from 'child_process';
import * as fs from 'fs';
import * as os from 'os';
import * as path from 'path';
import { App } from 'aws-cdk-lib';
import { Template } from 'aws-cdk-lib/assertions';
import { PodIdentityAssertions } from '../../lib';
import { synthesize } from '../synthesize';
import { associationsIn, sessionPolicyOf } from '../templates';
import { checksOf, NAMESPACE } from './checks';
import { manifestFor, scriptFor } from './jobs';
import { SessionPolicyStack } from './session-policy-stack';

const ENV = { account: '111122223333', region: 'eu-west-1' };
const CHECKS = Object.entries(checksOf(ENV)).flatMap(
  ([account, checks]) => checks.map((check) => ({ account, ...check })),
);

let app: App;
let stack: SessionPolicyStack;
beforeAll(() => {
  app = new App();
  stack = new SessionPolicyStack(app, 'PodIdentityIntegration', {
    env: ENV, admin: 'arn:aws:iam::111122223333:role/me',
  });
});

test('has no finding but those that its jobs look into', () => {
  const { failed, findings, suppressed } = synthesize(app);
  expect({ failed, findings }).toEqual({ failed: false, findings: [] });
  expect(suppressed.map(({ ruleName }) => ruleName).sort()).toEqual(
    ['SessionPolicyExceedsRole', 'UnscopedAssociation'],
  );
});

describe('what it deploys', () => {
  const typesIn = (template: any) => Object.values<any>(template.Resources).map(({ Type: type }) => type);

  test('associations with session policies', () => {
    const associations = associationsIn(Template.fromStack(stack).toJSON());
    expect(associations.map((association) => ({
      ...association, Policy: association.Policy && sessionPolicyOf(association),
    }))).toMatchSnapshot();
  });

  test('a role and the policies of the resources', () => {
    const template = Template.fromStack(stack);
    const [queuePolicy] = Object.values(template.findResources('AWS::SQS::QueuePolicy'));
    const [rolePolicy] = Object.entries(template.findResources('AWS::IAM::Policy'))
      .filter(([id]) => id.startsWith('Shared')).map(([, resource]) => resource);
    expect(rolePolicy.Properties.PolicyDocument).toMatchSnapshot();
    expect(queuePolicy.Properties.PolicyDocument).toMatchSnapshot();
  });

  test('one small node, one agent, and nothing else that costs by the hour', () => {
    const types = typesIn(Template.fromStack(stack).toJSON());
    expect(types.filter((type) => /^AWS::EKS::(Cluster|Addon|Nodegroup)$/.test(type)).sort()).toEqual([
      'AWS::EKS::Addon', 'AWS::EKS::Cluster', 'AWS::EKS::Nodegroup',
    ]);
    expect(types.filter((type) => /NatGateway|LoadBalancer|VPCEndpoint|AWS::EC2::EIP/.test(type))).toEqual([]);
  });
});

test.each(CHECKS)('$account, $action on $resource, $denied', ({ account, action, resource, conditions, denied }) => {
  const pods = PodIdentityAssertions.fromApp(app).serviceAccount(NAMESPACE, account);
  if (denied) { pods.denies(action, resource, { conditions }); } else { pods.allows(action, resource, { conditions }); }
});

describe('its jobs', () => {
  test('are a list that Kubernetes takes', () => {
    expect(manifestFor(ENV)).toMatchSnapshot();
  });

  /** Runs the script of a job with a fake AWS CLI that gives each request the answer. */
  function run(answer: string, env: object = { AWS_CONTAINER_CREDENTIALS_FULL_URI: 'http://169.254.170.23/v1/credentials' }) {
    const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'jobs-'));
    try {
      fs.writeFileSync(path.join(folder, 'aws'), `#!/bin/bash\n${answer}\n`, { mode: 0o755 });
      const checks = checksOf(ENV).exceeds;
      const { status, stdout } = spawnSync('/bin/bash', ['-c', scriptFor(checks)], {
        encoding: 'utf-8', env: { PATH: `${folder}:${process.env.PATH}`, ...env } as any,
      });
      return { status, lines: [...stdout.matchAll(/^(?:NOT )?ok/gm)].map(([line]) => line) };
    } finally {
      fs.rmSync(folder, { recursive: true });
    }
  }

  const DENIED = 'echo "AccessDeniedException: ... because no identity-based policy allows the dynamodb:DeleteItem action" >&2; exit 254';
  const AS_EXPECTED = `case "$2" in delete-item) ${DENIED} ;; *) echo '{}' ;; esac`;

  test.each<[string, string, number, string[]]>([
    ['as expected', AS_EXPECTED, 0, ['ok', 'ok']],
    ['everything allowed', "echo '{}'", 1, ['ok', 'NOT ok']],
    ['everything denied', DENIED, 1, ['NOT ok', 'ok']],
    ['denied for another reason', 'echo "no session policy allows" >&2; exit 254', 1, ['NOT ok', 'NOT ok']],
    ['an error that names no policy', 'echo "The method is not allowed" >&2; exit 255', 1, ['NOT ok', 'NOT ok']],
  ])('%s', (_what, answer, status, lines) => {
    expect(run(answer)).toEqual({ status, lines });
  });

  test('a pod without credentials fails', () => {
    expect(run(AS_EXPECTED, {})).toEqual({ status: 1, lines: ['NOT ok'] });
  });
});
