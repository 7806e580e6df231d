import { Token } from 'aws-cdk-lib';

/**
 * What `resolve` of the CDK makes of a value. Statements are plain but for a few tokens, and `resolve` takes its time for
 * each value: it gets what may hold a token only.
 */
export function resolveTokens(value: any, resolve: (value: unknown) => any): any {
  if (typeof value === 'boolean' || value === undefined) { return value; }
  if (typeof value === 'string') { return mayHoldToken(value) ? resolve(value) : value; }
  if (Array.isArray(value)) {
    return value.some((item) => typeof item === 'string' && mayHoldToken(item))
      ? resolve(value)
      : value.map((item) => resolveTokens(item, resolve)).filter((item) => item !== undefined);
  }
  if (!isPlainObject(value) || Token.isUnresolved(value) || Object.keys(value).some(mayHoldToken)) { return resolve(value); }
  const entries = Object.entries(value).map(([key, item]) => [key, resolveTokens(item, resolve)]);
  return Object.fromEntries(entries.filter(([, item]) => item !== undefined));
}

/** `${Token[…]}`, `#{Token[…]}` and a number that stands for a token. */
function mayHoldToken(text: string): boolean {
  return text.includes('Token[') || text.includes('e+289');
}

function isPlainObject(value: unknown): boolean {
  return typeof value === 'object' && value !== null && Object.getPrototypeOf(value) === Object.prototype;
}
