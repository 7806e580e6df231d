/** All kinds of attacks, on every command. Each is made from a seed. */
import { Attack } from './attack';
import { Dice } from '../dice';
import { argumentAttack } from './attacks/arguments';
import { clusterAttack } from './attacks/clusters';
import { pairsAttack } from './attacks/pairs';
import { policyAttack } from './attacks/policies';
import { specialFileAttack } from './attacks/special-files';
import { templateAttack } from './attacks/templates';

/** How often each is made, out of the sum. */
const KINDS: ReadonlyArray<readonly [share: number, make: (dice: Dice) => Attack]> = [
  [8, templateAttack], [6, policyAttack], [3, pairsAttack], [2, specialFileAttack], [2, argumentAttack],
  [4, clusterAttack],
];
const MAKERS = KINDS.flatMap(([share, make]) => Array<typeof make>(share).fill(make));

export function attackOf(seed: number): Attack {
  const dice = new Dice((seed * 2654435761) % 2 ** 32);
  for (let i = 0; i < 5; i++) { dice.below(2); } // neighboring seeds differ little in the first throws
  const attack = dice.pick(MAKERS)(dice);
  if (attack.format === 'html') { return attack; }
  const output = dice.pick([undefined, undefined, undefined, undefined, undefined, undefined, 'closed pipe' as const,
    'full disk' as const]);
  return { ...attack, output };
}
