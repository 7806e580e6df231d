import { Token } from 'aws-cdk-lib';

/** `resolve` of the CDK, or what is to be made of tokens instead. */
export interface Resolve {
  /** Of text with tokens in it. */
  readonly text: (text: string) => unknown;
  /** Of what has other tokens in it: of lists and numbers, in keys, and whole values. */
  readonly other: (value: unknown) => unknown;
}

/**
 * What `resolve` of the CDK makes of a value. Statements are plain but for a few tokens, and `resolve` takes its time for
 * each value: it gets what may hold a token only.
 */
export function resolveTokens(value: any, resolve: Resolve): any {
  if (typeof value === 'boolean' || value === undefined || value === null) { return value; }
  if (typeof value === 'string') { return mayHoldToken(value) ? resolve.text(value) : value; }
  if (Array.isArray(value)) {
    return value.some((item) => typeof item === 'string' && item.includes('#{Token['))
      ? resolve.other(value)
      : value.map((item) => resolveTokens(item, resolve)).filter((item) => item !== undefined);
  }
  if (typeof value === 'number' && !Token.isUnresolved(value)) { return value; }
  if (!isPlainObject(value) || Token.isUnresolved(value) || Object.keys(value).some(mayHoldToken)) { return resolve.other(value); }
  const resolved = { ...value }; // a member called `__proto__` stays one: what is there already is assigned to
  for (const key of Object.keys(value)) {
    const member = resolveTokens(value[key], resolve);
    if (member === undefined) { delete resolved[key]; } else { resolved[key] = member; }
  }
  return resolved;
}

/** `${Token[…]}`, `#{Token[…]}` and a number that stands for a token. */
function mayHoldToken(text: string): boolean {
  return text.includes('Token[') || text.includes('e+289');
}

function isPlainObject(value: unknown): boolean {
  return typeof value === 'object' && value !== null && Object.getPrototypeOf(value) === Object.prototype;
}
