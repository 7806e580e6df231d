/** The few terms of SMT-LIB 2 that the encoding needs, as text. */

export type Term = string;

export const TRUE: Term = 'true';
export const FALSE: Term = 'false';
export const ANY_CHARACTER: Term = 're.allchar';
export const ANY_TEXT: Term = '(re.* re.allchar)';

export function and(terms: readonly Term[]): Term {
  const kept = [...new Set(terms)].filter((term) => term !== TRUE);
  if (kept.includes(FALSE)) { return FALSE; }
  return joined('and', kept, TRUE);
}

export function or(terms: readonly Term[]): Term {
  const kept = [...new Set(terms)].filter((term) => term !== FALSE);
  if (kept.includes(TRUE)) { return TRUE; }
  return joined('or', kept, FALSE);
}

export function not(term: Term): Term {
  if (term === TRUE || term === FALSE) { return term === TRUE ? FALSE : TRUE; }
  return `(not ${term})`;
}

export function implies(premise: Term, conclusion: Term): Term {
  return or([not(premise), conclusion]);
}

export function equal(left: Term, right: Term): Term {
  return `(= ${left} ${right})`;
}

/** One after the other, as a regular expression. */
export function sequence(parts: readonly Term[]): Term {
  return joined('re.++', parts, '(str.to_re "")');
}

export function oneOf(parts: readonly Term[]): Term {
  return joined('re.union', parts, 're.none');
}

export function concatenation(parts: readonly Term[]): Term {
  return joined('str.++', parts, '""');
}

export function inLanguage(text: Term, language: Term): Term {
  return `(str.in_re ${text} ${language})`;
}

/** A string literal: two quotes stand for one, and a backslash could begin an escape. */
export function literal(text: string): Term {
  return `"${text.replace(/"/g, '""').replace(/\\/g, '\\u{5c}')}"`;
}

/** A decimal number as a real. */
export function real(decimal: string): Term {
  const digits = decimal.replace(/^[+-]/, '');
  const unsigned = digits.includes('.') ? digits : `${digits}.0`;
  return decimal.startsWith('-') ? `(- ${unsigned})` : unsigned;
}

function joined(operator: string, terms: readonly Term[], none: Term): Term {
  if (terms.length < 2) { return terms[0] ?? none; }
  return `(${operator} ${terms.join(' ')})`;
}
