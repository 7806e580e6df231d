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
  ['a statement that is no list', stackOf({
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
    ['a tag of its own', podsOn(narrowed, wanting({ StringEquals: { 'aws:RequestTag/team': 'x' } }))],
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
    ['if it exists', here(when('StringEqualsIfExists', 'aws:SourceAccount', OTHER))],
    ['in a stack of any account', at(when('StringEquals', 'aws:SourceAccount', OTHER))],
  ])('not %s', (_name, stack) => {
    expect(findingsOf('RoleTrustPolicy', stack)).toEqual([]);
  });
});
