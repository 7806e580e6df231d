/** jsii-rosetta writes loops that are not C#, and `new Struct` for objects whose type is not known; JSON is a dictionary. */
import { CSharpVisitor } from 'jsii-rosetta';
import { loopVariable } from './loops';
import { tree } from './rosetta';

export class CSharpExamples extends CSharpVisitor {
  public forOfStatement(...[node, renderer]: Parameters<CSharpVisitor['forOfStatement']>): ReturnType<CSharpVisitor['forOfStatement']> {
    return tree(
      [`foreach (var ${loopVariable(node)} in `, renderer.convert(node.expression), ')'], [renderer.convert(node.statement)], { canBreakLine: true },
    ) as ReturnType<CSharpVisitor['forOfStatement']>;
  }

  public unknownTypeObjectLiteralExpression(
    ...[node, renderer]: Parameters<CSharpVisitor['unknownTypeObjectLiteralExpression']>
  ): ReturnType<CSharpVisitor['unknownTypeObjectLiteralExpression']> {
    return tree(
      ['new Dictionary<string, object> { '], renderer.updateContext({ inKeyValueList: true }).convertAll(node.properties),
      { separator: ', ', indent: 4, suffix: renderer.mirrorNewlineBefore(node.properties[0], '}', ' ') },
    ) as ReturnType<CSharpVisitor['unknownTypeObjectLiteralExpression']>;
  }
}
