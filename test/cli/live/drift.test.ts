import { ACCOUNT, AccountState, allow, answersOf, roleArn } from './account';
import { besideAws } from './beside-aws';
import { DRIFT_RULES } from '../../../cli/report/audit-rules';
import { association, role } from '../templates';

const { cli, server, env } = besideAws();

const PODS: AccountState = {
  cluster: 'prod',
  associations: [{ id: 'a-1', serviceAccount: 'app', role: 'pods', policy: allow('s3:GetObject') }],
  roles: { pods: { inline: { access: allow('s3:*', '*') } } },
};
const IN_TEMPLATE = { RoleArn: roleArn('pods') };
const template = (properties: object = {}, others: object = {}) => ({
  Resources: { Pods: association('s3:GetObject', { ...IN_TEMPLATE, ...properties }), ...others },
});
const policy = (...statements: object[]) => JSON.stringify({
  Version: '2012-10-17', Statement: statements.map((one) => ({ Effect: 'Allow', ...one })),
});
const BUCKET = { Type: 'AWS::S3::Bucket' };
const onBucket = (...buckets: string[]) => ({
  'Fn::Sub': policy({ Action: 's3:GetObject', Resource: buckets.map((bucket) => `\${${bucket}.Arn}/*`) }),
});

async function driftIn(
  state: Partial<AccountState>, templates: { readonly [file: string]: string | object }, args: readonly string[] = [],
) {
  cli.write(templates);
  server.account = answersOf({ ...PODS, ...state });
  const result = await cli.start([
    'audit', '--cluster', 'prod', '--against', ...Object.keys(templates), '--format', 'json', '--fail-on', 'never',
    ...args,
  ], env);
  expect(result).toMatchObject({ status: 0, stderr: '' });
  const { associations } = JSON.parse(result.stdout) as {
    associations: Array<{ path: string; findings: Array<{ rule: string; message: string; line?: number }> }>;
  };
  return associations.flatMap(({ path, findings }) => findings.map((finding) => ({ path, ...finding })));
}

const isDrift = ({ rule }: { readonly rule: string }) => DRIFT_RULES.some(({ id }) => id === rule);

/** The association of PODS with another session policy. */
const deployed = (text: string | undefined): Partial<AccountState> => (
  { associations: [{ ...PODS.associations[0], policy: text, disableSessionTags: true }] });

