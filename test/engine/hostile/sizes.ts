/** Many statements, values, keys and combinations of them. */
import { onBothSides, Position } from './both-sides';
import { allow, bucket, deny, document, EVERYTHING, JsonObject, LETTERS, list, maybe, shuffled } from './documents';
import { HostileInput } from './input';
import { Json } from '../../../lib/engine';
import { Dice } from '../../dice';

export function manyDenies(dice: Dice): HostileInput {
  const count = 100 + dice.below(300);
  const shape = dice.pick<(i: number) => string>([
    (i) => `*-${i}`, (i) => `data-${i}*`, (i) => `*a${i}*`, (i) => `${i}`, (i) => `${'?'.repeat(i % 20)}${i}`,
  ]);
  const condition = (i: number) => ({ StringEquals: { [`aws:RequestTag/${i % 7}`]: `${i}` } });
  const denies = list(count, (i) => deny(bucket(shape(i)), maybe(dice, { Condition: condition(i) })));
  const own = dice.chance(50) ? [] : dice.sample(denies, dice.below(20));
  const allowed = dice.pick(['*', bucket('data-*'), bucket('*'), bucket('x')]);
  return { session: document(allow(allowed), ...own), identity: [document(allow('*'), ...denies)] };
}

export function manyStatements(count: number): (dice: Dice) => HostileInput {
  return (dice) => {
    const shape = dice.pick<(i: number) => string>([
      (i) => bucket(`data-${i}-*`), (i) => bucket(`*-${i}`), (i) => bucket(`a${i}/*/b`),
      (i) => `arn:aws:s3:*:*:data-${i}`,
    ]);
    const role = list(count, (i) => allow(shape(i), maybe(dice, { Action: `s3:Get${i % 50}*` })));
    const session = dice.pick<() => Json[]>([
      () => [allow(bucket(`data-${dice.below(count)}-x`))],
      () => [allow('*')],
      () => [allow(bucket('*'))],
      () => dice.sample(role, 20),
      () => [allow(bucket('*-x'), { Action: 's3:*' })],
    ])();
    return { session: document(...session), identity: [document(...role)] };
  };
}

export function manyValues(dice: Dice): HostileInput {
  const shape = dice.pick<(i: number) => string>([
    (i) => `value-${i}`, (i) => `*value-${i}*`, (i) => `${i}*`, (i) => `*${i}`, (i) => `${'?'.repeat(i % 30)}a`,
  ]);
  const operator = dice.pick([
    'StringEquals', 'StringLike', 'StringNotLike', 'StringNotEquals', 'ForAllValues:StringLike',
    'ForAnyValue:StringLike', 'StringEqualsIgnoreCase',
  ]);
  const values = list(100 + dice.below(400), shape);
  const some = dice.sample(values, 1 + dice.below(20));
  const withValues = (list_: readonly string[]) => ({ Condition: { [operator]: { 'aws:TagKeys': list_ } } });
  const [own, other] = dice.chance(50) ? [values, some] : [some, values];
  const role = dice.chance(60) ? [allow('*', withValues(other))] : [allow('*'), deny('*', withValues(other))];
  return { session: document(allow('*', dice.chance(80) ? withValues(own) : {})), identity: [document(...role)] };
}

export function manyKeys(dice: Dice): HostileInput {
  const count = 20 + dice.below(100);
  const keys = (from: number, value: (i: number) => Json) => (
    Object.fromEntries(list(count, (i) => [`aws:RequestTag/${from + i}`, value(from + i)])));
  const conditions = () => {
    const all = [
      'StringEquals', 'StringLike', 'StringNotEquals', 'Null', 'ForAnyValue:StringLike', 'StringEqualsIfExists',
    ];
    const operators = dice.sample(all, 1 + dice.below(3));
    const from = dice.pick([0, 0, 1, 10]);
    const value = (i: number) => dice.pick<Json>([`${i}`, `*${i}*`, [`${i}`, 'a']]);
    return Object.fromEntries(
      operators.map((operator) => [operator, keys(from, operator === 'Null' ? () => 'false' : value)]),
    );
  };
  const role = dice.chance(60)
    ? [allow('*', { Condition: conditions() })]
    : [allow('*'), deny('*', { Condition: conditions() })];
  return {
    session: document(allow('*', dice.chance(80) ? { Condition: conditions() } : {})), identity: [document(...role)],
  };
}

/** Several statements under conditions, of which none alone covers: each splits what those before it left. */
export function splittingConditions(dice: Dice): HostileInput {
  const count = 2 + dice.below(14);
  const test = (i: number) => dice.pick<JsonObject>([
    { StringEquals: { [`aws:RequestTag/${i}`]: 'a' } }, { StringNotEquals: { [`aws:RequestTag/${i}`]: 'a' } },
    {
      StringEquals: {
        [`aws:RequestTag/${i}`]: 'a',
        [`aws:RequestTag/${i + 1}`]: 'b',
        [`aws:RequestTag/${i + 2}`]: 'c',
      },
    },
    { StringLike: { 'aws:RequestTag/x': `*${LETTERS[i % 26]}*` } },
  ]);
  const resource = (i: number) => dice.pick(['*', bucket('*'), bucket(`*${LETTERS[i % 26]}*`)]);
  const allows = list(count, (i) => allow(resource(i), { Condition: test(i) }));
  const denies = list(dice.below(4), (i) => deny(resource(i), { Condition: test(i) }));
  return {
    session: document(allow(dice.pick(['*', bucket('*')])), ...dice.sample(denies, 1)),
    identity: [document(...allows, ...denies)],
  };
}

