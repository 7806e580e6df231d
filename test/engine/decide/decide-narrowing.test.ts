import { decideNarrowing, Layer, NarrowingOptions, SymbolicString, Verdict } from '../../../lib/engine';
import { requestCatalog } from '../../../lib/reference/request-catalog';
import { WELL_KNOWN_ACTIONS } from '../../../lib/reference/well-known-actions';
import { ANY_TEXT, PARTITION } from '../../../lib/template/value-kinds';
import { allow, ask, BUCKET, deny, policy, StatementJson, Target, variable } from '../make';

const not = (Effect: string, NotAction: Target, Resource: Target = '*'): StatementJson => ({
  Effect, NotAction, Resource,
});

function decide(
  session: StatementJson[], role: StatementJson[], boundary?: StatementJson[], gaps: Layer['gaps'] = [],
): Verdict {
  const layers: Layer[] = [
    { name: 'identity policies', policies: role.length === 0 ? [] : [policy(role, "inline policy 'P'")], gaps },
  ];
  if (boundary) {
    layers.push({ name: 'permissions boundary', policies: [policy(boundary, 'the boundary')], gaps: [] });
  }
  return decideNarrowing(
    { session: policy(session, 'the session policy'), layers }, { knownActions: WELL_KNOWN_ACTIONS },
  );
}

const arn = (id: string, rest = '') => SymbolicString.of(
  'arn:', variable('P', PARTITION), ':s3:::', variable(id, BUCKET), rest,
);
const BOOL = { Bool: { 'aws:SecureTransport': 'true' } };
const UNCLEAR = { 'ForAnyValue:StringEqualsIfExists': { 'aws:TagKeys': 'a' } }; // for a missing key, one half says true, the other false
const KEYS = { Null: { 'aws:TagKeys': 'false' } };
const NO_KEYS = { Null: { 'aws:TagKeys': 'true' } };
const VPC = { StringEquals: { 'aws:SourceVpc': ['vpc-2', 'vpc-1'] } };

/** Whether AWS compares the capital letter with case is not documented. */
const UNCLEAR_ARN = 'arn:aws:S3:::a';
const OWN_ARN = 'arn:aws:s3:::${aws:username}';
const FAR_ARN = 'arn:aws:sqs:*:*:q';
const denyOutside = (...NotResource: string[]): StatementJson => ({ Effect: 'Deny', Action: 's3:*', NotResource });

