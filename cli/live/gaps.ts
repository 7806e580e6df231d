/**
 * What could not be read from AWS, and the sentences that report it. read-associations.ts, read-roles.ts and read-resources.ts find the gaps; the commands
 * print the sentences and exit with 2.
 */
import type { FailureKind } from './failures';
import type { Outcome } from './read-each';
import { groupBy } from '../../lib/util/group-by';

/** Something that could not be read. */
export interface Gap {
  readonly of: 'list of associations' | 'association' | 'role' | 'managed policy' | 'resource';
  /** The ARN, or the name that was given. */
  readonly what: string;
  /** `missing`: it does not exist, or not any more. */
  readonly kind: FailureKind;
  readonly message: string;
  /** Whether it was not even tried, because others failed with the message. */
  readonly isUntried?: boolean;
}

/** How many things that were not tried are named. The reason is the same for all. */
export const NAMED = 10;

/** Returns the gaps of an outcome. */
export function gapsIn<T>(of: Gap['of'], { failed, untried }: Outcome<T, unknown>, nameOf: (item: T) => string): Gap[] {
  return [
    ...failed.map(({ item, failure: { kind, message } }) => ({ of, what: nameOf(item), kind, message })),
    ...(untried?.items ?? []).map((item) => {
      const { kind, message } = untried!.because;
      return { of, what: nameOf(item), kind, message, isUntried: true };
    }),
  ];
}

/** Returns a sentence for each gap, and one for all that were not tried for the same reason. */
export function sentencesOf(gaps: readonly Gap[]): string[] {
  const untried = groupBy(gaps.filter(({ isUntried }) => isUntried), ({ of, message }) => JSON.stringify([of, message]));
  const inGroups = new Set([...untried.values()].map(([{ message }]) => message));
  const single = gaps.filter(({ isUntried, message }) => !isUntried && !inGroups.has(message));
  return [
    ...new Set(single.map(({ message }) => message)),
    ...[...untried.values()].map((group) => `${group[0].message} ${countOf(group)}: ${namesOf(group)}.`),
  ];
}

function countOf({ length, 0: { of } }: readonly Gap[]): string {
  const plural = of.endsWith('y') ? `${of.slice(0, -1)}ies` : `${of}s`;
  return length === 1 ? `After that, one ${of} was not tried` : `After that, ${length} ${plural} were not tried`;
}

function namesOf(gaps: readonly Gap[]): string {
  const more = gaps.length - NAMED;
  return gaps.slice(0, NAMED).map(({ what }) => what).join(', ') + (more > 0 ? `, and ${more} other${more === 1 ? '' : 's'}` : '');
}
