import { endpointRegion } from '../../lib/reference/single-endpoints';

test.each([
  ['iam:GetRole', 'us-east-1'],
  ['iam:PassRole', undefined], // the service that the role is passed to asks about it
  ['cloudfront:CreateInvalidation', 'us-east-1'],
  ['organizations:ListAccounts', 'us-east-1'],
  ['route53:ChangeResourceRecordSets', undefined], // its endpoint may fail over
  ['sts:AssumeRole', undefined],
  ['sqs:SendMessage', undefined],
])('%s: %s', (action, region) => {
  expect(endpointRegion(action)).toBe(region);
});
