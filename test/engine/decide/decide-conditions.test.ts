import { SymbolicString } from '../../../lib/engine';
import { ACCOUNT } from '../../../lib/template/value-kinds';
import { allow, BUCKET, condition, decide, deny, showContext, StatementJson, variable } from '../make';

/** `allow if StringEquals k a`, all on one action and one resource: only conditions differ. */
function statements(lines: readonly string[]): StatementJson[] {
  return lines.map((line) => {
    const [, effect, when] = /^(allow|deny)(?: if (.*))?$/.exec(line)!;
    return (effect === 'allow' ? allow : deny)(
      's3:GetObject', 'arn:aws:s3:::b/x', when === undefined ? undefined : condition(when),
    );
  });
}

type Row = [rule: string, session: string | string[], role: string | string[], verdict: string];

/** `exceeds` shows the keys of the request; a key that is not among them is missing. */
function check(_rule: string, session: string | string[], role: string | string[], expected: string): void {
  const verdict = decide(statements([session].flat()), statements([role].flat()));
  const shown = verdict.kind === 'exceeds'
    ? `exceeds ${showContext(verdict.excesses[0].witness.context)}`.trim()
    : verdict.kind;
  expect(shown).toBe(expected);
}

describe('statements', () => {
  test.each<Row>([
    ['the same condition', 'allow if StringEquals k a', 'allow if StringEquals k a', 'narrows'],
    ['a condition that the role does not have', 'allow if StringEquals k a', 'allow', 'narrows'],
    ['a condition that only the role has', 'allow', 'allow if StringEquals k a', 'exceeds'],
    ['of two keys, one', 'allow if StringEquals k a & StringEquals l b', 'allow if StringEquals k a', 'narrows'],
    ['of one key, two', 'allow if StringEquals k a', 'allow if StringEquals k a & StringEquals l b', 'exceeds k=a'],
    ['another key', 'allow if StringEquals k a', 'allow if StringEquals l a', 'exceeds k=a'],
    ['a key in another case', 'allow if StringEquals AWS:SourceVpc a',
      'allow if StringLike aws:sourcevpc a', 'narrows'],
    ['two operators are both to hold', 'allow if StringEquals k a',
      'allow if StringEquals k a & StringLike k b*', 'exceeds k=a'],
    ['conditions that never hold together allow nothing',
      'allow if StringEquals k a & StringEquals l b & StringLike k b*', 'deny', 'narrows'],
  ])('%s', check);
});

