import { allow, arnOf, association, findingsOf, policy, role, stackOf, trust, US } from './app';

const EKS = { Service: 'pods.eks.amazonaws.com' };
const BOTH = ['sts:AssumeRole', 'sts:TagSession'];
const letting = (Action: unknown, Principal: unknown = EKS, more = {}) =>
  ({ Effect: 'Allow', Principal, Action, ...more });
const trusting = (...statements: unknown[]) =>
  role([allow('s3:*', '*')], { AssumeRolePolicyDocument: policy(...statements) });
const at = (...statements: unknown[]) => stackOf({ Role: trusting(...statements), Pods: association(undefined) });

test.each<[string, ReturnType<typeof at>, string[]]>([
  ['no TagSession', at(letting('sts:AssumeRole')), ['sts:TagSession']],
  ['no AssumeRole', at(letting('sts:TagSession')), ['sts:AssumeRole']],
  ['another service', at(trust({ Service: 'ec2.amazonaws.com' })), BOTH],
  ['the service of the cluster', at(trust({ Service: 'eks.amazonaws.com' })), BOTH],
  ['an account', at(trust({ AWS: 'arn:aws:iam::111122223333:root' })), BOTH],
  ['IRSA', at(letting('sts:AssumeRoleWithWebIdentity', { Federated: 'arn:aws:iam::111122223333:oidc-provider/x' })),
    BOTH],
  ['TagSession for another service only',
    at(letting('sts:AssumeRole'), letting('sts:TagSession', { Service: 'ec2.amazonaws.com' })),
    ['sts:TagSession']],
  ['a Deny only', at({ ...trust(EKS), Effect: 'Deny' }), BOTH],
  ['an action that has it as its beginning', at(letting(['sts:AssumeRoleWithSAML', 'sts:TagSession'])),
    ['sts:AssumeRole']],
  ['no statement at all', at(), BOTH],
  ['with a session policy, which turns tags off', stackOf({
    Role: trusting(letting('sts:AssumeRole')), Pods: association([allow('s3:GetObject', 'arn:aws:s3:::data/*')]),
  }), ['sts:TagSession']],
  ['with a target role', stackOf({
    Role: trusting(letting('sts:AssumeRole')),
    Pods: association(undefined, { TargetRoleArn: 'arn:aws:iam::444455556666:role/data' }),
  }), ['sts:TagSession']],
])('%s', (_name, stack, missing) => {
  const findings = findingsOf('RoleTrustPolicy', stack);
  expect(findings.map((f) => [f.severity, f.association.path, f.property]))
    .toEqual([['error', 'Stack/Pods', 'RoleArn']]);
  const [{ message, fix }] = findings;
  for (const said of ['Stack/Pods', 'Stack/Role', 'pods.eks.amazonaws.com',
    'Trust policy of the role provided is invalid', ...missing]) {
    expect(message).toContain(said);
  }
  for (const action of BOTH.filter((a) => !missing.includes(a))) { expect(message).not.toContain(action); }
  expect(JSON.parse(/\{.*\}/.exec(fix)![0])).toEqual(letting(BOTH));
});

