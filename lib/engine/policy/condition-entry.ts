/**
 * A condition of a parsed policy. `parse-policy.ts` creates it; all other files see a `ConditionEntry`.
 *
 * Invariant: entries with equal ids are the same predicate on every request, even if IAM does not define what they mean. Different
 * ids prove nothing.
 * For speed, id and meaning are computed lazily: most conditions are never compared.
 */
import { ConditionMeaning, meaningOf } from './condition-meaning';
import { Operator, parseOperator } from './condition-operators';
import { ConditionEntry } from './policy';
import { lazy } from '../../util/memo';
import { partsOf, SymbolicString } from '../strings/symbolic-string';
import { readLiterally, splitPolicyVariables } from '../strings/variables';

/** A condition as it was read. */
export class ParsedCondition implements ConditionEntry {
  public readonly key: string;
  private readonly readId = lazy(() => this.equalityOfKeys()
    ?? JSON.stringify([this.operator, this.key, [...new Set(this.values.map((v) => this.valueId(v)))].sort()]));

  private readonly readMeaning = lazy(() => meaningOf(this.parsed, this.values, this.policyVariables));

  public constructor(
    public readonly operator: string,
    public readonly keyName: string | SymbolicString,
    public readonly values: ReadonlyArray<string | SymbolicString>,
    private readonly parsed: Operator,
    private readonly policyVariables: boolean,
  ) {
    this.key = keyOfCondition(keyName);
  }

  public get id(): string {
    return this.readId();
  }

  public get meaning(): ConditionMeaning | undefined {
    return this.readMeaning();
  }

  /** The id of a condition that one key equals the variable of another: the same for both directions. */
  private equalityOfKeys(): string | undefined {
    const { base, ifExists, set } = this.parsed;
    const [value, ...others] = new Set(this.values);
    if (!/^String(Not)?Equals$/.test(base) || ifExists || set || value === undefined || others.length > 0 || !this.policyVariables) { return undefined; }
    const [part, ...rest] = splitPolicyVariables(value);
    const variable = typeof part === 'object' && 'conditionKey' in part && rest.length === 0 && part.id === `variable ${part.conditionKey}` ? part.conditionKey : undefined;
    return variable && JSON.stringify([base, 'keys', [this.key, variable].sort()]);
  }

  /** An id of a value that does not depend on how the value is written. */
  private valueId(value: string | SymbolicString): string {
    const parts = this.policyVariables ? splitPolicyVariables(value) : partsOf(value).map((part) => (typeof part === 'string' ? part : readLiterally(part)));
    return JSON.stringify(parts.map((part) => (typeof part === 'string' ? part : 'id' in part ? { variable: part.id } : part)));
  }
}

/** Equal keys: the same condition key, whatever the values of its symbolic variables. */
export function keyOfCondition(name: string | SymbolicString): string {
  return partsOf(name).map((part) => (typeof part === 'string' ? part.toLowerCase() : `\${${part.id}}`)).join('');
}

/** A condition of ours, in the language that has variables. */
export function readCondition(operator: string, keyName: string, values: ReadonlyArray<string | SymbolicString>): ConditionEntry {
  return new ParsedCondition(operator, keyName, values, parseOperator(operator)!, true);
}

/** The condition that the key has a value (`missing`: that it has none). */
export function presenceCondition(keyName: string, missing: boolean): ConditionEntry {
  return readCondition('Null', keyName, [String(missing)]);
}