describe('text', () => {
  test.each<Row>([
    ['one value of several', 'allow if StringEquals k a', 'allow if StringEquals k a|b', 'narrows'],
    ['more values', 'allow if StringEquals k a|b', 'allow if StringEquals k a', 'exceeds k=b'],
    ['a value that the pattern matches', 'allow if StringEquals k ab', 'allow if StringLike k a*', 'narrows'],
    ['a value that it does not match', 'allow if StringEquals k ba', 'allow if StringLike k a*', 'exceeds k=ba'],
    ['a narrower pattern', 'allow if StringLike k ab*', 'allow if StringLike k a*', 'narrows'],
    ['a wider pattern', 'allow if StringLike k a*', 'allow if StringLike k ab*', 'exceeds k=aexample'],
    ['? is one character', 'allow if StringLike k a?', 'allow if StringLike k a?|b', 'narrows'],
    ['? is not the empty string', 'allow if StringEquals k a', 'allow if StringLike k a?', 'exceeds k=a'],
    ['StringEquals has no wildcards', 'allow if StringEquals k a*', 'allow if StringEquals k ab', 'exceeds k=a*'],
    ['StringLike has', 'allow if StringEquals k a*', 'allow if StringLike k a*', 'narrows'],
    ['case counts', 'allow if StringEquals k A', 'allow if StringEquals k a', 'exceeds k=A'],
    ['or does not', 'allow if StringEquals k A', 'allow if StringEqualsIgnoreCase k a', 'narrows'],
    ['in any case, both', 'allow if StringEqualsIgnoreCase k Tom', 'allow if StringEqualsIgnoreCase k tOM', 'narrows'],
    ['in any case, with a pattern', 'allow if StringEqualsIgnoreCase k Tom', 'allow if StringLike k *', 'narrows'],
    ['all but more values', 'allow if StringNotEquals k a|b', 'allow if StringNotEquals k a', 'narrows'],
    ['all but fewer values', 'allow if StringNotEquals k a', 'allow if StringNotEquals k a|b', 'exceeds k=b'],
    ['all but a pattern', 'allow if StringNotLike k a*', 'allow if StringNotEquals k ab', 'narrows'],
    ['a value apart', 'allow if StringEquals k b', 'allow if StringNotEquals k a', 'narrows'],
    ['a negated operator holds for a missing key', 'allow if StringNotEquals k a',
      'allow if StringLike k *', 'exceeds'],
    ['all but any case', 'allow if StringNotEqualsIgnoreCase k a', 'allow if StringNotEquals k A', 'narrows'],
    ['base64 is compared as it is', 'allow if BinaryEquals k QUJD', 'allow if BinaryEquals k QUJD|QUJE', 'narrows'],
    ['base64 of another text', 'allow if BinaryEquals k QUJD', 'allow if BinaryEquals k QUJE', 'exceeds k=QUJD'],
  ])('%s', check);

  // What is found for `StringEqualsIgnoreCase k a` is always `a` as it is written.
  test.each<Row>([
    ['one case of two', 'allow if StringEqualsIgnoreCase k a', 'allow if StringEquals k a', 'exceeds k=A'],
    ['both cases', 'allow if StringEqualsIgnoreCase k a', 'allow if StringEquals k a|A', 'narrows'],
  ])('%s', check);
});

describe('ARNs', () => {
  test.each<Row>([
    ['an ARN that the pattern matches', 'allow if ArnEquals k arn:aws:s3:::b',
      'allow if ArnLike k arn:aws:s3:::*', 'narrows'],
    ['ArnEquals has wildcards', 'allow if ArnLike k arn:aws:s3:::b/a',
      'allow if ArnEquals k arn:aws:s3:::b/*', 'narrows'],
    ['a wildcard stays in its field', 'allow if ArnLike k arn:aws:s3:*:*:b',
      'allow if ArnLike k arn:aws:s3:*:b', 'undetermined'],
    ['a wildcard of a text does not', 'allow if ArnLike k arn:aws:s3:*:*:b',
      'allow if StringLike k arn:aws:s3:*:b', 'narrows'],
    ['in the resource part it takes colons', 'allow if ArnLike k arn:aws:s3:::a:*',
      'allow if ArnLike k arn:aws:s3:::a*', 'narrows'],
    ['another service', 'allow if ArnLike k arn:aws:*:::b', 'allow if ArnLike k arn:aws:s3:::*',
      'exceeds k=arn:aws:example:::b'],
    ['all but fewer', 'allow if ArnNotLike k arn:aws:s3:::*', 'allow if ArnNotEquals k arn:aws:s3:::b', 'narrows'],
    ['fewer than six fields', 'allow if StringEquals k arn:aws:s3', 'allow if ArnLike k arn:aws:s3', 'undetermined'],
  ])('%s', check);
});

