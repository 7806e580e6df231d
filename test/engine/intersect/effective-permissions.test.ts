import * as fc from 'fast-check';
import {
  coversRole, decideNarrowing, effectivePermissions, isUnsatisfiable, Json, Layer, NarrowingQuestion, parsePolicy,
  statementsWithoutEffect,
  suggestFix,
} from '../../../lib/engine';
import {
  DEFAULT_READING, effective, evaluate, PolicyDocument, Reading, Request, roleAllows, StatementDocument,
} from '../../oracle/evaluate';
import { Question } from '../../oracle/z3/encode';
import { questions } from '../../oracle/z3/questions';
import { requestsNear } from '../../oracle/z3/requests';
import { LONG_SEARCH, runs, SEED } from '../../runs';
import { allow, deny, policy, StatementJson } from '../make';

const RUNS = runs(40, 400);
const REQUESTS = 60;

jest.setTimeout(LONG_SEARCH);

/** A document allows exactly the intersection under each reading; this is the plainest. */
const READING: Reading = { ...DEFAULT_READING, colons: 'none' };

function parse({ session, identity, boundary }: Question): NarrowingQuestion {
  const read = (document: PolicyDocument, name: string) => policy(
    [document.Statement].flat() as unknown as StatementJson[], name, document.Version,
  );
  const layers: Layer[] = [
    { name: 'identity policies', policies: identity.map((d, i) => read(d, `role policy ${i}`)), gaps: [] },
  ];
  if (boundary) { layers.push({ name: 'permissions boundary', policies: [read(boundary, 'the boundary')], gaps: [] }); }
  return { session: read(session, 'the session policy'), layers };
}

function ask(session: StatementJson[], role: StatementJson[], boundary?: StatementJson[]): NarrowingQuestion {
  const document = (list: StatementJson[]) => ({
    Version: '2012-10-17', Statement: list as unknown as StatementDocument[],
  });
  return parse({ session: document(session), identity: [document(role)], boundary: boundary && document(boundary) });
}

function effectiveOf({ session, layers: [identity, boundary] }: NarrowingQuestion) {
  return effectivePermissions(session, identity.policies, boundary?.policies[0]);
}

/** Each question with requests near it. */
function check(property: (question: Question, requests: readonly Request[]) => void, share = 1): void {
  const cases = questions.chain((question) => fc.tuple(
    fc.constant(question), fc.array(requestsNear(question), { minLength: REQUESTS, maxLength: REQUESTS }),
  ));
  fc.assert(
    fc.property(cases, ([question, requests]) => property(question, requests)),
    { seed: SEED, numRuns: Math.ceil(RUNS * share) },
  );
}

