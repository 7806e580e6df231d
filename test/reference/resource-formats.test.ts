import { meetsForm } from './forms';
import { actionsMatching } from '../../lib/reference/action-facts';
import { knownFormat, typesWithFormat } from '../../lib/reference/resource-formats';
import { WRITTEN_TYPES } from '../../lib/template/resource-formats';

test.each([
  ['AWS::EFS::FileSystem',
    '$N', { Arn: 'arn:$P:elasticfilesystem:$R:$A:file-system/$N', FileSystemId: '$N' }, undefined],
  ['AWS::StepFunctions::Activity',
    'arn:$P:states:$R:$A:activity:$N', { Arn: 'arn:$P:states:$R:$A:activity:$N', Name: '$N' }, 'Name'],
  ['AWS::IAM::ManagedPolicy',
    'arn:$P:iam::$A:policy$H$N', { PolicyArn: 'arn:$P:iam::$A:policy$H$N' }, 'ManagedPolicyName'],
  ['AWS::Neptune::DBCluster', undefined, { ClusterResourceId: '$N' }, undefined],
  ['AWS::KinesisVideo::Stream', undefined, { Arn: 'arn:$P:kinesisvideo:$R:$A:stream/$N' }, undefined],
  ['AWS::AppSync::GraphQLApi',
    'arn:$P:appsync:$R:$A:apis/$N', { ApiId: '$N', Arn: 'arn:$P:appsync:$R:$A:apis/$N' }, undefined],
  ['AWS::Route53::HostedZone', '$N', { Id: '$N' }, undefined],
])('%s', (type, ref, attributes, nameProperty) => {
  const format = knownFormat(type)!;
  expect([format.ref, format.attributes, format.nameProperty]).toEqual([ref, attributes, nameProperty]);
});

test('what is not certain is not there', () => {
  expect(knownFormat('AWS::Lambda::Alias')).toBeUndefined();
  expect(knownFormat('AWS::Events::Rule')).toBeUndefined();
  expect(knownFormat('Custom::Thing')).toBeUndefined();
});

test.each(typesWithFormat().map((type) => [type, knownFormat(type)!] as const))(
  '%s is well formed',
  (type, { ref, attributes, nameCharacters, exampleName, minLength, maxLength, lowerCase }) => {
    expect(WRITTEN_TYPES).not.toContain(type); // what is written manually would win
    expect(Object.keys(attributes).length + Number(ref !== undefined)).toBeGreaterThan(0);
    for (const format of [ref, ...Object.values(attributes)]) {
      expect(format ?? '$N').toMatch(/^(\$N|arn:\$P:[a-z0-9-]+:(\$R)?:(\$A)?:[^$]*(\$H)?\$N)$/);
    }
    expect(nameCharacters).not.toMatch(/[*?${}"\\\s]/);
    expect([...exampleName.replace('#', '1')].filter((c) => !nameCharacters.includes(c))).toEqual([]);
    expect(minLength).toBeLessThanOrEqual(exampleName.length);
    expect(maxLength).toBeGreaterThanOrEqual(exampleName.length);
    if (lowerCase) { expect(nameCharacters).toBe(nameCharacters.toLowerCase()); }
  },
);

// Each is an ARN that some action is authorized on, or else its format is wrong.
test.each(typesWithFormat().flatMap((type) => {
  const { ref, attributes } = knownFormat(type)!;
  const arns = [ref, ...Object.values(attributes)].filter((format) => format?.startsWith('arn:'));
  return arns.length > 0 ? [[type, arns[0]!] as const] : [];
}))('%s: an action is authorized on %s', (_, format) => {
  const arn = format.replace('$P', 'aws')
    .replace('$R', 'eu-west-1')
    .replace('$A', '111122223333')
    .replace('$H', '/')
    .replace('$N', '${Name}');
  const service = format.split(':')[2];
  expect(actionsMatching(`${service === 'kafka' ? 'kafka*' : service}:*`).some(
    ({ types }) => types.some(({ forms }) => forms.some((form) => meetsForm(arn, form))),
  )).toBe(true);
});
