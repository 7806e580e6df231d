import * as fc from 'fast-check';
import { Pieces, Requirement, shortestPatterns } from '../../../lib/session-policy/compaction/wildcards';
import { runs, SEED } from '../../runs';

const OVERHEAD = 6;

function literal(text: string): Requirement {
  return { text, names: [text.toLowerCase()] };
}

function matches(pattern: string, name: string): boolean {
  const expression = pattern.toLowerCase().split('*').map((piece) => piece.replace(/\?/g, '.')).join('.*');
  return new RegExp(`^${expression}$`).test(name);
}

test.each<[string, string[], string[], string[]]>([
  ['nothing else', ['GetObject', 'PutObject'], [], ['*']],
  ['a prefix', ['BatchGetItem', 'BatchWriteItem'], ['GetItem'], ['Batch*']],
  ['a suffix', ['GetObject', 'PutObject', 'DeleteObject'], ['GetObjectAcl', 'PutBucket'], ['*Object']],
  ['a piece', ['ReceiveMessage', 'DeleteMessageBatch'], ['DeleteQueue', 'GetQueueUrl'], ['*Message*']],
  ['both ends', ['GetObjectAcl', 'GetBucketAcl'], ['GetObject', 'PutObjectAcl'], ['Get*Acl']],
  ['names that are shorter than wildcards', ['Query', 'Scan'], ['QueryX', 'XScan', 'XQuery'], ['Query', 'Scan']],
  ['what is forbidden differs in its case only', ['GetA'], ['getb'], ['*A']],
])('whole words: %s', (_name, required, forbidden, expected) => {
  const inLowerCase = forbidden.map((name) => name.toLowerCase());
  expect(shortestPatterns(required.map(literal), inLowerCase, OVERHEAD, 'words')).toEqual(expected);
});

test('letters are shorter, and say less', () => {
  const required = ['GetObject', 'PutObject'].map(literal);
  expect(shortestPatterns(required, ['getobjectacl', 'deletebucket'], OVERHEAD, 'letters')).toEqual(['*ct']);
});

test('a pattern that is written is replaced if a shorter one matches all that it does', () => {
  const required = [{ text: 'Get?bject*', names: ['getobject', 'getobjectacl'] }];
  expect(shortestPatterns(required, ['getbucket'], OVERHEAD, 'words')).toEqual(['*bject*']);
});

test('all that is required is matched, nothing that is forbidden is, and nothing is longer than what is written', () => {
  const word = fc.constantFrom('Get', 'Put', 'Delete', 'Object', 'Bucket', 'Acl', 'Tags', 'V2');
  const name = fc.array(word, { minLength: 1, maxLength: 4 }).map((words) => words.join(''));
  const names = fc.uniqueArray(name, { minLength: 2, maxLength: 24 });
  const pieces = fc.constantFrom<Pieces>('words', 'letters');
  fc.assert(fc.property(names, fc.integer({ min: 1, max: 12 }), pieces, (all, count, madeOf) => {
    const [required, forbidden] = [all.slice(0, count), all.slice(count).map((one) => one.toLowerCase())];
    const patterns = shortestPatterns(required.map(literal), forbidden, OVERHEAD, madeOf);
    expect(required.filter((one) => !patterns.some((pattern) => matches(pattern, one.toLowerCase())))).toEqual([]);
    expect(forbidden.filter((one) => patterns.some((pattern) => matches(pattern, one)))).toEqual([]);
    const cost = (list: readonly string[]) => list.reduce((sum, text) => sum + text.length + OVERHEAD, 0);
    expect(cost(patterns)).toBeLessThanOrEqual(cost(required));
  }), { seed: SEED, numRuns: runs(60, 2000) });
});
