/**
 * Checks statements and JSON documents when they enter a session policy, with the grammar of the engine.
 *
 * Invariant: it rejects only what IAM rejects whatever the tokens turn out to be. The checks of the template see the rest.
 */
import { Token } from 'aws-cdk-lib';
import { Json, parsePolicy, Problem, SymbolicString, Unresolved } from '../engine';
import { ANY_TEXT } from '../template/value-kinds';
import { isRecord } from '../util/records';

/** Why IAM would reject a whole document; `undefined` if it would not. What is behind tokens is left to the synthesis. */
export function checkDocument(document: unknown): string | undefined {
  const json = withoutTokens(document);
  const variablesLost = isRecord(document) && document.Version !== '2012-10-17' && JSON.stringify(document).includes('${');
  if (variablesLost) {
    return `its Version is ${JSON.stringify(document.Version) ?? 'missing'}, so '\${…}' in it is literal text and no policy variable; `
      + "set Version to '2012-10-17', and write '${$}{' where literal text is meant";
  }
  return describe(parsePolicy(json, 'the session policy', 'session').problems.filter((p) => p.kind !== 'unknown'));
}

/**
 * Why statements will never be those of a session policy; `undefined` if they may. A statement that lacks something
 * may still be given it before synthesis.
 */
export function checkStatements(statements: readonly unknown[]): string | undefined {
  const document = { Version: '2012-10-17', Statement: statements };
  // Tokens look like a resource to IAM's grammar, or like nothing that it has: what is right with them is right.
  return invalidIn(document as Json).length === 0 ? undefined : describe(invalidIn(withoutTokens(document)));
}

function invalidIn(document: Json): readonly Problem[] {
  return parsePolicy(document, 'the session policy', 'session').problems.filter((p) => p.kind === 'invalid');
}

function describe(problems: readonly Problem[]): string | undefined {
  return problems.length === 0 ? undefined : problems.map(({ where, message }) => `${where}${where && ' '}${message}`).join('; ');
}

/** Tokens become values of which nothing is known. */
function withoutTokens(value: unknown): Json {
  if (typeof value === 'string' && isUnknown(value)) { return SymbolicString.of({ id: value, label: 'a token', kind: ANY_TEXT }); }
  if (holdsToken(value)) { return new Unresolved('a token'); }
  if (Array.isArray(value)) { return value.map(withoutTokens).filter((item) => item !== undefined); }
  if (!isRecord(value)) { return value as Json; }
  const members = Object.entries(value).map(([key, member]) => [key, withoutTokens(member)] as const);
  return Object.fromEntries(members.filter(([, member]) => member !== undefined));
}

/** Whether a text contains a token, or the dummy of a parameter's lookup: the CDK synthesizes again when it knows the value. */
function isUnknown(text: string): boolean {
  return Token.isUnresolved(text) || text.includes('dummy-value-for-');
}

/** Whether a value is a token, or a list or record that is as unknown as one: with a list token among its items, or a token as a key. */
function holdsToken(value: unknown): boolean {
  if (Token.isUnresolved(value)) { return true; }
  if (Array.isArray(value)) { return value.some((item) => Token.isUnresolved([item])); }
  return isRecord(value) && Object.keys(value).some((key) => Token.isUnresolved(key));
}
