import { DEFAULT_READING, PolicyDocument, StatementDocument } from './evaluate';
import { PrincipalElement, ResourcePolicyDocument, ResourceStatement } from './principals';
import {
  ALL_RESOURCE_POLICY_READINGS, decideForSession, DEFAULT_RESOURCE_POLICY_READING, isAllowedToSession, Owner,
  ResourcePolicyReading, SessionDecision, SessionRequest, withPrincipalKeys,
} from './resource-policies';

const ACCOUNT = '111122223333';
const ELSEWHERE = '444455556666';
const ROLE_ARN = 'arn:aws:iam::111122223333:role/pods';
const OBJECT = 'arn:aws:s3:::data/key';
const KEY = 'arn:aws:kms:eu-west-1:111122223333:key/k';

const ROLE = { AWS: ROLE_ARN };
const ROOT = { AWS: 'arn:aws:iam::111122223333:root' };
const SESSION = { AWS: 'arn:aws:sts::111122223333:assumed-role/pods/app' };
const OTHER = { AWS: 'arn:aws:iam::111122223333:role/other' };

const isPrincipal = (arn: string) => ({ ArnEquals: { 'aws:PrincipalArn': arn } });

type Rest = Partial<ResourceStatement>;

function statement(Effect: string, Principal: PrincipalElement, rest: Rest = {}): ResourceStatement {
  return { Effect, Principal, Action: '*', Resource: '*', ...rest };
}

const allows = (principal: PrincipalElement, rest?: Rest) => statement('Allow', principal, rest);
const denies = (principal: PrincipalElement, rest?: Rest) => statement('Deny', principal, rest);

function attached(...Statement: ResourceStatement[]): ResourcePolicyDocument {
  return { Version: '2012-10-17', Statement };
}

function policy(...statements: Array<Partial<StatementDocument>>): PolicyDocument {
  return {
    Version: '2012-10-17',
    Statement: statements.map((rest) => ({ Effect: 'Allow', Action: '*', Resource: '*', ...rest })),
  };
}

const NOTHING = policy({ Action: 'sts:GetCallerIdentity' });
const ALL = policy({});
const DENY = policy({}, { Effect: 'Deny' });

interface Asked extends Partial<Omit<SessionRequest, 'resourcePolicy' | 'request'>> {
  readonly on?: readonly ResourceStatement[];
  readonly owner?: Partial<Owner>;
  readonly context?: { readonly [key: string]: string };
}

function asked(resource: string, action: string, { on, owner, context = {}, ...rest }: Asked): SessionRequest {
  const kind = resource === KEY ? 'kms' : 'other';
  return {
    request: { action, resource, context: new Map(Object.entries(context)) },
    roleArn: ROLE_ARN,
    account: ACCOUNT,
    sessionName: 'app',
    identity: [],
    resourcePolicy: { kind, account: ACCOUNT, document: on && attached(...on), ...owner },
    ...rest,
  };
}

const isAllowed = (question: SessionRequest, reading: Partial<ResourcePolicyReading> = {}) => (
  isAllowedToSession(question, DEFAULT_READING, { ...DEFAULT_RESOURCE_POLICY_READING, ...reading })
);

const object = (rest: Asked, reading?: Partial<ResourcePolicyReading>) => (
  isAllowed(asked(OBJECT, 's3:GetObject', rest), reading)
);
const key = (rest: Asked, reading?: Partial<ResourcePolicyReading>) => (
  isAllowed(asked(KEY, 'kms:Decrypt', rest), reading)
);

