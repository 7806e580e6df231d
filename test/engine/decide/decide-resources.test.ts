import { SymbolicString } from '../../../lib/engine';
import { allow, BUCKET, decide, show, StatementJson, variable } from '../make';

/** `allow s3:Get*,s3:Put* on arn:aws:s3:::b`, `deny all but iam:* on all but arn:aws:s3:::b`; nothing said is everything. */
function statements(lines: string | readonly string[]): StatementJson[] {
  return [lines].flat().map((line) => {
    const [, effect, actions, resources = '*'] = /^(allow|deny) (.+?)(?: on (.+))?$/.exec(line) as RegExpExecArray;
    const list = (element: string, text: string) => (text.startsWith('all but ')
      ? { [`Not${element}`]: text.slice(8).split(',') } : { [element]: text.split(',') });
    return {
      Effect: effect === 'allow' ? 'Allow' : 'Deny', ...list('Action', actions), ...list('Resource', resources),
    };
  });
}

type Row = [rule: string, session: string | string[], role: string | string[], verdict: string];

function check(_rule: string, session: string | string[], role: string | string[], expected: string): void {
  expect(show(decide(statements(session), statements(role)))).toBe(expected);
}

const Q = 'arn:aws:sqs:us-east-1:111122223333:q';

describe('several statements of the role together', () => {
  test.each<Row>([
    ['some actions and all others', 'allow s3:* on arn:aws:s3:::b',
      ['allow s3:Get*', 'allow all but s3:Get*'], 'narrows'],
    ['some actions and all others but one', 'allow s3:* on arn:aws:s3:::b',
      ['allow s3:Get*', 'allow all but s3:Get*,s3:Put'], 'exceeds: s3:put arn:aws:s3:::b'],
    ['each action on its own', 'allow s3:Get,s3:Put on arn:aws:s3:::b', ['allow s3:Get', 'allow s3:P*'], 'narrows'],
    ['some resources and all others', 'allow s3:Get',
      ['allow s3:Get on arn:aws:s3:::a/*', 'allow s3:Get on all but arn:aws:s3:::a/*'], 'narrows'],
    ['some resources and more than all others', 'allow s3:Get',
      ['allow s3:Get on arn:aws:s3:::a*', 'allow s3:Get on all but arn:aws:s3:::ab*'], 'narrows'],
    ['some resources and less than all others', 'allow s3:Get',
      ['allow s3:Get on arn:aws:s3:::ab*', 'allow s3:Get on all but arn:aws:s3:::a*'],
      'exceeds: s3:Get arn:aws:s3:::aexample'],
    ['all resources but some, twice', 'allow s3:Get',
      ['allow s3:Get on all but arn:aws:s3:::a', 'allow s3:Get on all but arn:aws:s3:::b'], 'narrows'],
    ['all resources but some, which overlap', 'allow s3:Get',
      ['allow s3:Get on all but arn:aws:s3:::a*', 'allow s3:Get on all but arn:aws:s3:::*b'],
      'exceeds: s3:Get arn:aws:s3:::another-exampleb'],
    ['actions and resources, each combination', 'allow s3:* on arn:aws:s3:::*',
      ['allow s3:Get* on arn:aws:s3:::a*', 'allow s3:Get* on all but arn:aws:s3:::a*',
        'allow all but s3:Get* on arn:aws:s3:::a*', 'allow all but s3:Get* on all but arn:aws:s3:::a*'], 'narrows'],
    ['actions and resources, one combination left', 'allow s3:Get,s3:Put on arn:aws:s3:::*', [
      'allow s3:Get on arn:aws:s3:::a*', 'allow s3:Get on all but arn:aws:s3:::a*', 'allow s3:Put on arn:aws:s3:::a*',
    ], 'exceeds: s3:Put arn:aws:s3:::example'],
    ['an account and all others', 'allow sqs:Send on arn:aws:sqs:*:*:q',
      ['allow sqs:* on arn:aws:sqs:*:111122223333:q', 'allow sqs:* on all but arn:aws:sqs:*:111122223333:q'],
      'narrows'],
    ['regions that are not all', 'allow sqs:Send on arn:aws:sqs:*:111122223333:q',
      ['allow sqs:* on arn:aws:sqs:us-*:*:*', 'allow sqs:* on arn:aws:sqs:eu-*:*:*'],
      'exceeds: sqs:Send arn:aws:sqs:ap-southeast-2:111122223333:q'],
    ['one of two accounts', 'allow sqs:Send on arn:aws:sqs:us-east-1:*:q',
      'allow sqs:* on arn:aws:sqs:*:111122223333:*', 'exceeds: sqs:Send arn:aws:sqs:us-east-1:444455556666:q'],
    ['what has fewer than six fields, by its actions', 'allow sqs:* on arn:aws:sqs*',
      ['allow sqs:Get* on arn:aws:sqs*', 'allow all but sqs:Get* on arn:aws:sqs*'], 'narrows'],
    ['what has fewer than six fields, otherwise', 'allow sqs:Send on arn:aws:sqs*',
      ['allow sqs:Send on arn:aws:sqs:*', 'allow sqs:Send on all but arn:aws:sqs:*'], 'undetermined: PartialOverlap'],
    ['a wildcard that may run across colons or not', 'allow sqs:Send on arn:aws:sqs:*:q',
      ['allow sqs:* on arn:aws:sqs:*:*:q', 'allow sqs:* on arn:aws:sqs:*:x'], 'undetermined: PartialOverlap'],
    ['all but what a wildcard matches that may run across colons', 'allow sqs:Send on arn:aws:sqs:*:x:q',
      'allow sqs:* on all but arn:aws:sqs:*:*:x:q', 'undetermined: PartialOverlap'],
    ['a wildcard inside a field', `allow sqs:Send on ${Q}`,
      ['allow sqs:* on arn:aws:sqs:us*1:*:q', 'allow sqs:Get'], 'narrows'],
    ['the same in another case, of which IAM says nothing', 'allow sqs:Send on arn:aws:sqs:us-east-1:*:q',
      'allow sqs:* on arn:aws:SQS:*:*:q', 'undetermined: PartialOverlap'],
    ['case of the resource itself', 'allow s3:Get on arn:aws:s3:::B', 'allow s3:* on arn:aws:s3:::b',
      'exceeds: s3:Get arn:aws:s3:::B'],
  ])('%s', check);
});