describe('numbers, dates and truths', () => {
  test.each<Row>([
    ['less than less', 'allow if NumericLessThan k 5', 'allow if NumericLessThan k 10', 'narrows'],
    ['less than more', 'allow if NumericLessThan k 10', 'allow if NumericLessThan k 5', 'exceeds k=5'],
    ['at most, and less', 'allow if NumericLessThanEquals k 5', 'allow if NumericLessThan k 5', 'exceeds k=5'],
    ['less, and at most', 'allow if NumericLessThan k 5', 'allow if NumericLessThanEquals k 5', 'narrows'],
    ['more than more', 'allow if NumericGreaterThan k 5', 'allow if NumericGreaterThanEquals k 5', 'narrows'],
    ['at least', 'allow if NumericGreaterThanEquals k 5', 'allow if NumericGreaterThan k 5', 'exceeds k=5'],
    ['one number of them', 'allow if NumericEquals k 5', 'allow if NumericGreaterThan k 4', 'narrows'],
    ['the same number, written otherwise', 'allow if NumericEquals k 5', 'allow if NumericEquals k 5.0', 'narrows'],
    ['another number', 'allow if NumericEquals k 5', 'allow if NumericNotEquals k 5', 'exceeds k=5'],
    ['any of the values', 'allow if NumericLessThan k 5', 'allow if NumericLessThan k 1|7', 'narrows'],
    ['at most, by two statements', 'allow if NumericLessThanEquals k 5',
      ['allow if NumericLessThan k 5', 'allow if NumericEquals k 5'], 'narrows'],
    ['between two: the key may be one for whole numbers', 'allow if NumericGreaterThan k 1 & NumericLessThan k 3',
      'allow if NumericEquals k 2', 'undetermined'],
    ['a number as text', 'allow if StringEquals k 5', 'allow if NumericEquals k 5', 'undetermined'],
    ['what readers take for different numbers', 'allow if NumericLessThan k 1e3',
      'allow if NumericLessThan k 2000', 'undetermined'],
    ['is equal to itself', 'allow if NumericLessThan k 1e3', 'allow if NumericLessThan k 1e3', 'narrows'],
    ['before an earlier day', 'allow if DateLessThan k 2020-01-01', 'allow if DateLessThan k 2021-01-01', 'narrows'],
    ['before a later day', 'allow if DateLessThan k 2021-01-01', 'allow if DateLessThan k 2020-01-01',
      'exceeds k=2020-01-01T00:00:00.000Z'],
    ['the same instant, in seconds', 'allow if DateGreaterThan k 1577836800',
      'allow if DateGreaterThan k 2020-01-01T01:00:00+01:00', 'narrows'],
    ['a year, or seconds', 'allow if DateLessThan k 2019', 'allow if DateLessThan k 2020', 'undetermined'],
    ['the same truth', 'allow if Bool k true', 'allow if Bool k TRUE', 'narrows'],
    ['the other truth', 'allow if Bool k true|false', 'allow if Bool k true', 'exceeds k=false'],
    ['any of both', 'allow if Bool k true|false', ['allow if Bool k true', 'allow if Bool k false'], 'narrows'],
    ['a key may have another value than true and false', 'allow if Null k false',
      'allow if Bool k true|false', 'undetermined'],
  ])('%s', check);
});

describe('addresses', () => {
  test.each<Row>([
    ['a part of a range', 'allow if IpAddress k 10.1.0.0/16', 'allow if IpAddress k 10.0.0.0/8', 'narrows'],
    ['a larger range', 'allow if IpAddress k 10.0.0.0/8', 'allow if IpAddress k 10.1.0.0/16', 'exceeds k=10.0.0.0'],
    ['/32 if nothing is said', 'allow if IpAddress k 10.0.0.1', 'allow if IpAddress k 10.0.0.1/32', 'narrows'],
    ['both halves, in one statement', 'allow if IpAddress k 10.0.0.0/8',
      'allow if IpAddress k 10.0.0.0/9|10.128.0.0/9', 'narrows'],
    ['both halves, in two', 'allow if IpAddress k 10.0.0.0/8',
      ['allow if IpAddress k 10.0.0.0/9', 'allow if IpAddress k 10.128.0.0/9'], 'narrows'],
    ['outside', 'allow if NotIpAddress k 10.0.0.0/8', 'allow if NotIpAddress k 10.1.0.0/16', 'narrows'],
    ['outside of a part', 'allow if NotIpAddress k 10.1.0.0/16', 'allow if NotIpAddress k 10.0.0.0/8',
      'exceeds k=10.2.0.0'],
    ['version 6', 'allow if IpAddress k 2001:DB8::/33', 'allow if IpAddress k 2001:db8::/32', 'narrows'],
    ['all of version 4 is none of version 6', 'allow if IpAddress k ::/1',
      'allow if IpAddress k 0.0.0.0/0', 'exceeds k=::'],
  ])('%s', check);
});

