import { decide, decideAll, expectAnswers, layer } from './decide';
import { allow, bucket, deny, document } from './documents';
import { decideNarrowing, NarrowingQuestion, parsePolicy } from '../../../lib/engine';
import { requestCatalog } from '../../../lib/reference/request-catalog';

// Whatever a policy says, a decision ends, ends without an exception, and is right. No test here looks at a clock: what takes
// too long takes too many steps, and the engine counts those. bench/hostile.ts measures hostile inputs.

const letters = Array.from('abcdefghij');

describe('Patterns that make matching slow', () => {
  const patterns: ReadonlyArray<[string, string]> = [
    ['forty stars', bucket('*'.repeat(40))],
    ['forty stars between letters', bucket('*a'.repeat(40))],
    ['a star, a letter and twenty question marks', bucket(`*a${'?'.repeat(20)}`)],
    ['a star, a letter, twenty question marks and an end', bucket(`*a${'?'.repeat(20)}b`)],
    ['stars and question marks in turn', bucket('*?'.repeat(30))],
    ['a letter a thousand times', bucket('a'.repeat(1000))],
    ['a letter a thousand times between stars', bucket(`*${'a'.repeat(1000)}*`)],
    ['stars in every field', '*a*:*a*:*a*:*a*:*a*:*a*a*a*a*'],
    ['question marks in every field',
      `arn:${'?'.repeat(20)}:s3:${'?'.repeat(20)}:${'?'.repeat(20)}:*a${'?'.repeat(20)}`],
    ['colons', `arn:aws:s3:${':'.repeat(200)}*`],
    ['no field at all', ':::::'],
    ['stars and colons', `${'*:'.repeat(50)}*`],
    ['2,000 variables', bucket('${aws:username}'.repeat(2000))],
    ['a variable that is not closed', bucket('${aws:username')],
    ['variables inside variables', bucket('${'.repeat(200) + '}'.repeat(200))],
  ];

  test.each(patterns)('%s', (_name, pattern) => {
    for (const [, other] of patterns) {
      expectAnswers([decide(document(allow(pattern)), document(allow(other)))]);
      expectAnswers([decide(document(allow(pattern)), document(allow('*'), deny(other)))]);
      expectAnswers([decide(
        document(allow(pattern), deny(other)), document({ Effect: 'Allow', NotAction: 'sqs:*', NotResource: other }),
      )]);
    }
  });

  test.each<[string, string]>([
    ['3,000 question marks', '?'.repeat(3000)],
    ['3,000 question marks for the name', bucket('?'.repeat(3000))],
    ['3,000 question marks before a variable', `${'?'.repeat(3000)}\${aws:username}`],
    ['300,000 question marks before a variable', `${'?'.repeat(300_000)}\${aws:username}`],
    ['letters between stars before a variable', bucket(`${'*a'.repeat(20)}\${aws:username}/b`)],
  ])('%s, in a role', (_name, pattern) => {
    const roles = [document(allow(pattern)), document(allow('*'), deny(pattern))];
    for (const own of ['*', bucket('data/*'), bucket(`${'a'.repeat(60)}//b`)]) {
      expectAnswers(roles.flatMap((role) => [
        decide(document(allow(own)), role), decide(document(allow(own)), role, { catalog: requestCatalog() }),
      ]));
    }
  });

  test('a policy with a slow pattern never exceeds itself', () => {
    for (const [, pattern] of patterns) {
      expect([pattern, decide(document(allow(pattern)), document(allow(pattern))).kind]).not.toEqual([
        pattern, 'exceeds',
      ]);
    }
  });

  test('a decision ends within the budget that it has by default', () => {
    const [left, right] = [
      document(allow(bucket(`*${'a'.repeat(1000)}*`))), document(allow('*'), deny(bucket('*a'.repeat(40)))),
    ];
    const question: NarrowingQuestion = {
      session: parsePolicy(left, 'session policy').policy, layers: [layer(parsePolicy(right, 'role policy').policy)],
    };
    expectAnswers([decideNarrowing(question)]);
  });

  test('ten disjoint infix globs', () => {
    const globs = letters.map((letter) => bucket(`*${letter}${letter}${letter}*`));
    expectAnswers(decideAll(document(allow(globs)), document(allow('*'))));
    expectAnswers(decideAll(document(allow(globs)), document(...globs.map((glob) => allow(glob)))));
    expectAnswers(decideAll(document(allow('*')), document(allow('*'), ...globs.map((glob) => deny(glob)))));
    expectAnswers(
      decideAll(document({ Effect: 'Allow', Action: 's3:*', NotResource: globs }), document(allow('*'), deny(globs))),
    );
    expectAnswers(decideAll(
      document(allow(globs), deny([...globs].reverse())), document(allow('*'), ...globs.map((glob) => deny(glob))),
    ));
  });

  test('ten disjoint infix globs of actions', () => {
    const globs = letters.map((letter) => `s3:*${letter}${letter}${letter}*`);
    const all = allow('*', { Action: '*' });
    expectAnswers(decideAll(
      document(allow('*', { Action: globs })), document(all, { Effect: 'Deny', Action: globs, Resource: '*' }),
    ));
    expectAnswers(decideAll(document({ Effect: 'Allow', NotAction: globs, Resource: '*' }), document(all)));
  });
});

describe('Sizes', () => {
  test('a budget of any size gives an answer', () => {
    const parsed = parsePolicy(
      document(allow(letters.map((l) => bucket(`*${l}*`))), deny(bucket('*k*'))), 'policy',
    ).policy;
    for (const budget of [0, 1, 2, 3, 10, 100, 1000, 10_000]) {
      expectAnswers([decideNarrowing({ session: parsed, layers: [layer(parsed)] }, { budget })]);
    }
    const wider = parsePolicy(document(allow('*'), deny(bucket('*q*'))), 'policy').policy;
    expect(decideNarrowing({ session: parsed, layers: [layer(wider)] }, { budget: 0 }).kind).toBe('undetermined');
  });
});