test.each<[string, ReturnType<typeof at>]>([
  ['both', at(letting(BOTH))],
  ['a statement for each', at(letting('sts:AssumeRole'), letting('sts:TagSession'))],
  ['a statement that is not a list', stackOf({
    Role: role([], { AssumeRolePolicyDocument: { Version: '2012-10-17', Statement: letting(BOTH) } }),
    Pods: association(undefined),
  })],
  ['in another case: IAM compares actions without', at(letting(['STS:assumerole', 'sts:tagsession']))],
  ['a wildcard', at(letting('sts:*'))],
  ['all actions', at(letting('*'))],
  ['one of several services', at(letting(BOTH, { Service: ['ec2.amazonaws.com', 'pods.eks.amazonaws.com'] }))],
  ['one of several principals', at(letting(BOTH, { AWS: 'arn:aws:iam::111122223333:root', ...EKS }))],
  ['conditions on other keys are not looked at',
    at(letting(BOTH, EKS, { Condition: { StringEquals: { 'aws:SourceAccount': '444455556666' } } }))],
  ['a service that is unresolved at synth', at(letting(BOTH, { Service: { Ref: 'Service' } }))],
  ['actions that are unresolved at synth', at(letting({ Ref: 'Actions' }))],
  ['a document under an undefined condition', stackOf({
    Role: role([], { AssumeRolePolicyDocument: { 'Fn::If': ['C', policy(), policy()] } }), Pods: association(undefined),
  })],
  ['a document of a transform', stackOf({
    Role: role([], { AssumeRolePolicyDocument: { 'Fn::Transform': { Name: 'AWS::Include' } } }),
    Pods: association(undefined),
  })],
  ['a role that the app does not define',
    stackOf({ Pods: association(undefined, { RoleArn: 'arn:aws:iam::111122223333:role/platform' }) })],
  ['a role from a parameter', stackOf({ Pods: association(undefined, { RoleArn: { Ref: 'RoleArn' } }) })],
  ['a target role trusts the role, not EKS', stackOf({
    Role: trusting(letting(BOTH)),
    Target: trusting(letting(BOTH, { AWS: arnOf('Role') })),
    Pods: association(undefined, { TargetRoleArn: arnOf('Target') }),
  })],
])('%s: nothing to say', (_name, stack) => {
  expect(findingsOf('RoleTrustPolicy', stack)).toEqual([]);
});

test('each association on the role, and none on another', () => {
  const stack = stackOf({
    Role: trusting(letting('sts:AssumeRole')),
    Other: trusting(letting(BOTH)),
    A: association(undefined, { ServiceAccount: 'a' }),
    B: association(undefined, { ServiceAccount: 'b' }),
    C: association(undefined, { ServiceAccount: 'c', RoleArn: arnOf('Other') }),
  });
  expect(findingsOf('RoleTrustPolicy', stack).map((f) => f.association.path)).toEqual(['Stack/A', 'Stack/B']);
});

test('a role of another stack, by its ARN', () => {
  const stacks = [
    stackOf({ Pods: association(undefined, { RoleArn: 'arn:aws:iam::111122223333:role/platform' }) },
      { account: '111122223333' }),
    stackOf({
      Role: {
        ...trusting(letting('sts:AssumeRole')),
        Properties: {
          ...trusting(letting('sts:AssumeRole')).Properties, RoleName: 'platform',
        },
      },
    }, { id: 'Other', account: '111122223333', pathOf: (id) => `Other/${id}` }),
  ];
  expect(findingsOf('RoleTrustPolicy', ...stacks).map((f) => f.message))
    .toEqual([expect.stringContaining('Other/Role')]);
});