test.each<[string, Partial<AccountState>, object]>([
  ['the same', {}, template()],
  ['a policy with other blanks and another order',
    deployed(
      '{ "Statement": [ {"Resource": ["arn:aws:s3:::data/*"], "Action": ["s3:GetObject"], "Effect":"Allow"} ], "Version":"2012-10-17"}',
    ),
    template()],
  ['a policy whose statement is split',
    deployed(policy(
      { Action: 's3:GetObject', Resource: 'arn:aws:s3:::data/a*' },
      { Action: 's3:getobject', Resource: 'arn:aws:s3:::data/*', Sid: 'All' },
    )),
    template()],
  ['a bucket with a generated name',
    deployed(policy({ Action: 's3:GetObject', Resource: ['arn:aws:s3:::app-data12ab-x1y2z3/*'] })),
    template({ Policy: onBucket('Data12AB') }, { Data12AB: BUCKET })],
  ['two of them',
    deployed(policy({
      Action: 's3:GetObject', Resource: ['arn:aws:s3:::app-first-x1/*', 'arn:aws:s3:::app-second-x1/*'],
    })),
    template({ Policy: onBucket('First', 'Second') }, { First: BUCKET, Second: BUCKET })],
  ['two of them the other way round',
    deployed(policy({
      Action: 's3:GetObject', Resource: ['arn:aws:s3:::app-second-x1/*', 'arn:aws:s3:::app-first-x1/*'],
    })),
    template({ Policy: onBucket('First', 'Second') }, { First: BUCKET, Second: BUCKET })],
  ['a role with a generated name',
    {
      associations: [{ id: 'a-1', serviceAccount: 'app', role: 'app-Role-1X2Y', policy: allow('s3:GetObject') }],
      roles: { 'app-Role-1X2Y': { inline: { access: allow('s3:*', '*') } } },
    },
    template({ RoleArn: { 'Fn::GetAtt': ['Role', 'Arn'] } }, { Role: role('s3:*') })],
  ['a cluster with a generated name',
    {}, template({ ClusterName: { Ref: 'Cluster' } }, { Cluster: { Type: 'Custom::Cluster' } })],
  ['an association of another cluster',
    {}, template({}, { Other: association('s3:*', { ...IN_TEMPLATE, ClusterName: 'staging', ServiceAccount: 'x' }) })],
  ['an association that a condition leaves open', {}, {
    ...template({}, { Maybe: { ...association('s3:*', { ...IN_TEMPLATE, ServiceAccount: 'x' }), Condition: 'C' } }),
    Parameters: { P: { Type: 'String' } },
    Conditions: { C: { 'Fn::Equals': [{ Ref: 'P' }, 'yes'] } },
  }],
  ['a policy that a condition chooses', deployed(policy({ Action: 's3:PutObject', Resource: 'arn:aws:s3:::data/*' })), {
    ...template({
      Policy: {
        'Fn::If': [
          'C', policy({ Action: 's3:GetObject', Resource: '*' }),
          policy({ Action: 's3:PutObject', Resource: 'arn:aws:s3:::data/*' }),
        ],
      },
    }),
    Parameters: { P: { Type: 'String' } },
    Conditions: { C: { 'Fn::Equals': [{ Ref: 'P' }, 'yes'] } },
  }],
  ['nothing on both sides', { associations: [] }, { Resources: {} }],
])('no drift: %s', async (_, state, written) => {
  expect((await driftIn(state, { 'a.json': written })).filter(isDrift)).toEqual([]);
});

