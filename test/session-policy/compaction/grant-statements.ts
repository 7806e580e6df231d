/**
 * The statements that grants of the CDK write, before anything minimizes them: those of `SERVICE_GRANTS`, and a service that uses
 * several resources. For tests and benchmarks of compaction.
 */
import { App, CfnResource, Stack } from 'aws-cdk-lib';
import * as dynamodb from 'aws-cdk-lib/aws-dynamodb';
import * as iam from 'aws-cdk-lib/aws-iam';
import * as kms from 'aws-cdk-lib/aws-kms';
import * as s3 from 'aws-cdk-lib/aws-s3';
import * as secretsmanager from 'aws-cdk-lib/aws-secretsmanager';
import * as sqs from 'aws-cdk-lib/aws-sqs';
import { Construct, DependencyGroup } from 'constructs';
import { ResolvedStatement } from '../../../lib/session-policy/minimize';
import { resourceFormat } from '../../../lib/template/resource-formats';
import { SERVICE_GRANTS } from '../../service-grants';

// The CDK warns of its own deprecated calls, once each.
process.env.JSII_DEPRECATED = 'quiet';

/** Grants to one grantee. */
export interface GrantedStatements {
  readonly name: string;
  /** The statements, with CloudFormation's intrinsics. */
  readonly statements: readonly ResolvedStatement[];
  /** The same with a value for each intrinsic, as a deployment has them. */
  readonly deployed: readonly ResolvedStatement[];
  /** Gives the intrinsics in statements these values. */
  readonly deploy: (statements: readonly ResolvedStatement[]) => readonly ResolvedStatement[];
}

/** Keeps the statements of grants. */
class Collector implements iam.IPrincipal {
  public readonly grantPrincipal = this;
  public readonly assumeRoleAction = 'sts:AssumeRole';
  public readonly policyFragment = new iam.ArnPrincipal('arn:aws:iam::111122223333:role/pods').policyFragment;
  public readonly statements: iam.PolicyStatement[] = [];

  public addToPolicy(statement: iam.PolicyStatement): boolean {
    return this.addToPrincipalPolicy(statement).statementAdded;
  }

  public addToPrincipalPolicy(statement: iam.PolicyStatement): iam.AddToPrincipalPolicyResult {
    this.statements.push(statement);
    return { statementAdded: true, policyDependable: new DependencyGroup() };
  }
}

type Grant = (grantee: iam.IGrantable, scope: Construct) => unknown;

/** The example of the limit of 2,048 characters: a bucket, a key, a table, two queues and a secret. */
export const WALL = 'a bucket, a key, a table, two queues and a secret';

function grantWall(grantee: iam.IGrantable, scope: Construct): void {
  new s3.Bucket(scope, 'Data').grantReadWrite(grantee);
  new kms.Key(scope, 'Key').grantEncryptDecrypt(grantee);
  new dynamodb.Table(scope, 'Orders', { partitionKey: { name: 'pk', type: dynamodb.AttributeType.STRING } })
    .grantReadWriteData(grantee);
  new sqs.Queue(scope, 'Jobs').grantSendMessages(grantee);
  new sqs.Queue(scope, 'Results').grantConsumeMessages(grantee);
  new secretsmanager.Secret(scope, 'Secret').grantRead(grantee);
}

const GRANTS: { readonly [name: string]: Grant } = {
  ...Object.fromEntries(Object.entries(SERVICE_GRANTS).map(([name, { make }]): [string, Grant] => [
    name, (grantee, scope) => make(scope, 'One').grant(grantee),
  ])),
  [WALL]: grantWall,
};

let granted: readonly GrantedStatements[] | undefined;

/** Rendered once for each process: one stack has all of the resources. */
export function grantedStatements(): readonly GrantedStatements[] {
  granted ??= renderGrants();
  return granted;
}

function renderGrants(): GrantedStatements[] {
  const stack = new Stack(new App({ context: { '@aws-cdk/core:stackResourceLimit': 0 } }), 'Orders');
  const collected = Object.entries(GRANTS).map(([name, grant], i) => {
    const collector = new Collector();
    grant(collector, new Construct(stack, `Grant${i}`));
    return { name, collector };
  });
  const deployment = new Deployment(stack);
  const deploy = (statements: readonly ResolvedStatement[]) => statements.map((one) => deployment.valueOf(one));
  return collected.map(({ name, collector }) => {
    const statements: ResolvedStatement[] = collector.statements.map((one) => stack.resolve(one.toStatementJson()));
    return { name, statements, deployed: deploy(statements), deploy };
  });
}