describe('conditions on session tags', () => {
  const READ = allow('s3:GetObject', 'arn:aws:s3:::data/*');
  const NAMESPACE = 'aws:RequestTag/kubernetes-namespace';
  const wanting = (condition: unknown, more = {}) => ({ ...trust(EKS, condition), ...more });
  const podsOn = (pods: ReturnType<typeof association>, ...statements: unknown[]) =>
    stackOf({ Role: trusting(...statements), Pods: pods }, { account: '111122223333', region: 'us-east-1' });
  const narrowed = association([READ]);
  const tagged = association(undefined);

  test.each<[string, ReturnType<typeof podsOn>, string]>([
    ['required, and off with a session policy', podsOn(narrowed, wanting({ StringEquals: { [NAMESPACE]: 'ns' } })),
      `it requires ${NAMESPACE}, and EKS does not send it (EKS sends no session tags together with a session policy)`],
    ['required, and disabled', podsOn(association(undefined, { DisableSessionTags: true }),
      wanting({ Null: { [NAMESPACE]: 'false' } })),
    `it requires ${NAMESPACE}, and EKS does not send it (disableSessionTags is true)`],
    ['required for sts:AssumeRole only', podsOn(narrowed, letting('sts:TagSession'),
      { ...wanting({ StringLike: { [NAMESPACE]: '*' } }), Action: 'sts:AssumeRole' }), `it requires ${NAMESPACE}`],
    ['denied without them', podsOn(narrowed, trust(EKS),
      wanting({ StringNotEquals: { [NAMESPACE]: 'ns' } }, { Effect: 'Deny' })),
    `it denies requests without ${NAMESPACE}, and EKS does not send it`],
    ['another namespace', podsOn(tagged, wanting({ StringEquals: { [NAMESPACE]: ['shop', 'orders'] } })),
      `it requires ${NAMESPACE} to be 'shop' or 'orders', but EKS sends 'ns'`],
    ['other namespaces, in two statements',
      podsOn(tagged,
        wanting({ StringLike: { [NAMESPACE]: 'shop*' } }), wanting({ StringEquals: { [NAMESPACE]: 'x' } })),
      `it requires ${NAMESPACE} to be 'shop*', but EKS sends 'ns'`],
    ['a tag that EKS cannot add', podsOn(tagged, wanting({ StringEquals: { 'aws:RequestTag/team': 'x' } })),
      'it requires aws:RequestTag/team, and EKS does not send it'],
    ['such a tag, while tags are off', podsOn(narrowed, wanting({ StringEquals: { 'aws:RequestTag/team': 'x' } })),
      'it requires aws:RequestTag/team, and EKS does not send it'],
    ['fewer tags than EKS sends', podsOn(tagged, wanting({ 'ForAllValues:StringEquals': { 'aws:TagKeys': ['team'] } })),
      "it requires aws:TagKeys with ForAllValues:StringEquals 'team', but EKS sends 'eks-cluster-arn', 'eks-cluster-name', "],
    ['any tags, which are off', podsOn(narrowed, wanting({ 'ForAnyValue:StringLike': { 'aws:TagKeys': '*' } })),
      'it requires aws:TagKeys, and EKS does not send it (EKS sends no session tags together with a session policy)'],
    ['a variable of a tag, which is off', podsOn(narrowed, wanting({
      ArnLike: { 'aws:SourceArn': 'arn:aws:eks:*:*:cluster/${aws:RequestTag/eks-cluster-name}' },
    })),
    'it requires aws:SourceArn = arn:aws:eks:*:*:cluster/${aws:RequestTag/eks-cluster-name}, and EKS does not send aws:requesttag/eks-cluster-name ('],
    ['denied with them', podsOn(tagged, trust(EKS), wanting({ Null: { [NAMESPACE]: 'false' } }, { Effect: 'Deny' })),
      "its statement 1 denies it (Null aws:RequestTag/kubernetes-namespace 'false', and EKS sends 'ns')"],
    ['another cluster', podsOn(tagged, wanting({
      ArnEquals: { 'aws:RequestTag/eks-cluster-arn': 'arn:aws:eks:us-east-1:111122223333:cluster/test' },
    })), 'it requires aws:RequestTag/eks-cluster-arn to be '
      + "'arn:aws:eks:us-east-1:111122223333:cluster/test', "
      + "but EKS sends 'arn:aws:eks:us-east-1:111122223333:cluster/prod'"],
  ])('%s: nobody can assume the role', (_, stack, why) => {
    const findings = findingsOf('RoleTrustPolicy', stack);
    expect(findings.map(({ severity, message }) => [severity, message])).toEqual([['error',
      expect.stringContaining(`The trust policy of the role Stack/Role does not let ${EKS.Service} do sts:AssumeRole: ${why}`)]]);
    expect(findings[0].message).toMatch(/EKS then cannot assume the role for Stack\/Pods, and its pods get no credentials\.$/);
    expect(findingsOf('SessionTagDependency', stack)).toEqual([]);
  });

  test.each<[string, ReturnType<typeof podsOn>]>([
    ['on', podsOn(tagged, wanting({ StringEquals: { [NAMESPACE]: 'ns' } }))],
    ['on, and denied without them', podsOn(tagged, trust(EKS),
      wanting({ StringNotEquals: { [NAMESPACE]: 'ns' } }, { Effect: 'Deny' }))],
    ['off, and not required by another statement', podsOn(narrowed, trust(EKS),
      wanting({ StringEquals: { [NAMESPACE]: 'ns' } }))],
    ['off, and required for sts:TagSession only', podsOn(narrowed, letting('sts:AssumeRole'),
      { ...wanting({ StringEquals: { [NAMESPACE]: 'ns' } }), Action: 'sts:TagSession' })],
    ['off, and asked for if they exist', podsOn(narrowed, wanting({ StringEqualsIfExists: { [NAMESPACE]: 'ns' } }))],
    ['off, and denied without them to others', podsOn(narrowed, trust(EKS),
      wanting({ StringNotEquals: { [NAMESPACE]: 'ns' } }, { Effect: 'Deny', Principal: { AWS: '*' } }))],
    ['off, and denied without them under another condition', podsOn(narrowed, trust(EKS), wanting({
      StringNotEquals: { [NAMESPACE]: 'ns' }, StringEquals: { 'aws:SourceAccount': '444455556666' },
    }, { Effect: 'Deny' }))],
    ['on, and asked for together', podsOn(tagged, wanting({
      'ForAllValues:StringLike': { 'aws:TagKeys': ['eks-*', 'kubernetes-*'] },
      'ForAnyValue:StringEquals': { 'sts:TransitiveTagKeys': 'kubernetes-namespace' },
    }))],
    ['on, and the name of a pod',
      podsOn(tagged, wanting({ StringEquals: { 'aws:RequestTag/kubernetes-pod-name': 'x' } }))],
    ['on, and a value of the deployment',
      podsOn(tagged, wanting({ StringEquals: { [NAMESPACE]: { Ref: 'Namespace' } } }))],
  ])('%s: nothing to say', (_, stack) => {
    expect(findingsOf('RoleTrustPolicy', stack)).toEqual([]);
  });
});

