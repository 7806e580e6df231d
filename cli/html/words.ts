/**
 * The signs and words of a cell of the matrix: the same fact as a sign, as a number and as a sentence.
 */
import { stateOf } from './columns';
import { AccessChange, LevelAccess } from '../access/access';

/** A sign and a name for each change, so that nothing is shown by color alone. */
export const SIGNS: { readonly [change in AccessChange]: { readonly sign: string; readonly name: string; readonly meaning: string } } = {
  kept: { sign: '●', name: 'kept', meaning: 'The pods have everything that the role has of these actions. This is proven.' },
  narrowed: { sign: '◐', name: 'narrowed', meaning: 'The pods have a part: fewer actions, fewer resources, or more conditions than the role.' },
  taken: { sign: '○', name: 'taken away', meaning: 'The role has some of these actions, and the pods have no part of them.' },
  beyond: { sign: '×', name: 'beyond the role', meaning: 'The session policy names these actions, and the role does not have them: the pods are denied.' },
  unclear: { sign: '?', name: 'undetermined', meaning: 'What the role or the pods have could not be determined. The details give the reason.' },
};

/** The numbers of a cell: the actions that the pods have, of those that the role has. */
export function numbersOf({ changes }: Pick<LevelAccess, 'changes'>): string {
  const left = changes.kept.length + changes.narrowed.length;
  const had = left + changes.taken.length;
  const beyond = changes.beyond.length > 0 ? `${had === 0 ? '' : '\u200b'}+${changes.beyond.length}` : '';
  if (changes.unclear.length > 0) { return `${changes.unclear.length}`; }
  return `${had === 0 ? '' : left === had ? had : `${left}/\u200b${had}`}${beyond}`;
}

/** The sentence of a cell, for screen readers. */
export function wordsOf(access: LevelAccess): string {
  const { changes, conditional } = access;
  const state = stateOf(access);
  const left = changes.kept.length + changes.narrowed.length;
  const had = left + changes.taken.length;
  const others = (['beyond', 'unclear'] as const).filter((change) => change !== state && changes[change].length > 0);
  return [
    state === 'beyond' || state === 'unclear' ? `${SIGNS[state].name}: ${pluralize(changes[state].length, 'action')}` : SIGNS[state].name,
    ...had > 0 ? [`pods have ${left} of ${pluralize(had, 'action')} of the role`] : [],
    ...changes.narrowed.length > 0 ? [`${changes.narrowed.length} in part`] : [],
    ...conditional > 0 ? [`${conditional} under conditions`] : [],
    ...others.map((change) => `${changes[change].length} ${SIGNS[change].name}`),
  ].join(', ');
}

export function pluralize(count: number, thing: string): string {
  return `${count.toLocaleString('en-US')} ${thing}${count === 1 ? '' : 's'}`;
}

/** Only nothing is 0%, and only all is 100%. */
export function percentage(part: number, whole: number): string {
  const rounded = Math.round((100 * part) / whole);
  if (rounded === 0 && part > 0) { return 'under 1%'; }
  return rounded === 100 && part < whole ? 'over 99%' : `${rounded}%`;
}
