import { Fn, Lazy, Stack, Token } from 'aws-cdk-lib';
import * as fc from 'fast-check';
import { policyJson } from '../../lib/session-policy/policy-json';
import { resolveTokens } from '../../lib/session-policy/resolve-tokens';
import { runs } from '../runs';

const stack = new Stack();

/** As a session policy is rendered: tokens in text are resolved first. */
function written(document: unknown): unknown {
  const texts = new Set<unknown>();
  const text = (value: string) => {
    const resolved = stack.resolve(value);
    if (typeof resolved === 'object') { texts.add(resolved); }
    return resolved;
  };
  return policyJson(resolveTokens(document, { text, other: () => { throw new Error('no other tokens here'); } }), texts);
}

function writtenByTheCdk(document: unknown): unknown {
  return stack.resolve(stack.toJsonString(document));
}

const ref = Token.asString({ Ref: 'Bucket' });
const arn = Token.asString({ 'Fn::GetAtt': ['Bucket', 'Arn'] });

test.each<[string, unknown]>([
  ['nothing but text', { Action: ['s3:Get', 's3:"Put\\"'], n: 1, b: true, z: null, empty: {}, none: [] }],
  ['a reference alone, and within text', { a: ref, b: `x${ref}`, c: [`${ref}y`, ref] }],
  ['text that the CDK joins', { a: Fn.join('', ['arn:', ref, ':"quoted"']), b: Fn.join('-', ['a', ref]), c: `${arn}/*` }],
  ['a join within a join', { a: Fn.join('', ['1', Token.asString({ 'Fn::Join': ['', ['2', { 'Fn::Join': ['', ['3', 4]] }, { Ref: 'R' }, '5']] }), '6']) }],
  ['numbers that are joined', { a: Token.asString({ 'Fn::Join': ['', [1, { Ref: 'R' }, 2, 3]] }) }],
  ['text within intrinsics that JSON escapes', { a: Token.asString({ 'Fn::Sub': ['"${x}"\n', { x: '\\' }] }) }],
  ['intrinsics next to each other', { a: `${ref}${arn}` }],
  ['what only looks like an intrinsic', { a: { Ref: 'Bucket' }, b: ref }],
  ['tokens that make text', { a: Lazy.string({ produce: () => `lazy "${ref}"` }), b: Lazy.string({ produce: () => undefined }) }],
  ['a list with a token that is not there', ['x', Lazy.string({ produce: () => undefined }), 'y']],
])('is what the CDK writes: %s', (_, document) => {
  expect(written(document)).toEqual(writtenByTheCdk(document));
});

test('is what the CDK writes, whatever the document', () => {
  const text = fc.oneof(fc.string({ unit: 'binary' }), fc.constantFrom('"', '\\', '/*'), fc.constantFrom(ref, arn, Fn.join('', ['"', ref]), Fn.sub('${A}"')));
  const texts = fc.array(text, { maxLength: 4 }).map((pieces) => pieces.join(''));
  const key = fc.string().filter((name) => name !== '__proto__');
  const { document } = fc.letrec((tie) => ({
    document: fc.oneof({ depthSize: 'small' }, texts, fc.boolean(), fc.integer(), fc.array(tie('document')), fc.dictionary(key, tie('document'), { noNullPrototype: true })),
  }));
  fc.assert(fc.property(fc.array(document), (value) => { expect(written(value)).toEqual(writtenByTheCdk(value)); }), { numRuns: runs(40, 500) });
});

test('leaves text to the CDK that looks like its own marks', () => {
  expect(written({ a: '\uE0000\uE000', b: ref })).toBeUndefined();
  expect(written({ a: '\uE0000\uE000' })).toBe('{"a":"\uE0000\uE000"}');
});

test('leaves no token in the memory of the app', () => {
  const before = (global as any).__cdkTokenMap.stringTokenMap.size;
  written({ a: arn });
  expect((global as any).__cdkTokenMap.stringTokenMap.size).toBe(before);
});
