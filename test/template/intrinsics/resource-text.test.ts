import { partsOf, SymbolicString } from '../../../lib/engine';
import { Evaluator } from '../../../lib/template/evaluator';
import { TemplateSet } from '../../../lib/template/template-set';
import { stackOf } from '../make-stack';

const at = (id: string, attribute: string) => ({ 'Fn::GetAtt': [id, attribute] });

const stack = stackOf('Stack', {
  Parameters: { FunctionName: {} },
  Resources: {
    Table: { Type: 'AWS::DynamoDB::Table' },
    Function: { Type: 'AWS::Lambda::Function' },
    Alias: { Type: 'AWS::Lambda::Alias', Properties: { FunctionName: { Ref: 'Function' }, Name: 'live' } },
    AliasOfArn: { Type: 'AWS::Lambda::Alias', Properties: { FunctionName: at('Function', 'Arn'), Name: 'live' } },
    AliasOfText: { Type: 'AWS::Lambda::Alias', Properties: { FunctionName: { Ref: 'FunctionName' }, Name: 'live' } },
    AliasOfNothing: { Type: 'AWS::Lambda::Alias', Properties: { Name: 'live' } },
    Version: { Type: 'AWS::Lambda::Version', Properties: { FunctionName: 'orders' } },
    Cluster: { Type: 'AWS::RDS::DBCluster', Properties: { DBClusterIdentifier: 'orders' } },
    Capitals: { Type: 'AWS::RDS::DBCluster', Properties: { DBClusterIdentifier: 'Orders' } },
    Proxy: { Type: 'AWS::RDS::DBProxy' },
  },
}, { account: '111122223333', region: 'us-east-1' });

/** Literal text, and the labels of what is generated. */
function shown(value: unknown): string {
  const text = new Evaluator(new TemplateSet([stack])).textOf(value, stack);
  return typeof text === 'string'
    ? text
    : partsOf(text as SymbolicString).map((part) => (typeof part === 'string' ? part : part.label)).join('');
}

const LAMBDA = 'arn:aws:lambda:us-east-1:111122223333:function';
const RDS = 'arn:aws:rds:us-east-1:111122223333';

test.each<[string, unknown, string]>([
  ['a name and what is generated in addition to it',
    at('Table', 'StreamArn'), 'arn:aws:dynamodb:us-east-1:111122223333:table/${Table}/stream/${Table} (generated)'],
  ['the alias of a function', { Ref: 'Alias' }, `${LAMBDA}:\${Function}:live`],
  ['one that names the function by its ARN', { Ref: 'AliasOfArn' }, '${AliasOfArn}'],
  ['one of a function that is not known', { Ref: 'AliasOfText' }, '${AliasOfText}'],
  ['one of no function', { Ref: 'AliasOfNothing' }, '${AliasOfNothing}'],
  ['a version', { Ref: 'Version' }, `${LAMBDA}:orders:\${Version}`],
  ['a cluster', at('Cluster', 'DBClusterArn'), `${RDS}:cluster:orders`],
  ['its other id', at('Cluster', 'DBClusterResourceId'), '${Cluster} (generated)'],
  ['a cluster whose name RDS writes otherwise', at('Capitals', 'DBClusterArn'), '${Capitals.DBClusterArn}'],
  ['its other id', at('Capitals', 'DBClusterResourceId'), '${Capitals} (generated)'],
  ['the id in an ARN', { 'Fn::Select': [6, { 'Fn::Split': [':', at('Proxy', 'DBProxyArn')] }] }, '${Proxy}'],
])('%s', (_name, value, expected) => {
  expect(shown(value)).toBe(expected);
});

test('what is generated is not the name, and each resource has its own', () => {
  const variables = (value: unknown) => partsOf(
    new Evaluator(new TemplateSet([stack])).textOf(value, stack) as SymbolicString,
  ).flatMap((part) => (typeof part === 'string' ? [] : [part.id]));
  const ids = [
    at('Table', 'StreamArn'), at('Capitals', 'DBClusterResourceId'), at('Cluster', 'DBClusterResourceId'),
  ].flatMap(variables);
  expect(new Set(ids).size).toBe(4);
});