describe('deny statements', () => {
  test.each<Row>([
    ['a deny of what another statement allows in the same words', 'allow s3:Get on arn:aws:s3:::a',
      ['allow s3:Get on arn:aws:s3:::a', 'deny s3:*'], 'exceeds: s3:Get arn:aws:s3:::a'],
    ['a deny of a part', 'allow s3:Get on arn:aws:s3:::a*', ['allow s3:*', 'deny s3:* on arn:aws:s3:::*b'],
      'exceeds: s3:Get arn:aws:s3:::another-exampleb'],
    ['a deny of all but what is named', 'allow s3:Get on arn:aws:s3:::a/x',
      ['allow s3:*', 'deny s3:* on all but arn:aws:s3:::a/*'], 'narrows'],
    ['a deny of all but a part of it', 'allow s3:Get on arn:aws:s3:::a*',
      ['allow s3:*', 'deny s3:* on all but arn:aws:s3:::ab*'], 'exceeds: s3:Get arn:aws:s3:::aexample'],
    ['a deny of all but some actions', 'allow s3:Get on arn:aws:s3:::a',
      ['allow *', 'deny all but s3:G* on arn:aws:s3:::*'], 'narrows'],
    ['a deny of all but others', 'allow s3:Get on arn:aws:s3:::a', ['allow *', 'deny all but sqs:*'],
      'exceeds: s3:Get arn:aws:s3:::a'],
    ['a deny of another region', `allow sqs:Send on ${Q}`,
      ['allow sqs:*', 'deny * on arn:aws:sqs:eu-*:*:*'], 'narrows'],
    ['a deny of a region among others', 'allow sqs:Send on arn:aws:sqs:*:*:q',
      ['allow sqs:*', 'deny * on arn:aws:sqs:eu-*:*:*'], 'exceeds: sqs:Send arn:aws:sqs:eu-west-1:111122223333:q'],
    ['a deny in another case', `allow sqs:Send on ${Q}`, ['allow sqs:*', 'deny * on arn:aws:SQS:*:*:*'],
      'undetermined: Deny'],
    ['a deny in another case, without wildcards', `allow sqs:Send on ${Q}`,
      ['allow sqs:*', 'deny * on arn:aws:SQS:us-east-1:111122223333:*'], 'undetermined: Deny'],
    ['a deny of what is written in another case', 'allow sqs:Send on arn:aws:SQS:us-east-1:111122223333:q',
      ['allow sqs:*', `deny * on ${Q}`], 'undetermined: Deny'],
    ['a deny in another case of the resource itself', 'allow s3:Get on arn:aws:s3:::b',
      ['allow s3:*', 'deny * on arn:aws:s3:::B'], 'narrows'],
    ['a deny whose ? may be a colon', 'allow sqs:Send on arn:aws:sqs:us-east-1:x:y:q',
      ['allow sqs:*', 'deny * on arn:aws:sqs:us-east-1?x:y:q'], 'undetermined: Deny'],
    ['a deny whose wildcard has to run across colons', `allow sqs:Send on ${Q}`,
      ['allow sqs:*', 'deny * on arn:aws:sqs*'], 'undetermined: Deny'],
    ['a deny of a request without a resource', 'allow s3:ListAllMyBuckets',
      ['allow s3:*', 'deny s3:* on arn:aws:s3:::*'], 'exceeds: s3:ListAllMyBuckets arn:aws:s3:::example'],
    ['a deny with a variable', 'allow s3:Get on arn:aws:s3:::a',
      ['allow s3:*', 'deny s3:* on arn:aws:s3:::${aws:username}'], 'undetermined: Deny'],
    ['a deny of all but a variable', 'allow s3:Get on arn:aws:s3:::a',
      ['allow s3:*', 'deny s3:* on all but arn:aws:s3:::${aws:username}'], 'undetermined: Deny'],
  ])('%s', check);
});

