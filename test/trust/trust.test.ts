/** Holds the rules on trust policies against the tables, through templates as CloudFormation has them. */
import {
  ACCOUNT, DECLARED_CLUSTER, REGION, SOURCE_ROLE, TargetedAssociation, targetRoles, TrustedAssociation, trustPolicies,
} from './table';
import { Finding, RuleId } from '../../lib/analysis/finding';
import { StackTemplate, Template } from '../../lib/template/template-set';
import { allow, document } from '../make';
import { arnOf, findingsIn, role, stackOf } from '../rules/app';

type AnyAssociation = TrustedAssociation | TargetedAssociation;

const podsOn = (association: AnyAssociation, more: object = {}) => ({
  Type: 'AWS::EKS::PodIdentityAssociation',
  Properties: {
    ClusterName: association.cluster,
    Namespace: association.namespace,
    ServiceAccount: association.serviceAccount,
    RoleArn: arnOf('Role'),
    ...association.disableSessionTags !== undefined && { DisableSessionTags: association.disableSessionTags },
    ...association.policy && { Policy: JSON.stringify(document(allow('s3:GetObject'))) },
    ...more,
  },
});

/** The parameters and the condition that trust policies of the tables refer to. */
const ENVIRONMENT: Partial<Template> = {
  Parameters: Object.fromEntries(['ClusterAccount', 'Mode'].map((name) => [name, { Type: 'String' }])),
  Conditions: { Restricted: { 'Fn::Equals': [{ Ref: 'Mode' }, 'restricted'] } },
};

function withRole(trust: unknown, association: AnyAssociation): StackTemplate[] {
  const Resources = {
    [DECLARED_CLUSTER.logicalId]: { Type: 'AWS::EKS::Cluster', Properties: { Name: DECLARED_CLUSTER.name } },
    Role: role([allow('s3:*')], { AssumeRolePolicyDocument: trust }),
    Pods: podsOn(association),
  };
  return [stackOf({}, { template: { ...ENVIRONMENT, Resources }, account: ACCOUNT, region: REGION })];
}

function withTargetRole(account: string, trust: unknown, association: AnyAssociation): StackTemplate[] {
  const target = role([allow('s3:*')], { AssumeRolePolicyDocument: trust, RoleName: 'target' });
  const RoleName = SOURCE_ROLE.split('/')[1];
  return [
    stackOf({
      Role: role([allow(['sts:AssumeRole', 'sts:TagSession'])], { RoleName }),
      Pods: podsOn(association, { TargetRoleArn: `arn:aws:iam::${account}:role/target` }),
    }, { account: ACCOUNT, region: REGION }),
    stackOf({ Target: target }, { id: 'There', account, region: REGION, pathOf: (id) => `There/${id}` }),
  ];
}

/** The codes of policies that EKS or IAM rejects. */
const REJECTED = ['EksNotTrusted', 'AssumeRoleNotTrusted', 'TagSessionNotTrusted', 'NotJson'];

/** What the rule reports for the association, in the words of the table. A finding of one of two cases is not a verdict. */
function verdictOf(rule: RuleId, stacks: StackTemplate[]): string {
  const findings = findingsIn(...stacks).filter((finding) => finding.rule === rule);
  const inOneCase = ({ message }: Finding) => message.includes('This applies if');
  if (findings.length > (findings.every(inOneCase) ? 2 : 1)) { return 'more than one reason'; }
  if (findings.length === 0 || (findings.length === 1 && inOneCase(findings[0]))) { return 'silent'; }
  return rule === 'RoleTrustPolicy' && REJECTED.includes(findings[0].code) ? 'rejected' : 'never';
}

/** Policies that never work, and of which the rules say nothing: they may round toward silence, never toward an error. */
const ROUNDED: ReadonlyMap<string, string> = new Map([
  ['own-organization-as-plain-text', 'the language of the document is not known where its statements are read'],
  ['from-an-address', 'AWS does not document which addresses its services call from'],
  ['session-name-with-the-cluster', 'EKS cuts the name of the cluster, and AWS does not document where'],
  ['session-name-with-a-long-cluster', 'the same'],
  ['whole-session-name', 'the name of the pod is in it, and it is not known'],
  ['until-a-day', 'the answer would depend on the clock'],
  ['external-id-without-region-and-account', 'AWS does not document which external id there is with session tags'],
]);

const ROWS: ReadonlyArray<readonly [id: string, said: string, expected: string]> = [
  ...trustPolicies.flatMap(({ id, trust, associations }) => associations.map((association) => (
    [id, verdictOf('RoleTrustPolicy', withRole(trust, association)), association.expected] as const))),
  ...targetRoles.flatMap(({ id, account, trust, associations }) => associations.map((association) => {
    const stacks = withTargetRole(account, trust, association);
    return [id, verdictOf('TargetRoleTrustPolicy', stacks), association.expected] as const;
  })),
].map(([id, said, expected]) => [id, said, ['works', 'depends'].includes(expected) ? 'silent' : expected] as const);

test('no rule reports an association that works, or that may work', () => {
  expect(ROWS.filter(([, said, expected]) => expected === 'silent' && said !== 'silent')).toEqual([]);
});

test('the rules report every association that cannot work, except those that are known to be rounded', () => {
  const silent = ROWS.filter(([, said, expected]) => said !== expected && expected !== 'silent');
  expect([...new Set(silent.map(([id]) => id))].sort()).toEqual([...ROUNDED.keys()].sort());
  expect(silent.filter(([, said]) => said !== 'silent')).toEqual([]);
});

test('the table is read', () => {
  const count = (verdict: string) => ROWS.filter(([, said]) => said === verdict).length;
  expect([count('silent'), count('rejected'), count('never')].every((number) => number >= 40)).toBe(true);
});