describe('Within one account', () => {
  test.each<[string, Asked, boolean]>([
    ['no policy allows', {}, false],
    ['the identity policies allow', { identity: [ALL] }, true],
    ['the resource policy allows the role', { on: [allows(ROLE)] }, true],
    ['the resource policy allows another role', { on: [allows(OTHER)] }, false],
    ['the resource policy allows another role, the identity policies this one', { on: [allows(OTHER)], identity: [ALL] }, true],
    ['the resource policy allows a service', { on: [allows({ Service: 's3.amazonaws.com' })] }, false],
    ['the resource policy allows the account', { on: [allows(ROOT)] }, false],
    ['the resource policy allows the account, the identity policies the role', { on: [allows(ROOT)], identity: [ALL] }, true],
    ['the resource policy allows another action', { on: [allows(ROLE, { Action: 's3:PutObject' })] }, false],
    ['the resource policy allows another resource', { on: [allows(ROLE, { Resource: 'arn:aws:s3:::b/*' })] }, false],
    ['the resource policy allows without a resource', { on: [allows(ROLE, { Resource: undefined })] }, true],
    ['the resource policy allows all resources but this',
      { on: [allows(ROLE, { Resource: undefined, NotResource: OBJECT })] }, false],
    ['the resource policy denies the role', { on: [denies(ROLE)], identity: [ALL] }, false],
    ['the resource policy denies another role', { on: [denies(OTHER)], identity: [ALL] }, true],
    ['the resource policy denies the account', { on: [denies(ROOT)], identity: [ALL] }, false],
    ['the resource policy denies a service', { on: [denies({ Service: 'x.amazonaws.com' })], identity: [ALL] }, true],
    ['the resource policy denies what it allows', { on: [allows(ROLE), denies('*')] }, false],
    ['the identity policies deny', { on: [allows(ROLE)], identity: [DENY] }, false],
    ['the boundary denies', { on: [allows('*', { Condition: isPrincipal(ROLE_ARN) })], boundary: DENY }, false],
    ['the session policy denies', { on: [allows(SESSION)], session: DENY }, false],
  ])('%s', (_name, rest, expected) => {
    for (const reading of ALL_RESOURCE_POLICY_READINGS) { expect(object(rest, reading)).toBe(expected); }
  });

  test.each<[string, ResourceStatement, boolean]>([
    ['the identity policies', allows(OTHER), false],
    ['what is allowed to the role', allows(ROLE), false],
    ['what is allowed to everybody with the ARN of the role', allows('*', { Condition: isPrincipal(ROLE_ARN) }), true],
    ['what is allowed to the session', allows(SESSION), true],
  ])('boundary and session policy limit %s', (_name, on, expected) => {
    const identity = on.Principal === OTHER ? [ALL] : [];
    for (const reading of ALL_RESOURCE_POLICY_READINGS) {
      expect(object({ on: [on], identity, boundary: NOTHING }, reading)).toBe(expected);
      expect(object({ on: [on], identity, session: NOTHING }, reading)).toBe(expected);
      expect(object({ on: [on], identity, boundary: ALL, session: ALL }, reading)).toBe(true);
    }
  });

  test('whether they limit what is allowed to everybody is left open', () => {
    for (const limit of [{ boundary: NOTHING }, { session: NOTHING }]) {
      expect(object({ on: [allows('*')], ...limit }, { everybody: 'not limited' })).toBe(true);
      expect(object({ on: [allows('*')], ...limit }, { everybody: 'limited' })).toBe(false);
    }
    expect(object({ on: [allows('*')] }, { everybody: 'limited' })).toBe(true);
  });

  test('a negated condition on aws:PrincipalArn does not make everybody the role', () => {
    const Condition = { ArnNotEquals: { 'aws:PrincipalArn': OTHER.AWS } };
    expect(object({ on: [allows('*', { Condition })], boundary: NOTHING }, { everybody: 'limited' })).toBe(false);
  });

  test('what the account principal with aws:PrincipalArn does is left open', () => {
    const on = [allows(ROOT, { Condition: isPrincipal(ROLE_ARN) })];
    expect(object({ on }, { accountWithPrincipalArn: 'delegates' })).toBe(false);
    expect(object({ on }, { accountWithPrincipalArn: 'allows the role' })).toBe(true);
    const boundary = NOTHING;
    expect(object({ on, boundary }, { accountWithPrincipalArn: 'allows the role' })).toBe(false);
  });

  test('NotPrincipal denies others, and is not supported with Allow', () => {
    const except = (Effect: string, NotPrincipal: PrincipalElement) => (
      { ...statement(Effect, '*'), Principal: undefined, NotPrincipal }
    );
    expect(object({ on: [except('Deny', OTHER)], identity: [ALL] })).toBe(false);
    expect(object({ on: [except('Deny', ROLE)], identity: [ALL] }, { notPrincipal: 'exempts' })).toBe(true);
    expect(object({ on: [except('Deny', ROLE)], identity: [ALL] }, { notPrincipal: 'denies' })).toBe(false);
    expect(object({ on: [except('Deny', ROLE)], identity: [ALL], boundary: ALL }, { notPrincipal: 'exempts' }))
      .toBe(false);
    expect(object({ on: [except('Allow', OTHER)] })).toBe(false);
  });

  test('no resource policy applies to a request about no resource', () => {
    const token = (rest: Asked) => isAllowed(asked('*', 'ecr:GetAuthorizationToken', rest));
    expect(token({ on: [allows(ROLE)] })).toBe(false);
    expect(token({ on: [denies(ROLE)], identity: [ALL] })).toBe(true);
  });

  test('an account without a resource policy in question decides by its identity policies', () => {
    expect(object({ identity: [ALL], owner: undefined })).toBe(true);
    expect(isAllowed({ ...asked(OBJECT, 's3:GetObject', { identity: [ALL] }), resourcePolicy: undefined })).toBe(true);
  });
});

