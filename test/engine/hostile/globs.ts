/** Patterns that make matching slow. */
import { onBothSides } from './both-sides';
import { LETTERS, list } from './documents';
import { HostileInput } from './input';
import { Dice } from '../../dice';

export function infixGlobs(dice: Dice): HostileInput {
  const length = 1 + dice.below(3);
  return onBothSides(dice, dice.sample(LETTERS, 10).map((letter) => `*${letter.repeat(length)}*`));
}

export function questionMarks(dice: Dice): HostileInput {
  return onBothSides(dice, list(1 + dice.below(4), () => {
    const count = dice.pick([dice.below(10), 20, 20, 40]);
    const end = dice.pick(['', '', 'b', '*', '*b']);
    return dice.pick([
      `*${dice.pick(LETTERS)}${'?'.repeat(count)}${end}`, `${'?'.repeat(count)}${dice.pick(LETTERS)}*${end}`,
      `*${'?'.repeat(count)}`,
    ]);
  }));
}

export function manyStars(dice: Dice): HostileInput {
  return onBothSides(dice, list(1 + dice.below(3), () => {
    const letter = dice.pick(['a', 'b']);
    return dice.pick([
      '*'.repeat(40), `*${letter}`.repeat(40), `*${letter}`.repeat(39), `${letter}*`.repeat(40),
      `*${letter}`.repeat(20) + '*b'.repeat(20), '*?'.repeat(40),
    ]);
  }));
}

export function oneLetter(dice: Dice): HostileInput {
  return onBothSides(dice, list(1 + dice.below(4), () => {
    const run = () => 'a'.repeat(dice.pick([1, 2, 5, 20, dice.below(60)]));
    const wildcard = () => dice.pick(['*', '*', '?', '**', '']);
    return list(1 + dice.below(6), () => run() + wildcard()).join('') + dice.pick(['', '*', 'b']);
  }));
}

export function wildcardsAtRandom(dice: Dice): HostileInput {
  const alphabet = dice.pick(['ab*', '*?a', '*?:', 'a*', 'aA*?', ':*', '*?ab:/', 'arn:*']);
  return onBothSides(
    dice, list(1 + dice.below(5), () => list(1 + dice.below(12), () => dice.pick([...alphabet])).join('')),
  );
}