describe('a trust policy for clusters of another account', () => {
  const here = (...statements: unknown[]) => stackOf({ Role: trusting(...statements), Pods: association(undefined) },
    US);
  const when = (operator: string, key: string, value: unknown) => letting(BOTH, EKS,
    { Condition: { [operator]: { [key]: value } } });
  const OTHER = '444455556666';
  const cluster = (account: string) => `arn:aws:eks:us-east-1:${account}:cluster/prod`;

  test.each<[string, unknown[], string]>([
    ['by its account', [when('StringEquals', 'aws:SourceAccount', OTHER)],
      `aws:SourceAccount is '${OTHER}' (StringEquals)`],
    ['of several', [when('StringLike', 'AWS:SourceAccount', [OTHER, '777788889999'])],
      `AWS:SourceAccount is '${OTHER}' or '777788889999' (StringLike)`],
    ['by the ARN of the cluster', [when('ArnLike', 'aws:SourceArn', cluster(OTHER))],
      `aws:SourceArn is '${cluster(OTHER)}' (ArnLike)`],
    ['if it exists, and it always does', [when('StringEqualsIfExists', 'aws:SourceAccount', OTHER)],
      `aws:SourceAccount is '${OTHER}' (StringEqualsIfExists)`],
    ['in each statement', [
      when('StringEquals', 'aws:SourceAccount', OTHER), when('ArnEquals', 'aws:SourceArn', cluster('777788889999')),
    ], `aws:SourceAccount is '${OTHER}'`],
  ])('%s', (_name, statements, expected) => {
    const findings = findingsOf('RoleTrustPolicy', here(...statements));
    expect(findings).toMatchObject([{
      severity: 'error',
      property: 'RoleArn',
      message: expect.stringContaining(expected),
    }]);
    expect(findings[0].message).toContain('Stack/Pods and its cluster are in account 111122223333');
    expect(findings[0].fix).toContain('Write account 111122223333 in the condition on ');
  });

  test.each<[string, ReturnType<typeof here>]>([
    ['of this account', here(when('StringEquals', 'aws:SourceAccount', '111122223333'))],
    ['of this account, too', here(when('StringEquals', 'aws:SourceAccount', [OTHER, '111122223333']))],
    ['in one of two statements', here(when('StringEquals', 'aws:SourceAccount', OTHER), letting(BOTH))],
    ['of any account', here(when('ArnLike', 'aws:SourceArn', 'arn:aws:eks:*:*:cluster/*'))],
    ['as the deployment knows', here(when('StringEquals', 'aws:SourceAccount', { Ref: 'AWS::AccountId' }))],
    ['unless it is another one', here(when('StringNotEquals', 'aws:SourceAccount', OTHER))],
    ['in a stack of any account', at(when('StringEquals', 'aws:SourceAccount', OTHER))],
  ])('not %s', (_name, stack) => {
    expect(findingsOf('RoleTrustPolicy', stack)).toEqual([]);
  });
});

