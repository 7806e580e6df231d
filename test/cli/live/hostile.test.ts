/**
 * Behaviors of a hostile server in the place of an operation: the reading ends in time, with an error or a gap that is
 * named, never with less than there is, and nothing that is said has the credentials of the request.
 * hostile.deep.test.ts has all operations.
 */
import { Account, Raw } from './aws-server';
import { bytesOf, goesOn, pageOf, replaceAt, SLOW, with_ } from './hostile';
import { besideHostileServer, expectHonest, read, testInPlaceOfAnswers, usual } from './hostile-reading';

besideHostileServer();

test('the usual answers are read whole', async () => {
  const { said, associations, roles } = await read(usual);
  expect(said).toEqual([]);
  expect(associations).toHaveLength(2);
  expect(roles!.roles.size).toBe(2);
  expect(roles!.managedPolicies.size).toBe(2);
});

/** An operation of each protocol. */
const OPERATIONS = ['ListPodIdentityAssociations', 'GetRole'];

testInPlaceOfAnswers(OPERATIONS);

describe('without an end', () => {
  test.each(Object.entries(SLOW))('%s', async (_, behaviour) => {
    const { said, ms } = await read(
      with_(usual, 'ListPodIdentityAssociations', behaviour), { request: 200, call: 500 });
    expectHonest(said);
    expect(said[0]).toMatch(/eks:ListPodIdentityAssociations/);
    expect(ms).toBeLessThan(2000);
  });

  test('the time for the whole run ends the reading, and what was read is kept', async () => {
    const { said, associations, roles } = await read(
      with_(usual, 'GetRole', SLOW.silence), { request: 5000, call: 10_000, total: 1500 });
    expect(associations).toHaveLength(2);
    expect(roles!.roles.size).toBe(0);
    expect(said[0]).toMatch(
      /^The time for the whole run, 1.5 s \(--timeout\), ended before iam:GetRole on role \S+ was answered\./);
  });
});

describe('pages', () => {
  const lists = ['ListPodIdentityAssociations', 'ListRolePolicies', 'ListAttachedRolePolicies'];

  test.each(lists)('the same token again: %s', async (operation) => {
    const again = () => pageOf(usual, operation, 1, goesOn(operation, 'again'));
    const { said } = await read({ ...usual, [operation]: again });
    expect(said.join('\n')).toMatch(/its pages do not end; the token of one came twice\./);
  });

  test.each(lists.slice(1))('a truncated page without a marker: %s', async (operation) => {
    const { said } = await read({ ...usual, [operation]: () => pageOf(usual, operation, 1, { IsTruncated: true }) });
    expect(said.join('\n')).toContain('it is truncated (IsTruncated), and has no Marker to read the rest with.');
  });

  test.each(lists.slice(1))('a marker, and not whether it is truncated: %s', async (operation) => {
    const { said } = await read({ ...usual, [operation]: () => pageOf(usual, operation, 1, { Marker: 'a' }) });
    expect(said.join('\n')).toContain('it has a Marker, and does not say whether it is truncated');
  });

  test('a page that fails leaves those before it', async () => {
    const { said, associations } = await read({
      ...usual,
      ListPodIdentityAssociations: (input) => (input.nextToken
        ? new Raw((response) => response.end('<html>')) : usual.ListPodIdentityAssociations(input)),
    });
    expect(associations).toHaveLength(1);
    expect(said).toEqual([
      'The list of associations is not complete. eks:ListPodIdentityAssociations on cluster prod: '
      + "AWS's answer cannot be used, because it is a web page, such as of a proxy or of a login.",
    ]);
  });
});

describe('answers about something else', () => {
  const other = (operation: string, path: ReadonlyArray<string | number>, value: unknown): Account => ({
    ...usual,
    [operation]: (input) => new Raw(
      (response) => response.end(bytesOf(operation, replaceAt(usual[operation](input), path, value) as never))),
  });
  test.each<[string, ReadonlyArray<string | number>, string, string]>([
    ['ListPodIdentityAssociations',
      ['associations', 0, 'clusterName'], 'dev', 'an association in it is of cluster dev.'],
    ['ListPodIdentityAssociations', ['associations', 0, 'associationId'], 'a'.repeat(600), 'more than 512 characters.'],
    ['DescribePodIdentityAssociation', ['association', 'associationId'], 'a-9', 'its associationId is a-9, not a-'],
    ['DescribePodIdentityAssociation', ['association', 'clusterName'], 'dev', 'its clusterName is dev, not prod.'],
    ['DescribePodIdentityAssociation', ['association', 'namespace'], 'kube', 'its namespace is kube, not default.'],
    ['DescribePodIdentityAssociation', ['association', 'serviceAccount'], 'x', 'its serviceAccount is x, not '],
    ['DescribePodIdentityAssociation', ['association', 'associationArn'],
      'arn:aws:eks:eu-west-1:111122223333:podidentityassociation/prod/a-9',
      'which is not the ARN of this association.'],
    ['DescribePodIdentityAssociation',
      ['association', 'roleArn'], 'pods', 'its roleArn is pods, which is not the ARN of a role.'],
    ['DescribePodIdentityAssociation', ['association', 'targetRoleArn'],
      'arn:aws:iam::111122223333:user/x', 'which is not the ARN of a role.'],
    ['GetRole', ['Role', 'RoleName'], 'admin', 'its RoleName is admin, not '],
    ['GetRole', ['Role', 'Arn'], 'arn:aws:iam::111122223333:role/admin', 'its Arn is admin, not '],
    ['GetRolePolicy', ['RoleName'], 'admin', 'its RoleName is admin, not pods.'],
    ['GetRolePolicy', ['PolicyName'], 'admin', 'its PolicyName is admin, not '],
    ['ListAttachedRolePolicies', ['AttachedPolicies', 0, 'PolicyArn'], 'admin', 'is not the ARN of a managed policy.'],
    ['GetPolicy',
      ['Policy', 'Arn'], 'arn:aws:iam::aws:policy/AdministratorAccess', 'its Arn is arn:aws:iam::aws:policy/Admin'],
    ['GetPolicyVersion', ['PolicyVersion', 'VersionId'], 'v1', 'its VersionId is v1, not v3.'],
    ['GetRolePolicy', ['PolicyDocument'], encodeURIComponent(`{"a":${'['.repeat(60_000)}${']'.repeat(60_000)}}`), 'more than 100 levels'],
    ['GetPolicyVersion', ['PolicyVersion', 'Document'], `"${'\\"'.repeat(65_000)}`, 'is not a policy document'],
    ['GetPolicyVersion', ['PolicyVersion', 'Document'], 'a'.repeat(140_000), 'more than 131072 characters'],
    ['GetPolicyVersion', ['PolicyVersion', 'Document'], '%E0%A4%A', 'is not a policy document: URI malformed'],
  ])('%s: %j', async (operation, path, value, clause) => {
    const { said } = await read(other(operation, path, value));
    expectHonest(said);
    expect(said.join('\n')).toContain(clause);
  });
});
