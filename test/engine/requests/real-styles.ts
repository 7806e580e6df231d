/** How organizations write policies about each service: the actions that they name, the ARNs, and the service's own keys. */
import { Dice } from '../../dice';
import { StatementDocument } from '../../oracle/evaluate';

export type Condition = NonNullable<StatementDocument['Condition']>;

/** Actions that are used together, on the same resources. */
export interface Group {
  readonly actions: readonly string[];
  /** Patterns that match some of them. */
  readonly patterns: readonly string[];
  readonly arn: (names: Names) => string;
}

export interface Style {
  readonly service: string;
  readonly groups: readonly Group[];
  /** Conditions on keys of the service. */
  readonly conditions: ReadonlyArray<(dice: Dice) => Condition>;
  /** What tags of resources are called beyond `aws:ResourceTag`. */
  readonly tagKey?: string;
  readonly denied: readonly string[];
}

export const ACCOUNT = '111122223333';
export const OTHER_ACCOUNT = '444455556666';
export const ORGANIZATION = 'o-a1b2c3d4e5';

export const APPS = ['payments', 'orders', 'billing'];
export const ENVS = ['prod', 'dev', 'test'];
export const PARTS = ['jobs', 'events', 'api', 'x'];
const IDS = ['0123456789abcdef0', '0fedcba9876543210'];
const KEY_IDS = ['1234abcd-12ab-34cd-56ef-1234567890ab', 'mrk-1234abcd12ab34cd56ef1234567890ab'];

/** Names and patterns of names. */
export class Names {
  public constructor(
    public readonly dice: Dice, private readonly partition: string, private readonly regions: readonly string[],
    /** Per cent of names that are patterns. */
    private readonly wild: number,
  ) {}

  public arn(service: string, resource: string): string {
    const partition = this.dice.chance(3) ? '*' : this.partition;
    return `arn:${partition}:${service}:${this.region()}:${this.account()}:${resource}`;
  }

  public arnOfAccount(service: string, resource: string): string {
    return `arn:${this.partition}:${service}::${this.account()}:${resource}`;
  }

  public arnOfNobody(service: string, resource: string): string {
    return `arn:${this.partition}:${service}:::${resource}`;
  }

  public region(): string {
    const { dice } = this;
    if (dice.chance(this.wild / 2)) {
      return dice.pick(['*', '*', `${this.regions[0].slice(0, 3)}*`, this.regions[0].replace(/\d$/, '?')]);
    }
    return dice.chance(80) ? this.regions[0] : dice.pick(this.regions);
  }

  public account(): string {
    if (this.dice.chance(this.wild / 2)) { return '*'; }
    return this.dice.chance(85) ? ACCOUNT : OTHER_ACCOUNT;
  }

  /** A name without slashes, or a pattern of one. */
  public name(): string {
    const { dice } = this;
    const app = dice.chance(70) ? APPS[0] : dice.pick(APPS);
    const env = dice.pick(ENVS);
    if (!dice.chance(this.wild)) {
      return dice.pick(
        [app, `${app}-${dice.pick(PARTS)}`, `${env}-${app}`, `${app}-${env}`, `${env}-${app}-${dice.pick(PARTS)}`],
      );
    }
    return dice.pick([
      '*', `${app}*`, `${app}-*`, `${env}-*`, `*-${env}`, `*${app}*`, `${app}-?`, `${env}-${app}-*`, `*-${env}-*`,
      `${app}-*-${env}`,
    ]);
  }

  /** A name with slashes, or a pattern of one. */
  public path(): string {
    const { dice } = this;
    if (dice.chance(25)) { return this.name(); }
    if (dice.chance(this.wild)) { return `${this.name()}/*`; }
    return dice.chance(70) ? `${this.name()}/${this.name()}` : `${this.name()}/${dice.pick(PARTS)}/${this.name()}`;
  }

  public id(): string { return this.dice.chance(this.wild) ? '*' : this.dice.pick(IDS); }

  public keyId(): string { return this.dice.chance(this.wild) ? '*' : this.dice.pick(KEY_IDS); }

