import { Principal, SymbolicString } from '../../../lib/engine';
import { completePrincipal } from '../../../lib/engine/decide/complete-principal';
import { partsOf } from '../../../lib/engine/strings/symbolic-string';
import { PARTITION } from '../../../lib/template/value-kinds';
import { allow, ask, condition, decide, deny, show, StatementJson, variable } from '../make';

const AS_OF = '2026-11-01';
const ROLE = 'arn:aws-cn:iam::111122223333:role/app/reader';

const complete = (session: StatementJson[], role: StatementJson[] = [], given?: Principal, asOf = AS_OF) => (
  completePrincipal(ask(session, role), asOf, given));

const on = (resource: string) => allow('s3:Get', resource);
const when = (text: string) => allow('s3:Get', '*', condition(text));

describe('what is given counts', () => {
  test.each<[string, Principal, [partition: string | undefined, account: string, arn: string]]>([
    ['an ARN has a partition and an account', { arn: ROLE }, ['aws-cn', '111122223333', ROLE]],
    ['the account alone', { account: '444455556666' },
      ['aws', '444455556666', 'arn:aws:iam::444455556666:role/<name of the role>']],
    ['the partition alone', { partition: 'aws-cn' },
      ['aws-cn', '<account of the role>', 'arn:aws-cn:iam::<account of the role>:role/<name of the role>']],
    ['more than the ARN', { arn: ROLE, account: '444455556666', partition: 'aws-us-gov' },
      ['aws-us-gov', '444455556666', ROLE]],
    ['nothing', {}, ['aws', '<account of the role>', 'arn:aws:iam::<account of the role>:role/<name of the role>']],
    ['a text that is not an ARN', { arn: 'reader' }, ['aws', '<account of the role>', 'reader']],
  ])('%s', (_name, given, expected) => {
    const { partition, account, arn } = complete([on('arn:aws:s3:::b')], [], given);
    expect([partition, account, arn].map(String)).toEqual(expected.map(String));
  });

  test('symbolic values stay', () => {
    const [arn, account] = ['Role', 'Account'].map((id) => SymbolicString.of(variable(id)));
    const partition = SymbolicString.of(variable('Partition', PARTITION));
    const principal = complete([on('arn:aws:s3:::b')], [], { arn, account, partition });
    expect(principal).toMatchObject({ arn, account, partition });
  });

  test('what is not known is the same unknown in each decision', () => {
    const ids = () => partsOf(complete([]).arn).map((part) => (typeof part === 'string' ? part : part.id));
    expect(ids()).toEqual(ids());
    expect(ids().length).toBeGreaterThan(1);
  });
});

describe('the partition that the policies name is assumed', () => {
  test.each<[string, StatementJson[], StatementJson[], string | undefined]>([
    ['in both policies', [on('arn:aws:s3:::b')], [on('arn:aws:s3:::*')], 'aws'],
    ['in one of them', [on('*')], [on('arn:aws-cn:s3:::b')], 'aws-cn'],
    ['in a NotResource', [{ Effect: 'Allow', Action: 's3:Get', NotResource: 'arn:aws-us-gov:s3:::b' }], [],
      'aws-us-gov'],
    ['in an ARN of few fields', [on('*')], [on('arn:aws-cn:s3')], 'aws-cn'],
    ['none', [on('*')], [on('arn:*:s3:::b')], undefined],
    ['two', [on('arn:aws:s3:::b')], [on('arn:aws-cn:s3:::b')], undefined],
    ['a part of one', [on('arn:aws*:s3:::b')], [], undefined],
    ['what is not a partition', [on('arn:azure:s3:::b')], [], undefined],
    ['an empty one', [on('arn::s3:::b')], [], undefined],
    ['a pattern whose fields cannot be told apart', [on('arn:aws:s3*')], [], undefined],
  ])('%s', (_name, session, role, expected) => {
    const { partition, partitionAssumed } = complete(session, role);
    expect(partition).toBe(expected);
    expect(partitionAssumed).toEqual(expected === undefined ? undefined : {
      code: 'Principal', message: `the role is in the partition '${expected}', which the ARNs of the policies name`,
    });
  });

  test.each<Principal>([{ partition: 'aws' }, { arn: ROLE }])('but not where it is known: %j', (given) => {
    expect(complete([on('arn:aws:s3:::b')], [], given).partitionAssumed).toBeUndefined();
  });
});

