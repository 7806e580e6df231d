/**
 * Reports a session policy whose length depends on deploy-time values, and which EKS rejects if they are long. A policy that is
 * too long with the shortest values is `SessionPolicyTooLarge`'s.
 *
 * Invariant: it assumes usual lengths, not the longest ones, because most policies with a generated name could be too long
 * otherwise. A policy that is expected to fit, also if each value has the longest of its usual lengths, is not reported.
 */
import { Rule } from './rule';
import { counted } from '../analysis/describe';
import { describeOffer, offerCompaction } from '../analysis/offer-compaction';
import { Reader } from '../analysis/reader';
import { lengthOf, partsOf, proseNameOf, SymbolicString, SymbolicVariable, TextLength, VariableKind } from '../engine';
import { SESSION_POLICY_MAX_CHARACTERS } from '../session-policy/limit';
import { USUAL_NAME } from '../template/value-kinds';

const SHOWN = 3;

/** The assumed length of a value about which nothing is known, such as an ARN from a parameter or another app. */
const USUAL_TEXT = 100;

export const SESSION_POLICY_MAY_BE_TOO_LARGE: Rule = {
  id: 'SessionPolicyMayBeTooLarge',
  severity: 'warning',
  check: (association, context) => {
    const reading = context.sessionPolicy(association);
    if (!reading || reading.kind === 'unknown') { return []; }
    const { min, max, expected } = lengthOf(reading.text);
    if (min > SESSION_POLICY_MAX_CHARACTERS || usualLength(reading.text) <= SESSION_POLICY_MAX_CHARACTERS) { return []; }
    return [{
      code: 'MayExceedLimit',
      property: 'Policy',
      message: `The session policy of ${association.path} ${describeLength({ min, max, expected })}; EKS accepts at most ${counted(SESSION_POLICY_MAX_CHARACTERS)}. Its length depends on `
        + `${describeVariables(reading.text)}. If it is too long, the deployment fails: InvalidParameterException, "The parameter policy should not be `
        + `greater than ${SESSION_POLICY_MAX_CHARACTERS} characters".`,
      fix: `${nameThem(reading.text, context.reader)}${describeOffer(offerCompaction(association, context), context.reader)}`,
    }];
  },
};

function describeLength({ min, max, expected }: TextLength): string {
  if (expected === undefined) { return max === undefined ? `has at least ${counted(min)} characters and may have more` : `has ${counted(min)} to ${counted(max)} characters`; }
  const possible = max === undefined ? `${counted(min)} or more are possible` : `${counted(min)} to ${counted(max)} are possible`;
  return `is expected to have ${counted(expected)} characters (${possible})`;
}

/** A literal value counts as it is. Only values that are generated or are the environment's can be given one. */
function nameThem(text: string | SymbolicString, reader: Reader): string {
  const variables = partsOf(text).filter((part) => typeof part !== 'string');
  const names = reader === 'CDK app' ? 'explicit names (bucketName, tableName and so on)' : 'explicit names (BucketName, TableName and so on)';
  const env = reader === 'CDK app' ? 'the stack an env' : 'the account and the region (--account, --region)';
  const given = [
    ...(variables.some(({ kind }) => kind.generated) ? [`the resources ${names}`] : []),
    ...(variables.some(({ label }) => /^\$\{AWS::(AccountId|Partition|Region)\}$/.test(label)) ? [env] : []),
  ];
  return given.length === 0 ? '' : `Give ${given.join(' and ')}: the check knows the length of literal values. `;
}

function usualLength(text: string | SymbolicString): number {
  return partsOf(text).reduce((sum, part) => sum + (typeof part === 'string' ? part.length : usualLengthOf(part)), 0);
}

/** The longest of the usual lengths. */
function usualLengthOf({ kind }: SymbolicVariable): number {
  if (kind.usual) { return kind.usual.longest; }
  return kind.maxLength === undefined ? Math.max(kind.minLength, USUAL_TEXT) : Math.max(kind.minLength, Math.min(kind.maxLength, USUAL_NAME));
}

interface Use {
  readonly variable: SymbolicVariable;
  readonly count: number;
}

/** The values that make the most difference to the length. */
function describeVariables(text: string | SymbolicString): string {
  const uses = new Map<string, Use>();
  for (const part of partsOf(text)) {
    if (typeof part !== 'string') { uses.set(part.id, { variable: part, count: (uses.get(part.id)?.count ?? 0) + 1 }); }
  }
  const spread = ({ variable, count }: Use) => count * (usualLengthOf(variable) - variable.kind.minLength);
  const sorted = [...uses.values()]
    .filter(({ variable }) => variable.kind.minLength !== variable.kind.maxLength)
    .sort((a, b) => spread(b) - spread(a));
  const shown = sorted.slice(0, SHOWN).map(({ variable, count }) => `${proseNameOf(variable)} (${describeKind(variable.kind)}${count > 1 ? `, ${count} times` : ''})`);
  return [...shown, ...(sorted.length > SHOWN ? [`${sorted.length - SHOWN} more`] : [])].join(', ');
}

function describeKind({ minLength, maxLength, usual }: VariableKind): string {
  const possible = maxLength === undefined ? 'any number of characters' : `${minLength} to ${maxLength} characters`;
  return usual ? `${possible}, ${usual.expected} expected` : possible;
}
