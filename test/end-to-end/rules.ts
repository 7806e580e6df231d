import { app, AppCase, DATA, DELETE_A, DELETE_EXCEEDS, NO_VALUE, one, READ_A, ref, Resources, sub } from './app-case';
import { RuleId } from '../../lib/analysis/finding';
import { StackTemplate } from '../../lib/template/template-set';
import { WRITTEN_POLICY_KEY } from '../../lib/template/written-policy-key';
import { settingsOf } from '../organization-policies/organization';
import { allow, arnOf, association, deny, policy, role, trust, US } from '../rules/app';
import { agent, CLUSTER, nodeGroup, profile, TO_CLUSTER } from '../rules/clusters';

const EKS = { Service: 'pods.eks.amazonaws.com' };
const TEAM = 'arn:aws:s3:::data/${aws:PrincipalTag/kubernetes-namespace}/*';
const ASSUME = ['sts:AssumeRole', 'sts:TagSession'];
const list = (count: number, prefix: string) => Array.from(
  { length: count }, (_, i) => `arn:aws:s3:::data/${prefix}${i}/*`,
);

/** The session policy, on a role that has what these tables' roles have. */
const at = (session: readonly unknown[] | undefined, properties = {}, more: Resources = {}) =>
  one({ Role: role([DATA]), Pods: association(session, properties), ...more });
const broad = (session: readonly unknown[], ...statements: unknown[]) => one({
  Role: role([allow('*', '*'), ...statements]), Pods: association(session),
});
const trusting = (...statements: unknown[]) =>
  one({ Role: role([DATA], { AssumeRolePolicyDocument: policy(...statements) }), Pods: association([READ_A]) });
const chained = (allowed: unknown, trusted: unknown) => one({
  Role: role([allowed]),
  Target: role([DATA], { AssumeRolePolicyDocument: policy(trusted) }),
  Pods: association([READ_A], { TargetRoleArn: arnOf('Target') }),
}, {}, US);
const keyFor = (principal: unknown) => ({
  Type: 'AWS::KMS::Key',
  Properties: { KeyPolicy: policy({ ...allow('kms:Decrypt'), Principal: { AWS: principal } }) },
});
const bucketWith = (...statements: unknown[]): Resources => ({
  Bucket: { Type: 'AWS::S3::Bucket', Properties: { BucketName: 'data' } },
  BucketPolicy: {
    Type: 'AWS::S3::BucketPolicy', Properties: { Bucket: ref('Bucket'), PolicyDocument: policy(...statements) },
  },
});
const ROOT = { AWS: sub('arn:${AWS::Partition}:iam::${AWS::AccountId}:root') };
const onCluster = (more: Resources = {}) => at([READ_A], { ClusterName: TO_CLUSTER }, { Cluster: CLUSTER, ...more });
/** A wildcard in place of what is written, on a role with these permissions. */
const compacted = (allowed: unknown[]) => one({
  Role: role(allowed),
  Pods: {
    ...association([allow('s3:*', 'arn:aws:s3:::data/*')]),
    Metadata: { [WRITTEN_POLICY_KEY]: { Compaction: 'ROLE', Document: policy(READ_A) } },
  } as any,
});
const EXTERNAL_ID = (namespace: string) => ({
  StringEquals: { 'sts:ExternalId': `us-east-1/111122223333/prod/${namespace}/sa` },
});