describe('missing keys', () => {
  test.each<Row>([
    ['IfExists asks for less', 'allow if StringEquals k a', 'allow if StringEqualsIfExists k a', 'narrows'],
    ['IfExists takes a missing key', 'allow if StringEqualsIfExists k a', 'allow if StringEquals k a', 'exceeds'],
    ['IfExists does not take another value', 'allow', 'allow if StringEqualsIfExists k a', 'exceeds k=example'],
    ['a missing key is enough for it', 'allow if Null k true', 'allow if BoolIfExists k true', 'narrows'],
    ['a negated operator needs no IfExists', 'allow if StringNotEqualsIfExists k a',
      'allow if StringNotEquals k a', 'narrows'],
    ['two statements say it, too', 'allow if StringEqualsIfExists k a',
      ['allow if StringEquals k a', 'allow if Null k true'], 'narrows'],
    ['what is equal to something is there', 'allow if StringEquals k a', 'allow if Null k false', 'narrows'],
    ['what is not equal to it may be missing', 'allow if StringNotEquals k a', 'allow if Null k false', 'exceeds'],
    ['what is there matches everything', 'allow if Null k false', 'allow if StringLike k *', 'narrows'],
    ['there or not', 'allow', ['allow if Null k true', 'allow if Null k false'], 'narrows'],
    ['there, where it must not be', 'allow if Null k false', 'allow if Null k true', 'exceeds k=example'],
    ['equal, or not, or missing', 'allow',
      ['allow if StringEquals k a', 'allow if StringNotEquals k a', 'allow if Null k true'], 'narrows'],
  ])('%s', check);
});

