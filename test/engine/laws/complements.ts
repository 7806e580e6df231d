/**
 * Questions that are hard to subtract: statements that leave actions and resources out, on both sides, and roles with twenty
 * statements under conditions. Half of the session policy comes from the role.
 */
import { CONDITIONS } from './conditions';
import { Question } from './question';
import { Dice } from '../../dice';
import { StatementDocument } from '../../oracle/evaluate';

const ACTIONS = ['s3:*', 's3:Get*', 's3:GetObject', 's3:PutObject', 's3:*Object', 'sqs:SendMessage', 'sqs:*', '*'];
const RESOURCES = [
  '*', 'arn:aws:s3:::data/*', 'arn:aws:s3:::data/a/*', 'arn:aws:s3:::logs/*', 'arn:aws:s3:::data', 'arn:aws:s3:::*',
  'arn:aws:sqs:eu-west-1:111122223333:jobs', 'arn:aws:sqs:*:111122223333:*',
  'arn:aws:s3:::data/${aws:PrincipalTag/team}/*',
];

/** How likely a statement is a deny, leaves out actions or resources, and has a condition, in percent. */
interface Shape {
  readonly denies: number;
  readonly leftOut: number;
  readonly conditions: number;
}

function statementOf(dice: Dice, { denies, leftOut, conditions }: Shape): StatementDocument {
  const name = (element: string) => (dice.chance(leftOut) ? `Not${element}` : element);
  return {
    Effect: dice.chance(denies) ? 'Deny' : 'Allow',
    [name('Action')]: dice.sample(ACTIONS, 1 + dice.below(3)),
    [name('Resource')]: dice.sample(RESOURCES, 1 + dice.below(3)),
    ...(dice.chance(conditions) && { Condition: dice.pick(CONDITIONS) }),
  };
}

function questionOf(dice: Dice, role: readonly StatementDocument[], shape: Shape): Question {
  const own = Array.from({ length: 1 + dice.below(2) }, () => statementOf(dice, shape));
  return {
    session: { Version: '2012-10-17', Statement: [...own, ...dice.sample(role, 1 + dice.below(3))] },
    identity: [{ Version: '2012-10-17', Statement: role }],
  };
}

/** Statements with `NotAction` and `NotResource`, allowed and denied. */
export function complements(dice: Dice): Question {
  const shape: Shape = { denies: 30, leftOut: 50, conditions: 20 };
  return questionOf(dice, Array.from({ length: 1 + dice.below(5) }, () => statementOf(dice, shape)), shape);
}

/** Twenty statements of the role, each under a condition. */
export function manyConditions(dice: Dice): Question {
  const shape: Shape = { denies: 20, leftOut: 5, conditions: 100 };
  return questionOf(dice, Array.from({ length: 20 }, () => statementOf(dice, shape)), shape);
}
