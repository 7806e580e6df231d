/**
 * Tells what other layers than the role's, such as the policies of an organization, deny of what a session policy allows. The rules
 * ask it beside the verdict on the role.
 *
 * Each part is proven: `dead` by an empty intersection that is not empty without those layers, `limited` by a witness. What is
 * uncertain is not listed. Requests that the role itself denies are not listed either: the verdict on the role has them.
 */
import { decideNarrowing } from './decide-narrowing';
import { NarrowingOptions } from './decision';
import { allowsNoRequest, excessOf, onlyAllowing, PAIRS_EXAMINED } from './excess-kinds';
import { Layer } from '../policy/policy';
import { Excess, NarrowingQuestion } from '../policy/verdict';
import { pairsOf, PatternPair } from '../regions/targets';

/** A pair of which the role may allow a request, and the layers together with the role allow none. */
export interface DeadPair {
  /** The place among the pairs of its statement. */
  readonly index: number;
  readonly pair: PatternPair;
  readonly example: Excess;
}

/** What the layers deny of one statement of the session policy. */
export interface DeniedStatement extends Excess {
  /** Empty: the layers only limit the statement. */
  readonly dead: readonly DeadPair[];
  /** The number of pairs of the statement. */
  readonly pairs: number;
}

/** @param layers the other layers; `question` has those of the role */
export function deniedBy(layers: readonly Layer[], question: NarrowingQuestion, options: NarrowingOptions = {}): DeniedStatement[] {
  if (layers.length === 0) { return []; }
  const verdict = decideNarrowing({ session: question.session, layers }, options);
  if (verdict.kind !== 'exceeds') { return []; }
  return verdict.excesses.map((excess) => {
    const { statement } = excess;
    const pairs = pairsOf(statement);
    const isNothing = (pair: PatternPair, of: readonly Layer[]) => (
      allowsNoRequest({ session: onlyAllowing({ ...statement, actions: pair.action, resources: pair.resource }, question), layers: of }, options));
    const found = pairs.slice(0, PAIRS_EXAMINED).flatMap((pair, index) => {
      if (isNothing(pair, question.layers) || !isNothing(pair, [...question.layers, ...layers])) { return []; }
      const part = onlyAllowing({ ...statement, actions: pair.action, resources: pair.resource }, question);
      const example = excessOf({ session: part, layers }, options);
      return example ? [{ index, pair, example: { ...example, statement } }] : [];
    });
    return { ...excess, dead: found, pairs: pairs.length };
  });
}
