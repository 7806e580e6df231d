import { roleArn, TRUST } from './account';
import { BUCKET } from './resources';
import { declarationsOf } from '../../../cli/live/declarations';

test('resources of snapshots are known beside the roles of the account', () => {
  const resource = { source: 'snapshot a.json', arn: BUCKET, resource: { type: 'AWS::S3::Bucket' } };
  const read = { roles: new Map([[roleArn('pods'), { trustPolicy: TRUST }]]), managedPolicies: new Map(), gaps: [] };
  expect(declarationsOf(read, [], '111122223333', [resource])).toEqual([
    expect.objectContaining({ arn: roleArn('pods'), source: 'IAM' }), resource,
  ]);
});
