import { Budget } from '../../../lib/engine/strings/budget';
import { actionCovers, resourceCovers } from '../../../lib/engine/strings/covers';
import { mayOverlap } from '../../../lib/engine/strings/overlaps';
import { actionPattern, resourcePattern } from '../../../lib/engine/strings/pattern';
import { SymbolicString, VariableKind } from '../../../lib/engine/strings/symbolic-string';
import { ANY_TEXT, PARTITION } from '../../../lib/template/value-kinds';
import { variable } from '../make';

const BUCKET: VariableKind = {
  name: 'bucket',
  characters: 'abcdefghijklmnopqrstuvwxyz-',
  minLength: 3,
  maxLength: 63,
  generated: true,
  example: 'b-#',
};
const P = variable('P', PARTITION);
const A = variable('A', BUCKET);
const B = variable('B', BUCKET);
const ARN = variable('Arn', ANY_TEXT);
const budget = new Budget(Infinity);

describe('actionCovers', () => {
  test.each<[string, string, boolean]>([
    ['*', 's3:GetObject', true],
    ['s3:*', 's3:Get*', true],
    ['S3:get*', 's3:GetObject', true],
    ['s3:Get*', 's3:*', false],
    ['s3:*Object', 's3:Get*Object', true],
    ['s3:*Object*', 's3:GetObject', true],
    ['s3:Get?bject', 's3:GetObject', true],
    ['s3:Get?bject', 's3:Get*bject', false],
    ['s3:?*', 's3:*?', true],
    ['s3:?*', 's3:*', false],
    ['s3:**', 's3:*', true],
    ['s3:Get', 's3:GetObject', false],
  ])('%s covers %s: %s', (wide, narrow, expected) => {
    expect(actionCovers(actionPattern(wide), actionPattern(narrow), budget)).toBe(expected);
  });
});

describe('resourceCovers', () => {
  test.each<[string | SymbolicString, string | SymbolicString, boolean]>([
    ['*', 'arn:aws:s3:::b/x', true],
    ['*', '*', true],
    ['arn:aws:s3:::*', '*', false],
    ['arn:aws:s3:::b/*', 'arn:aws:s3:::b/a/*', true],
    ['arn:aws:s3:::b/*', 'arn:aws:s3:::B/x', false],
    ['arn:aws:s3:::b*', 'arn:aws:s3:::b:x', true], // in the resource part a star takes colons
    ['arn:aws:sqs:*:*:q', 'arn:aws:sqs:us-east-1:111122223333:q', true],
    ['arn:aws:sqs:*:q', 'arn:aws:sqs:us-east-1:111122223333:q', false], // five fields: undefined
    ['arn:aws:s3*', 'arn:aws:s3:::b', false],
    ['arn:aws:a:*:d:e:f', 'arn:aws:a:b:c:d:e:f', false], // only if a star runs across colons
    ['arn:aws:s3:::b/${aws:username}/*', 'arn:aws:s3:::b/${aws:username}/x', true],
    ['arn:aws:s3:::b/*', 'arn:aws:s3:::b/${aws:username}', true],
    ['arn:aws:s3:::b/${aws:username}', 'arn:aws:s3:::b/x', false],
    ["arn:aws:s3:::b/${aws:username, 'x'}", 'arn:aws:s3:::b/${aws:username}', false],
    ['arn:aws:s3:::b/${*}', 'arn:aws:s3:::b/x', false],
    ['arn:aws:s3:::b/*', 'arn:aws:s3:::b/${*}', true],
    ['arn:aws:s3:::b/*', 'arn:aws:s3:::b/${no variable!}', false],
    [SymbolicString.of('arn:', P, ':s3:::', A, '/*'), SymbolicString.of('arn:', P, ':s3:::', A, '/t/*'), true],
    [SymbolicString.of('arn:', P, ':s3:::', A, '/*'), SymbolicString.of('arn:', P, ':s3:::', B, '/t/*'), false],
    ['arn:aws:s3:::*', SymbolicString.of('arn:aws:s3:::', A), true],
    ['arn:*:s3:::*', SymbolicString.of('arn:', P, ':s3:::', A), true],
    ['arn:aws:s3:::???', SymbolicString.of('arn:aws:s3:::', A), false],
    [SymbolicString.of(ARN, '/*'), SymbolicString.of(ARN, '/t/*'), true],
    [SymbolicString.of(ARN, '*'), SymbolicString.of(ARN), true],
    [SymbolicString.of(ARN, '/*'), SymbolicString.of(ARN, '/a:b'), false], // the symbolic variable hides which field the colon is in
    ['arn:aws:s3:::b/*', SymbolicString.of('arn:aws:s3:::b/', ARN), true],
    ['arn:aws:s3:::*', SymbolicString.of(ARN), false],
  ])('%s covers %s: %s', (wide, narrow, expected) => {
    expect(resourceCovers(resourcePattern(wide, true), resourcePattern(narrow, true), budget)).toBe(expected);
  });

  test('without variables, ${…} is literal', () => {
    const [wide, narrow] = ['arn:aws:s3:::b/*', 'arn:aws:s3:::b/${no variable!}'].map(
      (text) => resourcePattern(text, false),
    );
    expect(resourceCovers(wide, narrow, budget)).toBe(true);
  });
});

