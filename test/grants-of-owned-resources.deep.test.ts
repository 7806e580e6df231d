/** The CDK's own grants, on resources that the app owns, with their resource policies: no finding, because AWS allows what was granted. */
import { App } from 'aws-cdk-lib';
import * as eks from 'aws-cdk-lib/aws-eks-v2';
import * as iam from 'aws-cdk-lib/aws-iam';
import { Construct } from 'constructs';
import { GrantsTo, PodIdentityAssociation, PodIdentityRole } from '../lib';
import {
  denyWithoutTls, KEYS_OF_ADMINISTRATOR, MODULES_WITH_POLICIES, Ownership, OWNERSHIPS, stackOwning,
} from './owned-resources';
import { SERVICE_GRANTS } from './service-grants';
import { ReportedFinding, synthesize } from './synthesize';
import { withoutCdkPlugin } from './without-cdk-plugin';

// CDK warns of its own deprecated calls, once each.
process.env.JSII_DEPRECATED = 'quiet';

withoutCdkPlugin();

const GRANTS = Object.entries(SERVICE_GRANTS).map(([name, grant], i) => ({ name, id: `Grant${i}`, ...grant }));

/** What the pods have, other than the grant. */
const ASSOCIATIONS = {
  Narrowed: 'a session policy, on a role with the same grant',
  Both: 'grants to the session policy and to the role',
  Own: 'a role of their own, and no session policy',
} as const;
type Association = keyof typeof ASSOCIATIONS;

/** Findings that were reviewed and are right, by the name of the grant; `*` is for all of them. */
const REVIEWED: { readonly [grant: string]: readonly string[] } = {};

/** The findings on the associations with each grant, by the id of the grant, and the modules whose resources have a policy. */
function findingsIn(ownership: Ownership, grants = GRANTS) {
  const stack = stackOwning(ownership);
  const cluster = eks.Cluster.fromClusterAttributes(stack, 'Cluster', { clusterName: 'prod' });
  for (const { id, make } of grants) {
    const scope = new Construct(stack, id);
    const { grant } = make(scope, 'One');
    const associate = (name: Association, props: object = {}) => new PodIdentityAssociation(scope, name, {
      cluster, namespace: id.toLowerCase(), serviceAccount: name.toLowerCase(), ...props,
    });
    const [narrowed, both] = ['NarrowedRole', 'BothRole'].map((name) => new PodIdentityRole(scope, name));
    for (const role of [narrowed, both]) { allowSomethingElse(role); }
    grant(narrowed);
    grant(associate('Narrowed', { role: narrowed }));
    grant(associate('Both', { role: both, grantsTo: GrantsTo.SESSION_POLICY_AND_ROLE }));
    grant(associate('Own'));
  }
  const modules = new Set(denyWithoutTls(stack));
  const { findings } = synthesize(stack.node.root as App);
  return { findings, modules };
}

/** So that the session policy takes something away. */
function allowSomethingElse(role: PodIdentityRole): void {
  role.addToPrincipalPolicy(new iam.PolicyStatement({ actions: ['ec2:DescribeTags'], resources: ['*'] }));
}

function idIn({ violatingConstructs: [{ constructPath }] }: ReportedFinding): string {
  return constructPath.split('/')[1];
}

describe.each(OWNERSHIPS)('$name', (ownership) => {
  let findings: readonly ReportedFinding[];
  let modules: ReadonlySet<string>;
  beforeAll(() => { ({ findings, modules } = findingsIn(ownership)); });

  test.each(GRANTS)('$name: no finding', ({ id, name }) => {
    const reviewed = REVIEWED[name] ?? [];
    const found = findings.filter((finding) => idIn(finding) === id && !reviewed.includes(finding.ruleName));
    expect(found.map(({ ruleName, severity, description }) => `${severity} ${ruleName}: ${description}`)).toEqual([]);
  });

  test('all findings are of a grant', () => {
    expect(findings.map(idIn).filter((found) => !GRANTS.some(({ id }) => id === found))).toEqual([]);
  });

  test('there are resource policies of every module that writes some', () => {
    expect([...modules].sort()).toEqual(MODULES_WITH_POLICIES);
  });
});

test('the same grants have findings where the key policy denies them', () => {
  // Grants of secrets always add the grantee to the key policy.
  const grants = GRANTS.filter(({ name }) => /^kms |, encrypted$/.test(name) && !name.startsWith('secretsmanager'));
  const { findings } = findingsIn(KEYS_OF_ADMINISTRATOR, grants);
  const denied = findings.filter(({ ruleName }) => ruleName === 'DeniedByResourcePolicy');
  expect([...new Set(denied.map(idIn))].sort()).toEqual(grants.map(({ id }) => id).sort());
  expect(grants.length).toBeGreaterThan(4);
});
