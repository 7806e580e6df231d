/**
 * One case of the conditions of templates: assumptions that two deploy-time values are equal, or are not. `cases.ts` builds the
 * cases, and the evaluator asks them (docs/adr/0005-conditions-as-cases.md).
 *
 * Invariant: assumptions apply to values, so two conditions on one parameter exclude each other. A comparison that the case does
 * not decide is an `OpenQuestion` or stays open, and is never guessed.
 */
import { mayBeEqual, partsOf, sameText, SymbolicString, SymbolicVariable, textKey } from '../engine';

type StringValue = string | SymbolicString;

/** Assumes that two deploy-time values are equal, or are not. */
interface Assumption {
  readonly left: StringValue;
  readonly right: StringValue;
  readonly equal: boolean;
}

/** Thrown if the deployment depends on whether two values are equal, and the case does not decide it. */
export class OpenQuestion extends Error {
  public constructor(public readonly left: StringValue, public readonly right: StringValue) {
    super(`whether ${left} is ${right} depends on deploy-time values`);
  }
}

/** One case of several: the values that the conditions of templates compare are equal, or not. */
export class Assumptions {
  /** No assumptions: the first comparison of deploy-time values is an `OpenQuestion`. */
  public static readonly NONE = new Assumptions([], 'ask');

  private constructor(private readonly list: readonly Assumption[], private readonly otherwise: 'ask' | 'leave open') {}

  public and(left: StringValue, right: StringValue, equal: boolean): Assumptions {
    return new Assumptions([...this.list, { left, right, equal }], this.otherwise);
  }

  /** The same case, which leaves all other questions open. */
  public leavingOpen(): Assumptions {
    return new Assumptions(this.list, 'leave open');
  }

  /**
   * Whether two values are equal in this case; `undefined` if that is left open.
   * @throws OpenQuestion
   */
  public areEqual(left: StringValue, right: StringValue): boolean | undefined {
    const [a, b] = [this.valueOf(left) ?? left, this.valueOf(right) ?? right];
    if (sameText(a, b)) { return true; }
    if (!mayBeEqual(a, b) || this.isRuledOut(a, b) || this.isRuledOut(b, a)) { return false; }
    const known = this.list.find((one) => (sameText(one.left, a) && sameText(one.right, b)) || (sameText(one.left, b) && sameText(one.right, a)));
    if (known) { return known.equal; }
    if (this.otherwise === 'ask') { throw new OpenQuestion(a, b); }
    return undefined;
  }

  /** The literal value of a text in this case; `undefined` if the case does not decide it. */
  public valueOf(text: StringValue): string | undefined {
    if (typeof text === 'string') { return text; }
    for (const { left, right, equal } of this.list) {
      if (equal && typeof right === 'string' && sameText(left, text)) { return right; }
      if (equal && typeof left === 'string' && sameText(right, text)) { return left; }
    }
    const left = onlyVariable(text)?.kind.oneOf?.filter((value) => !this.isRuledOut(text, value));
    return left?.length === 1 ? left[0] : undefined;
  }

  private isRuledOut(text: StringValue, value: StringValue): boolean {
    if (typeof value !== 'string') { return false; }
    const values = onlyVariable(text)?.kind.oneOf;
    const isAbout = (one: Assumption) => (sameText(one.left, text) && one.right === value) || (sameText(one.right, text) && one.left === value);
    return (values !== undefined && !values.includes(value)) || this.list.some((one) => !one.equal && isAbout(one));
  }

  /** The deploy-time values that the case is about. */
  public variables(): SymbolicVariable[] {
    return this.list.flatMap(({ left, right }) => [left, right]).flatMap(partsOf).filter((part) => typeof part !== 'string');
  }

  /** Equal keys: the same case. */
  public get key(): string {
    return JSON.stringify([this.otherwise, this.list.map(({ left, right, equal }) => [textKey(left), textKey(right), equal])]);
  }

  /** The assumptions for people, such as `${Stage} is 'prod'`. */
  public descriptions(): string[] {
    return this.list.map(({ left, right, equal }) => {
      const [subject, value] = typeof left === 'string' ? [right, left] : [left, right];
      return `${subject} is ${equal ? '' : 'not '}${typeof value === 'string' ? `'${value}'` : value}`;
    });
  }
}

function onlyVariable(text: StringValue): SymbolicVariable | undefined {
  const parts = partsOf(text);
  return parts.length === 1 && typeof parts[0] !== 'string' ? parts[0] : undefined;
}
