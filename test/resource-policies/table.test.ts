import { ResourcePolicyCase, RESOURCE_POLICY_CASES } from './table';

type Resources = { readonly [id: string]: { readonly Type: string; readonly Properties: any } };

const resourcesOf = (row: ResourcePolicyCase) => (row.template as { Resources: Resources }).Resources;

const TYPES = [
  'AWS::S3::BucketPolicy', 'AWS::S3::AccessPoint', 'AWS::KMS::Key', 'AWS::KMS::ReplicaKey', 'AWS::SQS::QueuePolicy',
  'AWS::SQS::QueueInlinePolicy', 'AWS::SNS::TopicPolicy', 'AWS::SNS::TopicInlinePolicy',
  'AWS::SecretsManager::ResourcePolicy', 'AWS::Lambda::Permission', 'AWS::ECR::Repository',
  'AWS::Events::EventBusPolicy', 'AWS::Events::EventBus', 'AWS::DynamoDB::Table', 'AWS::DynamoDB::GlobalTable',
  'AWS::Kinesis::ResourcePolicy', 'AWS::EFS::FileSystem', 'AWS::OpenSearchService::Domain',
  'AWS::ApiGateway::RestApi', 'AWS::Backup::BackupVault',
];

test('every case has an id of its own', () => {
  const ids = RESOURCE_POLICY_CASES.map(({ id }) => id);
  expect(ids.filter((id, at) => ids.indexOf(id) !== at)).toEqual([]);
});

test('every template is one of its own', () => {
  const seen = new Map<string, string>();
  const twins = RESOURCE_POLICY_CASES.flatMap(({ id, template }) => {
    const text = JSON.stringify(template);
    const twin = seen.get(text);
    seen.set(text, id);
    return twin ? [`${twin} = ${id}`] : [];
  });
  expect(twins).toEqual([]);
});

test.each(TYPES)('%s is allowed, not allowed, and as far as it can, denied', (type) => {
  const rows = RESOURCE_POLICY_CASES.filter((row) => Object.values(resourcesOf(row)).some(({ Type }) => Type === type));
  const verdicts = new Set(rows.map(({ access }) => access));
  const expected = type === 'AWS::KMS::ReplicaKey' ? ['denied']
    : type === 'AWS::Lambda::Permission' ? ['allowed', 'not allowed', 'unknown']
      : ['allowed', 'denied', 'not allowed'];
  expect([...verdicts]).toEqual(expect.arrayContaining(expected));
});

/** The ids of the cases for which it does not hold. */
const exceptions = (holds: (row: ResourcePolicyCase) => boolean) => (
  RESOURCE_POLICY_CASES.filter((row) => !holds(row)).map(({ id }) => id)
);

test('every case cites a page of AWS and gives a reason', () => {
  const page = /^https:\/\/docs\.aws\.amazon\.com\/[\w/.-]+\.html$/;
  expect(exceptions((row) => page.test(row.page) && /^\S.*\.$/.test(row.why))).toEqual([]);
});

test('every template has a role and its association', () => {
  expect(exceptions((row) => {
    const { Role, Pods } = resourcesOf(row);
    return Role.Type === 'AWS::IAM::Role' && Pods.Type === 'AWS::EKS::PodIdentityAssociation'
      && JSON.stringify(Pods.Properties.RoleArn) === '{"Fn::GetAtt":["Role","Arn"]}';
  })).toEqual([]);
});

test('no reference dangles, and no resource refers to itself', () => {
  expect(exceptions((row) => {
    const { Parameters = {} } = row.template as { Parameters?: object };
    const known = Object.keys({ ...resourcesOf(row), ...Parameters });
    return Object.entries(resourcesOf(row)).every(
      ([id, { Properties }]) => referencesIn(Properties).every((to) => to !== id && known.includes(to)));
  })).toEqual([]);
});

test('every session policy is JSON with its references in place', () => {
  expect(exceptions((row) => {
    const { Policy } = resourcesOf(row).Pods.Properties;
    const parts: unknown[] = typeof Policy === 'string' ? [Policy] : Policy['Fn::Join'][1];
    const text = parts.map((part) => (typeof part === 'string' ? part : 'reference')).join('');
    return JSON.parse(text).Statement.length > 0;
  })).toEqual([]);
});

/** The logical ids that it refers to. */
function referencesIn(value: unknown): string[] {
  if (typeof value !== 'object' || value === null) { return []; }
  const [[name, argument] = []] = Object.entries(value);
  const own = name === 'Ref' ? [String(argument)]
    : name === 'Fn::GetAtt' ? [String((argument as string[])[0])]
      : name === 'Fn::Sub' ? [...String(argument).matchAll(/\$\{(\w[^}.]*)/g)].map(([, id]) => id) : [];
  return [...own.filter((id) => !id.startsWith('AWS::')), ...Object.values(value).flatMap(referencesIn)];
}
