import { allow, association, deny, findingsOf, role, stackOf } from './app';
import { managedProblems } from './managed-problems';
import { isServicePrefix } from '../../lib/reference/services';
import { UNKNOWN_ACTION } from '../../lib/rules/unknown-action';

const at = (...session: unknown[]) => stackOf({ Pods: association(session), Role: role([allow('*', '*')]) });
const REFERENCE = "AWS's service authorization reference of 2026-09-26";
const SINCE = 'AWS accepts any name at deployment. Unless AWS has added the action since then, the statement';

test.each<[string, unknown, string, string]>([
  ['a misspelled action', { ...allow(['s3:GetObjct', 's3:PutObject'], '*'), Sid: 'Read' },
    `statement 0 (Sid 'Read') of the session policy names s3:GetObjct, which matches no action of ${REFERENCE}. ${SINCE} allows `
    + 'nothing by that name, and the pods get AccessDenied.', 'Write s3:GetObject instead of s3:GetObjct, if'],
  ['operations of the API',
    allow(['s3:ListObjectsV2', 's3:HeadObject'], '*'),
    `statement 0 of the session policy names s3:ListObjectsV2, s3:HeadObject, which match no action of ${REFERENCE}. ${SINCE.replace('the action', 'one of the actions')} allows `
    + 'nothing by these names, and the pods get AccessDenied.',
    'Write s3:ListBucket instead of s3:ListObjectsV2, s3:GetObject instead of s3:HeadObject, if'],
  ['a pattern', deny('s3:GetObjct*', '*'),
    `statement 0 of the session policy names s3:GetObjct*, which matches no action of ${REFERENCE}. ${SINCE} denies `
    + 'nothing by that name.', 'Write s3:GetObject* instead of s3:GetObjct*, if'],
  ['a pattern of nothing',
    allow('sqs:*Frobnicate*', '*'),
    `statement 0 of the session policy names sqs:*Frobnicate*, which matches no action of ${REFERENCE}. ${SINCE} allows `
    + 'nothing by that name, and the pods get AccessDenied.',
    'Look the name up at https://docs.aws.amazon.com/service-authorization/'],
  ['a misspelled service',
    allow('dynamo:*', '*'),
    `statement 0 of the session policy names dynamo:*, which matches no action of ${REFERENCE}, which has no service 'dynamo'. AWS accepts any name at deployment. Unless `
    + 'AWS has added the service since then, the statement allows nothing by that name, and the pods get AccessDenied.',
    'Write dynamodb:* instead of dynamo:*, if'],
  ['a beginning of no name',
    allow('deepracer:Create*', '*'),
    `statement 0 of the session policy names deepracer:Create*, which matches no action of ${REFERENCE}, which has no service 'deepracer'. AWS accepts any name at deployment. Unless `
    + 'AWS has added the service since then, the statement allows nothing by that name, and the pods get AccessDenied.',
    'Look the name up'],
  ['an action left out', { Effect: 'Allow', NotAction: ['iam:*', 's3:GetObjct'], Resource: '*' },
    `statement 0 of the session policy names s3:GetObjct, which matches no action of ${REFERENCE}. ${SINCE} makes `
    + 'no exception for it, so it allows what it is meant to leave out.',
    'Write s3:GetObject instead of s3:GetObjct, if'],
  ['an action left out of a denial',
    { Effect: 'Deny', NotAction: 's3:GetObjct', Resource: '*' },
    `statement 0 of the session policy names s3:GetObjct, which matches no action of ${REFERENCE}. ${SINCE} makes `
    + 'no exception for it, so it denies what it is meant to leave out (AccessDenied).',
    'Write s3:GetObject instead of s3:GetObjct, if'],
])('%s', (_name, statement, message, fix) => {
  const findings = findingsOf('UnknownAction', at(statement));
  expect(findings.map((f) => [f.severity, f.message])).toEqual([['warning', `Stack/Pods: ${message}`]]);
  expect(findings[0].fix).toMatch(new RegExp(`^${fix.replace(/[*.]/g, '\\$&')}`));
});

test('a finding a statement', () => {
  expect(findingsOf('UnknownAction', at(allow('s3:Foo', '*'), allow('s3:GetObject', '*'), deny('sqs:Foo', '*')))
    .map((f) => /statement \d/.exec(f.message)![0])).toEqual(['statement 0', 'statement 2']);
});

test.each<[string, unknown]>([
  ['actions in another case', allow(['S3:getobject', 's3:GET*'], '*')],
  ['everything', allow('*', '*')],
  ['everything of a service', allow(['s3:*', 'sqs:**'], '*')],
  ['wildcards', allow(['s3:Get*ectTagging', 'sqs:?endMessage'], '*')],
  ['what CDK grants',
    allow([
      's3:GetObject*', 's3:GetBucket*', 's3:List*', 's3:Abort*', 'kms:ReEncrypt*', 'kms:GenerateDataKey*',
      'dynamodb:GetRecords',
    ], '*')],
  ['an action that is none: InvalidSessionPolicy says it', allow('GetObject', '*')],
])('%s: nothing to say', (_name, statement) => {
  expect(findingsOf('UnknownAction', at(statement))).toEqual([]);
});

test('of a template: an action that the deployment knows only', () => {
  const Policy = {
    'Fn::Sub': [
      '{"Version":"2012-10-17","Statement":{"Effect":"Allow","Action":"s3:${Verb}Object","Resource":"*"}}',
      { Verb: { Ref: 'Verb' } },
    ],
  };
  const stack = stackOf({
    Pods: association(undefined, { Policy, DisableSessionTags: true }), Role: role([allow('*', '*')]),
  });
  expect(findingsOf('UnknownAction', stack)).toEqual([]);
});

/**
 * Services that AWS closed, or that have no page in the reference; actions that are internal to consoles; and some that the
 * reference does not list yet. Nothing that is listed.
 */
test('what is found in the policies that AWS maintains', () => {
  const found = managedProblems(UNKNOWN_ACTION);
  const services = found.flatMap(({ problems }) => {
    const named = problems.flatMap(({ message }) => / names (.*?), which match/.exec(message)![1].split(', '));
    return [...new Set(named.map((action) => action.split(':')[0]))];
  });
  expect(found).toHaveLength(27);
  expect(countsOf(services.filter((service) => !isServicePrefix(service)))).toEqual({ // closed, renamed, or without a page
    'builderid': 2,
    'datazonecontrol': 2,
    'deepcomposer': 1,
    'deeplens': 2,
    'deepracer': 3,
    'elastic-inference': 2,
    'iot1click': 3,
    'iotroborunner': 2,
    'mobilehub': 2,
    'sagemaker-groundtruth-synthetic': 2,
    'zocalo': 2,
  });
  expect(countsOf(services.filter(isServicePrefix))).toEqual({ // internal to consoles, of older versions, or not listed yet
    'budgets': 1,
    'cloud9': 1,
    'cloudhsm': 1,
    'memorydb': 1,
    'organizations': 1,
    'payments': 1,
    'qapps': 1,
    'route53-recovery-control-config': 1,
    'securityagent': 1,
  });
});

function countsOf(names: readonly string[]): { readonly [name: string]: number } {
  return Object.fromEntries([...new Set(names)].map((name) => [name, names.filter((n) => n === name).length]));
}
