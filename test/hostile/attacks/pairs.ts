/** Lines for `compare --pairs`: hostile ones between two that exceed. */
import { policyText } from './policies';
import { Dice } from '../../dice';
import { Attack } from '../attack';
import { damaged } from '../bytes';
import { hostileText } from '../texts';
import { changedTree } from '../trees';

const LINE = {
  id: 'a',
  session: { Version: '2012-10-17', Statement: [{ Effect: 'Allow', Action: 's3:GetObject', Resource: '*' }] },
  role: ['ReadOnlyAccess', {
    Version: '2012-10-17',
    Statement: [{ Effect: 'Allow', Action: 's3:*', Resource: 'arn:aws:s3:::data/*' }],
  }],
  boundary: 'arn:aws:iam::aws:policy/PowerUserAccess',
  roleArn: 'arn:aws:iam::111122223333:role/example',
};
const exceeding = (id: string) => JSON.stringify({
  id,
  session: { Version: '2012-10-17', Statement: [{ Effect: 'Allow', Action: 's3:*', Resource: '*' }] },
  role: { Version: '2012-10-17', Statement: [{ Effect: 'Allow', Action: 's3:GetObject', Resource: '*' }] },
});
const LAST = 'planted-last';

function hostileLine(dice: Dice): Buffer {
  const line = dice.pick<() => Buffer>([
    () => Buffer.from(JSON.stringify(changedTree(dice, LINE))),
    () => Buffer.from(JSON.stringify(changedTree(dice, LINE))),
    () => Buffer.from(JSON.stringify({ ...LINE, id: hostileText(dice) })),
    () => Buffer.from(`{"${dice.pick(['__proto__', 'constructor', 'toString', 'id', 'session'])}":${JSON.stringify(dice.pick([{}, 'x', LINE]))},${JSON.stringify(LINE).slice(1)}`),
    () => Buffer.from(`{"session":${policyText(dice).toString()},"role":${policyText(dice).toString()}}`),
    () => damaged(dice, JSON.stringify(LINE)),
  ])();
  return Buffer.from(line.map((byte) => (byte === 0x0a ? 0x20 : byte))); // one line
}

export function pairsAttack(dice: Dice): Attack {
  const lines = Array.from({ length: 5 + dice.below(60) }, () => hostileLine(dice));
  const bytes = Buffer.concat([exceeding('planted-first'), ...lines,
    exceeding(LAST)].flatMap((line) => [Buffer.from(line), Buffer.from('\n')]));
  return {
    kind: 'pairs',
    files: { 'pairs.jsonl': bytes },
    args: ['compare', '--pairs', 'pairs.jsonl'],
    format: 'json lines',
    count: lines.length,
    planted: LAST,
    failsOnFindings: true,
  };
}