describe('effectivePermissions', () => {
  const S3 = 'arn:aws:s3:::';
  test.each<[string, StatementJson[], StatementJson[], StatementJson[]]>([
    ['the narrower action', [allow('s3:*')], [allow('s3:Get*')], [allow('s3:Get*')]],
    ['the narrower resource', [allow('s3:Get*', `${S3}a/*`)], [allow('s3:*', [`${S3}a/*`, `${S3}b/*`])],
      [allow('s3:Get*', `${S3}a/*`)]],
    ['nothing', [allow('s3:*')], [allow('sqs:*')], []],
    ['what two patterns share', [allow('s3:Get*', `${S3}*/logs`)], [allow('s3:*Object', `${S3}a*`)],
      [allow('s3:Get*Object', `${S3}a*/logs`)]],
    ['NotAction of one', [allow('*')], [{ Effect: 'Allow', NotAction: 'iam:*', Resource: '*' }],
      [{ Effect: 'Allow', NotAction: 'iam:*', Resource: '*' }]],
    ['NotAction of both', [{ Effect: 'Allow', NotAction: 's3:*', Resource: '*' }],
      [{ Effect: 'Allow', NotAction: 'iam:*', Resource: '*' }],
      [{ Effect: 'Allow', NotAction: ['s3:*', 'iam:*'], Resource: '*' }]],
    ['the actions that NotAction leaves', [allow(['s3:GetObject', 'iam:PassRole'])],
      [{ Effect: 'Allow', NotAction: 'iam:*', Resource: '*' }], [allow('s3:GetObject')]],
    ['conditions of both', [allow('s3:*', '*', { Bool: { 'aws:SecureTransport': 'true' } })],
      [allow('s3:*', '*', { Null: { 'aws:SourceVpc': 'false' } })],
      [allow('s3:*', '*', { Bool: { 'aws:SecureTransport': 'true' }, Null: { 'aws:SourceVpc': 'false' } })]],
    ['the values that two conditions share', [allow('s3:*', '*', { StringEquals: { k: ['a', 'b'] } })],
      [allow('s3:*', '*', { StringEquals: { K: ['b', 'c'] } })], [allow('s3:*', '*', { StringEquals: { k: 'b' } })]],
    ['all values of negated conditions', [allow('s3:*', '*', { StringNotEquals: { k: 'a' } })],
      [allow('s3:*', '*', { StringNotEquals: { k: 'b' } })],
      [allow('s3:*', '*', { StringNotEquals: { k: ['a', 'b'] } })]],
    ['no key at all, where no value meets both', [allow('s3:*', '*', { StringEqualsIfExists: { k: 'a' } })],
      [allow('s3:*', '*', { StringEqualsIfExists: { k: 'b' } })], [allow('s3:*', '*', { Null: { k: 'true' } })]],
    ['nothing, where conditions exclude each other', [allow('s3:*', '*', { StringEquals: { k: 'a' } })],
      [allow('s3:*', '*', { StringEquals: { k: 'b' } })], []],
    ['the lower of two limits', [allow('s3:*', '*', { NumericLessThan: { 's3:max-keys': '10' } })],
      [allow('s3:*', '*', { NumericLessThan: { 's3:max-keys': '5' } })],
      [allow('s3:*', '*', { NumericLessThan: { 's3:max-keys': '5' } })]],
    ['the smaller network', [allow('s3:*', '*', { IpAddress: { 'aws:SourceIp': '10.0.0.0/8' } })],
      [allow('s3:*', '*', { IpAddress: { 'aws:SourceIp': ['10.1.0.0/16', '192.168.0.0/16'] } })],
      [allow('s3:*', '*', { IpAddress: { 'aws:SourceIp': '10.1.0.0/16' } })]],
    ['denials that matter to one of several', [allow('sqs:*'), allow('s3:*', `${S3}a/*`)],
      [allow('*'), deny('s3:Put*')], [allow('sqs:*'), allow('s3:*', `${S3}a/*`), deny('s3:Put*')]],
    ['denials that matter', [allow('s3:*', `${S3}a/*`)], [allow('*'), deny('s3:Put*'), deny('sqs:*')],
      [allow('s3:*', `${S3}a/*`), deny('s3:Put*')]],
  ])('has %s', (_name, session, role, expected) => {
    const { document, omitted } = effectiveOf(ask(session, role));
    expect(omitted).toEqual([]);
    expect(document.Statement.map(({ Action, Resource, ...rest }) => ({
      ...rest, ...(Action ? { Action } : {}), ...(Resource ? { Resource } : {}),
    })))
      .toEqual(expected.map((s) => Object.fromEntries(
        Object.entries(s).map(([k, v]) => [k, Array.isArray(v) && v.length === 1 ? v[0] : v]),
      )));
  });

  test.each<[string, NarrowingQuestion, RegExp]>([
    ['an action pattern without what NotAction leaves out',
      ask([allow('s3:*')], [{ Effect: 'Allow', NotAction: 's3:Get*', Resource: '*' }]),
      /no few patterns match the actions/],
    ['nor without one of several things that it leaves out',
      ask([allow('s3:*')], [{ Effect: 'Allow', NotAction: ['iam:*', 's3:Get*'], Resource: '*' }]),
      /no few patterns match the actions/],
    ['two demands on one of several values',
      ask([allow('s3:*', '*', { 'ForAnyValue:StringEquals': { 'aws:TagKeys': 'a' } })],
        [allow('s3:*', '*', { 'ForAnyValue:StringEquals': { 'aws:TagKeys': 'b' } })]),
      /both say ForAnyValue:StringEquals of aws:TagKeys/],
  ])('says that it leaves out %s', (_name, question, why) => {
    const { document, omitted } = effectiveOf(question);
    expect(document.Statement).toEqual([]);
    expect(omitted).toEqual([{
      statements: ['statement 0 of the session policy', 'statement 0 of role policy 0'],
      why: expect.stringMatching(why),
    }]);
  });

  test('allows what all layers allow, and nothing else', () => {
    let exact = 0;
    let allowed = 0;
    check((question, requests) => {
      const { document, omitted } = effectiveOf(parse(question));
      expect(parsePolicy(document as unknown as Json, 'the effective permissions').problems.filter(
        (p) => p.kind !== 'missing',
      )).toEqual([]);
      if (omitted.length === 0) { exact++; }
      for (const request of requests) {
        const really = effective(question.session, question.identity, question.boundary, request, READING);
        const said = evaluate([document as unknown as PolicyDocument], request, READING) === 'allow';
        if (really) { allowed++; }
        if (really !== said && (said || omitted.length === 0)) {
          expect({ question, request, document, omitted, really, said }).toBeUndefined();
        }
      }
    }, 2);
    expect(exact).toBeGreaterThan(RUNS);
    expect(allowed).toBeGreaterThan(RUNS * 10);
  });
});