  public one(...makers: ReadonlyArray<string>): string { return this.dice.pick(makers); }

  /** In a policy of a role, a name may hold a policy variable. */
  public variable(): string {
    return this.dice.pick(['${aws:PrincipalTag/team}', '${aws:PrincipalTag/team}-*', '${aws:PrincipalAccount}-*']);
  }
}

const equals = (key: string, ...values: string[]): Condition => (
  { StringEquals: { [key]: values.length === 1 ? values[0] : values } }
);
const like = (key: string, ...values: string[]): Condition => ({ StringLike: { [key]: values } });

export const STYLES: readonly Style[] = [
  {
    service: 'dynamodb',
    groups: [
      {
        actions: ['GetItem', 'PutItem', 'UpdateItem', 'DeleteItem', 'Query', 'Scan', 'BatchGetItem', 'DescribeTable'],
        patterns: ['*Item', 'Get*', 'Batch*', 'Describe*', '*'],
        arn: (n) => n.arn('dynamodb', `table/${n.name()}`),
      },
      {
        actions: ['Query', 'Scan'],
        patterns: ['Q*'],
        arn: (n) => n.arn('dynamodb', `table/${n.name()}/index/${n.one('*', n.name())}`),
      },
      {
        actions: ['GetRecords', 'GetShardIterator', 'DescribeStream'],
        patterns: ['Get*'],
        arn: (n) => n.arn('dynamodb', `table/${n.name()}/stream/*`),
      },
    ],
    conditions: [
      (d) => ({
        'ForAllValues:StringEquals': {
          'dynamodb:LeadingKeys': d.pick([['${aws:PrincipalTag/team}'], ['payments'], ['payments', 'orders']]),
        },
      }),
      (d) => ({ 'ForAnyValue:StringLike': { 'dynamodb:LeadingKeys': d.pick([['payments*'], ['orders']]) } }),
      () => ({ Null: { 'dynamodb:LeadingKeys': 'false' } }),
      (d) => equals('dynamodb:Select', d.pick(['SPECIFIC_ATTRIBUTES', 'COUNT'])),
      () => ({ StringEqualsIfExists: { 'dynamodb:Select': 'SPECIFIC_ATTRIBUTES' } }),
      () => ({ Bool: { 'dynamodb:FullTableScan': 'true' } }),
    ],
    denied: ['DeleteTable', 'Delete*', 'Scan', 'UpdateTable'],
  },
  {
    service: 's3',
    groups: [
      {
        actions: [
          'GetObject', 'PutObject', 'DeleteObject', 'GetObjectTagging', 'AbortMultipartUpload', 'GetObjectVersion',
        ],
        patterns: ['GetObject*', 'PutObject*', '*Object', 'Get*', '*'],
        arn: (n) => n.arnOfNobody('s3', `${n.name()}/${n.one('*', '*', n.path(), `${n.name()}/*`)}`),
      },
      {
        actions: ['ListBucket', 'GetBucketLocation', 'ListBucketVersions'],
        patterns: ['List*', 'GetBucket*', 'ListBucket*'],
        arn: (n) => n.arnOfNobody('s3', n.name()),
      },
      { actions: ['ListAllMyBuckets'], patterns: ['ListAll*'], arn: () => '*' },
      {
        actions: ['GetObject', 'ListBucket'],
        patterns: ['*'],
        arn: (n) => n.one(n.arn('s3', `accesspoint/${n.name()}`), n.arn('s3', `accesspoint/${n.name()}/object/*`)),
      },
    ],
    conditions: [
      (d) => like(
        's3:prefix', ...d.pick([['payments/*'], ['payments/*', ''], ['${aws:PrincipalTag/team}/*'], ['orders/*']]),
      ),
      (d) => equals('s3:prefix', d.pick(['payments/', 'orders/'])),
      (d) => equals('s3:x-amz-server-side-encryption', d.pick(['aws:kms', 'AES256'])),
      () => ({ StringNotEqualsIfExists: { 's3:x-amz-server-side-encryption': 'aws:kms' } }),
      () => ({ Null: { 's3:x-amz-server-side-encryption': 'true' } }),
      (d) => equals('s3:ResourceAccount', d.pick([ACCOUNT, OTHER_ACCOUNT, '${aws:PrincipalAccount}'])),
      () => ({ StringNotEquals: { 's3:ResourceAccount': ACCOUNT } }),
      () => ({ NumericLessThan: { 's3:TlsVersion': '1.2' } }),
      () => ({ NumericGreaterThanEquals: { 's3:TlsVersion': '1.2' } }),
      () => equals('s3:ExistingObjectTag/team', 'payments'),
      () => ({ NumericLessThanEquals: { 's3:max-keys': '100' } }),
    ],
    tagKey: 's3:BucketTag',
    denied: ['Delete*', 'PutBucketPolicy', 'PutObjectAcl', '*Acl', 'DeleteBucket'],
  },
  {
    service: 'sqs',
    groups: [
      {
        actions: ['SendMessage', 'ReceiveMessage', 'DeleteMessage', 'GetQueueAttributes', 'ChangeMessageVisibility'],
        patterns: ['*Message', 'Get*', '*'],
        arn: (n) => n.arn('sqs', n.name()),
      },
      { actions: ['ListQueues'], patterns: ['List*'], arn: () => '*' },
    ],
    conditions: [],
    denied: ['DeleteQueue', 'PurgeQueue', 'SetQueueAttributes'],
  },
  {
    service: 'sns',
    groups: [{
      actions: ['Publish', 'Subscribe', 'GetTopicAttributes'],
      patterns: ['Publish*', '*'],
      arn: (n) => n.arn('sns', n.name()),
    }],
    conditions: [
      (d) => equals('sns:Protocol', d.pick(['https', 'sqs'])),
      () => ({ StringNotEqualsIfExists: { 'sns:Protocol': ['https', 'sqs'] } }),
    ],
    denied: ['DeleteTopic', 'SetTopicAttributes'],
  },
  {
    service: 'secretsmanager',
    groups: [{
      actions: ['GetSecretValue', 'DescribeSecret', 'PutSecretValue'],
      patterns: ['Get*', '*SecretValue', '*'],
      arn: (n) => n.arn(
        'secretsmanager', `secret:${n.one(n.path(), `${n.path()}-??????`, `${n.path()}-AbCdEf`, `${n.name()}*`)}`,
      ),
    }],
    conditions: [
      (d) => equals('secretsmanager:VersionStage', d.pick(['AWSCURRENT', 'AWSPREVIOUS'])),
      () => ({ StringEqualsIfExists: { 'secretsmanager:VersionStage': 'AWSCURRENT' } }),
      () => ({ StringNotEquals: { 'secretsmanager:VersionStage': 'AWSCURRENT' } }),
    ],
    tagKey: 'secretsmanager:ResourceTag',
    denied: ['DeleteSecret', 'Put*', 'RotateSecret'],
  },
  {
    service: 'ssm',
    groups: [
      {
        actions: ['GetParameter', 'GetParameters', 'GetParametersByPath', 'PutParameter'],
        patterns: ['GetParameter*', 'Get*'],
        arn: (n) => n.arn('ssm', `parameter/${n.path()}`),
      },
      { actions: ['DescribeParameters'], patterns: ['Describe*'], arn: () => '*' },
    ],
    conditions: [
      () => ({ StringEquals: { 'ssm:Recursive': 'true' } }), () => ({ StringNotEquals: { 'ssm:Overwrite': 'false' } }),
    ],
    tagKey: 'ssm:resourceTag',
    denied: ['DeleteParameter*', 'PutParameter', 'SendCommand'],
  },
  {
    service: 'kms',
    groups: [
      {
        actions: ['Decrypt', 'Encrypt', 'GenerateDataKey', 'DescribeKey', 'ReEncryptFrom', 'ReEncryptTo'],
        patterns: ['GenerateDataKey*', 'ReEncrypt*', '*crypt', '*'],
        arn: (n) => n.arn('kms', `key/${n.keyId()}`),
      },
      { actions: ['ListKeys', 'ListAliases'], patterns: ['List*'], arn: () => '*' },
    ],
    conditions: [
      (d) => equals('kms:ViaService', d.pick(['s3.eu-west-1.amazonaws.com', 'dynamodb.eu-west-1.amazonaws.com'])),
      () => like('kms:ViaService', 's3.*.amazonaws.com', 'dynamodb.*.amazonaws.com'),
      () => ({ StringEqualsIfExists: { 'kms:ViaService': 's3.eu-west-1.amazonaws.com' } }),
      (d) => equals('kms:CallerAccount', d.pick([ACCOUNT, '${aws:PrincipalAccount}'])),
      () => equals('kms:EncryptionContext:team', 'payments'),
      () => ({ 'ForAnyValue:StringLike': { 'kms:ResourceAliases': ['alias/payments*'] } }),
      () => ({ Bool: { 'kms:GrantIsForAWSResource': 'true' } }),
      () => ({ 'ForAllValues:StringEquals': { 'kms:EncryptionContextKeys': ['team'] } }),
    ],
    denied: ['ScheduleKeyDeletion', 'PutKeyPolicy', 'CreateGrant', 'Disable*'],
  },
  {
    service: 'lambda',
    groups: [{
      actions: ['InvokeFunction', 'GetFunction', 'UpdateFunctionCode'],
      patterns: ['Invoke*', 'Get*', '*'],
      arn: (n) => n.arn('lambda', `function:${n.one(n.name(), n.name(), `${n.name()}:*`, `${n.name()}:live`)}`),
    }],
    conditions: [
      () => (
        { StringEquals: { 'lambda:FunctionUrlAuthType': 'AWS_IAM' } }
      ), () => ({ Bool: { 'lambda:InvokedViaFunctionUrl': 'false' } }),
    ],
    denied: ['DeleteFunction', 'AddPermission', 'Update*'],
  },
  {
    service: 'logs',
    groups: [
      {
        actions: ['CreateLogStream', 'PutLogEvents'],
        patterns: ['Put*', '*'],
        arn: (n) => n.arn(
          'logs',
          `log-group:${n.one(`/aws/${n.path()}`, n.name())}:${n.one('*', 'log-stream:*', `log-stream:${n.name()}`)}`,
        ),
      },
      {
        actions: ['CreateLogGroup', 'DescribeLogStreams', 'FilterLogEvents'],
        patterns: ['Describe*', 'Filter*'],
        arn: (n) => n.arn('logs', `log-group:${n.one(`/aws/${n.path()}`, n.name())}${n.one(':*', '*', '')}`),
      },
    ],
    conditions: [],
    denied: ['DeleteLogGroup', 'Delete*', 'PutRetentionPolicy'],
  },
  {
    service: 'ec2',
    groups: [
      {
        actions: ['StartInstances', 'StopInstances', 'TerminateInstances', 'RebootInstances'],
        patterns: ['*Instances', 'St*'],
        arn: (n) => n.arn('ec2', `instance/${n.one('*', `i-${n.id()}`)}`),
      },
      {
        actions: ['AttachVolume', 'DetachVolume', 'DeleteVolume'],
        patterns: ['*Volume'],
        arn: (n) => n.arn('ec2', `${n.one('volume', 'instance', '*')}/*`),
      },
      { actions: ['DescribeInstances', 'DescribeSubnets'], patterns: ['Describe*'], arn: () => '*' },
      {
        actions: ['RunInstances'],
        patterns: ['RunI*'],
        arn: (n) => n.one(
          '*', n.arn('ec2', `${n.one('instance', 'subnet', 'volume')}/*`), `arn:aws:ec2:${n.region()}::image/*`,
        ),
      },
    ],
    conditions: [
      (d) => equals('ec2:InstanceType', d.pick(['t3.micro', 'm5.large'])),
      () => ({ StringNotLikeIfExists: { 'ec2:InstanceType': 't3.*' } }),
      () => equals('ec2:Region', 'eu-west-1'),
      () => ({ StringNotEquals: { 'ec2:Region': ['eu-west-1'] } }),
      () => ({ Bool: { 'ec2:Encrypted': 'true' } }),
    ],
    tagKey: 'ec2:ResourceTag',
    denied: ['TerminateInstances', 'DeleteVolume', 'ModifyInstanceAttribute'],
  },
  {
    service: 'ecr',
    groups: [
      {
        actions: ['BatchGetImage', 'GetDownloadUrlForLayer', 'BatchCheckLayerAvailability', 'PutImage'],
        patterns: ['BatchGet*', 'Get*', '*'],
        arn: (n) => n.arn('ecr', `repository/${n.path()}`),
      },
      { actions: ['GetAuthorizationToken'], patterns: ['GetAuth*'], arn: () => '*' },
    ],
    conditions: [],
    tagKey: 'ecr:ResourceTag',
    denied: ['DeleteRepository', 'BatchDeleteImage', 'PutImage'],
  },
  {
    service: 'kinesis',
    groups: [
      {
        actions: ['PutRecord', 'PutRecords', 'GetRecords', 'DescribeStream'],
        patterns: ['Put*', '*Records', '*'],
        arn: (n) => n.arn('kinesis', `stream/${n.name()}`),
      },
      {
        actions: ['SubscribeToShard'],
        patterns: ['Sub*'],
        arn: (n) => n.arn('kinesis', `stream/${n.name()}/consumer/*`),
      },
      { actions: ['ListStreams'], patterns: ['List*'], arn: () => '*' },
    ],
    conditions: [],
    denied: ['DeleteStream', 'Update*'],
  },
  {
    service: 'states',
    groups: [
      {
        actions: ['StartExecution', 'StartSyncExecution', 'DescribeStateMachine'],
        patterns: ['Start*', '*'],
        arn: (n) => n.arn('states', `stateMachine:${n.name()}`),
      },
      {
        actions: ['DescribeExecution', 'StopExecution'],
        patterns: ['*Execution'],
        arn: (n) => n.arn('states', `execution:${n.name()}:${n.one('*', n.name())}`),
      },
    ],
    conditions: [],
    denied: ['DeleteStateMachine', 'Delete*'],
  },
  {
    service: 'events',
    groups: [
      { actions: ['PutEvents'], patterns: ['PutE*', '*'], arn: (n) => n.arn('events', `event-bus/${n.name()}`) },
      {
        actions: ['PutRule', 'PutTargets', 'DescribeRule'],
        patterns: ['Put*'],
        arn: (n) => n.arn('events', `rule/${n.one(n.name(), `${n.name()}/${n.name()}`)}`),
      },
    ],
    conditions: [
      (d) => equals('events:source', d.pick(['payments', 'orders'])),
      () => ({ 'ForAllValues:StringEquals': { 'events:source': ['payments'] } }),
      () => ({ StringEqualsIfExists: { 'events:creatorAccount': '${aws:PrincipalAccount}' } }),
    ],
    denied: ['DeleteRule', 'Remove*'],
  },
  {
    service: 'iam',
    groups: [{
      actions: ['PassRole', 'GetRole'],
      patterns: ['Pass*', 'Get*'],
      arn: (n) => n.arnOfAccount('iam', `role/${n.one(n.name(), n.name(), `service-role/${n.name()}`)}`),
    }],
    conditions: [
      (d) => equals('iam:PassedToService', d.pick(['ec2.amazonaws.com', 'ecs-tasks.amazonaws.com'])),
      () => ({ StringEqualsIfExists: { 'iam:PassedToService': 'ecs-tasks.amazonaws.com' } }),
      () => ({ StringNotEquals: { 'iam:PassedToService': ['ecs-tasks.amazonaws.com', 'lambda.amazonaws.com'] } }),
      () => ({ Null: { 'iam:PassedToService': 'true' } }),
    ],
    tagKey: 'iam:ResourceTag',
    denied: ['DeleteRole', 'Create*', 'Attach*'],
  },
];