describe('conditions on what EKS sends', () => {
  const CLUSTER = 'arn:aws:eks:us-east-1:111122223333:cluster/prod';
  const READ = allow('s3:GetObject', 'arn:aws:s3:::data/*');
  const sub = (text: string) => ({ 'Fn::Sub': text });
  const cluster = (Name?: string) => ({ Type: 'AWS::EKS::Cluster', Properties: { ...Name && { Name } } });
  /** Pods of the cluster `ClusterName` on a role with these statements. */
  const on = (ClusterName: unknown, ...statements: unknown[]) => stackOf({
    Role: trusting(...statements),
    Pods: association([READ], { ClusterName }),
    Cluster: cluster(),
    Other: cluster(),
    Named: cluster('prod'),
  }, US);
  const from = (value: unknown, operator = 'ArnEquals') => trust(EKS, { [operator]: { 'aws:SourceArn': value } });
  const ASSOCIATION = 'arn:aws:eks:*:111122223333:podidentityassociation/prod/*';
  const denying = (condition?: unknown, more = {}) => ({ ...trust(EKS, condition), Effect: 'Deny', ...more });

  test.each<[string, ReturnType<typeof on>, string, string]>([
    ['the ARN of the association', on('prod', from(ASSOCIATION, 'ArnLike')), 'AssociationArnRequired',
      `it requires aws:SourceArn to be '${ASSOCIATION}', but EKS sends '${CLUSTER}', the ARN of the cluster and not that of the association.`],
    ['the ARN of the association, as text', on({ Ref: 'Name' }, from(ASSOCIATION, 'StringLike')),
      'AssociationArnRequired',
      "but EKS sends 'arn:aws:eks:us-east-1:111122223333:cluster/${Name}', the ARN of the cluster"],
    ['another cluster', on('prod', from(CLUSTER.replace('prod', 'test'))), 'OtherClusterRequired',
      `to be '${CLUSTER.replace('prod', 'test')}', but EKS sends '${CLUSTER}'.`],
    ['a cluster of another Region', on('prod', from(CLUSTER.replace('us-east-1', 'eu-west-1'))), 'OtherClusterRequired',
      `but EKS sends '${CLUSTER}'.`],
    ['other clusters, by a pattern', on('prod', from('arn:aws:eks:*:*:cluster/test-*', 'ArnLike')),
      'OtherClusterRequired',
      `but EKS sends '${CLUSTER}'.`],
    ['another cluster of the template', on({ Ref: 'Cluster' }, from({ 'Fn::GetAtt': ['Other', 'Arn'] })),
      'OtherClusterRequired',
      "to be 'arn:aws:eks:us-east-1:111122223333:cluster/${Other}', but EKS sends 'arn:aws:eks:us-east-1:111122223333:cluster/${Cluster}'."],
    ['not this cluster', on('prod', from(CLUSTER, 'ArnNotEquals')), 'ConditionNotMet',
      `it requires aws:SourceArn not to be '${CLUSTER}', but EKS sends '${CLUSTER}'.`],
    ['the name of the cluster in place of its ARN', on('prod', from('prod', 'StringEquals')), 'OtherClusterRequired',
      "to be 'prod', but EKS sends"],
    ['no source', on('prod', trust(EKS, { Null: { 'aws:SourceArn': 'true' } })), 'ConditionNotMet',
      `it requires that aws:SourceArn is missing, but EKS sends '${CLUSTER}'.`],
    ['an external id', on('prod', trust(EKS,
      { StringEquals: { 'sts:ExternalId': 'us-east-1/111122223333/prod/ns/sa' } })), 'KeyNotSent',
    'it requires sts:ExternalId, and EKS does not send it.'],
    ['the subject of an OpenID Connect token, as IRSA has it', on('prod', trust(EKS, {
      StringEquals: { 'oidc.eks.us-east-1.amazonaws.com/id/EXAMPLE:sub': 'system:serviceaccount:ns:sa' },
    })), 'KeyNotSent', 'it requires oidc.eks.us-east-1.amazonaws.com/id/EXAMPLE:sub, and EKS does not send it.'],
    ['MFA', on('prod', trust(EKS, { Bool: { 'aws:MultiFactorAuthPresent': 'true' } })), 'ConditionNotMet',
      "it requires aws:MultiFactorAuthPresent with Bool 'true', but EKS sends 'false' or nothing."],
    ['the service that a role is passed to', on('prod', trust(EKS, {
      StringEquals: { 'iam:PassedToService': 'pods.eks.amazonaws.com' },
    })), 'KeyNotSent', 'it requires iam:PassedToService, and EKS does not send it.'],
    ['no AWS service', on('prod', trust(EKS, { Bool: { 'aws:PrincipalIsAWSService': 'false' } })), 'ConditionNotMet',
      "it requires aws:PrincipalIsAWSService with Bool 'false', but EKS sends 'true'."],
    ['a role as the principal', on('prod', trust(EKS, { ArnEquals: { 'aws:PrincipalArn': arnOf('Role') } })),
      'ConditionNotMet', "to be 'arn:aws:iam::111122223333:role/${Role}', but EKS sends a value of its own or nothing."],
    ['a VPC', on('prod', trust(EKS, { StringEquals: { 'aws:SourceVpc': 'vpc-1' } })), 'ConditionNotMet',
      "it requires aws:SourceVpc to be 'vpc-1', but EKS sends a value of its own or nothing."],
    ['the organization of the principal',
      on('prod', trust(EKS, { StringEquals: { 'aws:PrincipalOrgID': 'o-abc' } })), 'KeyNotSent',
      'it requires aws:PrincipalOrgID, and EKS does not send it.'],
    ['another session name', on('prod', trust(EKS, { StringLike: { 'sts:RoleSessionName': 'app-*' } })),
      'ConditionNotMet', "to be 'app-*', but EKS sends 'eks-<the rest of the session name>'."],
    ['a tag of the principal', on('prod', trust(EKS, { StringEquals: { 'aws:PrincipalTag/team': 'a' } })), 'KeyNotSent',
      'it requires aws:PrincipalTag/team, and EKS does not send it.'],
    ['one of several conditions that never holds', on('prod', trust(EKS, {
      StringEquals: { 'aws:SourceAccount': '111122223333' }, ArnLike: { 'aws:SourceArn': ASSOCIATION },
    })), 'AssociationArnRequired', 'the ARN of the cluster and not that of the association'],
    ['nothing, and is denied', on('prod', trust(EKS), denying()), 'DeniedByTrustPolicy',
      'do sts:AssumeRole: its statement 1 denies it.'],
    ['nothing, and is denied for all but another cluster', on('prod', trust(EKS),
      { ...from(CLUSTER.replace('prod', 'test'), 'ArnNotEquals'), Effect: 'Deny', Sid: 'OnlyTest', Principal: '*' }),
    'DeniedByTrustPolicy',
    `its statement 1 (Sid 'OnlyTest') denies it (ArnNotEquals aws:SourceArn '${CLUSTER.replace('prod', 'test')}', and EKS sends '${CLUSTER}').`],
    ['nothing, and is denied other actions', on('prod', trust(EKS), {
      ...denying(),
      Action: undefined,
      NotAction: 'sts:TagSession',
    }), 'DeniedByTrustPolicy',
    'its statement 1 denies it.'],
  ])('a role that requires %s', (_name, stack, code, message) => {
    const findings = findingsOf('RoleTrustPolicy', stack);
    expect(findings).toMatchObject([{ severity: 'error', code, property: 'RoleArn' }]);
    expect(findings[0].message).toContain(message);
    expect(findings[0].message).toMatch(/EKS then cannot assume the role for Stack\/Pods, and its pods get no credentials\.$/);
  });

  test('the fix has the ARN to write', () => {
    expect(findingsOf('RoleTrustPolicy', on('prod', from(ASSOCIATION, 'ArnLike')))[0].fix)
      .toBe(`Write the ARN of the cluster in the condition on aws:SourceArn: ${CLUSTER}.`);
    expect(findingsOf('RoleTrustPolicy', on('prod', trust(EKS,
      { StringEquals: { 'sts:ExternalId': 'x' } })))[0].fix).toBe(
      'Remove the condition on sts:ExternalId from the statement for pods.eks.amazonaws.com. To let only this cluster use the role, require '
      + `what EKS sends: {"ArnEquals":{"aws:SourceArn":"${CLUSTER}"}}.`);
  });

  test.each<[string, ReturnType<typeof on>]>([
    ['the cluster, by its ARN', on('prod', from(CLUSTER))],
    ['the cluster, by a pattern', on('prod', from('arn:aws:eks:*:111122223333:cluster/pr*', 'ArnLike'))],
    ['the cluster of the template', on({ Ref: 'Cluster' }, from({ 'Fn::GetAtt': ['Cluster', 'Arn'] }))],
    ['the cluster of the template, by its name', on({ Ref: 'Cluster' }, from(sub(CLUSTER.replace('prod',
      '${Cluster}'))))],
    ['a cluster whose name is written out', on('prod', from({ 'Fn::GetAtt': ['Named', 'Arn'] }))],
    ['the cluster of the template, whose name is written out', on({ Ref: 'Named' }, from(CLUSTER))],
    ['a cluster of a parameter', on({ Ref: 'Name' }, from(sub(CLUSTER.replace('prod', '${Name}'))))],
    ['a cluster of another parameter', on({ Ref: 'Name' }, from(sub(CLUSTER.replace('prod', '${OtherName}'))))],
    ['a cluster that is a deploy-time value', on({ 'Fn::If': ['C', 'a', 'b'] }, from(CLUSTER))],
    ['one of several clusters', on('prod', from([CLUSTER.replace('prod', 'test'), CLUSTER]))],
    ['the association or the cluster', on('prod', from([ASSOCIATION, CLUSTER], 'ArnLike'))],
    ['another cluster, for others only', on('prod', trust(EKS), from(CLUSTER.replace('prod', 'test')))],
    ['the organization', on('prod', trust(EKS, { StringEquals: { 'aws:SourceOrgID': '${aws:ResourceOrgID}' } }))],
    ['the account of the role', on('prod', trust(EKS,
      { StringEquals: { 'aws:SourceAccount': '${aws:ResourceAccount}' } }))],
    ['what nothing documents', on('prod', trust(EKS, {
      StringLike: { 'sts:RoleSessionName': 'eks-prod-*', 'aws:SourceVpc': 'vpc-*' },
      IpAddress: { 'aws:SourceIp': '10.0.0.0/8' },
    }))],
    ['a key that is a deploy-time value', on('prod', trust(EKS, { StringEquals: sub('{"${Key}":"x"}') }))],
    ['an AWS service', on('prod', trust(EKS, { Bool: { 'aws:PrincipalIsAWSService': 'true' } }))],
    ['no external id', on('prod', trust(EKS, { Null: { 'sts:ExternalId': 'true' } }))],
    ['nothing, and denies other clusters', on('prod', trust(EKS), {
      ...from(CLUSTER, 'ArnNotEquals'),
      Effect: 'Deny',
    })],
    ['nothing, and denies what is not known', on('prod', trust(EKS),
      denying({ StringNotEquals: { 'aws:SourceOrgID': 'o-abc' } }))],
    ['nothing, and denies one of two conditions', on('prod', trust(EKS), denying({
      ArnNotEquals: { 'aws:SourceArn': 'arn:aws:eks:us-east-1:111122223333:cluster/test' },
      StringEquals: { 'aws:SourceAccount': '444455556666' },
    }))],
    ['nothing, and denies other principals', on('prod', trust(EKS), denying(undefined,
      { Principal: { Service: 'ec2.amazonaws.com' } }))],
    ['nothing, and denies unknown principals', on('prod', trust(EKS), denying(undefined,
      { Principal: { Service: { Ref: 'Service' } } }))],
    ['nothing, and denies sts:TagSession, which is not needed without tags', on('prod', trust(EKS), denying(undefined,
      { Action: 'sts:TagSession' }))],
    ['nothing, and denies with a value that may be a variable', on('prod', trust(EKS),
      denying({ ArnNotEquals: { 'aws:SourceArn': '${aws:SourceArn}' } }))],
    ['nothing, and denies with an unknown operator', on('prod', trust(EKS),
      denying({ StringIsnt: { 'aws:SourceArn': CLUSTER } }))],
  ])('a role that requires %s: nothing to say', (_name, stack) => {
    expect(findingsOf('RoleTrustPolicy', stack)).toEqual([]);
  });
});