describe('narrowedForm', () => {
  test.each<[string, NarrowingQuestion, StatementJson[]]>([
    ['the parts that are inside',
      ask([allow(['s3:GetObject', 's3:PutObject'], ['arn:aws:s3:::a/x', 'arn:aws:s3:::b/x'])],
        [allow('s3:Get*'), allow('s3:*', 'arn:aws:s3:::a/*')]),
      [allow('s3:GetObject', ['arn:aws:s3:::a/x', 'arn:aws:s3:::b/x']), allow('s3:PutObject', 'arn:aws:s3:::a/x')]],
    ['what the role allows of a part',
      ask([allow('s3:*', 'arn:aws:s3:::a/*')], [allow('s3:Get*'), allow('s3:Put*', 'arn:aws:s3:::a/x')]),
      [allow('s3:Get*', 'arn:aws:s3:::a/*'), allow('s3:Put*', 'arn:aws:s3:::a/x')]],
    ['the condition of the role',
      ask([allow('s3:GetObject')], [allow('s3:*', '*', { Bool: { 'aws:SecureTransport': 'true' } })]),
      [allow('s3:GetObject', '*', { Bool: { 'aws:SecureTransport': 'true' } })]],
    ['nothing of what is outside', ask([allow('sqs:*')], [allow('s3:*')]), []],
  ])('has %s', (_name, question, expected) => {
    expect(suggestFix(question.session.statements[0], question)).toEqual(expected);
  });

  test('narrows, and allows nothing new', () => {
    let shown = 0;
    check((question, requests) => {
      const parsed = parse(question);
      const verdict = decideNarrowing(parsed);
      if (verdict.kind !== 'exceeds') { return; }
      const narrowed = suggestFix(verdict.excesses[0].statement, parsed);
      if (narrowed.length === 0) { return; }
      shown++;
      const own = parsed.session.statements.filter((s) => s.effect === 'Deny');
      const session = {
        ...parsed.session, statements: [...policy(narrowed as unknown as StatementJson[], 'p').statements, ...own],
      };
      expect(decideNarrowing({ ...parsed, session }).kind).toBe('narrows');
      const document = { Version: '2012-10-17', Statement: narrowed as unknown as StatementDocument[] };
      for (const request of requests) {
        if (evaluate([document], request, READING) !== 'allow') { continue; }
        const statements = [question.session.Statement].flat() as StatementDocument[];
        expect(evaluate(
          [{ Version: '2012-10-17', Statement: statements.filter((s) => s.Effect === 'Allow') }], request, READING,
        )).toBe('allow');
      }
    });
    expect(shown).toBeGreaterThan(RUNS / 20);
  });
});