describe('a variable that IAM does not document', () => {
  test.each<Row>([
    ['says the same as itself', 'allow s3:Get on arn:aws:s3:::a${no variable!}',
      'allow s3:Get on arn:aws:s3:::a${no variable!}', 'narrows'],
    ['is not everything', 'allow s3:Get on arn:aws:s3:::a', 'allow s3:Get on *${no variable!}',
      'undetermined: PartialOverlap'],
    ['is not nothing', 'allow s3:Get on arn:aws:s3:::a${no variable!}', 'allow s3:Get on arn:aws:s3:::a',
      'undetermined: PartialOverlap'],
    ['is not nothing for the role either', 'allow s3:Get on arn:aws:s3:::a*',
      ['allow s3:Get on arn:aws:s3:::a${no variable!}', 'allow s3:Get on all but arn:aws:s3:::a'],
      'undetermined: PartialOverlap'],
    ['is not nothing where it is left out', 'allow s3:Get on arn:aws:s3:::ab',
      'allow s3:Get on all but arn:aws:s3:::a${no variable!}', 'undetermined: PartialOverlap'],
    ['is not nothing in a deny', 'allow s3:Get on arn:aws:s3:::ab',
      ['allow s3:*', 'deny s3:* on arn:aws:s3:::a${no variable!}'], 'undetermined: Deny'],
    ['is not nothing in a deny of all but it', 'allow s3:Get on arn:aws:s3:::a',
      ['allow s3:*', 'deny s3:* on all but arn:aws:s3:::a${no variable!}'], 'undetermined: Deny'],
    ['denies nothing for certain', ['allow s3:Get on arn:aws:s3:::a', 'deny s3:* on arn:aws:s3:::a${no variable!}'],
      'allow sqs:*', 'undetermined: PartialOverlap'],
    ['denies nothing for certain with all but it',
      ['allow s3:Get on arn:aws:s3:::b', 'deny s3:* on all but arn:aws:s3:::a${no variable!}'], 'allow sqs:*',
      'undetermined: PartialOverlap'],
  ])('%s', check);
});

