import { Text, Unknown } from '../../lib/engine';
import { arnFieldsOf } from '../../lib/template/arn-fields';
import { ACCOUNT, ANY_TEXT, PARTITION } from '../../lib/template/value-kinds';
import { atom } from '../engine/make';

const ANY = atom('Any', ANY_TEXT);
const P = atom('P', PARTITION);
const A = atom('A', ACCOUNT);

test.each<[string, Parameters<typeof arnFieldsOf>[0], unknown]>([
  ['a role', 'arn:aws:iam::111122223333:role/path/name', ['arn', 'aws', 'iam', '', '111122223333', 'role/path/name']],
  ['colons in the rest', 'arn:aws:logs:eu-west-1:1:log-group:g:*', ['arn', 'aws', 'logs', 'eu-west-1', '1', 'log-group:g:*']],
  ['an empty rest', 'arn:aws:iam::1:', ['arn', 'aws', 'iam', '', '1', '']],
  ['atoms without colons', Text.of('arn:', P, ':iam::', A, ':role/x'), ['arn', Text.of(P), 'iam', '', Text.of(A), 'role/x']],
  ['anything in the rest', Text.of('arn:aws:iam::1:role/', ANY, ':x'), ['arn', 'aws', 'iam', '', '1', Text.of('role/', ANY, ':x')]],
  ['anything before it', Text.of('arn:aws:iam::', ANY, ':role/x'), undefined],
  ['nothing but an atom', Text.of(ANY), undefined],
  ['too few fields', 'arn:aws:iam:role', undefined],
  ['no ARN', 'urn:aws:iam::1:role/x', undefined],
  ['a million colons', `arn${':'.repeat(1_000_000)}`, ['arn', '', '', '', '', ':'.repeat(999_995)]],
  ['not known', new Unknown('why'), undefined],
])('%s', (_name, arn, expected) => {
  expect(arnFieldsOf(arn)).toEqual(expected);
});