/** For each rule: what it says, of which app, and an app that comes close and of which it says nothing. */
const TABLE: ReadonlyArray<[rule: RuleId, message: string, fires: StackTemplate[], close: StackTemplate[]]> = [
  ['ActionResourceMismatch',
    'lists no resource that AWS authorizes s3:GetObject on', broad([allow('s3:GetObject', 'arn:aws:s3:::data')]),
    broad([allow(['s3:GetObject', 's3:ListBucket'], ['arn:aws:s3:::data', 'arn:aws:s3:::data/*'])])],
  ['DeniedByResourcePolicy',
    'statement 0 of the policy of Stack/Bucket denies it to the role Stack/Role',
    at([READ_A], {}, bucketWith({ ...deny('s3:*'), Principal: '*' })),
    at([READ_A], {}, bucketWith(
      { ...deny('s3:*', '*', { Bool: { 'aws:SecureTransport': 'false' } }), Principal: '*' },
    ))],
  ['AgentMissing',
    'Stack/Pods is on the cluster Stack/Cluster, but nothing in the app installs the EKS Pod Identity Agent on it',
    onCluster(), onCluster({ Agent: agent() })],
  ['CompactedPolicyDiffers',
    'the compacted policy allows s3:PutObject on arn:aws:s3:::data/', compacted([READ_A, allow('s3:PutObject',
      'arn:aws:s3:::data/*')]),
    compacted([READ_A, allow('s3:PutObject', 'arn:aws:s3:::other/*')])],
  ['DuplicateAgent',
    'Stack/Again and Stack/Agent both install the add-on eks-pod-identity-agent',
    onCluster({ Agent: agent(), Again: agent() }),
    onCluster({ Agent: agent(), Again: agent({ AddonName: 'vpc-cni' }) })],
  ['DuplicateAssociation',
    "Stack/Twice and Stack/Pods are both for service account 'sa' in namespace 'ns' of cluster 'prod'",
    at([READ_A], {}, { Twice: association([READ_A]) }),
    at([READ_A], {}, { Twice: association([READ_A], { ClusterName: 'test' }) })],
  ['FargateOnlyCluster',
    'has the Fargate profile Stack/Profile and no nodes in the app',
    onCluster({ Profile: profile() }), onCluster({ Profile: profile(), Agent: agent(), Nodes: nodeGroup() })],
  ['GuardrailLimitsSessionPolicy',
    'denies it, as a guardrail of the role Stack/Role',
    broad([READ_A], deny('*', '*', { Bool: { 'aws:SecureTransport': 'false' } })),
    broad([READ_A], deny('*', '*', { DateLessThan: { 'aws:TokenIssueTime': '2020-01-01T00:00:00Z' } }))],
  ['InvalidKubernetesName',
    "namespace 'team.a' is not a valid Kubernetes name", at([READ_A], { Namespace: 'team.a' }),
    at([READ_A], { ServiceAccount: 'team.a' })],
  ['InvalidSessionPolicy',
    'Statement[0].Principal', at([{ ...READ_A, Principal: '*' }]), at([{ ...READ_A, Sid: 'Principal' }])],
  ['NarrowingUndetermined',
    '${Name}',
    at(
      [allow('s3:GetObject', 'arn:aws:s3:::data/a/*')],
      { Policy: sub(JSON.stringify(policy(allow('s3:GetObject', 'arn:aws:s3:::${Name}/*')))) },
    ),
    at([READ_A], { Policy: sub(JSON.stringify(policy(allow('s3:GetObject', 'arn:aws:s3:::data/${Name}/*')))) })],
  ['NoEffectivePermissions',
    'The role Stack/Role allows none of what the session policy allows',
    at([allow('s3:GetObject', 'arn:aws:s3:::logs/*')]),
    at([allow('s3:GetObject', ['arn:aws:s3:::data/a/*'])])],
  ['ResourcePolicyHasNoEffect',
    'The policy of Stack/Key lets the role Stack/Role do kms:Decrypt, but the session policy of Stack/Pods allows none',
    at([READ_A], {}, { Key: keyFor(arnOf('Role')) }), at([READ_A], {}, { Key: keyFor(ROOT.AWS) })],
  ['RoleInAnotherAccount',
    'is in account 444455556666',
    one({ Pods: association(undefined, { RoleArn: 'arn:aws:iam::444455556666:role/data' }) }, {}, US),
    one(
      {
        Pods: association(undefined, {
          RoleArn: 'arn:aws:iam::111122223333:role/data', TargetRoleArn: 'arn:aws:iam::444455556666:role/data',
        }),
      },
      {}, US,
    )],
  ['RoleTooLarge',
    'IAM accepts at most 2,048', trusting({ ...trust(EKS), Sid: 'x'.repeat(2000) }),
    trusting({ ...trust(EKS), Sid: 'x'.repeat(1000) })],
  ['RoleTrustPolicy',
    'does not let pods.eks.amazonaws.com do sts:TagSession', trusting({ ...trust(EKS), Action: 'sts:AssumeRole' }),
    trusting({ ...trust(EKS), Action: 'sts:*' })],
  ['RoleUsableByAnyAssociation',
    '2 associations share the role Stack/Role (Stack/Pods, Stack/Other), and its trust policy lets every association of the account use it',
    at([READ_A], {}, { Other: association([READ_A], { ServiceAccount: 'other' }) }), trusting(trust(EKS))],
  ['SessionPolicyDoesNotNarrow',
    'allows all that the role Stack/Role allows', at([DATA]), at([{ ...DATA, Resource: 'arn:aws:s3:::data/a*' }])],
  ['SessionPolicyEscape',
    'iam:PutRolePolicy on the role Stack/Role', broad([READ_A, allow('iam:PutRolePolicy', '*')]),
    broad([READ_A, allow('iam:PutRolePolicy', 'arn:aws:iam::*:role/team/*')])],
  ['SessionPolicyExceedsRole',
    DELETE_EXCEEDS[1], at([READ_A, DELETE_A]), at([READ_A, { ...DELETE_A, Action: 's3:PutObject' }])],
  ['SessionPolicyMayBeTooLarge', 'EKS accepts at most 2,048. Its length depends on ${Name}',
    at(undefined, {
      DisableSessionTags: true,
      Policy: sub(
        JSON.stringify(policy(allow('s3:GetObject', list(60, 'a-').map((arn) => arn.replace('a-', 'a-${Name}'))))),
      ),
    }),
    at(undefined, {
      DisableSessionTags: true,
      Policy: sub(
        JSON.stringify(policy(allow('s3:GetObject', list(10, 'a-').map((arn) => arn.replace('a-', 'a-${Name}'))))),
      ),
    })],
  ['SessionPolicyOmitsCondition',
    'does not repeat a condition of the role Stack/Role',
    broad([READ_A], deny('s3:*', '*', { StringNotEquals: { 's3:ExistingObjectTag/team': 'a' } })),
    broad([READ_A], deny('s3:*', '*', { Bool: { 'aws:SecureTransport': 'false' } }))],
  ['SessionPolicyTooLarge',
    'characters; EKS accepts at most 2,048', at(['Get', 'Put'].map((name) => ({ Sid: name, ...allow(`s3:${name}Object`, list(60, 'a-')) }))),
    at([allow('s3:GetObject', list(60, 'a-'))])],
  ['SessionTagsMustBeDisabled',
    'its session tags are not disabled', at([READ_A], { DisableSessionTags: NO_VALUE }),
    at([READ_A], { DisableSessionTags: 'true' })],
  ['SessionTagDependency', 'statement 0 of the session policy then allows nothing', at([{ ...READ_A, Resource: TEAM }]),
    at([{ ...READ_A, Resource: 'arn:aws:s3:::data/${aws:PrincipalTag/team}/*' }])],
  ['StatementHasNoEffect',
    'other statements of the session policy allow all that this statement allows',
    at([READ_A, { ...READ_A, Resource: 'arn:aws:s3:::data/a/b/*' }]),
    at([READ_A, { ...READ_A, Resource: 'arn:aws:s3:::data/b/*' }])],
  ['TargetRoleNotAssumable',
    'do not let it do sts:AssumeRole on the target role', chained(allow('sts:TagSession', '*'), trust(ROOT)),
    chained(allow('sts:AssumeRole', '*'), trust(ROOT))],
  ['TargetRoleTrustPolicy',
    "it requires sts:ExternalId to be 'us-east-1/111122223333/prod/other/sa'",
    chained(allow(ASSUME, '*'), trust(ROOT, EXTERNAL_ID('other'))),
    chained(allow(ASSUME, '*'), trust(ROOT, EXTERNAL_ID('ns')))],
  ['UnknownAction',
    's3:GetObjects', broad([READ_A, allow(['s3:PutObject', 's3:GetObjects'], 'arn:aws:s3:::data/b/*')]),
    broad([READ_A, allow('s3:GetObject*', 'arn:aws:s3:::data/b/*')])],
  ['UnknownConditionKey',
    'aws:SourceVpcs',
    broad([allow('s3:GetObject', 'arn:aws:s3:::data/a/*', { StringEquals: { 'aws:SourceVpcs': 'vpc-1' } })]),
    broad([allow('s3:GetObject', 'arn:aws:s3:::data/a/*', { StringEquals: { 'aws:SourceVpc': 'vpc-1' } })])],
  ['UnscopedAssociation', 'Stack/Others has no session policy, but shares the role Stack/Role with Stack/Pods',
    at([READ_A], {}, { Others: association(undefined, { ServiceAccount: 'others' }) }),
    at(
      [READ_A], {},
      { Others: association(undefined, { ServiceAccount: 'others', RoleArn: arnOf('Own') }), Own: role([DATA]) },
    )],
];