/** Each action on each resource. */
export function actionsOnResources(dice: Dice): HostileInput {
  const shape = dice.pick<(i: number) => string>([
    (i) => `data-${i}*`, (i) => `*${i}`, (i) => `data-${i}`, (i) => `*${LETTERS[i % 26]}${i}*`,
  ]);
  const actions = list(1 + dice.below(100), (i) => `s3:Get${i}${dice.pick(['', '*', 'X'])}`);
  const resources = list(1 + dice.below(100), (i) => bucket(shape(i)));
  const most = (all: readonly string[]) => dice.sample(all, all.length - dice.below(2));
  const part = (Effect: string) => ({ Effect, Action: most(actions), Resource: most(resources) });
  const all = { Effect: 'Allow', ...EVERYTHING };
  const others: Json[] = [
    { Effect: 'Allow', NotAction: actions, Resource: '*' }, { Effect: 'Allow', Action: '*', NotResource: resources },
  ];
  return dice.pick<() => HostileInput>([
    () => ({ session: document(part('Allow')), identity: [document(part('Allow'))] }),
    () => ({ session: document(part('Allow')), identity: [document(all, part('Deny'))] }),
    () => ({ session: document(all, part('Deny')), identity: [document(all, part('Deny'))] }),
    () => ({ session: document(all), identity: [document(part('Allow'), ...others)] }),
  ])();
}

/** ARNs that differ in every field: what is left of one without another has six parts. */
export function arnsApart(dice: Dice): HostileInput {
  const field = (index: number, values: readonly string[]) => dice.pick([
    values[index % values.length], `${values[index % values.length].slice(0, 3)}*`, '*',
  ]);
  const arns = list(2 + dice.below(10), (i) => [
    'arn',
    field(i, ['aws', 'aws-cn', 'aws-us-gov']),
    field(i, ['s3', 'sqs', 'sns', 'dynamodb']),
    field(i, ['us-east-1', 'eu-west-1', 'ap-south-1', '']),
    field(i, ['111122223333', '444455556666', '']),
    dice.pick([`${LETTERS[i]}*`, `*${LETTERS[i]}*`, `${LETTERS[i]}/*/b`]),
  ].join(':'));
  const everyAction: Position = (Effect, patterns, negated) => ({
    Effect, Action: '*', [negated ? 'NotResource' : 'Resource']: patterns,
  });
  return onBothSides(dice, arns, [everyAction]);
}

/** The role allows all assignments of true and false that break one of the clauses: a way to satisfy them all exceeds. */
function clauses(all: ReadonlyArray<readonly number[]>): HostileInput {
  const keys = (literals: readonly number[]) => Object.fromEntries(
    literals.map((literal) => [`aws:RequestTag/${Math.abs(literal)}`, 'true']),
  );
  const test = (operator: string, literals: readonly number[]) => (literals.length > 0
    ? { [operator]: keys(literals) }
    : {});
  const condition = (clause: readonly number[]) => ({
    ...test('StringNotEquals', clause.filter((literal) => literal > 0)),
    ...test('StringEquals', clause.filter((literal) => literal < 0)),
  });
  return {
    session: document(allow('*')),
    identity: [document(...all.map((clause) => allow('*', { Condition: condition(clause) })))],
  };
}

/** Three literals in each clause, and about the number of clauses that makes it hard. */
export function randomClauses(dice: Dice): HostileInput {
  const variables = dice.pick([3, 4, 5, 6, 8, 12, 30]);
  const literals = () => dice.sample(list(variables, (i) => i + 1), 3).map(
    (variable) => (dice.chance(50) ? variable : -variable),
  );
  return clauses(list(Math.round(variables * (3.5 + dice.below(30) / 10)), literals));
}

/** One pigeon more than there are holes, which nobody can prove in a few steps. */
export function pigeons(dice: Dice): HostileInput {
  const holes = 2 + dice.below(6);
  const sits = (pigeon: number, hole: number) => 1 + pigeon * holes + hole;
  const somewhere = list(holes + 1, (pigeon) => list(holes, (hole) => sits(pigeon, hole)));
  const alone = list(
    holes, (hole) => list(holes + 1, (one) => list(one, (other) => [-sits(one, hole), -sits(other, hole)])).flat(),
  ).flat();
  const all: number[][] = shuffled(dice, [...somewhere, ...alone]);
  return clauses(dice.chance(50) ? all : all.slice(1));
}
