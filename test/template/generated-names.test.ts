/** The expected lengths of generated names, and of session policies that contain them, against names that were generated. */
import { App, CfnResource, NestedStack, Stack } from 'aws-cdk-lib';
import * as iam from 'aws-cdk-lib/aws-iam';
import { IN_TWO_FORMS, Named, NAMED } from './generated-names';
import { stackOf } from './make-stack';
import { SessionPolicy } from '../../lib';
import { lengthOf, SymbolicString } from '../../lib/engine';
import { generatedName, TYPES_WITH_GENERATED_NAME } from '../../lib/reference/generated-names';
import { Evaluator } from '../../lib/template/evaluator';
import { usualLengthOfStackName } from '../../lib/template/generated-length';
import { NESTED_STACK_TYPE } from '../../lib/template/relevant-types';
import { resourceFormat } from '../../lib/template/resource-formats';
import { StackTemplate, TemplateResource, TemplateSet } from '../../lib/template/template-set';

const ENV = { account: '111122223333', region: 'us-west-2' };

/** The length of the name that is expected of a resource in a template. */
function expectedLength(
  { type, stack, logicalId, properties }: Named,
  Properties: TemplateResource['Properties'] = properties,
  more: Partial<StackTemplate> = {},
): number | undefined {
  const stacks = stack.map((name, i): StackTemplate => {
    const isLast = i === stack.length - 1;
    const Type = isLast ? type : NESTED_STACK_TYPE;
    const Resources = { [isLast ? logicalId : stack[i + 1]]: { Type, Properties } };
    const place = i === 0 ? { name } : { parent: { stackId: `${i - 1}`, logicalId: name } };
    return stackOf(`${i}`, { Resources }, { region: ENV.region, ...place, ...more });
  });
  const templates = new TemplateSet(stacks);
  const here = templates.stacks[stacks.length - 1];
  if (type === NESTED_STACK_TYPE) { return usualLengthOfStackName(here, templates)?.expected; }
  const text = new Evaluator(templates).textOf(valueWithName(type, logicalId), here) as SymbolicString;
  const generated = text.parts.filter((part) => typeof part !== 'string' && part.kind.generated);
  return lengthOf(SymbolicString.from(generated)).expected;
}

/** An intrinsic whose value contains the name, with the format of that value. */
function formatWithName(type: string): { readonly attribute?: string; readonly format: string } {
  const { ref, attributes } = resourceFormat(type)!;
  const arn = Object.entries(attributes).find((one) => one[1].startsWith('arn:'));
  const [attribute, format] = arn ?? [undefined, ref ?? ''];
  return { attribute, format };
}

function valueWithName(type: string, logicalId: string): object {
  const { attribute } = formatWithName(type);
  return attribute === undefined ? { Ref: logicalId } : { 'Fn::GetAtt': [logicalId, attribute] };
}

const typesOf = (named: readonly Named[]) => new Set(named.map(({ type }) => type));

test('there are at least 30 names of 15 types', () => {
  expect(NAMED.length).toBeGreaterThanOrEqual(30);
  expect(typesOf(NAMED).size).toBeGreaterThanOrEqual(15);
});

test('the largest error is one character', () => {
  const errors = NAMED.map((named) => [named.name, expectedLength(named)! - named.name.length] as const);
  const count = (error: number) => errors.filter((one) => one[1] === error).length;
  expect(errors.filter(([, error]) => Math.abs(error) > 1)).toEqual([]);
  expect([count(-1), count(0), count(1)]).toEqual([19, 33, 0]); // the random part has 13 characters, or 12
});

test.each(IN_TWO_FORMS)('nothing is expected of $name', (named) => {
  expect(expectedLength(named)).toBeUndefined();
});