export const RULES: readonly AppCase[] = TABLE.flatMap(([rule, message, fires, close]) => [
  app(`${rule} fires`, fires, [[rule, message]]),
  app(`${rule} is silent`, close, [], { silent: rule }),
]);

const NO_DELETES = settingsOf({ scp: [policy(deny('s3:DeleteObject', '*'))] }).organization;
const NO_DATA = settingsOf({
  scp: [[policy(allow(['sqs:*', 's3:List*'])), policy(deny('sqs:DeleteQueue'))]],
}).organization;
const NO_QUEUES = settingsOf({ rcp: [policy({ ...deny('sqs:DeleteQueue'), Principal: '*' })] }).organization;
const deleting = (...more: unknown[]) => broad([READ_A, ...more]);

/** What policies of an organization deny. */
export const ORGANIZATIONS: readonly AppCase[] = [
  app('DeniedByOrganizationPolicy fires', deleting(DELETE_A),
    [['DeniedByOrganizationPolicy', 'statement 0 of SCP scp-0.json denies it']], { organization: NO_DELETES }),
  app('DeniedByOrganizationPolicy is silent', deleting(), [],
    { organization: NO_DELETES, silent: 'DeniedByOrganizationPolicy' }),
  app('DeniedByOrganizationPolicy names a part',
    broad([allow(['s3:GetObject', 's3:DeleteObject'], 'arn:aws:s3:::data/a/*')]),
    [['DeniedByOrganizationPolicy', 's3:DeleteObject on arn:aws:s3:::data/a/']], { organization: NO_DELETES }),
  app('a level that does not allow it', deleting(allow('sqs:SendMessage', 'arn:aws:sqs:*:*:jobs')),
    [['DeniedByOrganizationPolicy', 'no statement of the service control policies of scp-0.json allows it']],
    { organization: NO_DATA }),
  app('a resource control policy', deleting(allow('sqs:DeleteQueue', 'arn:aws:sqs:*:*:jobs')),
    [['DeniedByOrganizationPolicy', 'statement 0 of RCP rcp-0.json denies it']], { organization: NO_QUEUES }),
  app('nothing is left', broad([READ_A]),
    [['NoEffectivePermissions', 'Policies of the organization leave none of their permissions']],
    { organization: NO_DATA }),
  app('guardrails of the organization', broad([allow('s3:*', 'arn:aws:s3:::data/a/*')]),
    [['GuardrailLimitsSessionPolicy', 'but the organization does not']], { organization: NO_DELETES }),
];

/** Several findings in one app. */
export const TOGETHER: readonly AppCase[] = [
  app('nothing but an association without a session policy', at(undefined)),
  app('no association', one({ Role: role([DATA]) })),
  app('all that is wrong with one association',
    at([READ_A, DELETE_A, READ_A], { Namespace: 'Bad', DisableSessionTags: false }), [
      ['InvalidKubernetesName', "namespace 'Bad'"], DELETE_EXCEEDS, ['SessionTagsMustBeDisabled', 'Stack/Pods'],
      ['StatementHasNoEffect', 'statement'],
    ]),
  app('a Deny of the session policy that leaves nothing',
    at([READ_A, deny('s3:*', '*')]), [['NoEffectivePermissions', 'have no request in common']]),
  app('each association on its own',
    at([READ_A], {}, {
      More: association([DELETE_A], { ServiceAccount: 'more' }),
      Other: association([DATA], { ServiceAccount: 'other' }),
    }),
    [
      ['NoEffectivePermissions', 'Stack/More'], ['SessionPolicyDoesNotNarrow', 'Stack/Other'],
    ]),
  app('a name from a parameter is no bad name', at([READ_A], { Namespace: ref('Namespace') })),
];