describe('keys with several values', () => {
  test.each<Row>([
    ['all of fewer', 'allow if ForAllValues:StringEquals k a', 'allow if ForAllValues:StringEquals k a|b', 'narrows'],
    ['all of more', 'allow if ForAllValues:StringEquals k a|b',
      'allow if ForAllValues:StringEquals k a', 'exceeds k=b'],
    ['any of fewer', 'allow if ForAnyValue:StringEquals k a', 'allow if ForAnyValue:StringEquals k a|b', 'narrows'],
    ['any of more', 'allow if ForAnyValue:StringEquals k a|b', 'allow if ForAnyValue:StringEquals k a', 'exceeds k=b'],
    ['ForAllValues holds for a missing key', 'allow if ForAllValues:StringEquals k a',
      'allow if ForAnyValue:StringEquals k a', 'exceeds'],
    ['ForAnyValue leaves other values open', 'allow if ForAnyValue:StringEquals k a',
      'allow if ForAllValues:StringEquals k a', 'exceeds k=[a example]'],
    ['two values, for each of which one is asked', 'allow if ForAnyValue:StringEquals k a & ForAnyValue:StringLike k b',
      'allow if ForAnyValue:StringEquals k c', 'exceeds k=[a b]'],
    ['two values, one of which is asked for', 'allow if ForAnyValue:StringEquals k a & ForAnyValue:StringLike k b',
      'allow if ForAnyValue:StringEquals k b', 'narrows'],
    ['all but', 'allow if ForAllValues:StringNotEquals k a|b', 'allow if ForAllValues:StringNotEquals k a', 'narrows'],
    ['any but', 'allow if ForAnyValue:StringNotEquals k a', 'allow if ForAllValues:StringNotEquals k a',
      'exceeds k=[example a]'],
    ['IfExists says what ForAllValues says', 'allow if ForAllValues:StringEqualsIfExists k a',
      'allow if ForAllValues:StringEquals k a', 'narrows'],
    ['IfExists and ForAnyValue contradict each other', 'allow if Null k true',
      'allow if ForAnyValue:StringEqualsIfExists k a', 'undetermined'],
    ['the empty string may count as a key without values', 'allow if ForAllValues:StringEquals k a & Null k false',
      'allow if ForAnyValue:StringEquals k a', 'undetermined'],
    ['one operator for several values is not defined', 'allow if StringEquals aws:TagKeys a',
      'allow if ForAllValues:StringEquals aws:TagKeys a', 'undetermined'],
    ['so nothing is known of a wider one either', 'allow if StringEquals aws:TagKeys a',
      'allow if StringLike aws:TagKeys a*', 'undetermined'],
    ['but it says the same on both sides', 'allow if StringEquals aws:TagKeys a',
      'allow if StringEquals aws:TagKeys a', 'narrows'],
    ['a key that is not known for several values has one', 'allow if StringEquals k a & StringLike k b',
      'deny', 'narrows'],
    ['a key that is', 'allow if StringEquals aws:CalledVia a & StringLike aws:CalledVia b', 'deny', 'undetermined'],
    ['a key that some statement takes for one', 'allow if StringEquals k a & StringLike k b',
      ['deny', 'deny if ForAnyValue:StringEquals k c'], 'undetermined'],
  ])('%s', check);

  // [a b] is equal to a, and perhaps to b as well; whether it is not equal to b then, IAM does not say.
  test.each<Row>([
    ['equal and not equal', 'allow if StringEquals aws:CalledVia a',
      'allow if StringNotEquals aws:CalledVia b', 'undetermined'],
  ])('%s', check);
});

describe('policy variables', () => {
  test.each<Row>([
    ['the same variable', 'allow if StringEquals k ${aws:username}',
      'allow if StringEquals k ${aws:UserName}|x', 'narrows'],
    ['a variable in a pattern', 'allow if StringLike k ${aws:username}/a',
      'allow if StringLike k ${aws:username}/*', 'narrows'],
    ['any text is its value', 'allow if StringEquals k ${aws:username}', 'allow if StringLike k *', 'narrows'],
    ['a value that it need not have', 'allow if StringEquals k ${aws:username}',
      'allow if StringEquals k tom', 'exceeds aws:username=example k=example'],
    ['a value that it cannot have', 'allow if StringEquals k a/${aws:username}', 'allow if StringEquals k tom',
      'exceeds aws:username=example k=a/example'],
    ['a variable that need not have a value', 'allow if StringEquals k tom',
      'allow if StringEquals k ${aws:username}', 'exceeds k=tom'],
    ['two variables', 'allow if StringEquals k ${aws:username}',
      'allow if StringEquals k ${aws:userid}', 'exceeds aws:username=example k=example'],
    ['a key that equals a key', 'allow if StringEquals aws:ResourceAccount ${aws:PrincipalAccount}',
      'allow if StringEquals aws:PrincipalAccount ${aws:ResourceAccount}', 'narrows'],
    ['a wildcard in the value of a variable: nobody says whether it is one', 'allow if StringLike k ${aws:username}',
      'allow if StringEquals k ${aws:username}', 'undetermined'],
    ['as a pattern, the value takes itself', 'allow if StringEquals k ${aws:username}',
      'allow if StringLike k ${aws:username}', 'narrows'],
    ['${*} is a star', 'allow if StringLike k a${*}', 'allow if StringEquals k a*', 'narrows'],
    ['${?} is a question mark', 'allow if StringEquals k a?', 'allow if StringLike k a${?}', 'narrows'],
    ['${$} is a dollar', 'allow if StringLike k ${$}{x}', 'allow if StringEquals k ${$}{x}', 'narrows'],
    ['a default value', "allow if StringEquals k ${aws:username, 'x'}",
      "allow if StringEquals k ${aws:username, 'x'}", 'narrows'],
    ['a default value that the role does not take', "allow if StringEquals k ${aws:username, 'x'}",
      'allow if StringEquals k ${aws:username}', 'exceeds k=x'],
    ['no variable', 'allow if StringEquals k ${no variable!}', 'allow if StringLike k *', 'undetermined'],
  ])('%s', check);
});

