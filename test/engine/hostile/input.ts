/** An input that nobody should write and somebody will: two sides of a question, and what the engine answers. */
import { decideNarrowing, Json, NarrowingQuestion, parsePolicy, Verdict } from '../../../lib/engine';
import { WELL_KNOWN_ACTIONS } from '../../../lib/reference/well-known-actions';
import { Dice } from '../../dice';

/** A session policy, and the policies of the role that it is compared with. */
export interface HostileInput {
  readonly session: Json;
  readonly identity: readonly Json[];
}

/** One way to make inputs. */
export interface Source {
  readonly name: string;
  /** The number of inputs of this source, among about 50,000. */
  readonly share: number;
  readonly make: (dice: Dice) => HostileInput;
  /** Whether there may be something in the documents that is not JSON: what a template leaves open. */
  readonly symbolic?: boolean;
}

/** What the engine says to an input. */
export interface Answer {
  readonly verdict: Verdict;
  /** Whether IAM would take all of the documents, as far as the engine knows: if not, the verdict applies to a part of them. */
  readonly readable: boolean;
}

export function answer({ session, identity }: HostileInput): Answer {
  const read = [session, ...identity].map(
    (json, i) => (i === 0 ? parsePolicy(json, 'session policy', 'session') : parsePolicy(json, `role policy ${i}`)),
  );
  const [first, ...others] = read.map(({ policy }) => policy);
  const question: NarrowingQuestion = {
    session: first, layers: [{ name: 'identity policies', policies: others, gaps: [] }],
  };
  const verdict = decideNarrowing(question, { knownActions: WELL_KNOWN_ACTIONS });
  return { verdict, readable: read.every(({ problems }) => problems.length === 0) };
}

/** The same input for the same seed, whatever was made before it. */
export function inputOf(source: Source, seed: number, index: number): HostileInput {
  return source.make(diceOf(index, seed, source.name));
}

/** Dice of their own for each. */
export function diceOf(index: number, ...names: ReadonlyArray<string | number>): Dice {
  // What differs least comes first, so that all that follows takes neighbors apart.
  return new Dice(
    [...[index, ...names].join()].reduce((state, char) => (state * 1664525 + char.codePointAt(0)!) % 2 ** 32, 20121017),
  );
}
