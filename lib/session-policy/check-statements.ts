import { Token } from 'aws-cdk-lib';
import { Json, parsePolicy, Problem, SymbolicString, Unresolved } from '../engine';
import { resolveTokens } from './resolve-tokens';
import { ANY_TEXT } from '../template/value-kinds';
import { isRecord } from '../util/records';

/** Why IAM would reject a whole document; `undefined` where it would not. What is behind tokens is left to the synthesis. */
export function checkDocument(document: unknown): string | undefined {
  const json = withoutTokens(document);
  const variablesLost = isRecord(document) && document.Version !== '2012-10-17' && JSON.stringify(document).includes('${');
  if (variablesLost) {
    return `its Version is ${JSON.stringify(document.Version) ?? 'missing'}, so '\${…}' in it is literal text and no policy variable; `
      + "set Version to '2012-10-17', and write '${$}{' where literal text is meant";
  }
  return describe(parsePolicy(json, 'the session policy').problems.filter((p) => p.kind !== 'unknown'));
}

/**
 * Why statements will never be those of a session policy; `undefined` where they may. A statement that lacks something
 * may still be given it before synthesis.
 */
export function checkStatements(statements: readonly unknown[]): string | undefined {
  const document = { Version: '2012-10-17', Statement: statements };
  // Tokens look like a resource to IAM's grammar, or like nothing that it has: what is right with them is right.
  return invalidIn(document as Json).length === 0 ? undefined : describe(invalidIn(withoutTokens(document)));
}

function invalidIn(document: Json): readonly Problem[] {
  return parsePolicy(document, 'the session policy').problems.filter((p) => p.kind === 'invalid');
}

function describe(problems: readonly Problem[]): string | undefined {
  return problems.length === 0 ? undefined : problems.map(({ where, message }) => `${where}${where && ' '}${message}`).join('; ');
}

/** Tokens become values of which nothing is known. */
function withoutTokens(value: unknown): Json {
  return resolveTokens(value, {
    text: (text) => (Token.isUnresolved(text) ? SymbolicString.of({ id: text, label: 'a token', kind: ANY_TEXT }) : text),
    other: (other) => {
      if (isToken(other)) { return new Unresolved('a token'); }
      return isRecord(other) ? withoutTokens({ ...other }) : other; // an object of a class of its own
    },
  });
}

function isToken(value: unknown): boolean {
  return Token.isUnresolved(value) || Array.isArray(value) || (isRecord(value) && Object.keys(value).some((key) => Token.isUnresolved(key)));
}
