/** JSON that is not a policy: deep, wide, with names that JavaScript knows, or at random. */
import { allow, bucket, document, list } from './documents';
import { HostileInput } from './input';
import { anything, OPERATORS } from './texts';
import { NUMBERS } from './values';
import { Json } from '../../../lib/engine';
import { Dice } from '../../dice';

export function nested(depth: number, wrap: (inner: Json) => Json, inner: Json = 's3:GetObject'): Json {
  let value = inner;
  for (let i = 0; i < depth; i++) { value = wrap(value); }
  return value;
}

const PLAIN = allow('*');

export function deepOrWide(dice: Dice): HostileInput {
  const depth = dice.pick([10, 100, 1000, 10_000]);
  const wide = () => Object.fromEntries(list(dice.pick([10, 1000]), (i) => [`key${i}`, i]));
  const value = dice.pick<() => Json>([
    () => nested(depth, (inner) => [inner]),
    () => nested(depth, (inner) => ({ a: inner })),
    () => nested(depth, (inner) => ({ Statement: inner })),
    () => nested(depth, (inner) => [{ StringEquals: [inner] }]),
    () => JSON.parse(`${'['.repeat(depth)}${']'.repeat(depth)}`) as Json,
    () => JSON.parse(`${'{"a":'.repeat(depth)}1${'}'.repeat(depth)}`) as Json,
    () => nested(10, (inner) => [inner, inner]), // the same object again and again
    wide, () => [wide(), wide()], () => list(1000, () => []), () => ({ StringEquals: wide() }),
    () => ({ ...wide(), StringEquals: wide() }),
  ])();
  const bad = anyPosition(dice, value);
  return dice.chance(50)
    ? { session: bad, identity: [document(PLAIN)] }
    : { session: document(PLAIN), identity: [bad] };
}

function anyPosition(dice: Dice, value: Json): Json {
  return dice.pick<() => Json>([
    () => value,
    () => ({ Version: value, Statement: PLAIN }),
    () => ({ Version: '2012-10-17', Statement: value }),
    () => document(PLAIN, value),
    () => document(PLAIN,
      { ...PLAIN, [dice.pick(['Action', 'Resource', 'Effect', 'Sid', 'Condition', 'Principal', 'Other'])]: value }),
    () => document({
      Effect: 'Allow',
      [dice.pick(['NotAction', 'Action'])]: value,
      [dice.pick(['NotResource', 'Resource'])]: '*',
    }),
    () => document(allow('*', { Condition: { [dice.pick(['StringEquals', 'Bool', 'Null', 'Other'])]: value } })),
    () => document(allow('*', { Condition: { [dice.pick(OPERATORS)]: { 'aws:RequestTag/a': value } } })),
  ])();
}

const PROTOTYPE_NAMES = [
  '__proto__', 'constructor', 'prototype', 'toString', 'hasOwnProperty', 'valueOf', 'length', 'isPrototypeOf',
  '__defineGetter__', '__lookupSetter__', 'toJSON', 'then', 'get', 'has', 'size',
];

/** As text, for only `JSON.parse` gives an object a key `__proto__` of its own. */
export function prototypeNames(dice: Dice): HostileInput {
  const name = () => dice.pick(PROTOTYPE_NAMES);
  const inner = () => dice.pick([
    '{"polluted":true}', '"a"', '["a"]', 'null', '{"Effect":"Allow","Action":"*","Resource":"*"}',
    '{"__proto__":{"polluted":true}}',
  ]);
  const statement = (more: string, action = 's3:*', resource = '*') => (
    `{"Effect":"Allow","Action":"${action}","Resource":"${resource}"${more}}`);
  const text = () => {
    const body = dice.pick<() => string>([
      () => statement(''),
      () => statement(`,"${name()}":${inner()}`),
      () => statement(`,"Condition":{"${name()}":${inner()}}`),
      () => statement(`,"Condition":{"StringEquals":{"${name()}":${inner()}}}`),
      () => statement(`,"Condition":{"StringEquals":{"${name()}":"a","${name()}":"b"}}`),
      () => statement(`,"Condition":{"${dice.pick(OPERATORS)}":{"${name()}":"\${${name()}}"}}`),
      () => statement(`,"Condition":{"StringLike":{"aws:PrincipalTag/${name()}":["${name()}","*"]}}`),
      () => statement(`,"Condition":{"StringEquals":{"${name()}":"a"},"StringNotEquals":{"${name()}":"a"}}`),
      () => statement(`,"Sid":"${name().replace(/_/g, '')}"`),
      () => statement('', `${name()}:${name()}`),
      () => statement('', `s3:${name().replace(/_/g, '')}`),
      () => statement('', 's3:*', `arn:aws:s3:::\${${name()}}/*`),
      () => statement('', 's3:*', `arn:aws:${name()}:::${name()}`),
    ])();
    return `{"Version":"2012-10-17","Statement":[${body}]${dice.chance(20) ? `,"${name()}":${inner()}` : ''}}`;
  };
  const role = dice.chance(40) ? [text(), text()] : [text()];
  return { session: JSON.parse(text()) as Json, identity: role.map((t) => JSON.parse(t) as Json) };
}

export function randomJson(dice: Dice, depth = 3): Json {
  const scalar = () => dice.pick<Json>([
    ...NUMBERS, null, true, false, '*', 'Allow', 's3:*', bucket('data'), anything(dice, 1 + dice.below(8)),
    ...PROTOTYPE_NAMES,
  ]);
  if (depth === 0 || dice.chance(50)) { return scalar(); }
  const key = () => dice.pick([
    'Effect', 'Action', 'Resource', 'Condition', 'StringEquals', 'Statement', 'aws:username', '', 'constructor',
    anything(dice, 3),
  ]);
  const inner = () => randomJson(dice, depth - 1);
  return dice.chance(50) ? list(dice.below(4), inner) : Object.fromEntries(list(dice.below(4), () => [key(), inner()]));
}