describe('the organization that the policies name is assumed', () => {
  const ID = 'o-a1b2c3d4e5';
  const OF_POLICIES = `the account of the role is in the organization '${ID}', which the policies name`;
  const SOME = 'the account of the role is in an organization, because the policies compare organizations';
  test.each<[string, string[], Principal, string | undefined, string | undefined]>([
    // what it shows, conditions, what is given, the organization, what is assumed
    ['no condition', [], {}, undefined, undefined],
    ['of the principal', [`StringEquals aws:PrincipalOrgID ${ID}`], {}, ID, OF_POLICIES],
    ['of the resource', [`StringNotEquals aws:ResourceOrgID ${ID}`], {}, ID, OF_POLICIES],
    ['the same by both keys', [`StringEquals aws:PrincipalOrgID ${ID}`, `StringEquals aws:ResourceOrgID ${ID}`], {},
      ID, OF_POLICIES],
    ['two of them', [`StringEquals aws:PrincipalOrgID ${ID}|o-f6g7h8i9j0`], {}, '<organization of the role>', SOME],
    ['a variable', ['StringEquals aws:ResourceOrgID ${aws:PrincipalOrgID}'], {}, '<organization of the role>', SOME],
    ['a variable in the condition on another key', ['StringLike k ${AWS:PrincipalOrgId}/*'], {},
      '<organization of the role>', SOME],
    ['a pattern', ['StringLike aws:PrincipalOrgID o-*'], {}, '<organization of the role>', SOME],
    ['another key with such a value', [`StringEquals k ${ID}`], {}, undefined, undefined],
    ['paths', [`StringLike aws:PrincipalOrgPaths ${ID}/*`], {}, undefined, undefined],
    ['one is given', [`StringEquals aws:PrincipalOrgID ${ID}`], { organization: 'o-f6g7h8i9j0' },
      'o-f6g7h8i9j0', undefined],
  ])('%s', (_name, conditions, given, organization, message) => {
    const principal = complete([on('*')], conditions.map(when), given);
    expect(principal.organization?.toString()).toBe(organization);
    expect(principal.organizationAssumed).toEqual(message === undefined ? undefined : { code: 'Principal', message });
  });
});

describe('the sessions are newer than a past date that the policies name', () => {
  const before = (date: string) => `DateLessThan aws:TokenIssueTime ${date}`;
  test.each<[string, string[], string | undefined]>([
    ['none', [], undefined],
    ['one', [before('2024-01-01T00:00:00Z')], '2024-01-01T00:00:00Z'],
    ['the newest of two', [before('2024-01-01T00:00:00Z'), before('2024-06-01T12:30:00Z')], '2024-06-01T12:30:00Z'],
    ['whatever compares it', ['DateGreaterThan aws:TokenIssueTime 2024-01-01'], '2024-01-01T00:00:00Z'],
    ['of another key', ['DateLessThan aws:CurrentTime 2024-01-01T00:00:00Z'], undefined],
    ['not a date', [before('yesterday')], undefined],
    ['within two years of the reference', [before('2028-10-01T00:00:00Z')], '2028-10-01T00:00:00Z'],
    ['a date that is still to come', [before('2028-11-01T00:00:00Z')], undefined],
    ['a past date and one to come', [before('2024-01-01T00:00:00Z'), before('2099-01-01T00:00:00Z')],
      '2024-01-01T00:00:00Z'],
  ])('%s', (_name, conditions, expected) => {
    const { newerThan } = complete([on('*')], conditions.map(when));
    expect(newerThan).toEqual(expected === undefined ? undefined : {
      date: Date.parse(expected),
      assumption: { code: 'SessionAge', message: `the sessions of the pods are newer than ${expected}` },
    });
  });

  test('without the date of a reference, no date is past', () => {
    const principal = complete([on('*')], [when(before('2024-01-01T00:00:00Z'))], {}, 'today');
    expect(principal.newerThan).toBeUndefined();
  });
});

describe('a verdict names what it takes from the policies', () => {
  const services = new Map([['s3', [{ name: 'Get', resources: ['arn:${Partition}:s3:::${Name}'] }]]]);
  const deniedWhen = (text: string) => [allow('s3:*'), deny('*', '*', condition(text))];
  const assumed = (session: StatementJson[], role: StatementJson[], principal?: Principal) => {
    const verdict = decide(session, role, undefined, { catalog: { asOf: AS_OF, services }, principal });
    return [show(verdict), ...(verdict.kind === 'narrows' ? verdict.assumptions ?? [] : []).map(({ code }) => code)];
  };
  const ANY = 'narrows as of 2026-11-01';
  test.each<[string, StatementJson[], StatementJson[], Principal | undefined, string[]]>([
    ['a partition', [on('arn:*:s3:::b')], [on('arn:aws:s3:::b')], undefined, [ANY, 'Principal']],
    ['a partition that is given', [on('arn:*:s3:::b')], [on('arn:aws:s3:::b')], { partition: 'aws' }, [ANY]],
    ['a partition that changes nothing', [on('arn:aws:s3:::b')], [on('arn:aws:s3:::b')], undefined, ['narrows']],
    ['an organization', [on('arn:aws:s3:::b')], deniedWhen('StringNotEquals aws:PrincipalOrgID o-a1b2c3d4e5'),
      undefined, [ANY, 'Principal']],
    ['an organization that is the value of a variable', [on('arn:aws:s3:::o-a1b2c3d4e5')],
      [on('arn:aws:s3:::${aws:PrincipalOrgID}'), when('StringEquals aws:PrincipalOrgID o-a1b2c3d4e5')],
      undefined, [ANY, 'Principal']],
    ['an age', [on('arn:aws:s3:::b')], deniedWhen('DateLessThan aws:TokenIssueTime 2024-01-01T00:00:00Z'),
      undefined, [ANY, 'SessionAge']],
    ['none of a verdict that is not narrows', [on('arn:*:s3:::b')], [on('arn:aws:s3:::c')], undefined,
      ['exceeds: s3:Get arn:aws:s3:::b']],
  ])('%s', (_name, session, role, principal, expected) => {
    expect(assumed(session, role, principal)).toEqual(expected);
  });
});