describe('deny statements of the session policy', () => {
  test.each<Row>([
    ['leave nothing that the role does not allow',
      ['allow s3:* on arn:aws:s3:::*', 'deny * on all but arn:aws:s3:::a/*'],
      'allow s3:* on arn:aws:s3:::a/*', 'narrows'],
    ['leave something', ['allow s3:Get on arn:aws:s3:::*', 'deny * on all but arn:aws:s3:::a*'],
      'allow s3:* on arn:aws:s3:::ab*', 'exceeds: s3:Get arn:aws:s3:::aexample'],
    ['leave some actions', ['allow s3:Get,s3:Put on arn:aws:s3:::a', 'deny s3:G*'], 'allow s3:Put', 'narrows'],
    ['leave all but some actions', ['allow s3:Get,s3:Put on arn:aws:s3:::a', 'deny all but s3:P*'],
      'allow s3:Put', 'narrows'],
    ['deny more than a deny of the role', ['allow s3:*', 'deny s3:* on arn:aws:s3:::a*'],
      ['allow s3:*', 'deny s3:* on arn:aws:s3:::ab*'], 'narrows'],
    ['deny less', ['allow s3:Get', 'deny s3:* on arn:aws:s3:::ab*'], ['allow s3:*', 'deny s3:* on arn:aws:s3:::a*'],
      'exceeds: s3:Get arn:aws:s3:::aexample'],
    ['deny a part of a deny of the role', ['allow s3:Get,s3:Put on arn:aws:s3:::a', 'deny s3:Get'],
      ['allow s3:*', 'deny s3:Get,s3:Put on arn:aws:s3:::a'], 'exceeds: s3:Put arn:aws:s3:::a'],
    ['deny it in two parts', ['allow s3:Get', 'deny s3:* on arn:aws:s3:::a*', 'deny s3:* on all but arn:aws:s3:::a*'],
      'deny s3:*', 'narrows'],
    ['deny nothing without a value of their variable',
      ['allow s3:Get on arn:aws:s3:::a', 'deny s3:* on arn:aws:s3:::${aws:username}'], 'allow sqs:*',
      'exceeds: s3:Get arn:aws:s3:::a'],
    ['deny what both match field by field, but a wildcard may run across colons',
      ['allow logs:Put on arn:aws:logs:*:*:a*', 'deny * on arn:aws:logs:us-east-1:111122223333:a*'],
      ['allow *', 'deny * on arn:aws:logs:us-east-1:111122223333:*b*'], 'undetermined: Deny'],
    ['deny what both match, with capitals in the resource itself',
      ['allow s3:Get on arn:aws:s3:::b*', 'deny * on arn:aws:s3:::bB*'],
      ['allow *', 'deny * on arn:aws:s3:::?B*'], 'narrows'],
    ['deny what both match, where no wildcard may run across colons',
      ['allow logs:Put on arn:aws:logs:us-east-1:111122223333:a*', 'deny * on arn:aws:logs:us-east-1:111122223333:ab*'],
      ['allow *', 'deny * on arn:aws:logs:us-east-1:111122223333:?b*'], 'narrows'],
    ['in another case deny nothing for certain', [`allow sqs:Send on ${Q}`, 'deny * on arn:aws:SQS:*:*:*'],
      'allow s3:*', 'undetermined: PartialOverlap'],
    ['that have to run across colons deny nothing for certain', [`allow sqs:Send on ${Q}`, 'deny * on arn:aws:sqs*'],
      'allow s3:*', 'undetermined: PartialOverlap'],
  ])('%s', check);
});

