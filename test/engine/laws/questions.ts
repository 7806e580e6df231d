/**
 * Questions in the shape of real policies: a role, perhaps a boundary, and a session policy that mostly derives from the role.
 */
import * as fc from 'fast-check';
import { CONDITIONS, Conditions } from './conditions';
import { ALLOW_ALL, Question } from './question';
import { PolicyDocument, StatementDocument } from '../../oracle/evaluate';
import { statementsOf } from '../../oracle/readings';

export const often = <T>(...values: readonly T[]) => ({ weight: 4, arbitrary: fc.constantFrom(...values) });
export const rarely = <T>(...values: readonly T[]) => ({ weight: 1, arbitrary: fc.constantFrom(...values) });

const actionPatterns = fc.oneof(
  often('s3:GetObject', 's3:PutObject', 's3:Get*', 's3:*'),
  often('s3:*Object', 's3:GetObject*', 's3:List*', 's3:ListBucket'),
  often('dynamodb:*', 'dynamodb:GetItem', 'dynamodb:*Item', 'sqs:SendMessage', 'sqs:*'),
  rarely('*', 's3:Get?bject', 'S3:getobject', 's3:*Object*', 's3:??tObject', 'sqs:S*e', 's3:**', 's3:G*t*'),
);

const resourceParts = fc.array(
  fc.oneof(
    often('data', 'logs', '/', '*'),
    rarely('a', 'b', ':', '?', '-', 'table/', 'Data', '**'),
  ),
  { minLength: 1, maxLength: 4 },
).map((pieces) => pieces.join(''));

const variableParts = fc.constantFrom(
  'data/${aws:username}', 'data/${aws:username}/*', '${aws:username}', "data/${aws:PrincipalTag/team, 'none'}/*",
  'data/${*}', 'data/${$}{a}', 'data/${AWS:UserName}',
);

const arnPatterns = fc.tuple(
  fc.oneof({ weight: 12, arbitrary: fc.constant('arn:aws') },
    rarely('arn:*', 'arn:aws-cn', 'arn:a*', 'ARN:aws', 'arn:AWS', 'a*:aws')),
  fc.oneof({ weight: 12, arbitrary: fc.constantFrom('s3', 's3', 'dynamodb', 'sqs') }, rarely('*', 's?', 'S3')),
  fc.oneof(often('', 'us-east-1', '*'), rarely('us-*', '*-1', 'US-EAST-1', '??-east-1', '*a', '*?', '?*')),
  fc.oneof(often('', '111122223333', '*'), rarely('1111*', '*3333', '?11122223333', 'a')),
  fc.oneof({ weight: 10, arbitrary: resourceParts }, { weight: 2, arbitrary: variableParts }),
).map((fields) => fields.join(':'));

const s3Patterns = fc.oneof({ weight: 10, arbitrary: resourceParts }, { weight: 2, arbitrary: variableParts }).map(
  (part) => `arn:aws:s3:::${part}`,
);

const resourcePatterns = fc.oneof(
  { weight: 3, arbitrary: fc.constant('*') },
  { weight: 8, arbitrary: s3Patterns },
  { weight: 8, arbitrary: arnPatterns },
  {
    weight: 1,
    arbitrary: fc.constantFrom('arn:*', 'arn:aws:s3:*', 'arn:aws:s3:::*', 'arn:*:*:*:*:*', 'arn:aws:dynamodb:*:*',
      '*data', '**', '*:*'),
  },
);

const conditions = fc.option(fc.constantFrom(...CONDITIONS), { freq: 3, nil: undefined }); // 1 of 4 has none
const rareConditions = fc.oneof({ weight: 2, arbitrary: fc.constant(undefined) }, { weight: 1, arbitrary: conditions });

export function listOrOne<T>(arbitrary: fc.Arbitrary<T>): fc.Arbitrary<T | T[]> {
  return fc.oneof(
    { weight: 2, arbitrary }, { weight: 1, arbitrary: fc.array(arbitrary, { minLength: 1, maxLength: 3 }) },
  );
}

/** The parts of a generated statement. */
interface StatementParts {
  readonly actions: string | readonly string[];
  readonly resources: string | readonly string[];
  /** Which of the two is written as `NotAction` or `NotResource`. */
  readonly not: string;
  readonly condition: Conditions | undefined;
}

export function statementOf(
  effect: 'Allow' | 'Deny', { actions, resources, not, condition }: StatementParts,
): StatementDocument {
  return {
    Effect: effect,
    [not === 'Action' ? 'NotAction' : 'Action']: actions,
    [not === 'Resource' ? 'NotResource' : 'Resource']: resources,
    ...(condition ? { Condition: condition } : {}),
  };
}

export function statements(effect: 'Allow' | 'Deny'): fc.Arbitrary<StatementDocument> {
  return fc.record({
    actions: listOrOne(actionPatterns),
    resources: listOrOne(resourcePatterns),
    not: fc.oneof({ weight: 8, arbitrary: fc.constant('') }, rarely('Action', 'Resource')),
    condition: rareConditions,
  }).map((parts) => statementOf(effect, parts));
}

