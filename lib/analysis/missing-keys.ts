/**
 * Finds what a statement loses if condition keys are missing from every request. `SessionTagDependency` asks it about the tags
 * that EKS does not send together with a session policy.
 *
 * Invariant: a statement is reported only if it is certain not to match. If that cannot be told, it is treated as matching.
 */
import { ConditionEntry, partsOf, Statement, SymbolicString } from '../engine';
import { insideBraces } from '../util/braces';

/** The part of a statement that cannot match without the missing keys. */
export interface Unmatched {
  /** The keys, or the resources and values with variables of them, as they are written. */
  readonly because: readonly string[];
  /** The resources that do not match; `undefined` if nothing of the statement matches. */
  readonly resources?: readonly string[];
}

/** Whether a key is missing. The key is in lower case. */
export type IsMissing = (key: string) => boolean;

/**
 * `undefined` if the statement still matches: a negated operator, `…IfExists`, `ForAllValues` and `Null` = true hold if the key
 * is missing.
 * @see https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_condition_operators.html
 */
export function unmatchedWithout(isMissing: IsMissing, statement: Statement): Unmatched | undefined {
  const failing = statement.conditions.filter((entry) => fails(entry, isMissing, statement.policyVariables));
  if (failing.length > 0) { return { because: [...new Set(failing.map((entry) => describe(entry, isMissing)))] }; }
  if (statement.resources.negated || !statement.policyVariables) { return undefined; }
  const sources = statement.resources.patterns.map((pattern) => pattern.source);
  const unmatched = sources.filter((source) => needsMissing(source, isMissing)).map(String);
  if (unmatched.length === 0) { return undefined; }
  return unmatched.length === sources.length ? { because: unmatched } : { because: unmatched, resources: unmatched };
}

function fails(entry: ConditionEntry, isMissing: IsMissing, variables: boolean): boolean {
  const { key, values } = entry;
  if (!isMissing(key) && !(variables && values.every((value) => needsMissing(value, isMissing)))) { return false; }
  const { meaning } = entry;
  if (!meaning) { return false; }
  if (meaning.type === 'presence') { return isMissing(key) && meaning.missing.every((missing) => !missing); }
  if (meaning.ifExists || meaning.set === 'ForAllValues') { return false; }
  return !meaning.negated || (isMissing(key) && meaning.set === 'ForAnyValue');
}

function describe({ key, keyName, values }: ConditionEntry, isMissing: IsMissing): string {
  return isMissing(key) ? keyName.toString() : `${keyName} = ${values.join(' or ')}`;
}

/** Whether the text has a policy variable of a missing key, without a default value. */
function needsMissing(text: string | SymbolicString, isMissing: IsMissing): boolean {
  return partsOf(text).some((part) => typeof part === 'string' && insideBraces(part).some((key) => key !== '' && !key.includes(',') && isMissing(key.toLowerCase())));
}
