/**
 * Words for why a trust policy refuses a request of EKS: what a condition requires, and what EKS sends.
 *
 * Invariant: it is asked about refusals only, which are certain.
 */
import { KeyState, RequestFacts, VALUE_OF_AWS } from './assume-role-request';
import { isList, variableKeysIn } from './trust-conditions';
import { Refusal } from './trust-decision';
import { ConditionEntry } from '../engine';

/** Whether the request does not have the key. */
export function isMissing(key: string, facts: RequestFacts): boolean {
  return facts(key)?.every((state) => state === undefined) ?? false;
}

/** The first key that the condition asks for, itself or in a policy variable, and that EKS does not send. */
export function missingKeyOf(entry: ConditionEntry, facts: RequestFacts): string | undefined {
  return [entry.key, ...variableKeysIn(entry)].find((key) => isMissing(key, facts));
}

/** A refusal with a reason to name. */
export type ExplainedRefusal = Exclude<Refusal, { readonly kind: 'not named' }>;

export function isExplained(refusal: Refusal): refusal is ExplainedRefusal {
  return refusal.kind !== 'not named';
}

/**
 * Why the action is refused: a main clause about the trust policy.
 * @param absence why the request does not have a key, as a clause
 */
export function describeRefusal(refusal: ExplainedRefusal, facts: RequestFacts, absence: (key: string) => string = notSent): string {
  return refusal.kind === 'condition' ? describeUnmet(refusal.entry, facts, absence) : describeDenial(refusal, facts);
}

function notSent(): string {
  return 'EKS does not send it';
}

function describeUnmet(entry: ConditionEntry, facts: RequestFacts, absence: (key: string) => string): string {
  const { key, keyName, values, operator } = entry;
  const missing = missingKeyOf(entry, facts);
  if (missing === key) { return `it requires ${keyName}, and ${absence(key)}`; }
  if (missing !== undefined) { return `it requires ${keyName} = ${values.join(' or ')}, and EKS does not send ${missing}`; }
  const [wanted, sends] = [oneOf(values), `but EKS sends ${sentFor(key, facts)}`];
  if (/^(ForAnyValue:)?(String|Arn)(Equals|Like)(IfExists)?$/.test(operator)) { return `it requires ${keyName} to be ${wanted}, ${sends}`; }
  if (/^(String|Arn)Not(Equals|Like)(IfExists)?$/.test(operator)) { return `it requires ${keyName} not to be ${wanted}, ${sends}`; }
  if (operator === 'Null') { return `it requires that ${keyName} is missing, ${sends}`; }
  return `it requires ${keyName} with ${operator} ${wanted}, ${sends}`;
}

function describeDenial({ index, statement: { sid, conditions } }: Refusal & { kind: 'denied' }, facts: RequestFacts): string {
  const [first] = conditions;
  if (first && conditions.every(({ key }) => isMissing(key, facts))) {
    return `it denies requests without ${first.keyName}, and EKS does not send it`;
  }
  const because = conditions.map(({ operator, keyName, key, values }) => (
    `${operator} ${keyName} ${oneOf(values)}, and EKS ${isMissing(key, facts) ? 'does not send it' : `sends ${sentFor(key, facts)}`}`));
  return `its statement ${index}${sid ? ` (Sid '${sid}')` : ''} denies it${because.length > 0 ? ` (${because.join('; ')})` : ''}`;
}

function sentFor(key: string, facts: RequestFacts): string {
  const states = facts(key) ?? [];
  const sent: KeyState = states.find((state) => state !== undefined);
  const shown = sent === undefined ? 'nothing' : isList(sent) ? sent.map((one) => `'${one}'`).join(', ') : sent === VALUE_OF_AWS ? 'a value of its own' : `'${sent}'`;
  return states.includes(undefined) ? `${shown} or nothing` : shown;
}

function oneOf(values: ConditionEntry['values']): string {
  return values.length === 0 ? 'one of no values' : values.map((value) => `'${value}'`).join(' or ');
}
