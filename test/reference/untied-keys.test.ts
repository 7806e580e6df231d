import { requestCatalog } from '../../lib/reference/request-catalog';
import { untiedKeys } from '../../lib/reference/untied-keys';

const OWNER = ['aws:resourceaccount', 'aws:resourceorgid'];
const REGION = ['aws:requestedregion'];

test.each<[string, readonly string[]]>([
  ['ec2:CreateVpcEndpoint', OWNER],
  ['ebs:GetSnapshotBlock', OWNER], // all actions of EBS direct APIs
  ['events:PutEvents', OWNER],
  ['ec2:CopySnapshot', [...OWNER, ...REGION]],
  ['ec2:CreateVpcPeeringConnection', [...OWNER, ...REGION]],
  ['rds:CopyDBSnapshot', REGION],
  ['dynamodb:CreateGlobalTable', REGION],
  ['rds:CreateDBInstanceReadReplica', REGION],
  ['kms:ReplicateKey', REGION],
  ['ec2:AcceptVpcEndpointConnections', OWNER],
  ['ec2:AcceptVpcPeeringConnection', [...OWNER, ...REGION]],
  ['kms:UpdatePrimaryRegion', REGION],
  ['dsql:PutWitnessRegion', REGION],
  ['cassandra:CreateMultiRegionResource', REGION],
  ['health:DescribeEventDetails', REGION],
  ['cloudtrail:GetTrailStatus', REGION],
  ['cloudtrail:StartLogging', []],
  ['quicksight:GenerateEmbedUrlForRegisteredUser', REGION],
  ['sqs:SendMessage', []],
  ['ec2:DescribeSnapshots', []],
  ['events:PutRule', []],
  ['s3:GetObject', []],
  ['copycat:Get', []], // the name of the action counts
  ['ec2', []],
])('%s: %j', (action, expected) => {
  expect(untiedKeys(action)).toEqual(expected);
});

test('each action of the catalog has the keys of its name', () => {
  const { services } = requestCatalog();
  for (const [prefix, name] of [['ec2', 'CopySnapshot'], ['rds', 'CopyDBSnapshot'], ['sqs', 'SendMessage']]) {
    expect(services.get(prefix)!.find((action) => action.name === name)!.untiedKeys).toEqual(untiedKeys(`${prefix}:${name}`));
  }
});

test('actions are written as in the reference', () => {
  const names = [...requestCatalog().services.keys()].flatMap((prefix) => (
    requestCatalog().services.get(prefix)!.map(({ name }) => `${prefix}:${name}`)));
  // The page lists 30 actions and all of EBS direct APIs, which are six.
  expect(names.filter((name) => untiedKeys(name).includes('aws:resourceaccount')).length).toBeGreaterThanOrEqual(36);
});