describe('Across accounts', () => {
  const elsewhere = (rest: Asked) => object({ ...rest, owner: { account: ELSEWHERE } });

  test.each<[string, PrincipalElement, boolean]>([
    ['the role', ROLE, true],
    ['its account', ROOT, true],
    ['everybody', '*', true],
    ['the session', SESSION, true],
    ['another role', OTHER, false],
    ['the account of the resource', { AWS: ELSEWHERE }, false],
  ])('the resource policy allows %s', (_name, principal, expected) => {
    expect(elsewhere({ on: [allows(principal)], identity: [ALL] })).toBe(expected);
    expect(elsewhere({ on: [allows(principal)] })).toBe(false);
    expect(elsewhere({ on: [allows(principal)], identity: [ALL], session: NOTHING })).toBe(false);
    expect(elsewhere({ on: [allows(principal)], identity: [ALL], boundary: NOTHING })).toBe(false);
    expect(elsewhere({ on: [allows(principal), denies(ROOT)], identity: [ALL] })).toBe(false);
  });

  test('no resource policy', () => {
    expect(elsewhere({ identity: [ALL] })).toBe(false);
  });

  test('the default policy of a key is for its own account', () => {
    expect(key({ identity: [ALL], owner: { account: ELSEWHERE } })).toBe(false);
    expect(key({ identity: [ALL], owner: { account: ELSEWHERE }, on: [allows(ROOT)] })).toBe(true);
  });
});

describe('Keys', () => {
  const VIA_S3 = { Condition: { StringEquals: { 'kms:ViaService': 's3.eu-west-1.amazonaws.com' } } };
  const THROUGH_S3 = { 'kms:viaservice': 's3.eu-west-1.amazonaws.com' };
  const CALLERS = { Condition: { StringEquals: { 'kms:CallerAccount': ACCOUNT } } };
  const OTHER_CALLERS = { Condition: { StringEquals: { 'kms:CallerAccount': ELSEWHERE } } };

  test.each<[string, Asked, boolean]>([
    ['no policy, an identity policy', { identity: [ALL] }, true],
    ['no policy, no identity policy', {}, false],
    ['delegates, an identity policy', { on: [allows(ROOT)], identity: [ALL] }, true],
    ['delegates, no identity policy', { on: [allows(ROOT)] }, false],
    ['delegates to the account id', { on: [allows({ AWS: ACCOUNT })], identity: [ALL] }, true],
    ['delegates to another account', { on: [allows({ AWS: ELSEWHERE })], identity: [ALL] }, false],
    ['delegates another action', { on: [allows(ROOT, { Action: 'kms:Encrypt' })], identity: [ALL] }, false],
    ['delegates, beyond the boundary', { on: [allows(ROOT)], identity: [ALL], boundary: NOTHING }, false],
    ['allows the role', { on: [allows(ROLE)] }, true],
    ['allows the role, beyond the session policy', { on: [allows(ROLE)], session: NOTHING }, false],
    ['allows another role, an identity policy', { on: [allows(OTHER)], identity: [ALL] }, false],
    ['allows another role and delegates', { on: [allows(OTHER), allows(ROOT)], identity: [ALL] }, true],
    ['allows everybody', { on: [allows('*')] }, true],
    ['allows callers of the account', { on: [allows({ AWS: '*' }, CALLERS)] }, true],
    ['allows callers of another account', { on: [allows('*', OTHER_CALLERS)], identity: [ALL] }, false],
    ['allows nobody', { on: [], identity: [ALL] }, false],
    ['denies the role and delegates', { on: [denies(ROLE), allows(ROOT)], identity: [ALL] }, false],
    ['allows the role, an identity policy denies', { on: [allows(ROLE)], identity: [DENY] }, false],
    ['delegates requests through S3, directly', { on: [allows(ROOT, VIA_S3)], identity: [ALL] }, false],
    ['delegates requests through S3, through S3',
      { on: [allows(ROOT, VIA_S3)], identity: [ALL], context: THROUGH_S3 }, true],
    ['delegates requests through S3, no identity policy', { on: [allows(ROOT, VIA_S3)], context: THROUGH_S3 }, false],
  ])('%s', (_name, rest, expected) => {
    expect(key(rest)).toBe(expected);
  });

  test('an action without a key needs no key policy', () => {
    const list = asked('*', 'kms:ListKeys', { identity: [ALL], on: [allows(OTHER)], owner: { kind: 'kms' } });
    expect(isAllowed(list)).toBe(true);
  });
});