describe('narrows', () => {
  test.each<[string, StatementJson[], StatementJson[], StatementJson[]?]>([
    ['nothing at all', [deny('*')], []],
    ['an action among many', [allow('s3:GetObject')], [allow(['sqs:*', 's3:Get*'])]],
    ['each part by a statement of its own', [allow(['s3:GetObject', 'sqs:SendMessage'])],
      [allow('sqs:*'), allow('s3:*')]],
    ['what the session policy denies itself', [allow('s3:*'), deny('s3:Put*')], [allow('s3:*'), deny('s3:PutObject')]],
    ['what it denies under the same condition', [allow('s3:*'), deny('s3:*', '*', VPC)],
      [allow('s3:*'), deny('s3:Put*', '*', VPC)]],
    ['what it denies by a statement for each resource',
      [allow('s3:*'), deny('s3:*', UNCLEAR_ARN), deny('s3:*', OWN_ARN)],
      [allow('s3:*'), deny('s3:Put*', [UNCLEAR_ARN, OWN_ARN])]],
    ['what it denies outside of the same resources, of which one is far away',
      [allow('s3:*', 'arn:aws:s3:::*'), denyOutside(OWN_ARN, FAR_ARN)], [allow('s3:*'), denyOutside(FAR_ARN, OWN_ARN)]],
    ['what a deny of the role cannot reach', [allow('s3:Get*')], [allow('*'), deny('s3:Put*')]],
    ['one value of a deny apart', [allow('s3:*', 'arn:aws:s3:::a/*')], [allow('*'), deny('*', 'arn:aws:s3:::b/*')]],
    ['NotAction of the role', [allow('s3:GetObject')], [not('Allow', ['iam:*', 'organizations:*'])]],
    ['NotAction on both sides', [not('Allow', ['iam:*', 'sts:*'])], [not('Allow', 'iam:*')]],
    ['NotAction under everything', [not('Allow', 'iam:*')], [allow('*')]],
    ['a deny with NotAction', [allow('s3:GetObject')], [allow('*'), not('Deny', ['s3:*', 'sqs:*'])]],
    ['NotResource of the role', [allow('s3:*', 'arn:aws:s3:::a/*')],
      [{ Effect: 'Allow', Action: 's3:*', NotResource: 'arn:aws:s3:::b/*' }]],
    ['equal conditions, in any order', [allow('s3:*', '*', { ...BOOL, ...VPC })],
      [allow('s3:*', '*', { StringEquals: { 'AWS:sourcevpc': ['vpc-1', 'vpc-2'] } })]],
    ['two statements together', [allow('s3:*', 'arn:aws:s3:::b/x')], [allow('s3:G*', '*'), not('Allow', 's3:G*')]],
    ['a boundary, too', [allow('s3:GetObject')], [allow('s3:*')], [allow('*')]],
    ['a resource of the app', [allow('s3:*', arn('A', '/t/*'))], [allow('s3:*', [arn('A'), arn('A', '/*')])]],
    ['a value of which nothing is known', [allow('s3:*', SymbolicString.of(variable('X', ANY_TEXT), '/t'))],
      [allow('s3:*', SymbolicString.of(variable('X', ANY_TEXT), '/*'))]],
    ['a policy variable', [allow('s3:*', 'arn:aws:s3:::b/${aws:PrincipalTag/Team}/x')],
      [allow('s3:*', 'arn:aws:s3:::b/${aws:principaltag/team}/*')]],
    ['a policy variable that a pattern limits, twice',
      [allow('s3:*', 'arn:aws:s3:::${aws:username}/x', { StringLike: { 'aws:username': ['red-*', 'red-*'] } })],
      [allow('s3:*', 'arn:aws:s3:::red-*')]],
  ])('%s', (_name, session, role, boundary = undefined) => {
    expect(decide(session, role, boundary)).toEqual({ kind: 'narrows' });
  });
});

