/** jsii-rosetta declares the variable of a loop as `Object`, on which none of its methods can be called. */
import { JavaVisitor } from 'jsii-rosetta';
import { loopVariable } from './loops';
import { tree } from './rosetta';

export class JavaExamples extends JavaVisitor {
  public forOfStatement(...[node, renderer]: Parameters<JavaVisitor['forOfStatement']>): ReturnType<JavaVisitor['forOfStatement']> {
    return tree(
      [`for (var ${loopVariable(node)} : `, renderer.convert(node.expression), ') '], [renderer.convert(node.statement)], { canBreakLine: true },
    ) as ReturnType<JavaVisitor['forOfStatement']>;
  }
}
