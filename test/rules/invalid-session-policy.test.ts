import { allow, association, findingsIn, findingsOf, role, stackOf } from './app';

const READ = allow('s3:GetObject', 'arn:aws:s3:::data/a/*');
const ROLE = role([allow('s3:*', '*')]);
const { Action: _action, ...NO_ACTION } = READ;
const { Resource: _resource, ...NO_RESOURCE } = READ;
const { Effect: _effect, ...NO_EFFECT } = READ;

const at = (Policy: unknown) =>
  stackOf({ Role: ROLE, Pods: association(undefined, { Policy, DisableSessionTags: true }) });
const written = (document: unknown) => at(JSON.stringify(document));
const ofStatements = (...Statement: unknown[]) => written({ Version: '2012-10-17', Statement });

test.each<[string, ReturnType<typeof at>, string[]]>([
  ['no JSON', at('s3:GetObject'), ['JSON']],
  ['JSON that is cut off', at('{"Version":"2012-10-17","Statement":['), ['JSON']],
  ['a list', written([READ]), []],
  ['a string', written('s3:GetObject'), []],
  ['no Statement', written({ Version: '2012-10-17' }), ['Statement']],
  ['no Effect', ofStatements(NO_EFFECT), ['Statement[0]', 'Effect']],
  ['an Effect in lower case', ofStatements({ ...READ, Effect: 'allow' }), ['Statement[0]', 'Effect', 'allow']],
  ['no Action', ofStatements(NO_ACTION), ['Statement[0]', 'Action']],
  ['Action and NotAction', ofStatements({ ...READ, NotAction: 's3:PutObject' }), ['Statement[0]', 'NotAction']],
  ['no Resource', ofStatements(NO_RESOURCE), ['Statement[0]', 'Resource']],
  ['Resource and NotResource', ofStatements({ ...READ, NotResource: '*' }), ['Statement[0]', 'NotResource']],
  ['a Principal', ofStatements({ ...READ, Principal: '*' }), ['Statement[0]', 'Principal']],
  ['a NotPrincipal', ofStatements({ ...READ, NotPrincipal: { AWS: '*' } }), ['Statement[0]', 'NotPrincipal']],
  ['the statement that is wrong', ofStatements(READ, NO_RESOURCE, READ), ['Statement[1]', 'Resource']],
  ['an operator that IAM does not have', ofStatements({ ...READ, Condition: { StringEqual: { k: 'a' } } }),
    ['StringEqual']],
  ['a quantifier that IAM does not have',
    ofStatements({ ...READ, Condition: { 'ForEachValue:StringEquals': { k: 'a' } } }),
    ['ForEachValue:StringEquals']],
  ['Null with IfExists', ofStatements({ ...READ, Condition: { NullIfExists: { k: 'true' } } }), ['NullIfExists']],
  ['a Version that IAM does not have', written({ Version: '2012-10-18', Statement: [READ] }), ['2012-10-18']],
  ['the first character beyond U+00FF', ofStatements(allow('s3:GetObject', 'arn:aws:s3:::data/\u0100')), ['U+0100']],
  ['a character of two units', ofStatements(allow('s3:GetObject', 'arn:aws:s3:::data/😀')), ['U+1F600']],
  ['the region of a bucket', ofStatements(allow('s3:GetObject', 'arn:aws:s3:us-east-1::data')),
    ['Statement[0].Resource', "region 'us-east-1'"]],
  ['an endpoint in place of an address',
    ofStatements({ ...READ, Condition: { IpAddress: { 'aws:SourceIp': 'vpce-0123456789abcdef0' } } }),
    ['Statement[0].Condition.IpAddress.aws:SourceIp', 'is not an IP address']],
  ['a Sid with more than letters and digits', ofStatements({ ...READ, Sid: 'read-all' }), ['Statement[0]', 'Sid']],
  ['a JSON object instead of a string', at({ Version: '2012-10-17', Statement: [READ] }), ['string']],
  ['an invalid statement next to a deploy-time value', at({
    'Fn::Sub': JSON.stringify({
      Version: '2012-10-17',
      Statement: [{ ...NO_ACTION, Resource: 'arn:aws:s3:::${Name}/*' }],
    }),
  }), ['Statement[0]', 'Action']],
])('%s', (_name, stack, values) => {
  const findings = findingsOf('InvalidSessionPolicy', stack);
  expect(findings.map((f) => [f.severity, f.association.path, f.property]))
    .toEqual([['error', 'Stack/Pods', 'Policy']]);
  for (const said of ['Stack/Pods', 'InvalidParameterException', ...values]) {
    expect(findings[0].message)
      .toContain(said);
  }
  expect(findings[0].fix).toMatch(/^[A-Z].+\.$/s);
});