describe('exceeds', () => {
  test.each<[string, StatementJson[], StatementJson[], string, StatementJson[]?]>([
    ['nothing is allowed', [allow('s3:GetObject', 'arn:aws:s3:::b/*')], [], 's3:GetObject arn:aws:s3:::b/example'],
    ['another service', [allow('*')], [allow('s3:*')],
      'dynamodb:GetItem arn:aws:dynamodb:us-east-1:111122223333:table/example-table'],
    ['more of a service', [allow('s3:*', 'arn:aws:s3:::b/*')], [allow('s3:Get*', 'arn:aws:s3:::b/*')],
      's3:PutObject arn:aws:s3:::b/example'],
    ['a service that nobody knows', [allow('new:Do*', 'arn:aws:new:*:*:*')], [allow('s3:*')],
      'new:DoExample arn:aws:new:us-east-1:111122223333:example'],
    ['another region', [allow('sqs:SendMessage', 'arn:aws:sqs:*:*:q')], [allow('sqs:*', 'arn:aws:sqs:us-east-1:*:*')],
      'sqs:SendMessage arn:aws:sqs:eu-west-1:111122223333:q'],
    ['a deny of the role', [allow('s3:*', 'arn:aws:s3:::b/*')],
      [allow('*'), deny('s3:PutObject', 'arn:aws:s3:::b/secret')], 's3:PutObject arn:aws:s3:::b/secret'],
    ['a deny whose action is not a well-known one', [allow('s3:*', 'arn:aws:s3:::b/*')],
      [allow('*'), deny('s3:BypassGovernanceRetention')], 's3:BypassGovernanceRetention arn:aws:s3:::b/example'],
    ['a condition of the role', [allow('s3:GetObject', 'arn:aws:s3:::b/x')], [allow('s3:*', '*', BOOL)],
      's3:GetObject arn:aws:s3:::b/x aws:securetransport=false'],
    ['a condition of the role on a key that may be missing', [allow('s3:GetObject', 'arn:aws:s3:::b/x')],
      [allow('s3:*', '*', VPC)], 's3:GetObject arn:aws:s3:::b/x'],
    ['a condition of a deny', [allow('s3:GetObject', 'arn:aws:s3:::b/x')], [allow('s3:*'), deny('s3:*', '*', BOOL)],
      's3:GetObject arn:aws:s3:::b/x aws:securetransport=true'],
    ['the boundary', [allow('s3:GetObject', 'arn:aws:s3:::b/x')], [allow('*')],
      's3:GetObject arn:aws:s3:::b/x', [allow('sqs:*')]],
    ['NotAction of the role', [allow(['s3:GetObject', 'iam:PassRole'], 'arn:aws:iam::111122223333:role/r')],
      [not('Allow', 'iam:*')], 'iam:PassRole arn:aws:iam::111122223333:role/r'],
    ['another bucket of the app', [allow('s3:GetObject', arn('A', '/*'))], [allow('s3:*', arn('B', '/*'))],
      's3:GetObject arn:aws:s3:::example-1/example ${P}=aws ${A}=example-1'],
    ['a bucket that somebody named', [allow('s3:GetObject', arn('A', '/x'))], [allow('s3:*', 'arn:aws:s3:::data/*')],
      's3:GetObject arn:aws:s3:::example-1/x ${P}=aws ${A}=example-1'],
    ['under a condition that can be met',
      [allow('s3:GetObject', 'arn:aws:s3:::b/x', { StringLike: { 'aws:PrincipalTag/t': 'a*' }, ...BOOL })],
      [allow('sqs:*')], 's3:GetObject arn:aws:s3:::b/x aws:principaltag/t=aexample aws:securetransport=true'],
    ['with a policy variable', [allow('s3:GetObject', 'arn:aws:s3:::b/${aws:username}/*')], [allow('sqs:*')],
      's3:GetObject arn:aws:s3:::b/example/example aws:username=example'],
    ['with a deny of its own that leaves something', [allow('s3:*', 'arn:aws:s3:::b/*'), deny('s3:GetObject*')],
      [allow('sqs:*')], 's3:PutObject arn:aws:s3:::b/example'],
  ])('%s', (_name, session, role, expected, boundary = undefined) => {
    const verdict = decide(session, role, boundary);
    const shown = verdict.kind === 'exceeds' && verdict.excesses.map(({ witness: w }) =>
      [w.action, w.resource, ...[...w.assumed, ...w.context].map(([k, v]) => `${k}=${v}`)].join(' '));
    expect(shown).toEqual([expected]);
  });

  test('says what denies it', () => {
    const verdict = decide(
      [{ ...allow(['s3:GetObject', 's3:PutObject'], ['arn:aws:s3:::a/x', 'arn:aws:s3:::b/x']), Sid: 'Mine' }],
      [allow('s3:Get*'), allow('s3:*', 'arn:aws:s3:::a/*')],
    );
    expect(verdict).toMatchObject({
      kind: 'exceeds',
      excesses: [{ denial: { layer: 'identity policies' } }],
    });
  });
});

