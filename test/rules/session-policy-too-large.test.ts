import { allow, association, findingsIn, findingsOf, policy, role, stackOf, US } from './app';

const LIMIT = 2048;
const ROLE = role([allow('s3:*', '*')]);
const PLACE = '@';
const BUCKET = { Type: 'AWS::S3::Bucket' };

/** A policy of so many characters. */
function textOf(length: number): string {
  const text = JSON.stringify(policy(allow('s3:GetObject', `arn:aws:s3:::data/${PLACE}`)));
  return text.replace(PLACE, 'x'.repeat(length - text.length + 1));
}

const at = (Policy: unknown, more = {}) =>
  stackOf({ Role: ROLE, Pods: association(undefined, { Policy, DisableSessionTags: true }), ...more }, US);

const END = 'x"}]}';

/** A policy with so many literal characters, and the name of a bucket: 3 to 63. */
const withName = (literal: number) =>
  at({ 'Fn::Join': ['', [textOf(literal).slice(0, -END.length), { Ref: 'Bucket' }, END]] }, { Bucket: BUCKET });

test.each<[string, ReturnType<typeof at>, string]>([
  ['one character more', at(textOf(LIMIT + 1)), 'has 2,049 characters'],
  ['blanks count', at(textOf(LIMIT) + '\n'), 'has 2,049 characters'],
  ['blanks between elements count', at(JSON.stringify(JSON.parse(textOf(LIMIT)), undefined, 1)), 'characters'],
  ['with the shortest name', withName(LIMIT - 2), 'has at least 2,049 characters'],
  ['with any name', withName(LIMIT + 1), 'has at least 2,052 characters'],
  ['far too large', at(textOf(50 * LIMIT)), 'has 102,400 characters'],
  ['with a part that cannot be read',
    at({ 'Fn::Join': ['', ['x'.repeat(LIMIT + 1), { 'Fn::Transform': { Name: 'M' } }]] }),
    'has at least 2,049 characters'],
  ['not even JSON', at('x'.repeat(LIMIT + 1)), 'has 2,049 characters'],
])('%s', (_name, stack, size) => {
  const findings = findingsOf('SessionPolicyTooLarge', stack);
  expect(findings.map((f) => [f.severity, f.association.path, f.property]))
    .toEqual([['error', 'Stack/Pods', 'Policy']]);
  for (const said of ['Stack/Pods', size, 'The parameter policy should not be greater than 2048 characters']) {
    expect(findings[0].message).toContain(said);
  }
});

test.each<[string, ReturnType<typeof at>]>([
  ['exactly as many as EKS takes', at(textOf(LIMIT))],
  ['one less', at(textOf(LIMIT - 1))],
  ['with the shortest name exactly as many', withName(LIMIT - 3)],
  ['with the longest name as many', withName(LIMIT - 63)],
  ['a policy that is unresolved at synth', at({ Ref: 'SessionPolicy' })],
  ['no session policy', at(undefined)],
])('%s: nothing to say', (_name, stack) => {
  expect(findingsOf('SessionPolicyTooLarge', stack)).toEqual([]);
});

test.each<[string, ReturnType<typeof at>, string[]]>([
  ['too large with any name', withName(LIMIT - 2), ['SessionPolicyTooLarge']],
  ['too large with some', withName(LIMIT - 3), ['SessionPolicyMayBeTooLarge']],
  ['too large with the longest', withName(LIMIT - 62), ['SessionPolicyMayBeTooLarge']],
  ['too large with none', withName(LIMIT - 63), []],
])('%s: one of the two rules speaks, at most', (_name, stack, rules) => {
  expect(findingsIn(stack).map((f) => f.rule).filter((rule) => /TooLarge$/.test(rule))).toEqual(rules);
});

test('the largest statements are named, the largest first', () => {
  const sized = (Sid: string | undefined, length: number) => (
    { ...(Sid ? { Sid } : {}), ...allow('s3:GetObject', `arn:aws:s3:::data/${'x'.repeat(length)}`) });
  const [{ message }] = findingsOf('SessionPolicyTooLarge', at(JSON.stringify(policy(
    sized('Small', 10), sized('Large', 900), sized(undefined, 700), sized('Middle', 800),
  ))));
  expect(message).toMatch(/'Large'\) \(\d+ characters.*'Middle'\) \(\d+ characters.*statement 2 \(\d+ characters/);
  expect(message).not.toContain('Small');
  const sizes = [...message.matchAll(/\((\d+) characters\)/g)].map(([, size]) => Number(size));
  expect(sizes)
    .toEqual([sized('Large', 900), sized('Middle', 800), sized(undefined, 700)].map((s) => JSON.stringify(s).length));
});

test('a statement with a deploy-time value has at least its shortest length', () => {
  const [{ message }] = findingsOf('SessionPolicyTooLarge', withName(LIMIT + 1));
  expect(message).toMatch(/Its largest statement: statement 0 \(at least [\d,]+ characters\)\.$/);
});

test('only the association whose policy is too large', () => {
  const stack = stackOf({
    Role: ROLE,
    A: association(undefined, { ServiceAccount: 'a', Policy: textOf(LIMIT), DisableSessionTags: true }),
    B: association(undefined, { ServiceAccount: 'b', Policy: textOf(LIMIT + 1), DisableSessionTags: true }),
  });
  expect(findingsOf('SessionPolicyTooLarge', stack).map((f) => f.association.path)).toEqual(['Stack/B']);
});