describe('the request that is shown', () => {
  const known = [
    { action: 's3:GetObject', resource: 'arn:aws:s3:::example-bucket/key' },
    { action: 's3:ListBucket', resource: 'arn:aws:s3:::example-bucket' },
    { action: 'dynamodb:GetItem', resource: 'arn:aws:dynamodb:us-east-1:111122223333:table/orders' },
    { action: 'ec2:DescribeInstances', resource: '*' },
  ];
  const exceeds = (session: StatementJson[], role: StatementJson[] = []) => show(decide(session, role, undefined, {
    knownActions: known,
  }));
  test.each<[string, StatementJson[], StatementJson[], string]>([
    ['an action that is written out is shown as it is', [allow('S3:getObject', 'arn:aws:s3:::b/x')], [],
      'exceeds: S3:getObject arn:aws:s3:::b/x'],
    ['a known action, on a resource of its kind', [allow('s3:*', 'arn:aws:s3:::b')], [],
      'exceeds: s3:ListBucket arn:aws:s3:::b'],
    ['a known action, on its usual resource', [allow('dynamodb:Get*')], [],
      'exceeds: dynamodb:GetItem arn:aws:dynamodb:us-east-1:111122223333:table/orders'],
    ['a known action that has none', [allow('ec2:*')], [], 'exceeds: ec2:DescribeInstances *'],
    ['a known action elsewhere', [allow('dynamodb:*', 'arn:aws:dynamodb:eu-*:*:table/x*')], [],
      'exceeds: dynamodb:GetItem arn:aws:dynamodb:eu-west-1:111122223333:table/xexample'],
    ['a name that is made up', [allow('new:Get*Thing?', 'arn:aws:new:us-east-1:111122223333:x')], [],
      'exceeds: new:GetExampleThingx arn:aws:new:us-east-1:111122223333:x'],
    ['another name, where the role has that one', [allow('new:Get*', 'arn:aws:new:us-east-1:111122223333:x')],
      [allow('new:GetExample')], 'exceeds: new:GetAnotherExample arn:aws:new:us-east-1:111122223333:x'],
    ['an account of which a part is given', [allow('new:Get', 'arn:aws:new:us-east-1:9*:x')], [],
      'exceeds: new:Get arn:aws:new:us-east-1:900000000000:x'],
    ['a partition of which a part is given', [allow('new:Get', 'arn:aws-us*:new:us-east-1:111122223333:x')], [],
      'exceeds: new:Get arn:aws-us-gov:new:us-east-1:111122223333:x'],
    ['a kind of resource that the role has', [allow('new:Get', 'arn:aws:new:us-east-1:111122223333:*')],
      [allow('new:*', 'arn:aws:new:us-east-1:111122223333:thing/a')],
      'exceeds: new:Get arn:aws:new:us-east-1:111122223333:thing/example'],
    ['the name of a bucket that the app defines',
      [allow('s3:GetObject', SymbolicString.of('arn:aws:s3:::', variable('B', BUCKET), '/*'))], [],
      'exceeds: s3:GetObject arn:aws:s3:::example-1/example'],
    ['an ARN that is a deploy-time value', [allow('new:Get', SymbolicString.of(variable('X'), '/*'))], [],
      'exceeds: new:Get arn:aws:example:us-east-1:111122223333:example/example'],
    ['an action that is a deploy-time value is none',
      [allow(SymbolicString.of(variable('X'), 'x'), 'arn:aws:s3:::b')], [],
      'undetermined: PartialOverlap'],
    ['global services have no region', [allow('iam:GetRole', 'arn:aws:iam:*:*:role/r')], [],
      'exceeds: iam:GetRole arn:aws:iam::111122223333:role/r'],
    ['S3 has no account', [allow('s3:GetObject', 'arn:aws:s3:*:*:b/x')], [], 'exceeds: s3:GetObject arn:aws:s3:::b/x'],
    ['two stars are one', [allow('new:Get**', 'arn:aws:new:us-east-1:111122223333:x')], [],
      'exceeds: new:GetExample arn:aws:new:us-east-1:111122223333:x'],
    ['at most one for each statement', [allow(['s3:GetObject', 's3:ListBucket'], 'arn:aws:s3:::b'), allow('ec2:*')], [],
      'exceeds: s3:ListBucket arn:aws:s3:::b; exceeds: ec2:DescribeInstances *'],
  ])('%s', (_name, session, role, expected) => {
    expect(exceeds(session, role)).toBe(expected);
  });
});

describe('only requests that AWS could make are shown', () => {
  test.each<[string, string, boolean]>([
    ['new:Get', 'arn:aws:new:us-east-1:111122223333:x', true],
    ['new:Get', 'arn:aws-us-gov:new:us-gov-west-1:111122223333:x', true],
    ['new:Get', 'arn:aws:new:::x', true],
    ['new:Get', 'arn:aws:new::aws:x', true],
    ['new:Get', 'arn:aws:new:us-east-1:111122223333:x\ny', true],
    ['new:Get', 'arn:aws:new:useast1:111122223333:x', false],
    ['new:Get', 'arn:aws:new:us-east:111122223333:x', false],
    ['new:Get', 'arn:aws:new:us-east-1:1111:x', false],
    ['new:Get', 'arn:aws:new:us-east-1:1111222233334:x', false],
    ['new:Get', 'arn:aws-x:new:us-east-1:111122223333:x', false],
    ['new:Get', 'arn:aws:New:us-east-1:111122223333:x', false],
    ['iam:GetRole', 'arn:aws:iam::111122223333:role/r', true],
    ['iam:GetRole', 'arn:aws:iam:us-east-1:111122223333:role/r', false],
    ['cloudfront:Get', 'arn:aws:cloudfront:us-east-1:111122223333:distribution/x', false],
    ['s3:GetBucket', 'arn:aws:s3:us-east-1:111122223333:b', true], // an access point, say
  ])('%s on %s: %s', (action, resource, expected) => {
    expect(show(decide([allow(action, resource)], [allow('sqs:*')]))).toBe(
      expected ? `exceeds: ${action} ${resource}` : 'undetermined: PartialOverlap',
    );
  });
});