describe('undetermined', () => {
  const incomplete = [{ code: 'IncompleteRole' as const, message: 'a policy is missing', resolution: 'add it' }];
  test.each<[string, () => Verdict, string, RegExp]>([
    ['a condition of the role that IAM documents both ways',
      () => decide([allow('s3:GetObject')], [allow('s3:*', '*', UNCLEAR), allow('s3:*', '*', KEYS)]), 'Condition',
      /allows s3:GetObject on \* under conditions that statement 0 of the session policy may not keep/],
    ['such a condition of a deny',
      () => decide([allow('s3:GetObject', '*', NO_KEYS)], [allow('s3:*'), deny('s3:*', '*', UNCLEAR)]), 'Deny',
      /statement 1 of inline policy 'P' denies requests that may be among those/],
    ['the partition', () => decide([allow('s3:GetObject', arn('A', '/x'))], [allow('s3:*', 'arn:aws:s3:::*')]),
      'UnknownValue', /depends on the deploy-time values \$\{A\}, \$\{P\}/],
    ['an ARN of three fields with a wildcard in the service',
      () => decide([allow('s3:GetObject', 'arn:aws:s3:::b/x')], [allow('s3:*', 'arn:aws:s3*')]),
      'PartialOverlap', /allow a part of/],
    ['an incomplete role',
      () => decide([allow('s3:GetObject', 'arn:aws:s3:::b/x')], [allow('s3:*')], undefined, incomplete),
      'IncompleteRole', /a policy is missing/],
    ['a request that AWS never makes: PassRole is for roles',
      () => decide([allow('iam:PassRole')], [allow('iam:PassRole', 'arn:*:iam::*:*')]),
      'PartialOverlap', /allow a part of/],
    ['a request that AWS never makes: S3 has no regions',
      () => decide([allow('s3:GetObject', 'arn:aws:s3:*:*:b/*')], [allow('s3:*', 'arn:aws:s3:::b/*')]),
      'PartialOverlap', /allow a part of/],
    ['a request that AWS never makes: an object action on a bucket',
      () => decide([allow('s3:GetObject*', arn('A'))], [allow('s3:GetObject*', arn('A', '/*'))]), 'PartialOverlap',
      /no request was found that AWS would make/],
    ['a resource of which only the deployment knows',
      () => decide([allow('new:Do', 'arn:aws:new:*:*:*')], [allow('new:*', 'arn:aws:new:*:*:thing/*')]),
      'PartialOverlap', /allow a part of/],
    ['a resource that a role may have in lists of today',
      () => decide(
        [allow('s3:GetObject', SymbolicString.of(variable('X', ANY_TEXT)))], [allow('s3:*', 'arn:aws:s3:::b/*')],
      ),
      'UnknownValue', /depends on the deploy-time value \$\{X\}/],
  ])('%s', (_name, run, code, message) => {
    expect(run()).toEqual({
      kind: 'undetermined', reasons: [expect.objectContaining({ code, message: expect.stringMatching(message) })],
    });
  });

  test('an incomplete role still denies what it denies', () => {
    expect(decide([allow('s3:GetObject', 'arn:aws:s3:::b/x')], [deny('s3:*')], undefined, incomplete).kind)
      .toBe('exceeds');
  });

  test('of a role of which nothing is known, the gap is the reason, however much there is to search', () => {
    const asked = ask([allow('s3:*')], [], undefined, incomplete);
    const reasons = (options: NarrowingOptions) => {
      const verdict = decideNarrowing(asked, { knownActions: WELL_KNOWN_ACTIONS, ...options });
      return verdict.kind === 'undetermined' && verdict.reasons.map(({ code }) => code);
    };
    expect([reasons({ budget: 1_000 }), reasons({ budget: 1_000, catalog: requestCatalog() })])
      .toEqual([['IncompleteRole'], ['IncompleteRole']]);
  });

  test('one excess is enough, where that is asked for', () => {
    const session = policy([allow('s3:GetObject'), allow('sqs:SendMessage'), allow('sns:Publish')], 'S');
    const layers: Layer[] = [{ name: 'identity policies', policies: [policy([allow('s3:*')], 'P')], gaps: [] }];
    const statements = (firstExcessOnly?: boolean) => {
      const verdict = decideNarrowing({ session, layers }, { firstExcessOnly });
      return verdict.kind === 'exceeds' && verdict.excesses.map((excess) => excess.statement.index);
    };
    expect([statements(), statements(false), statements(true)]).toEqual([[1, 2], [1, 2], [1]]);
  });

  test('a statement that the role repeats is none', () => {
    const verdict = decideNarrowing({
      session: policy([allow('s3:*'), allow('sqs:SendMessage')], 'S'),
      layers: [{ name: 'identity policies', policies: [policy([allow('s3:*')], 'P')], gaps: [] }],
    }, { firstExcessOnly: true });
    expect(verdict).toMatchObject({ kind: 'exceeds', excesses: [{ statement: { index: 1 } }] });
  });

  test.each<[number, number]>([[1, 1], [9, 9], [12, 9]])(
    'of %d deny statements that may apply, %d are listed',
    (denials, listed) => {
      const verdict = decide([allow('s3:GetObject', '*', NO_KEYS)], [
        allow('s3:*'), ...Array.from({ length: denials }, (_, i) => deny('s3:*', `arn:aws:s3:::b${i}/*`, UNCLEAR)),
      ]);
      expect(verdict.kind === 'undetermined' && verdict.reasons.map((r) => r.message.replace(/ denies.*/, ''))).toEqual(
        Array.from({ length: listed }, (_, i) => `statement ${i + 1} of inline policy 'P'`));
    },
  );

  test('a deny statement that applies is found behind many that may apply', () => {
    const unclear = Array.from({ length: 10 }, (_, i) => deny('s3:*', `arn:aws:s3:::b${i}/*`, UNCLEAR));
    const certain = deny('s3:*', 'arn:aws:s3:::c/*');
    const kinds = [[certain, ...unclear], [...unclear, certain]].map((denies) => (
      decide([allow('s3:GetObject', '*', NO_KEYS)], [allow('s3:*'), ...denies]).kind));
    expect(kinds).toEqual(['exceeds', 'exceeds']);
  });

  test('names the keys as the policies write them, and those that the request lacks', () => {
    const verdict = decide([allow('s3:GetObject', 'arn:aws:s3:::b/x', BOOL)], [allow('s3:*', '*', VPC)]);
    expect(verdict.kind === 'exceeds' && verdict.excesses.map(
      ({ witness: { context, missing, keyNames } }) => [[...context], missing, [...keyNames]],
    )).toEqual([[
      [['aws:securetransport', 'true']], ['aws:sourcevpc'],
      [['aws:securetransport', 'aws:SecureTransport'], ['aws:sourcevpc', 'aws:SourceVpc']],
    ]]);
  });

  test.each<[string, StatementJson[], StatementJson[], Verdict['kind']]>([
    ['in the same words', [allow('*'), deny('s3:*', '*', VPC)], [allow('*'), deny('s3:*', '*', VPC)], 'narrows'],
    ['under fewer conditions', [allow('*'), deny('s3:*')], [allow('*'), deny('s3:*', '*', VPC)], 'narrows'],
    ['under more conditions', [allow('*'), deny('s3:*', '*', VPC)], [allow('*'), deny('s3:*')], 'exceeds'],
    ['in part', [allow('*'), deny('s3:*')], [allow('*'), deny('s3:*'), deny('sqs:*')], 'exceeds'],
    ['as an allowance', [allow('*'), allow('s3:*')], [allow('*'), deny('s3:*')], 'exceeds'],
  ])('statements that are repeated, with denials: %s', (_, session, role, kind) => {
    expect(decide(session, role).kind).toBe(kind);
  });

  test('a budget that does not suffice', () => {
    const session = policy([allow('s3:GetObject', 'arn:aws:s3:::b/x')], 'the session policy');
    const layers: Layer[] = [{ name: 'identity policies', policies: [policy([allow('s3:*')], 'P')], gaps: [] }];
    expect(decideNarrowing({ session, layers }, { budget: 1 })).toEqual({
      kind: 'undetermined', reasons: [expect.objectContaining({ code: 'Budget' })],
    });
  });

  test('the same variable in a document of the old version is literal text', () => {
    const session = policy([allow('s3:*', 'arn:aws:s3:::b/${aws:username}')], 'the session policy');
    const layers: Layer[] = [{
      name: 'identity policies',
      policies: [policy([allow('s3:*', 'arn:aws:s3:::b/${aws:username}')], 'P', '2008-10-17')],
      gaps: [],
    }];
    expect(decideNarrowing({ session, layers }).kind).not.toBe('narrows');
  });
});