describe('deploy-time values', () => {
  const kinds = {
    text: variable('X'),
    bucket: variable('B', BUCKET),
    account: variable('N', ACCOUNT),
    wildcards: variable('W', { ...BUCKET, characters: 'a*' }),
  };
  test.each<[string, keyof typeof kinds, string, string]>([
    ['StringEquals', 'text', 'StringEquals', 'narrows'],
    ['StringEquals', 'text', 'StringLike', 'narrows'],
    ['StringLike', 'text', 'StringEquals', 'undetermined'], // it may have a wildcard
    ['StringLike', 'wildcards', 'StringEquals', 'undetermined'],
    ['StringLike', 'bucket', 'StringEquals', 'narrows'], // it has none
    ['StringEquals', 'bucket', 'StringLike', 'narrows'],
    ['StringLike', 'account', 'StringEquals', 'narrows'],
    ['StringEqualsIgnoreCase', 'text', 'StringEqualsIgnoreCase', 'narrows'],
    ['StringEqualsIgnoreCase', 'text', 'StringEquals', 'undetermined'],
    ['StringEqualsIgnoreCase', 'bucket', 'StringEquals', 'undetermined'], // the request may have capitals
    ['StringEqualsIgnoreCase', 'account', 'StringEquals', 'narrows'], // digits have no case
    ['StringEqualsIgnoreCase', 'account', 'StringLike', 'narrows'],
  ])('%s of a value (%s), against %s of it: %s', (own, kind, wide, expected) => {
    const of = (operator: string) => [
      allow('s3:GetObject', 'arn:aws:s3:::b/x', { [operator]: { k: SymbolicString.of(kinds[kind]) } }),
    ];
    expect(decide(of(own), of(wide)).kind).toBe(expected);
  });
});

describe('several statements of the role, that allow only together', () => {
  test.each<Row>([
    ['a value each', 'allow if StringEquals k a|b',
      ['allow if StringEquals k a', 'allow if StringEquals k b'], 'narrows'],
    ['a value each, but one is missing', 'allow if StringEquals k a|b|c',
      ['allow if StringEquals k a', 'allow if StringEquals k b'], 'exceeds k=c'],
    ['equal or not', 'allow', ['allow if StringEquals k a', 'allow if StringNotEquals k a'], 'narrows'],
    ['like or not', 'allow', ['allow if StringLike k a*', 'allow if StringNotLike k ab*'], 'narrows'],
    ['inside or not', 'allow', ['allow if IpAddress k 10.0.0.0/8', 'allow if NotIpAddress k 10.0.0.0/9'], 'narrows'],
    ['less or not', 'allow if NumericEquals k 1|2|3',
      ['allow if NumericLessThan k 2', 'allow if NumericGreaterThanEquals k 2'], 'narrows'],
    ['one key, or else another', 'allow if Bool l true',
      ['allow if StringEquals k a', 'allow if StringNotEquals k a & Bool l true'], 'narrows'],
    ['neither of both keys', 'allow', ['allow if StringEquals k a', 'allow if StringEquals l b'], 'exceeds'],
    ['both keys, each combination', 'allow', [
      'allow if StringEquals k a & StringEquals l b', 'allow if StringEquals k a & StringNotEquals l b',
      'allow if StringNotEquals k a & StringEquals l b', 'allow if StringNotEquals k a & StringNotEquals l b',
    ], 'narrows'],
    ['both keys, one combination left', 'allow',
      ['allow if StringEquals k a & StringEquals l b', 'allow if StringEquals k a & StringNotEquals l b',
        'allow if StringNotEquals k a & StringNotEquals l b'], 'exceeds l=b'],
  ])('%s', check);
});

