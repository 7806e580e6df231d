import { decide, decideAll, expectAnswers } from './decide';
import { allow, bucket, deny, document } from './documents';
import { LONG_SEARCH } from '../../runs';

jest.setTimeout(LONG_SEARCH);

describe('Sizes', () => {
  test('10,000 statements in a role', () => {
    const many = Array.from({ length: 10_000 }, (_, i) => allow(bucket(`data-${i}-*`)));
    expect(decide(document(allow(bucket('data-9999-x'))), document(...many)).kind).toBe('narrows');
    expectAnswers([
      decide(document(allow('*')), document(...many)), decide(document(allow(bucket('*-x'))), document(...many)),
    ]);
    expectAnswers([
      decide(document(allow(bucket('data'))), document(allow('*'), ...many.map((_, i) => deny(bucket(`*-${i}`))))),
    ]);
  });

  test('1,000 statements on both sides', () => {
    const many = Array.from({ length: 1000 }, (_, i) => allow(bucket(`*data-${i}-*`)));
    expectAnswers([
      decide(document(...many), document(...many)),
      decide(document(...many, deny(bucket('*'))), document(...many, deny(bucket('*a*')))),
    ]);
  });

  test('1,000 actions on 1,000 resources', () => {
    const Action = Array.from({ length: 1000 }, (_, i) => `s3:Get${i}*`);
    const Resource = Array.from({ length: 1000 }, (_, i) => bucket(`data-${i}*`));
    expectAnswers([
      decide(document({ Effect: 'Allow', Action, Resource }), document({ Effect: 'Allow', Action, Resource })),
    ]);
  });

  test('1,000 condition keys with 100 values each', () => {
    const values = Array.from({ length: 100 }, (_, i) => `*value-${i}*`);
    const Condition = {
      StringLike: Object.fromEntries(Array.from({ length: 1000 }, (_, i) => [`aws:RequestTag/${i}`, values])),
    };
    expectAnswers(decideAll(document(allow('*', { Condition })), document(allow('*'))));
  });

  test('patterns of 100,000 letters', () => {
    const [one, other] = [bucket(`*${'a'.repeat(100_000)}`), bucket(`*${'b'.repeat(100_000)}`)];
    expectAnswers([decide(document(allow(one)), document(allow('*'), deny(other)))]);
  });
});
