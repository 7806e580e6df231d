/** Any characters, and policy variables, in any place where a policy has text. */
import { ofResources, ofValues, onBothSides } from './both-sides';
import { allow, bucket, document, JsonObject, list } from './documents';
import { HostileInput } from './input';
import { Json } from '../../../lib/engine';
import { Dice } from '../../dice';

const CHARACTERS: ReadonlyArray<(dice: Dice) => string> = [
  (dice) => String.fromCharCode(dice.below(0x20)), // control characters
  (dice) => String.fromCharCode(0x20 + dice.below(0x5f)),
  (dice) => String.fromCharCode(dice.below(0x10000)), // surrogates included
  (dice) => String.fromCharCode(0xd800 + dice.below(0x800)), // nothing but surrogates
  (dice) => String.fromCodePoint(dice.pick([0x1f600, 0x10ffff, 0x10000, 0xe0001])),
  (dice) => dice.pick([...'*?:/-aA']),
  (dice) => dice.pick(['${', '}', '$', '{', "'", '"', '\\', ',', ' ', 'aws:username', '*', '?', ':']),
  (dice) => dice.pick(['\u0130', '\u0131', '\u212a', '\u017f', '\u00df', '\u1e9e', '\u0345', 'e\u0301', '\u202e',
    '\ufdd0', '\ufdd1', '\ufdd2', '\uffff', '\ufeff', '\u2028']),
  (dice) => dice.pick(['\\', '[', ']', '(', ')', '^', '$', '.', '+', '|', '{2}', '\\u0041', '%2a', '&#42;', '\r\n']),
];

export function anything(dice: Dice, length: number): string {
  const character = dice.pick(CHARACTERS);
  const mixed = dice.chance(50);
  let text = '';
  while (text.length < length) { text += (mixed && dice.chance(50) ? dice.pick(CHARACTERS) : character)(dice); }
  return text.slice(0, length);
}

export const OPERATORS = [
  'StringEquals', 'StringNotEquals', 'StringEqualsIgnoreCase', 'StringNotEqualsIgnoreCase', 'StringLike',
  'StringNotLike', 'StringEqualsIfExists', 'ForAllValues:StringEquals', 'ForAnyValue:StringLike',
  'ForAllValues:StringNotLike', 'ForAnyValue:StringNotEquals', 'ArnLike', 'ArnNotLike', 'ArnEquals', 'Null', 'Bool',
];

/** The same text in one place of one document, and the same, a part of it or something else in the other. */
export function textAnywhere(dice: Dice, length: () => number): HostileInput {
  const text = anything(dice, length());
  const other = dice.pick([
    text, text, anything(dice, length()), text.slice(0, dice.below(text.length)), `${text}*`, `*${text}`,
    text.toUpperCase(),
  ]);
  const operator = dice.pick(OPERATORS);
  const place = dice.pick<(text: string, effect: string) => Json>([
    (t) => allow(bucket(t)), (t, Effect) => allow(bucket(t), { Effect }),
    (t, Effect) => allow(bucket(`${t}*`), { Effect }),
    (t, Effect) => ({ Effect, Action: 's3:*', NotResource: bucket(t) }),
    (t, Effect) => allow(t, { Effect }), (t, Effect) => allow(`arn:${t}:${t}:::a`, { Effect }),
    (t, Effect) => allow('*', { Effect, Action: `s3:${t}` }), (t, Effect) => allow('*', { Effect, Action: t }),
    (t, Effect) => allow('*', { Effect, Action: `s3:${t.replace(/[^A-Za-z0-9*?]/g, '')}` }),
    (t, Effect) => allow('*', { Effect, Condition: { [operator]: { 'aws:ResourceTag/team': t } } }),
    (t, Effect) => allow('*', { Effect, Condition: { [operator]: { 'aws:ResourceTag/team': [t, 'a'] } } }),
    (t, Effect) => allow('*', { Effect, Condition: { ArnLike: { 'aws:SourceArn': bucket(t) } } }),
    (t, Effect) => allow('*', { Effect, Condition: { StringLike: { [`aws:ResourceTag/${t}`]: 'a' } } }),
    (t, Effect) => allow('*', { Effect, Condition: { StringLike: { [t]: t } } }),
    (t, Effect) => allow('*', { Effect, Condition: { [t]: { 'aws:ResourceTag/team': 'a' } } }),
    (t, Effect) => allow('*', { Effect, Sid: t }), (t) => allow('*', { Effect: t }), (t) => ({ [t]: t, ...allow('*') }),
  ]);
  const version = dice.pick<Json>(['2012-10-17', '2012-10-17', '2012-10-17', '2008-10-17', text]);
  const role = dice.chance(50) ? [place(other, 'Allow')] : [allow('*'), place(other, 'Deny')];
  return { session: document(place(text, 'Allow')), identity: [{ Version: version, Statement: role }] };
}

const VARIABLES = [
  '${aws:username}', '${AWS:UserName}', '${ aws:username }', "${aws:username, 'none'}", "${aws:username,'none'}",
  "${aws:username, ''}", "${aws:username, 'a\nb'}", "${aws:username, 'a'b'}", "${aws:username, '*'}",
  "${aws:username, '${aws:userid}'}", '${aws:PrincipalTag/team}', '${*}', '${?}', '${$}', '${}', '${ }', '${', '}', '$',
  '$$', '${${', '${aws:username', 'aws:username}', '${${aws:username}}', '${__proto__}', '${constructor}',
  '${toString}', '${a,b}', '${aws:username}{', '${$}{aws:username}', '${*}*', '*${aws:username}*', '${aws:TagKeys}',
  '${aws:CurrentTime}', '${aws:username\0}', '${\ud83d}',
];

export function variablesAnywhere(dice: Dice): HostileInput {
  const piece = () => dice.pick([...VARIABLES, ...VARIABLES, 'a', '/', '*', '?', ':', 'data']);
  const patterns = list(1 + dice.below(3), () => list(1 + dice.below(4), piece).join(''));
  const input = onBothSides(dice, patterns, [
    ofResources(bucket), ofResources(bucket), ofResources((p) => `arn:aws:iam::${p}:user/${p}`),
    ofValues('StringLike', 'StringNotLike', 'aws:ResourceTag/team'),
    ofValues('StringEquals', 'StringNotEquals', 'aws:username'),
    ofValues('ArnLike', 'ArnNotLike', 'aws:SourceArn'),
    ofValues('ForAnyValue:StringEquals', 'ForAllValues:StringNotEquals', 'aws:TagKeys'),
  ]);
  const older = (json: Json): Json => (dice.chance(15) ? { ...(json as JsonObject), Version: '2008-10-17' } : json);
  return { session: older(input.session), identity: input.identity.map(older) };
}
