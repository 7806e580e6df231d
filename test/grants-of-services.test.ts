import * as fs from 'fs';
import * as path from 'path';
import { App, Stack, StackProps } from 'aws-cdk-lib';
import * as eks from 'aws-cdk-lib/aws-eks-v2';
import { Construct } from 'constructs';
import { PodIdentityAssociation, PodIdentityRole } from '../lib';
import { meetsForm } from './reference/forms';
import { SERVICE_GRANTS, ServiceGrant } from './service-grants';
import { ReportedFinding, synthesize } from './synthesize';
import { associationsIn, sessionPolicyOf } from './templates';
import { withoutCdkPlugin } from './without-cdk-plugin';
import { actionFacts } from '../lib/reference/action-facts';

// CDK warns of its own deprecated calls, once each.
process.env.JSII_DEPRECATED = 'quiet';

withoutCdkPlugin();

/** The role that an association with a grant is on. */
const ROLES = {
  SHARED: 'a role that has every grant',
  OTHER: 'a role that has the grant of another resource',
  LESS: 'a role that has a smaller grant',
} as const;
type On = keyof typeof ROLES;

const GRANTS = Object.entries(SERVICE_GRANTS).map(([name, grant], i) => ({ name, id: `Grant${i}`, ...grant }));

/** What is found where the policy of a resource allows what the role lacks, or may: see lib/template/resource-policies. */
const ALLOWED_BY_RESOURCE: ReadonlyArray<readonly [name: string, on: On, findings: readonly string[]]> = [
  ['efs mount and write', 'LESS', []], // the CDK writes a policy that lets everybody write
  ['sns publish', 'LESS', ['NarrowingUndetermined']],
  ['sns publish', 'OTHER', ['NarrowingUndetermined']],
  ['sns publish, first in, first out', 'OTHER', ['NarrowingUndetermined']],
];
const lacking = (on: On) => GRANTS.filter(({ name }) => !ALLOWED_BY_RESOURCE.some(([n, o]) => n === name && o === on));

/** The findings on an association, and what its session policy allows. */
interface Result {
  readonly findings: ReportedFinding[];
  readonly actions: readonly string[];
}

/** By the path of the association: each grant on each of the roles. Grants go to the session policy, because the role is given. */
function resultsIn(props: StackProps): ReadonlyMap<string, Result> {
  const app = new App({ context: { '@aws-cdk/core:stackResourceLimit': 0 } });
  const stack = new Stack(app, 'Stack', props);
  const cluster = eks.Cluster.fromClusterAttributes(stack, 'Cluster', { clusterName: 'prod' });
  const shared = new PodIdentityRole(stack, 'Shared');
  for (const { id, make, ofNoResource } of GRANTS) {
    const scope = new Construct(stack, id);
    const [resource, other] = [make(scope, 'One'), make(scope, 'Another')];
    const associate = (on: On, ...grants: Array<ReturnType<ServiceGrant['make']>['grant']>) => {
      const role = on === 'SHARED' ? shared : new PodIdentityRole(scope, `Role${on}`);
      grants.forEach((grant) => grant(role));
      resource.grant(new PodIdentityAssociation(scope, on, {
        cluster, namespace: id.toLowerCase(), serviceAccount: on.toLowerCase(), role,
      }));
    };
    associate('SHARED', resource.grant, other.grant);
    if (!ofNoResource) { associate('OTHER', other.grant); }
    if (resource.less) { associate('LESS', resource.less); }
  }
  const { findings, outdir } = synthesize(app);
  const template = JSON.parse(fs.readFileSync(path.join(outdir, 'Stack.template.json'), 'utf-8'));
  const results = new Map(associationsIn(template).map((association): [string, Result] => {
    const statements: Array<{ Action: string | string[] }> = sessionPolicyOf(association).Statement;
    return [
      `${association.Namespace}/${association.ServiceAccount}`,
      { findings: [], actions: statements.flatMap((s) => s.Action) },
    ];
  }));
  for (const finding of findings) {
    const [, id, on] = finding.violatingConstructs[0].constructPath.split('/');
    results.get(`${id}/${on}`.toLowerCase())!.findings.push(finding);
  }
  return results;
}

/** The action and the resource of the request that a finding shows. */
function witnessOf({ description }: ReportedFinding): [action: string, resource: string] {
  const [
    , action, resource,
  ] = /allows(?: none of what the session policy allows, such as)? (\S+) on (\S+?)(?:, (?:and|but) | \(|: (?:no )?statement)/.exec(description) ?? [];
  return [action, resource];
}

const FRANKFURT = { account: '444455556666', region: 'eu-central-1' };

describe.each([
  ['without an env', {}, { account: '111122223333', region: 'us-east-1' }],
  ['with an env', { env: FRANKFURT }, FRANKFURT],
])('a stack %s', (_env, props, { account, region }) => {
  let results: ReadonlyMap<string, Result>;
  beforeAll(() => { results = resultsIn(props); });
  const resultOf = (id: string, on: On) => results.get(`${id}/${on}`.toLowerCase())!;

  const expectToExceed = ({ findings, actions }: Result) => {
    expect(findings.map((f) => f.ruleName).filter(
      // A grant to the role also changes the policy of a key, of which the session policy may use nothing.
      (rule) => !['SessionPolicyExceedsRole', 'NoEffectivePermissions', 'ResourcePolicyHasNoEffect'].includes(rule),
    )).toEqual([]);
    const excesses = findings.filter(({ ruleName }) => ruleName !== 'ResourcePolicyHasNoEffect');
    expect(excesses).not.toHaveLength(0);
    for (const finding of excesses) {
      const [action, resource] = witnessOf(finding);
      expect(actions.filter((granted) => matches(granted, action))).not.toHaveLength(0);
      expect(resource).toMatch(new RegExp(`^(\\*|arn:aws:[a-z0-9-]+:(${region})?:(${account}|aws)?:[^*$]+)$`));
      const { types, withoutResource } = actionFacts(action)!;
      expect(
        resource === '*' ? withoutResource : types.some(({ forms }) => forms.some((form) => meetsForm(resource, form))),
      ).toBe(true);
    }
  };

  test.each(GRANTS)(`$name, on ${ROLES.SHARED}: no finding`, ({ id }) => {
    const { findings, actions } = resultOf(id, 'SHARED');
    expect([actions.length > 0, findings]).toEqual([true, []]);
  });

  test.each(lacking('OTHER').filter(({ ofNoResource }) => !ofNoResource))(
    `$name, on ${ROLES.OTHER}: a request that it lacks`,
    ({ id }) => {
      expectToExceed(resultOf(id, 'OTHER'));
    },
  );

  test.each(ALLOWED_BY_RESOURCE)('%s, on %s: the policy of the resource counts', (name, on, expected) => {
    const { id } = GRANTS.find((grant) => grant.name === name)!;
    expect(resultOf(id, on).findings.map(({ ruleName }) => ruleName)).toEqual(expected);
  });

  test.each(lacking('LESS').filter(({ hasLess }) => hasLess))(`$name, on ${ROLES.LESS}: a request that it lacks`, ({ id }) => {
    expectToExceed(resultOf(id, 'LESS'));
  });
});

function matches(granted: string, action: string): boolean {
  return new RegExp(`^${granted.replace(/\*/g, '.*')}$`, 'i').test(action);
}

test('the page says how many there are', () => {
  const services = new Set(GRANTS.map(({ name }) => name.split(/[ ,]/)[0]));
  expect(fs.readFileSync(path.join(__dirname, '..', 'docs', 'verification.md'), 'utf-8')).toContain(
    `${GRANTS.length} grants of ${services.size} services`,
  );
});