describe('a statement that is too large to compare', () => {
  const large = allow('s3:GetObject', 'arn:aws:s3:::data/*');
  const missing = allow('iam:CreateUser', 'arn:aws:iam::111122223333:user/*');
  const role = [...'abcdefghijklmnopqrstuvwxyz'].map((letter) => allow('s3:GetObject', `arn:aws:s3:::data/*${letter}b*`));

  test.each<[string, StatementJson[], Verdict['kind']]>([
    ['alone', [large], 'undetermined'],
    ['before a missing action', [large, missing], 'exceeds'],
    ['behind a missing action', [missing, large], 'exceeds'],
  ])('%s', (_name, session, expected) => {
    expect(decideNarrowing(ask(session, role), { budget: 500 }).kind).toBe(expected);
  });
});

describe('a `*` that may run across colons', () => {
  const form = (part: string) => `arn:\${Partition}:ec2:\${Region}:\${Account}:${part}`;
  const session = policy([allow('ec2:RunInstances', 'arn:aws:ec2:*:*:key-pair/x-*')], 'the session policy');
  const layers: Layer[] = [{
    name: 'identity policies',
    policies: [policy([allow('*'), deny('ec2:RunInstances', 'arn:aws:ec2:*:*:instance/*')], 'P')],
    gaps: [],
  }];

  test.each<[string, string[], string]>([
    ['decides nothing where no resource has such an ARN', ['key-pair/${KeyPairName}', 'instance/${InstanceId}'],
      'narrows as of 2026-11-01'],
    ['may decide where one has',
      ['key-pair/${KeyPairName}', 'instance/${InstanceId}:key-pair/${KeyPairName}'], 'undetermined'],
  ])('%s', (_name, parts, expected) => {
    const catalog = {
      asOf: '2026-11-01', services: new Map([['ec2', [{ name: 'RunInstances', resources: parts.map(form) }]]]),
    };
    const verdict = decideNarrowing({ session, layers }, { catalog });
    expect(verdict.kind === 'narrows' ? `narrows as of ${verdict.asOf}` : verdict.kind).toBe(expected);
  });

  test('may decide when nobody knows the resources', () => {
    expect(decideNarrowing({ session, layers }).kind).toBe('undetermined');
  });
});

