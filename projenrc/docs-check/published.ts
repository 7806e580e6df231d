import * as ts from 'typescript';

/** Returns whether users of the library see a declaration of a file that `lib/index.ts` exports. */
export function isPublished(node: ts.Node): boolean {
  if (ts.getJSDocTags(node).some(({ tagName }) => tagName.text === 'internal')) { return false; }
  if (has(node, ts.SyntaxKind.ExportKeyword)) { return true; }
  return !has(node, ts.SyntaxKind.PrivateKeyword)
    && (ts.isClassElement(node) || ts.isTypeElement(node) || ts.isEnumMember(node)) && isPublished(node.parent);
}

function has(node: ts.Node, kind: ts.SyntaxKind): boolean {
  return ts.canHaveModifiers(node) && ts.getModifiers(node)?.some((modifier) => modifier.kind === kind) === true;
}
