import { meetsForm } from './forms';
import { UNMATCHED_ARNS } from './unmatched-arns';
import { actionFacts, actionsMatching } from '../../lib/reference/action-facts';
import { CORRECTIONS } from '../../lib/reference/corrections';
import { managedPolicy, managedPolicyNames } from '../../lib/reference/managed-policy';
import { actionNamed, serviceNamed } from '../../lib/reference/services';

interface Statement {
  readonly Effect: string;
  readonly Action?: string | string[];
  readonly Resource?: string | string[];
}

const list = <T>(value: T | readonly T[] | undefined): readonly T[] => (
  value === undefined ? [] : Array.isArray(value) ? value as T[] : [value as T]);
const once = <K, V>(make: (key: K) => V) => {
  const known = new Map<K, V>();
  return (key: K) => {
    if (!known.has(key)) { known.set(key, make(key)); }
    return known.get(key)!;
  };
};

/** `service ARN`, of statements of AWS's policies none of whose actions is authorized on an ARN of that form, or on `*`. */
function unmatchedArns(): string[] {
  const matching = once(actionsMatching);
  const meets = once((arn: string) => once((form: string) => meetsForm(arn, form)));
  const unmatched = new Set<string>();
  for (const name of managedPolicyNames()) {
    for (const { Effect, Action, Resource } of list(
      managedPolicy(`arn:aws:iam::aws:policy/${name}`)!.Statement,
    ) as Statement[]) {
      const actions = list(Action).flatMap(matching);
      const arns = list(Resource).filter((arn) => arn !== '*');
      if (Effect !== 'Allow' || actions.length === 0 || actions.some((a) => a.withoutResource)) { continue; }
      for (const arn of arns) {
        if (!actions.some(({ types }) => types.some(({ forms }) => forms.some(meets(arn))))) {
          unmatched.add(`${actions[0].name.split(':')[0]} ${arn}`);
        }
      }
    }
  }
  return [...unmatched].sort();
}

test('the ARNs of AWS\'s policies that are of no form are those that were looked at', () => {
  expect(unmatchedArns()).toEqual(Object.values(UNMATCHED_ARNS).flat().sort());
});

test.each(Object.entries(CORRECTIONS))('%s: what is corrected is in the reference', (prefix, correction) => {
  const service = serviceNamed(prefix)!;
  const action = (name: string) => expect([name, actionNamed(service, name)?.name]).toEqual([name, name]);
  for (const type of Object.keys(correction.types ?? {})) { expect(service.types.map((t) => t.name)).toContain(type); }
  Object.keys(correction.actions ?? {}).forEach(action);
  correction.alsoWithoutResource?.forEach(action);
  if (Array.isArray(correction.alwaysOnResource)) {
    correction.alwaysOnResource.forEach(action);
  } else if (correction.alwaysOnResource) {
    expect(service.actions.filter((a) => a.types.length > 0 && a.withoutResource).map((a) => a.name))
      .toEqual(correction.alsoWithoutResource ?? []);
  }
});

test.each([
  ['logs:DescribeLogGroups', 'arn:aws:logs:eu-west-1:111122223333:log-group::log-stream:'],
  ['elasticloadbalancing:AddTags', 'arn:aws:elasticloadbalancing:eu-west-1:111122223333:listener/app/name/0123/4567'],
  ['sns:Publish', 'arn:aws:sns:eu-west-1:111122223333:endpoint/GCM/app/0123'],
  ['cloudformation:CreateChangeSet', 'arn:aws:cloudformation:eu-west-1:aws:transform/Serverless-2016-10-31'],
  ['execute-api:Invoke', 'arn:aws:execute-api:eu-west-1:111122223333:0123/stage/$connect'],
  ['bedrock:InvokeModel', 'arn:aws:bedrock:::foundation-model/amazon.nova-2-lite-v1:0'],
  ['redshift:CreateClusterSecurityGroup', 'arn:aws:redshift:eu-west-1:111122223333:securitygroup:name'],
  ['s3:GetObject', 'arn:aws:s3::111122223333:accesspoint/name.mrap/object/key'],
  ['s3:GetObject', 'arn:aws:s3:eu-west-1:111122223333:accesspoint/name/object/key/with/slashes'],
])('%s may be authorized on %s', (action, arn) => {
  expect(actionFacts(action)!.types.flatMap((t) => t.forms).some((form) => meetsForm(arn, form))).toBe(true);
});

test.each([
  ['s3:GetObject', false],
  ['s3:ListBucket', false],
  ['s3:ListAllMyBuckets', true],
  ['sns:Publish', true],
  ['sqs:SendMessage', false],
  ['dynamodb:Query', false],
  ['dynamodb:ListTables', true],
  ['events:PutEvents', false],
  ['cloudwatch:PutMetricData', true],
  ['ec2:CreateTags', true], // the reference marks nothing as required, and nothing more is known
  ['sts:GetCallerIdentity', true],
])('%s on *: %s', (action, expected) => {
  expect(actionFacts(action)!.withoutResource).toBe(expected);
});