test.each<[string, StatementJson[], StatementJson[]]>([
  ['a deny of the role', [allow('s3:GetObject', arn('A', '/*'))], [allow('s3:*'), deny('s3:*', arn('B', '/*'))]],
  ['a deny of the role, on a name that is written', [allow('s3:GetObject', arn('A', '/*'))],
    [allow('s3:*'), deny('s3:*', SymbolicString.of('arn:', variable('P', PARTITION), ':s3:::data/*'))]],
  ['what NotResource leaves out', [allow('s3:GetObject', arn('A', '/*'))],
    [{ Effect: 'Allow', Action: 's3:*', NotResource: arn('B', '/*') }]],
  ['what NotResource of a deny leaves out', [allow('s3:GetObject', arn('A', '/*'))],
    [allow('s3:*', arn('A', '/*')), { Effect: 'Deny', Action: 's3:*', NotResource: arn('B', '/*') }]],
])('no proof rests on generated names being distinct: %s', (_name, session, role) => {
  expect(decide(session, role).kind).not.toBe('narrows');
});

test.each<[string, StatementJson[], StatementJson[]]>([
  ['a generated name, and one that is written', [allow('s3:GetObject', arn('A', '/*'))],
    [allow('s3:*', 'arn:aws:s3:::data/*')]],
  ['two generated names', [allow('s3:GetObject', arn('A', '/*'))], [allow('s3:*', arn('B', '/*'))]],
  ['a deny on a generated name', [allow('s3:GetObject', arn('A', '/*')), deny('s3:*', arn('B', '/*'))], []],
])('only a refutation rests on %s being distinct', (_name, session, role) => {
  const question = {
    session: policy(session, 'the session policy'),
    layers: [{ name: 'identity policies' as const, policies: role.length === 0 ? [] : [policy(role, 'P')], gaps: [] }],
  };
  expect(decideNarrowing(question, { knownActions: WELL_KNOWN_ACTIONS }).kind).toBe('exceeds');
  expect(decideNarrowing(question, { knownActions: WELL_KNOWN_ACTIONS, generatedNames: 'anything' }).kind)
    .toBe('undetermined');
});