describe('What has no effect', () => {
  test.each<[string, StatementJson[], StatementJson[], string[]]>([
    ['a statement about what the role does not have', [allow('s3:*'), allow('sqs:*')], [allow('s3:*')],
      ['1 outside the role']],
    ['a repeated statement', [allow('s3:*'), allow('s3:Get*')], [allow('*')], ['1 repeated']],
    ['the later of two equal statements', [allow('s3:*'), allow('s3:*')], [allow('*')], ['1 repeated']],
    ['an allow statement that is denied', [allow('s3:*'), allow('sqs:*'), deny('sqs:*')], [allow('*')],
      ['1 denied by the session policy']],
    ['a deny statement beside what is allowed', [allow('s3:*', 'arn:aws:s3:::a/*'), deny('s3:*', 'arn:aws:s3:::b/*')],
      [allow('*')], ['1 denies nothing']],
    ['nothing, where each statement matters', [allow('s3:*'), allow('sqs:*'), deny('s3:Put*')], [allow('*')], []],
  ])('is found: %s', (_name, session, role, expected) => {
    expect(statementsWithoutEffect(ask(session, role)).map(({ statement, why }) => `${statement.index} ${why}`))
      .toEqual(expected);
  });

  test.each<[string, StatementJson[], StatementJson[], StatementJson[] | undefined, boolean, boolean]>([
    ['a session policy as wide as the role', [allow('s3:*')], [allow('s3:Get*')], undefined, true, false],
    ['one that takes something away', [allow('s3:Get*')], [allow('s3:*')], undefined, false, false],
    ['one that a boundary makes wide enough', [allow('s3:*')], [allow('*')], [allow('s3:Get*')], true, false],
    ['one that is disjoint from the role', [allow('s3:*')], [allow('sqs:*')], undefined, false, true],
    ['one that the boundary leaves nothing of', [allow('s3:*')], [allow('*')], [allow('sqs:*')], false, true],
    ['one of which the role denies all', [allow('s3:*')], [allow('*'), deny('s3:*')], undefined, false, true],
  ])('%s', (_name, session, role, boundary, nothingAway, nothingLeft) => {
    const question = ask(session, role, boundary);
    expect([coversRole(question), isUnsatisfiable(question)]).toEqual([nothingAway, nothingLeft]);
  });

  test('is never claimed of what has one', () => {
    const found = { statements: 0, away: 0, nothing: 0 };
    check((question, requests) => {
      const parsed = parse(question);
      const idle = statementsWithoutEffect(parsed);
      const [away, nothing] = [coversRole(parsed), isUnsatisfiable(parsed)];
      found.statements += idle.length > 0 ? 1 : 0;
      found.away += away ? 1 : 0;
      found.nothing += nothing ? 1 : 0;
      const statements = [question.session.Statement].flat() as StatementDocument[];
      const kept = statements.filter((_, i) => !idle.some(({ statement }) => statement.index === i));
      for (const request of requests) {
        const before = effective(question.session, question.identity, question.boundary, request, READING);
        const left = { ...question.session, Statement: kept };
        const after = kept.length > 0 && effective(left, question.identity, question.boundary, request, READING);
        expect({ question, request, after }).toEqual({ question, request, after: before });
        expect(nothing && before).toBe(false);
        if (away) { expect(roleAllows(question.identity, question.boundary, request, READING) && !before).toBe(false); }
      }
    }, 2);
    for (const count of Object.values(found)) { expect(count).toBeGreaterThan(RUNS / 40); }
  });
});
