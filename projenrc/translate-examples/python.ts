/** jsii-rosetta turns a struct in last position into keyword arguments, even if the parameter is variadic, as that of `acknowledge`. */
import { PythonVisitor } from 'jsii-rosetta';

export class PythonExamples extends PythonVisitor {
  public knownStructObjectLiteralExpression(
    ...[node, structType, context]: Parameters<PythonVisitor['knownStructObjectLiteralExpression']>
  ): ReturnType<PythonVisitor['knownStructObjectLiteralExpression']> {
    const { tailPositionArgument, variadicArgument } = context.currentContext;
    return super.knownStructObjectLiteralExpression(
      node, structType, context.updateContext({ tailPositionArgument: tailPositionArgument && !variadicArgument }),
    );
  }
}