describe('mayOverlap', () => {
  test.each<[string | SymbolicString, string | SymbolicString, boolean, boolean]>([
    // left, right, names may be anything, names are distinct
    ['arn:aws:s3:::a*', 'arn:aws:s3:::*b', true, true],
    ['arn:aws:s3:::a*', 'arn:aws:s3:::b*', false, false],
    ['arn:aws:s3:::a?c', 'arn:aws:s3:::ab?', true, true],
    ['arn:AWS:s3:::a', 'arn:aws:s3:::a', true, true], // case before the resource part: not documented
    ['arn:aws:s3:::A', 'arn:aws:s3:::a', false, false],
    ['*', 'arn:aws:s3:::a', true, true],
    [SymbolicString.of('arn:aws:s3:::', A), 'arn:aws:s3:::data', true, false],
    [SymbolicString.of('arn:aws:s3:::', A), 'arn:aws:s3:::DATA', false, false], // no bucket has capitals
    [SymbolicString.of('arn:aws:s3:::', A), 'arn:aws:s3:::mystack-*', true, true],
    [SymbolicString.of('arn:aws:s3:::', A), 'arn:aws:s3:::??????', true, true],
    [SymbolicString.of('arn:aws:s3:::', A, '/x'), 'arn:aws:s3:::*/x', true, true],
    [SymbolicString.of('arn:aws:s3:::', A), SymbolicString.of('arn:aws:s3:::', B), true, false],
    [SymbolicString.of('arn:aws:s3:::', A, '/x'), SymbolicString.of('arn:aws:s3:::', A, '/*'), true, true],
    [SymbolicString.of('arn:aws:s3:::', A, '/x'), SymbolicString.of('arn:aws:s3:::', B, '/*'), true, false],
    [SymbolicString.of('arn:', P, ':s3:::data'), 'arn:aws:s3:::data', true, true],
    [SymbolicString.of('arn:', P, ':s3:::data'), 'arn:aws:sqs:::data', false, false],
    [SymbolicString.of('arn:aws:s3:::', A), SymbolicString.of(ARN), true, true],
    ['arn:aws:s3:::b/${aws:username}', 'arn:aws:s3:::b/x', true, true],
    ['arn:aws:s3:::b/${*}', 'arn:aws:s3:::b/x', false, false],
    ['arn:aws:s3:::b/${no variable!}', 'arn:aws:sqs:::q', true, true], // not understood: may match anything
  ])('%s and %s: %s, %s', (left, right, anything, distinct) => {
    const [a, b] = [left, right].map((text) => resourcePattern(text, true));
    expect([mayOverlap(a, b, 'anything', budget), mayOverlap(a, b, 'distinct', budget)]).toEqual([anything, distinct]);
    expect([mayOverlap(b, a, 'anything', budget), mayOverlap(b, a, 'distinct', budget)]).toEqual([anything, distinct]);
  });
});