describe('Keys of the caller', () => {
  test('the principal is the role, whatever the request says', () => {
    const { request } = withPrincipalKeys(asked(OBJECT, 's3:GetObject', { context: { 'aws:principalarn': 'other' } }));
    expect(Object.fromEntries(request.context)).toEqual({
      'aws:principalarn': ROLE_ARN,
      'aws:principalaccount': ACCOUNT,
      'aws:principaltype': 'AssumedRole',
      'aws:principalisawsservice': 'false',
    });
  });

  test.each<[string, ResourceStatement, boolean]>([
    ['denies all but the role', denies('*', { Condition: { ArnNotEquals: { 'aws:PrincipalArn': ROLE_ARN } } }), true],
    ['denies all but sessions of the role', denies('*', {
      Condition: { ArnNotLike: { 'aws:PrincipalArn': 'arn:aws:sts::111122223333:assumed-role/pods/*' } },
    }), false],
    ['denies other accounts',
      denies('*', { Condition: { StringNotEquals: { 'aws:PrincipalAccount': ACCOUNT } } }), true],
    ['denies all but services',
      denies('*', { Condition: { Bool: { 'aws:PrincipalIsAWSService': 'false' } } }), false],
    ['denies all but users',
      denies('*', { Condition: { StringNotEquals: { 'aws:PrincipalType': 'User' } } }), false],
  ])('%s', (_name, on, expected) => {
    expect(object({ on: [on], identity: [ALL] })).toBe(expected);
  });

  test('a policy without version 2012-10-17 has no variables', () => {
    const Condition = { StringEquals: { 'aws:PrincipalAccount': '${aws:PrincipalAccount}' } };
    const document = attached(allows('*', { Condition }));
    expect(object({ owner: { document } })).toBe(true);
    expect(object({ owner: { document: { ...document, Version: undefined } } })).toBe(false);
  });
});

describe('Why it is not allowed', () => {
  const decide = (resource: string, rest: Asked) => decideForSession(asked(resource, '*:*', rest));

  test.each<[string, string, Asked, SessionDecision]>([
    ['nothing denies', OBJECT, { identity: [ALL] }, 'allowed'],
    ['the resource policy denies', OBJECT, { identity: [ALL], on: [denies(ROLE)] }, 'denied by the resource policy'],
    ['the resource policy denies what it allows', OBJECT, { on: [allows(ROLE), denies(ROLE)] },
      'denied by the resource policy'],
    ['the resource policy denies what no policy allows', OBJECT, { on: [denies(ROLE)] }, 'not allowed'],
    ['an identity policy denies too', OBJECT, { identity: [DENY], on: [denies(ROLE)] }, 'not allowed'],
    ['the boundary does not allow it', OBJECT, { identity: [ALL], boundary: NOTHING, on: [denies(ROLE)] }, 'not allowed'],
    ['the key policy allows another role', KEY, { identity: [ALL], on: [allows(OTHER)] },
      'denied by the resource policy'],
    ['no policy allows the key', KEY, { on: [allows(OTHER)] }, 'not allowed'],
    ['the key policy delegates what the boundary does not allow', KEY, { identity: [ALL], boundary: NOTHING },
      'not allowed'],
  ])('%s', (_name, resource, rest, expected) => {
    expect(decide(resource, rest)).toBe(expected);
  });
});