const ENVIRONMENT: { readonly [name: string]: string } = {
  'AWS::Partition': 'aws', 'AWS::Region': 'us-east-1', 'AWS::AccountId': '111122223333',
};

/** The values of types without a format in the reference data. */
const OTHER_FORMATS: { readonly [type: string]: string } = {
  'AWS::SecretsManager::SecretTargetAttachment': 'arn:$P:secretsmanager:$R:$A:secret:$N-$G',
  'AWS::Kinesis::StreamConsumer': 'arn:$P:kinesis:$R:$A:stream/$N/consumer/pods:1700000000',
  'AWS::ECS::TaskDefinition': 'arn:$P:ecs:$R:$A:task-definition/$N:1',
};

/** The parts of a format. */
const PARTS: { readonly [part: string]: string } = {
  P: 'aws', R: 'us-east-1', A: '111122223333', H: '/', G: 'AbCdEf',
};

/** Gives each intrinsic a value with the length and the form that a deployment gives it. */
class Deployment {
  private readonly resources: ReadonlyMap<string, CfnResource>;

  public constructor(private readonly stack: Stack) {
    this.resources = new Map(stack.node.findAll().filter((node): node is CfnResource => CfnResource.isCfnResource(node))
      .map((resource) => [stack.resolve(resource.logicalId), resource]));
  }

  public valueOf<T>(value: T): T;
  public valueOf(value: unknown): unknown {
    if (Array.isArray(value)) { return value.map((item) => this.valueOf(item)); }
    if (typeof value !== 'object' || value === null) { return value; }
    const [[name, argument], ...others] = [...Object.entries(value), ['', undefined]];
    const isIntrinsic = others.length === 1 && (name === 'Ref' || name.startsWith('Fn::'));
    return isIntrinsic
      ? this.intrinsic(name, argument)
      : Object.fromEntries(Object.entries(value).map(([member, of]) => [member, this.valueOf(of)]));
  }

  private intrinsic(name: string, argument: any): unknown {
    switch (name) {
      case 'Ref': return ENVIRONMENT[argument] ?? this.attribute(argument, 'Ref');
      case 'Fn::GetAtt': return this.attribute(argument[0], argument[1]);
      case 'Fn::Join': return (this.valueOf(argument[1]) as unknown[]).join(argument[0]);
      case 'Fn::Split': return String(this.valueOf(argument[1])).split(argument[0]);
      case 'Fn::Select': return (this.valueOf(argument[1]) as unknown[])[Number(argument[0])];
      default: throw new Error(`no value for ${name}`);
    }
  }

  private attribute(id: string, attribute: string): string {
    const resource = this.resources.get(id);
    if (!resource) { throw new Error(`no such resource: ${id}`); }
    const type = resource.cfnResourceType;
    const known = resourceFormat(type);
    const format = (attribute === 'Ref' ? known?.ref : known?.attributes[attribute]) ?? OTHER_FORMATS[type] ?? '$N';
    const name = this.writtenName(resource) ?? generatedName(id, type);
    return format.replace(/\$(\w|\[\w+\])/g, (_, part: string) => (
      part === 'N' ? name : PARTS[part] ?? generatedName(`${id}${part.slice(1, 5)}`, type)));
  }

  private writtenName(resource: CfnResource): string | undefined {
    const property = resourceFormat(resource.cfnResourceType)?.nameProperty;
    const { Resources } = this.stack.resolve((resource as any)._toCloudFormation());
    const [{ Properties = {} }] = Object.values<any>(Resources);
    const name = property === undefined ? undefined : Properties[property];
    return typeof name === 'string' ? name : undefined;
  }
}

/**
 * A name as CloudFormation generates it: stack, logical id, and random characters; a key has an id.
 * @see https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-properties-name.html
 */
function generatedName(id: string, type: string): string {
  if (type === 'AWS::KMS::Key') { return `1234abcd-12ab-34cd-56ef-${digest(id, 12)}`; }
  const name = `Orders-${id}-${digest(id, 12)}`;
  return type === 'AWS::S3::Bucket' ? name.toLowerCase() : name;
}

/** Hexadecimal digits that differ with the id. */
function digest(id: string, length: number): string {
  let state = 7;
  for (const character of id) { state = (state * 31 + character.charCodeAt(0)) % 2 ** 31; }
  return Array.from({ length }, (_, i) => '0123456789abcdef'[(Math.floor(state / 3 ** i) + i) % 16]).join('');
}
