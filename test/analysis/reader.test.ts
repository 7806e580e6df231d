import { acknowledging, Reader, resolutionOf } from '../../lib/analysis/reader';
import { decideNarrowing, Need, Reason, SymbolicString } from '../../lib/engine';
import { ACCOUNT, ANY_TEXT } from '../../lib/template/value-kinds';
import { allow, ask } from '../engine/make';

const READERS: readonly Reader[] = ['CDK app', 'policy files', 'templates'];
const NEEDS: readonly Need[] = ['environment', 'managed policy', 'nothing', 'role', 'role ARN', 'snapshot'];
const ALL = READERS.flatMap((reader) => [undefined, ...NEEDS].map((need) => [reader, need] as const));

const WORDS_OF_CDK = /\bCDK\b|RolePermissions|acknowledge|\benv\b|\bin the app\b/;
const OPTIONS = /--[a-z]/;

test.each(ALL)('what a %s is told to do: need %s', (reader, need) => {
  const reason: Reason = { code: 'IncompleteRole', message: 'it is not known', resolution: 'give what it has', need };
  const told = resolutionOf(reason, reader);
  expect(told).toMatch(/^[a-z]/);
  expect(told).not.toMatch(reader === 'CDK app' ? OPTIONS : WORDS_OF_CDK);
  if (need === undefined) { expect(told).toBe('give what it has'); }
});

test('what is right as it is', () => {
  expect(acknowledging('NarrowingUndetermined', 'CDK app')).toBe('acknowledge this rule with that reason');
  expect(acknowledging('NarrowingUndetermined', 'templates'))
    .toBe('turn this rule off (--severity NarrowingUndetermined=off)');
});

test.each([
  ['the account', '${AWS::AccountId}', 'environment'], ['a parameter', '${Name}', undefined],
])('an environment is asked for only if it tells the value: %s', (_name, label, need) => {
  const variable = { id: label, label, kind: label.includes('Account') ? ACCOUNT : ANY_TEXT };
  const arn = (part: string | SymbolicString) => SymbolicString.of('arn:aws:sqs:us-east-1:', part, ':queue');
  const verdict = decideNarrowing(ask([allow('sqs:SendMessage', arn(SymbolicString.of(variable)))],
    [allow('sqs:SendMessage', arn('111122223333'))]));
  expect(verdict).toMatchObject({ kind: 'undetermined', reasons: [{ code: 'UnknownValue', ...(need && { need }) }] });
  expect(verdict.kind === 'undetermined' && verdict.reasons[0].need).toBe(need);
});