describe('deny statements', () => {
  test.each<Row>([
    ['a deny that may apply', 'allow', ['allow', 'deny if StringEquals k a'], 'exceeds k=a'],
    ['a deny apart', 'allow if StringEquals k b', ['allow', 'deny if StringEquals k a'], 'narrows'],
    ['a deny that is left out', 'allow if StringNotEquals k a', ['allow', 'deny if StringEquals k a'], 'narrows'],
    ['a deny of all but one: a missing key is denied', 'allow', ['allow', 'deny if StringNotEquals k a'], 'exceeds'],
    ['a deny of all but the value', 'allow if StringEquals k a', ['allow', 'deny if StringNotEquals k a|b'], 'narrows'],
    ['a deny of all but it, if it exists', 'allow if Null k true',
      ['allow', 'deny if StringNotEqualsIfExists k a'], 'exceeds'],
    ['a deny of all but it, where it exists', 'allow', ['allow', 'deny if StringNotEquals k a & Null k false'],
      'exceeds k=example'],
    ['plain text only', 'allow', ['allow', 'deny if Bool aws:SecureTransport false'],
      'exceeds aws:securetransport=false'],
    ['encrypted only, and so is the session', 'allow if Bool aws:SecureTransport true',
      ['allow', 'deny if Bool aws:SecureTransport false'], 'narrows'],
    ['a key that must be there', 'allow if StringEquals k a', ['allow', 'deny if Null k true'], 'narrows'],
    ['two keys, both of which are needed for the deny', 'allow if StringEquals k a',
      ['allow', 'deny if StringEquals k a & StringEquals l b'], 'exceeds k=a l=b'],
    ['two keys, one of which is left out', 'allow if StringEquals k a & StringNotEquals l b',
      ['allow', 'deny if StringEquals k a & StringEquals l b'], 'narrows'],
    ['a deny for any value', 'allow if ForAllValues:StringEquals k a|b',
      ['allow', 'deny if ForAnyValue:StringEquals k c'], 'narrows'],
    ['a deny for any other value', 'allow if ForAllValues:StringEquals k a|b',
      ['allow', 'deny if ForAnyValue:StringNotEquals k a|b'], 'narrows'],
    ['a deny of which IAM does not say what it means', 'allow',
      ['allow', 'deny if DateLessThan k 2020'], 'undetermined'],
    ['an outer address', 'allow if IpAddress aws:SourceIp 10.1.0.0/16',
      ['allow', 'deny if NotIpAddress aws:SourceIp 10.0.0.0/8'], 'narrows'],
    ['the session denies it, too', ['allow', 'deny if StringEquals k a'],
      ['allow', 'deny if StringEquals k a'], 'narrows'],
    ['the session denies more', ['allow', 'deny if StringEquals k a|b'],
      ['allow', 'deny if StringEquals k a'], 'narrows'],
    ['the session denies less', ['allow', 'deny if StringEquals k a'],
      ['allow', 'deny if StringLike k a|b'], 'exceeds k=b'],
    ['the session denies what the role does not allow', ['allow', 'deny if StringEquals k a'],
      'allow if StringNotEquals k a', 'narrows'],
    ['the session denies some of it', ['allow', 'deny if StringEquals k a'],
      'allow if StringNotEquals k a|b', 'exceeds k=b'],
    ['the session denies it all, under its own conditions', ['allow if Bool k true', 'deny if BoolIfExists k true'],
      'deny', 'narrows'],
    ['the session may deny it: nobody says', ['allow', 'deny if DateLessThan k 2020'],
      ['allow', 'deny if DateLessThan k 2020-01-01'], 'undetermined'],
  ])('%s', check);
});