test.each<[string, Partial<AccountState>, object, string, string]>([
  ['a missing association',
    { associations: [] }, template(), 'MissingAssociation',
    "Pods (a.json) is for service account 'app' in namespace 'default', but cluster prod has no association for it"],
  ['an unexpected association',
    {}, { Resources: {} }, 'UnexpectedAssociation',
    `Cluster prod gives service account 'app' in namespace 'default' the role ${roleArn('pods')}, and no association of the template does.`],
  ['a policy that allows more',
    deployed(policy({ Action: 's3:*', Resource: 'arn:aws:s3:::data/*' })), template(), 'ChangedSessionPolicy',
    "The session policy of default/app differs from that of Pods (a.json): the deployed one allows s3:PutObject on arn:aws:s3:::data/example, and the template's does not."],
  ['a policy that allows less',
    deployed(policy({ Action: 's3:GetObject', Resource: 'arn:aws:s3:::data/a/*' })), template(), 'ChangedSessionPolicy',
    "the template's allows s3:GetObject on arn:aws:s3:::data/"],
  ['a policy that allows something else',
    deployed(policy({ Action: 's3:PutObject', Resource: 'arn:aws:s3:::data/*' })), template(), 'ChangedSessionPolicy',
    "; the template's allows s3:GetObject on "],
  ['a policy that is gone',
    deployed(undefined), template(), 'ChangedSessionPolicy',
    'no session policy is deployed, so the pods can do all that the role allows.'],
  ['a policy that was added', {}, template({ Policy: undefined }), 'ChangedSessionPolicy',
    'the template has no session policy.'],
  ['a policy on a generated name that allows more',
    deployed(policy({ Action: 's3:*', Resource: ['arn:aws:s3:::app-data12ab-x1/*'] })),
    template({ Policy: onBucket('Data12AB') }, { Data12AB: BUCKET }),
    'ChangedSessionPolicy', 'the deployed one allows s3:PutObject on arn:aws:s3:::app-data12ab-x1/example'],
  ['a policy on another bucket than the generated one',
    deployed(policy({ Action: 's3:GetObject', Resource: ['arn:aws:s3:::other/*'] })),
    template({ Policy: onBucket('Data12AB') }, { Data12AB: BUCKET }),
    'DriftUndetermined', 'the session policy of the template has deploy-time values (${Data12AB}).'],
  ['a policy that a parameter gives',
    {}, { ...template({ Policy: { Ref: 'P' } }), Parameters: { P: { Type: 'String' } } }, 'DriftUndetermined',
    'could not determine whether'],
  ['session tags that are on',
    { associations: [{ ...PODS.associations[0], disableSessionTags: false }] }, template(), 'ChangedSessionTags',
    'session tags are enabled in the cluster, and disabled in the template.'],
  ['another role',
    { roles: { pods: PODS.roles.pods, other: {} } }, template({ RoleArn: roleArn('other') }), 'ChangedRole',
    `The role of default/app differs from that of Pods (a.json): ${roleArn('pods')} is deployed, and the template has ${roleArn('other')}.`],
  ['another role than the generated one',
    {}, template({ RoleArn: { 'Fn::GetAtt': ['Role', 'Arn'] } }, { Role: role('s3:*') }), 'ChangedRole',
    `${roleArn('pods')} is deployed, and the template has arn:aws:iam::${ACCOUNT}:role/\${Role}.`],
  ['a target role that is gone',
    {}, template({ TargetRoleArn: roleArn('target') }), 'ChangedTargetRole',
    `none is deployed, and the template has ${roleArn('target')}.`],
  ['a cluster name that is taken to be this one',
    { associations: [] }, template({ ClusterName: { Ref: 'Cluster' } }, { Cluster: { Type: 'Custom::Cluster' } }),
    'MissingAssociation',
    'The template names its cluster ${Cluster}, which is assumed to be prod.'],
  ['a namespace that only the deployment knows',
    {}, { ...template({ Namespace: { Ref: 'N' } }), Parameters: { N: { Type: 'String' } } }, 'DriftUndetermined',
    'its service account is a deploy-time value (${N}/app).'],
])('drift: %s', async (_, state, written, rule, message) => {
  const findings = (await driftIn(state, { 'a.json': written })).filter(isDrift);
  expect(findings).toMatchObject([{ rule }]);
  expect(findings[0].message).toContain(message);
});

test('a missing association is found where it stands in its file', async () => {
  const [finding] = await driftIn({ associations: [] }, { 'a.json': template() });
  expect(finding).toMatchObject({ rule: 'MissingAssociation', path: 'Pods', line: 3 });
});

test('an import is followed to the export of another template', async () => {
  const exporting = {
    Resources: { Role: role('s3:*', { RoleName: 'pods' }) },
    Outputs: { R: { Value: { 'Fn::GetAtt': ['Role', 'Arn'] }, Export: { Name: 'r' } } },
  };
  expect(await driftIn({}, { 'a.json': exporting, 'b.json': template({ RoleArn: { 'Fn::ImportValue': 'r' } }) }))
    .toEqual([]);
});

test('a severity turns a rule off', async () => {
  expect(await driftIn({}, { 'a.json': { Resources: {} } }, ['--severity', 'UnexpectedAssociation=off'])).toEqual([]);
  expect(await driftIn(
    { associations: [] }, { 'a.json': template() }, ['--severity', 'PodIdentity::MissingAssociation=off'],
  )).toEqual([]);
});

test('drift fails the command, and says against what', async () => {
  cli.write({ 'a.json': template(), 'b.json': template({ ServiceAccount: 'second' }) });
  server.account = answersOf(PODS);
  const result = await cli.start(['audit', '--cluster', 'prod', '--against', 'a.json', 'b.json'], env);
  expect(result).toMatchObject({
    status: 1,
    stdout: expect.stringMatching(
      /^b\.json\n {2}Pods\n {4}error {2}MissingAssociation {2}b\.json:3\n[^]*\n1 association in cluster prod, against 2 templates: 1 error\n$/,
    ),
  });
});
