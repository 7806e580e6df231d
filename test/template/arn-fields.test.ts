import { SymbolicString, Unresolved } from '../../lib/engine';
import { arnFieldsOf } from '../../lib/template/arn-fields';
import { ACCOUNT, ANY_TEXT, PARTITION } from '../../lib/template/value-kinds';
import { variable } from '../engine/make';

const ANY = variable('Any', ANY_TEXT);
const P = variable('P', PARTITION);
const A = variable('A', ACCOUNT);

test.each<[string, Parameters<typeof arnFieldsOf>[0], unknown]>([
  ['a role', 'arn:aws:iam::111122223333:role/path/name', ['arn', 'aws', 'iam', '', '111122223333', 'role/path/name']],
  ['colons in the rest',
    'arn:aws:logs:eu-west-1:1:log-group:g:*', ['arn', 'aws', 'logs', 'eu-west-1', '1', 'log-group:g:*']],
  ['an empty rest', 'arn:aws:iam::1:', ['arn', 'aws', 'iam', '', '1', '']],
  ['symbolic variables without colons',
    SymbolicString.of('arn:', P, ':iam::', A, ':role/x'),
    ['arn', SymbolicString.of(P), 'iam', '', SymbolicString.of(A), 'role/x']],
  ['anything in the rest',
    SymbolicString.of('arn:aws:iam::1:role/', ANY, ':x'),
    ['arn', 'aws', 'iam', '', '1', SymbolicString.of('role/', ANY, ':x')]],
  ['anything before it', SymbolicString.of('arn:aws:iam::', ANY, ':role/x'), undefined],
  ['nothing but a symbolic variable', SymbolicString.of(ANY), undefined],
  ['too few fields', 'arn:aws:iam:role', undefined],
  ['no ARN', 'urn:aws:iam::1:role/x', undefined],
  ['a million colons', `arn${':'.repeat(1_000_000)}`, ['arn', '', '', '', '', ':'.repeat(999_995)]],
  ['not known', new Unresolved('why'), undefined],
])('%s', (_name, arn, expected) => {
  expect(arnFieldsOf(arn)).toEqual(expected);
});
