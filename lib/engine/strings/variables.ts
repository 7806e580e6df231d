/**
 * Finds the policy variables in a text, and the condition keys that they name. The patterns, the conditions and the evaluator of
 * single requests read variables here. Nothing here compares patterns, so the evaluator does not depend on a matcher.
 *
 * Invariant: text that may become a variable at deployment, or that IAM does not document, is `malformed` and never literal.
 */
import { partsOf, SymbolicString, SymbolicVariable, VariableKind } from './symbolic-string';

/** The value of a policy variable: any text at all, a wildcard included. */
const POLICY_VARIABLE: VariableKind = { name: 'policy variable', minLength: 0, generated: false, example: 'example' };

/**
 * A symbolic variable as a document without variables reads it. Unknown text may contain `${…}`, and a document with variables
 * reads the same text in another way.
 */
export function readLiterally(variable: SymbolicVariable): SymbolicVariable {
  return variable.kind.characters === undefined ? { ...variable, id: `${variable.id} without variables` } : variable;
}

type PolicyVariablePart = string | SymbolicVariable | { readonly escaped: string } | { readonly malformed: string };

/**
 * Literal text, `${key}` and `${key, 'default'}` as symbolic variables, `${*}` `${?}` `${$}` as the character.
 * @see https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_variables.html
 */
export function splitPolicyVariables(source: string | SymbolicString): PolicyVariablePart[] {
  const result: PolicyVariablePart[] = [];
  const parts = partsOf(source);
  let unknownText = false;
  parts.forEach((part, index) => {
    const before = parts[index - 1];
    const behindUnknownText = typeof before === 'object' && before.kind.characters === undefined;
    if (typeof part !== 'string') {
      unknownText ||= part.kind.characters === undefined;
      result.push(behindUnknownText && part.kind.characters === undefined ? { malformed: `${before.label}${part.label}` } : part);
      return;
    }
    let rest = part;
    for (let start = rest.indexOf('${'); start >= 0; start = rest.indexOf('${')) {
      const end = rest.indexOf('}', start);
      if (end < 0) { break; }
      const inside = rest.slice(start + 2, end);
      if (start > 0) { result.push(rest.slice(0, start)); }
      result.push(policyVariablePart(inside));
      rest = rest.slice(end + 1);
    }
    if (rest === '') { return; }
    // An unclosed `${`, a `$` with an unknown value behind it, or a `}` whose beginning may be in an unknown value, may
    // become a variable that nobody can see here.
    const open = rest.includes('${') || (rest.endsWith('$') && index < parts.length - 1) || (unknownText && rest.includes('}'));
    result.push(open ? { malformed: rest } : rest);
  });
  return result;
}

function policyVariablePart(inside: string): PolicyVariablePart {
  if (inside === '*' || inside === '?' || inside === '$') { return { escaped: inside }; }
  const variable = parsePolicyVariable(inside);
  if (!variable) { return { malformed: `\${${inside}}` }; }
  const { key, fallback } = variable;
  return {
    id: fallback === undefined ? `variable ${key}` : `variable ${key} or '${fallback}'`,
    label: `\${${inside}}`,
    kind: POLICY_VARIABLE,
    conditionKey: key,
    ...(fallback !== undefined && { fallback }),
  };
}

/** `key` or `key, 'default'`, as it stands between the braces; the key in lower case. A tag key may have blanks inside. */
export function parsePolicyVariable(inside: string): { readonly key: string; readonly fallback?: string } | undefined {
  const match = /^([A-Za-z0-9_.+=@/:-]+(?: +[A-Za-z0-9_.+=@/:-]+)*)(?:, *'([^'\r\n]*)')?$/.exec(inside);
  return match ? { key: match[1].toLowerCase(), fallback: match[2] } : undefined;
}