describe('a session policy', () => {
  const inPolicies = NAMED.filter(({ type }) => type !== NESTED_STACK_TYPE);

  /** The expected and the true length of a policy that allows to read all of these. */
  function lengths(all: readonly Named[]): { readonly expected?: number; readonly deployed: number } {
    const app = new App();
    const policyOf = (resources: string[]) => (
      SessionPolicy.fromStatements(new iam.PolicyStatement({ actions: ['s3:GetObject'], resources })));
    const stackOfName = (stackName: string, i: number) => new Stack(app, `S${i}`, { stackName, env: ENV });
    const arns = all.map((named, i) => arnOf(named, stackOfName(named.stack[0], i)));
    const deployed = all.map(({ type, name }) => {
      const values: { [name: string]: string } = { $P: 'aws', $R: ENV.region, $A: ENV.account, $N: name, $H: '/' };
      return asArn(type, formatWithName(type).format.replace(/\$[PRANH]/g, (key) => values[key]));
    });
    return { expected: policyOf(arns).size.expected, deployed: policyOf(deployed).size.minimum };
  }

  function arnOf({ type, stack, logicalId, properties }: Named, outermost: Stack): string {
    const inner = stack.slice(1).reduce<Stack>((outer, id) => {
      const nested = new NestedStack(outer, 'Nested');
      (nested.nestedStackResource as CfnResource).overrideLogicalId(id);
      return nested;
    }, outermost);
    const resource = new CfnResource(inner, 'Resource', { type, properties });
    resource.overrideLogicalId(logicalId);
    const { attribute } = formatWithName(type);
    return asArn(type, attribute === undefined ? resource.ref : resource.getAtt(attribute).toString());
  }

  const asArn = (type: string, text: string) => (
    formatWithName(type).format.startsWith('arn:') ? text : `arn:aws:s3:::${text}`);

  const error = ({ expected, deployed }: ReturnType<typeof lengths>) => Math.abs(expected! - deployed) / deployed;

  test.each(inPolicies)('of $name is within 2 %', (named) => {
    expect(error(lengths([named]))).toBeLessThan(0.02);
  });

  test('of all names is within 2 %', () => {
    expect(error(lengths(inPolicies))).toBeLessThan(0.02);
  });
});

describe('the form depends on properties', () => {
  const named = (type: string): Named => ({ type, stack: ['app'], logicalId: 'Thing', name: '', source: '' });
  const plain = 'app-Thing-'.length + 12;

  test.each<[string, string, { [name: string]: unknown }, number | undefined]>([
    // https://github.com/cloudtools/troposphere/pull/931: CloudFormation adds the suffix
    ['a FIFO queue', 'AWS::SQS::Queue', { FifoQueue: true }, plain + '.fifo'.length],
    ['a FIFO queue, as text', 'AWS::SQS::Queue', { FifoQueue: 'true' }, plain + '.fifo'.length],
    ['a queue that is not', 'AWS::SQS::Queue', { FifoQueue: false }, plain],
    ['a queue of which it is not known', 'AWS::SQS::Queue', { FifoQueue: { 'Fn::ImportValue': 'is-fifo' } }, undefined],
    ['a FIFO topic', 'AWS::SNS::Topic', { FifoTopic: true }, plain + '.fifo'.length],
    ['a bucket of the global namespace', 'AWS::S3::Bucket', {}, plain],
    ['a bucket of the account', 'AWS::S3::Bucket', { BucketNamePrefix: 'data' }, undefined],
    ['a secret', 'AWS::SecretsManager::Secret', {}, 'Thing-'.length + 12 + '-AbCdEf'.length],
    ['a secret with a name', 'AWS::SecretsManager::Secret', { Name: 'prod/database' }, 'prod/database-AbCdEf'.length],
    ['a secret with an imported name',
      'AWS::SecretsManager::Secret', { Name: { 'Fn::ImportValue': 'name' } }, undefined],
    ['a type without a form', 'AWS::ECR::Repository', {}, undefined],
  ])('%s', (_, type, properties, expected) => {
    expect(expectedLength(named(type), properties)).toBe(expected);
  });

  test('without the name of the stack, nothing is expected', () => {
    expect(expectedLength(named('AWS::S3::Bucket'), {}, { name: undefined })).toBeUndefined();
    expect(expectedLength(named('AWS::SSM::Parameter'), {}, { name: undefined })).toBe('CFN-Thing-'.length + 12);
  });

  test('without the region, a usual one counts', () => {
    expect(expectedLength(named('AWS::Cognito::UserPool'), {}, { region: undefined })).toBe(10 + '_AbCdEfGhI'.length);
  });

  test('stacks that contain each other have no name', () => {
    const inside = (id: string, stackId: string) => stackOf(id, {}, { parent: { stackId, logicalId: 'Nested' } });
    const templates = new TemplateSet([inside('a', 'b'), inside('b', 'a')]);
    expect(usualLengthOfStackName(templates.stacks[0], templates)).toBeUndefined();
  });
});

test.each(TYPES_WITH_GENERATED_NAME)('%s has a format, and its names are within its bounds', (type) => {
  const { minLength, maxLength, generated } = resourceFormat(type)!;
  const { form, maxLength: cutOff = 0, beyondName } = generatedName(type)!;
  expect(cutOff).toBeLessThanOrEqual(maxLength);
  const isId = form !== undefined && !form.includes('$');
  expect(isId && (form.length < minLength || form.length > maxLength)).toBe(false);
  expect(beyondName === undefined).toBe(generated === undefined);
});