test.each<[string, ReturnType<typeof at>, string]>([
  ['what is missing', ofStatements(NO_RESOURCE), 'Add Resource to Statement[0].'],
  ['a document without statements', written({ Version: '2012-10-17' }), 'Add Statement to the document.'],
  ['an empty list of statements', ofStatements(), 'Add a statement.'],
  ['what is not allowed', ofStatements({ ...READ, Principal: '*' }), 'Remove Statement[0].Principal.'],
  ['what is wrong', ofStatements({ ...READ, Effect: 'allow' }), 'Correct Statement[0].Effect.'],
])('the fix of %s', (_name, stack, fix) => {
  const [finding] = findingsOf('InvalidSessionPolicy', stack);
  expect(finding.fix).toBe(fix);
  expect(finding.message).not.toContain('Remove');
});

test.each<[string, ReturnType<typeof at>]>([
  ['a statement', ofStatements(READ)],
  ['a statement that is not a list', written({ Version: '2012-10-17', Statement: READ })],
  ['no Version, which is 2008-10-17', written({ Statement: [READ] })],
  ['NotAction and NotResource',
    ofStatements({ Effect: 'Deny', NotAction: 's3:*', NotResource: 'arn:aws:s3:::data/*' })],
  ['operators on sets, and IfExists', ofStatements({
    ...READ, Condition: { 'ForAnyValue:StringLikeIfExists': { k: ['a', 'b'] }, 'Null': { l: 'true' } },
  })],
  ['the last character that EKS takes', ofStatements({ ...READ, Resource: 'arn:aws:s3:::data/\u00FF' })],
  ['a character beyond it, escaped in JSON', at(JSON.stringify({
    Version: '2012-10-17', Statement: [allow('s3:GetObject', 'arn:aws:s3:::data/@')],
  }).replace('@', '\\u0100'))],
  ['blanks and line breaks',
    at(JSON.stringify({ Version: '2012-10-17', Statement: [READ] }, undefined, '\t').replace(/\n/g, '\r\n'))],
  ['a deploy-time value in a resource', at({
    'Fn::Sub': JSON.stringify({ Version: '2012-10-17', Statement: [allow('s3:GetObject', 'arn:aws:s3:::${Name}/*')] }),
  })],
  ['a policy that is unresolved at synth', at({ Ref: 'SessionPolicy' })],
  ['no session policy', at(undefined)],
  ['AWS::NoValue', at({ Ref: 'AWS::NoValue' })],
])('%s: nothing to say', (_name, stack) => {
  expect(findingsOf('InvalidSessionPolicy', stack)).toEqual([]);
});

test('every problem of every statement', () => {
  const messages = findingsOf('InvalidSessionPolicy',
    ofStatements(NO_RESOURCE, { ...READ, Effect: 'Permit', Principal: '*' })).map((f) => f.message);
  expect(messages).toHaveLength(3);
  expect(messages[0]).toMatch(/Statement\[0\].*Resource/);
  expect(messages.slice(1).sort().join('\n')).toMatch(/Statement\[1\].*(Effect|Permit)[^]*Statement\[1\].*Principal/);
});

test('of a policy that EKS rejects, nothing else is said', () => {
  expect(findingsIn(ofStatements(NO_RESOURCE, allow('sqs:*', '*'))).map((f) => f.rule))
    .toEqual(['InvalidSessionPolicy']);
});

test('only the association whose policy is not valid', () => {
  const stack = stackOf({
    Role: ROLE, A: association([NO_RESOURCE], { ServiceAccount: 'a' }), B: association([READ], { ServiceAccount: 'b' }),
  });
  expect(findingsIn(stack).map((f) => [f.rule, f.association.path])).toEqual([['InvalidSessionPolicy', 'Stack/A']]);
});
