import { positionInJson } from '../../lib/util/json-position';

const TEXT = `{
  "Version": "2012-10-17",
  "Statement": [
    { "Effect": "Deny", "Action": ["s3:*", "a\\"]b"],
      "Condition": { "StringEquals": { "aws:ResourceTag/a": "1",
        "aws:ResourceTag/a.b": "2" } } },
    {
      "Effect": "Allow"
    }
  ]
}`;

test.each([
  ['', 1, 1],
  ['Version', 2, 14],
  ['Statement', 3, 16],
  ['Statement[0]', 4, 5],
  ['Statement[0].Action', 4, 35],
  ['Statement[0].Action[1]', 4, 44],
  ['Statement[0].Condition.StringEquals.aws:ResourceTag/a', 5, 61],
  ['Statement[0].Condition.StringEquals.aws:ResourceTag/a.b', 6, 32],
  ['Statement[1].Effect', 8, 17],
  // The nearest value around it.
  ['Statement[1].Resource', 7, 5],
  ['Statement[2].Effect', 3, 16],
  ['Nothing', 1, 1],
])('the position of %j is %i:%i', (path, line, column) => {
  expect(positionInJson(TEXT, path)).toEqual({ line, column });
});

test('an index stands for a value that is not in a list', () => {
  expect(positionInJson('{\n"Statement": {\n"Effect": 1 } }', 'Statement[0].Effect')).toEqual({ line: 3, column: 11 });
  expect(positionInJson('[\n{}, \n {"Statement": []}]', '[1].Statement')).toEqual({ line: 3, column: 16 });
  expect(positionInJson(' 1', '[0]')).toEqual({ line: 1, column: 2 });
});

test('text of any depth is read', () => {
  const deep = `{"a": ${'['.repeat(100_000)}${']'.repeat(100_000)}, "b": 1}`;
  expect(positionInJson(deep, 'b')).toEqual({ line: 1, column: 200_014 });
});
