import * as ts from 'typescript';

/** The name of `x` in `for (const x of …)`. */
export function loopVariable(node: ts.ForOfStatement): string {
  if (!ts.isVariableDeclarationList(node.initializer)) { throw new Error('A loop of an example declares its variable.'); }
  return node.initializer.declarations[0].name.getText();
}