export const versions = fc.oneof(
  { weight: 8, arbitrary: fc.constant('2012-10-17') },
  { weight: 1, arbitrary: fc.constantFrom('2008-10-17', undefined) },
);

export function documents(statement: fc.Arbitrary<StatementDocument>, maxLength: number): fc.Arbitrary<PolicyDocument> {
  return fc.record({ Version: versions, Statement: fc.array(statement, { minLength: 1, maxLength }) })
    .map(({ Version, Statement }) => ({ ...(Version ? { Version } : {}), Statement }));
}

export const mostlyAllow = fc.oneof(
  { weight: 5, arbitrary: statements('Allow') }, { weight: 1, arbitrary: statements('Deny') },
);
const rolePolicies = fc.array(documents(mostlyAllow, 3), { minLength: 1, maxLength: 3 });

/** How a statement of the session policy is made from one of the role: session policies are seldom unrelated. */
interface Recipe {
  readonly source: number;
  readonly fillAction?: string;
  readonly fillResource?: string;
  readonly append?: string;
  readonly condition: 'kept' | 'dropped' | Conditions;
}

const conditionChanges: fc.Arbitrary<Recipe['condition']> = fc.oneof(
  { weight: 5, arbitrary: fc.constant<'kept'>('kept') }, { weight: 2, arbitrary: fc.constant<'dropped'>('dropped') },
  { weight: 3, arbitrary: fc.constantFrom(...CONDITIONS) },
);

export const recipes: fc.Arbitrary<Recipe> = fc.record({
  source: fc.nat(20),
  fillAction: fc.option(fc.constantFrom('', 'Get', 'Object', 'Item')),
  fillResource: fc.option(fc.constantFrom('', 'a', 'data', '*/*', 'a/*', ':', 'a:b')),
  append: fc.option(fc.constantFrom('/a', '*', '-1', '?'), { freq: 3 }),
  condition: conditionChanges,
}).map(({ fillAction, fillResource, append, ...rest }) => ({
  ...rest, fillAction: fillAction ?? undefined, fillResource: fillResource ?? undefined, append: append ?? undefined,
}));

export function follow(recipe: Recipe, sources: readonly StatementDocument[]): StatementDocument {
  const allows = sources.filter((s) => s.Effect === 'Allow');
  const source = (allows.length > 0 ? allows : sources)[recipe.source % (allows.length || sources.length)];
  const entries = Object.entries(source).map(
    ([element, value]) => [element, element === 'Condition' ? value : rewrite(element, value, recipe)],
  );
  return changeCondition({ ...Object.fromEntries(entries), Effect: 'Allow' }, recipe.condition);
}

function changeCondition({ Condition, ...rest }: StatementDocument, change: Recipe['condition']): StatementDocument {
  const changed = change === 'kept' ? Condition : change === 'dropped' ? undefined : change;
  return changed ? { ...rest, Condition: changed } : rest;
}

function rewrite(element: string, value: string | readonly string[], recipe: Recipe): string | readonly string[] {
  if (typeof value !== 'string') { return value.map((item) => rewrite(element, item, recipe) as string); }
  if (element === 'Action') {
    return recipe.fillAction === undefined || value === '*' ? value : value.replace('*', recipe.fillAction);
  }
  if (element !== 'Resource' || value === '*') { return value; }
  return (recipe.fillResource === undefined ? value : value.replace('*', recipe.fillResource)) + (recipe.append ?? '');
}

export const questions: fc.Arbitrary<Question> = fc.record({
  identity: rolePolicies,
  boundary: fc.option(documents(mostlyAllow, 3), { freq: 4 }),
  wideBoundary: fc.boolean(),
  version: versions,
  derived: fc.array(recipes, { maxLength: 2 }),
  own: fc.oneof(
    { weight: 3, arbitrary: fc.constant([]) },
    { weight: 1, arbitrary: fc.array(statements('Allow'), { maxLength: 2 }) },
  ),
  denies: fc.oneof(
    { weight: 3, arbitrary: fc.constant([]) }, { weight: 1, arbitrary: fc.array(statements('Deny'), { maxLength: 1 }) },
  ),
  repeatDenies: fc.option(conditionChanges, { freq: 2 }),
}).map(({ identity, boundary, wideBoundary, version, derived, own, denies, repeatDenies }) => {
  const sources = identity.flatMap(statementsOf);
  const repeated = repeatDenies
    ? sources.filter((s) => s.Effect === 'Deny').map((s) => changeCondition(s, repeatDenies))
    : [];
  const Statement = [...derived.map((recipe) => follow(recipe, sources)), ...own, ...denies, ...repeated];
  const limited = boundary ?? undefined;
  return {
    session: { ...(version ? { Version: version } : {}), Statement: Statement.length > 0 ? Statement : [sources[0]] },
    identity,
    boundary: limited && wideBoundary ? { ...limited, Statement: [...statementsOf(limited), ALLOW_ALL] } : limited,
  };
});
