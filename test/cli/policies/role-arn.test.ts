import { UsageError } from '../../../cli/exit-codes';
import { roleArnIn } from '../../../cli/policies/role-arn';

test.each([
  'arn:aws:iam::111122223333:role/reader',
  'arn:aws:iam::111122223333:role/app/team/reader',
  'arn:aws:iam::111122223333:role/a_b+c=d,e.f@g-h',
  'arn:aws-cn:iam::111122223333:role/reader',
  'arn:aws-us-gov:iam::111122223333:role/reader',
  'arn:aws-iso-b:iam::111122223333:role/reader',
])('%s', (arn) => {
  expect(roleArnIn(arn, '--role-arn')).toBe(arn);
});

test.each<[string, unknown]>([
  ['a name', 'reader'],
  ['a user', 'arn:aws:iam::111122223333:user/jane'],
  ['the session of a role', 'arn:aws:sts::111122223333:assumed-role/reader/pod'],
  ['a role without a name', 'arn:aws:iam::111122223333:role/'],
  ['an account that is too short', 'arn:aws:iam::11112222333:role/reader'],
  ['a region', 'arn:aws:iam:us-east-1:111122223333:role/reader'],
  ['another partition than one of AWS', 'arn:azure:iam::111122223333:role/reader'],
  ['a wildcard', 'arn:aws:iam::111122223333:role/*'],
  ['text behind it', 'arn:aws:iam::111122223333:role/reader\n'],
  ['a list', ['arn:aws:iam::111122223333:role/reader']],
  ['null', null],
])('%s is not the ARN of a role', (_name, value) => {
  const read = () => roleArnIn(value, 'roleArn');
  expect(read).toThrow(UsageError);
  expect(read).toThrow(
    `roleArn ${JSON.stringify(value)}: not the ARN of a role, such as arn:aws:iam::111122223333:role/example`,
  );
});
