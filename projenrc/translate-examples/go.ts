/**
 * What jsii-rosetta gets wrong in Go, so that no example compiles: structs and types without their package, lists and maps that are not
 * pointers, optional arguments left out, properties of classes without the call, values of strings in place of pointers, and a function
 * for booleans that the runtime does not have.
 */
/* eslint-disable no-bitwise */ // flags of TypeScript
import { GoVisitor } from 'jsii-rosetta';
import * as ts from 'typescript';
import { goType, isStruct, ownerOf, qualifiedName } from './go-types';
import { loopVariable } from './loops';
import { Renderer, tree, Tree } from './rosetta';

type Result = ReturnType<GoVisitor['block']>;
type GoRenderer = Parameters<GoVisitor['block']>[1];
type Context = GoRenderer['currentContext'];

export class GoExamples extends GoVisitor {
  public identifier(...[node, renderer]: Parameters<GoVisitor['identifier']>): Result {
    return super.identifier(node, renderer.updateContext({ isPtr: false, isPtrAssignmentRValue: false }));
  }

  public token<A extends ts.SyntaxKind>(node: ts.Token<A>, renderer: GoRenderer): Result {
    const isBoolean = node.kind === ts.SyntaxKind.TrueKeyword || node.kind === ts.SyntaxKind.FalseKeyword;
    return isBoolean && renderer.currentContext.wrapPtr ? asResult(tree([`jsii.Bool(${node.getText()})`])) : super.token(node, renderer);
  }

  public knownStructObjectLiteralExpression(...[node, structType, renderer]: Parameters<GoVisitor['knownStructObjectLiteralExpression']>): Result {
    const name = qualifiedName(node, structType.type.symbol, renderer.typeChecker);
    return literal([`&${name}{`], renderer.updateContext({ isExported: true, isStruct: true, inMapLiteral: false }).convertAll(node.properties));
  }

  public keyValueObjectLiteralExpression(...[node, renderer]: Parameters<GoVisitor['keyValueObjectLiteralExpression']>): Result {
    const { typeChecker } = renderer;
    const type = typeChecker.getContextualType(node)?.getNonNullableType().getStringIndexType();
    const element = type === undefined ? 'interface{}' : goType(node, type, typeChecker);
    return literal(
      [`${addressOf(node, typeChecker)}map[string]${element}{`],
      renderer.updateContext({ inMapLiteral: true, isStruct: false, wrapPtr: true }).convertAll(node.properties),
    );
  }

  public arrayLiteralExpression(...[node, renderer]: Parameters<GoVisitor['arrayLiteralExpression']>): Result {
    const { typeChecker } = renderer;
    const type = typeChecker.getContextualType(node)?.getNonNullableType() ?? typeChecker.getTypeAtLocation(node);
    const element = type.getNumberIndexType();
    return literal(
      [`${addressOf(node, typeChecker)}[]${element === undefined ? 'interface{}' : goType(node, element, typeChecker)}{`],
      renderer.updateContext({ wrapPtr: true }).convertAll(node.elements),
    );
  }

  public propertyAssignment(...[node, renderer]: Parameters<GoVisitor['propertyAssignment']>): Result {
    const name = ts.isStringLiteralLike(node.name) || ts.isIdentifier(node.name) ? node.name.text : node.name.getText();
    const key = renderer.currentContext.inMapLiteral ? JSON.stringify(name) : capitalized(name);
    const value = renderer.updateContext({ isExported: false, inMapLiteral: false, isStruct: false, wrapPtr: true }).convert(node.initializer);
    return asResult(tree([key, ': ', value], [], { canBreakLine: true }));
  }

  public shorthandPropertyAssignment(...[node, renderer]: Parameters<GoVisitor['shorthandPropertyAssignment']>): Result {
    const key = renderer.currentContext.inMapLiteral ? JSON.stringify(node.name.text) : capitalized(node.name.text);
    return asResult(tree([`${key}: ${node.name.text}`], [], { canBreakLine: true }));
  }

  public propertyAccessExpression(...[node, renderer, submodule]: Parameters<GoVisitor['propertyAccessExpression']>): Result {
    const owner = submodule === undefined ? ownerOf(node, renderer.typeChecker) : undefined;
    if (owner === undefined) { return super.propertyAccessExpression(node, renderer, submodule); }
    const isProperty = !(ts.isCallExpression(node.parent) && node.parent.expression === node);
    const call = isProperty && !isStruct(owner) ? '()' : '';
    const object = renderer.updateContext({ isExported: false, wrapPtr: false }).convert(node.expression);
    return asResult(tree([object, `.${capitalized(node.name.text)}${call}`]));
  }

  public regularCallExpression(...[node, renderer]: Parameters<GoVisitor['regularCallExpression']>): Result {
    return asResult(tree([renderer.updateContext({ wrapPtr: false }).convert(node.expression), '(', this.allArguments(node, renderer), ')']));
  }

  public newExpression(...[node, renderer]: Parameters<GoVisitor['newExpression']>): Result {
    const symbol = renderer.typeChecker.getSymbolAtLocation(node.expression)!;
    const [packageName, name] = qualifiedName(node, symbol, renderer.typeChecker).split('.');
    return asResult(tree([`${packageName}.New${name}(`, this.allArguments(node, renderer), ')'], [], { canBreakLine: true }));
  }

  public templateExpression(...[node, renderer]: Parameters<GoVisitor['templateExpression']>): Result {
    const literalOf = (text: string) => (text === '' ? [] : [JSON.stringify(text)]);
    const parts = [
      ...literalOf(node.head.text),
      ...node.templateSpans.flatMap((span) => [
        tree(['*', renderer.updateContext({ wrapPtr: false }).convert(span.expression)]), ...literalOf(span.literal.text),
      ]),
    ];
    return asResult(tree(['jsii.String('], parts, { separator: ' + ', suffix: ')' }));
  }

  public forOfStatement(...[node, renderer]: Parameters<GoVisitor['forOfStatement']>): Result {
    return asResult(tree(
      [`for _, ${loopVariable(node)} := range ${ts.isCallExpression(node.expression) ? '*' : ''}`, renderer.convert(node.expression), ' '],
      [renderer.convert(node.statement)], { canBreakLine: true },
    ));
  }

  /** The arguments, with a `nil` for each that is optional and left out: Go has no optional ones. */
  private allArguments(node: ts.CallExpression | ts.NewExpression, renderer: Renderer<Context>): Tree {
    const given = renderer.updateContext({ wrapPtr: true }).convertAll(node.arguments ?? []);
    const parameters = renderer.typeChecker.getResolvedSignature(node)?.getDeclaration()?.parameters ?? [];
    const absent = parameters.slice(given.length).filter((parameter) => parameter.dotDotDotToken === undefined);
    return tree([], [...given, ...absent.map(() => 'nil')], { separator: ', ' });
  }
}

function asResult(result: Tree): Result {
  return result as Result;
}

function literal(prefix: readonly string[], elements: readonly Tree[]): Result {
  return asResult(tree(prefix, elements, { suffix: '}', separator: ',', trailingSeparator: true, indent: 1 }));
}

function capitalized(name: string): string {
  return name.charAt(0).toUpperCase() + name.slice(1);
}

/** Lists and maps are pointers in structs and arguments; elsewhere, and in values of any type, they are not. */
function addressOf(node: ts.Expression, typeChecker: ts.TypeChecker): string {
  const expected = typeChecker.getContextualType(node);
  if (expected === undefined || (expected.flags & ts.TypeFlags.Any) !== 0) { return ''; }
  return ts.isPropertyAssignment(node.parent) || ts.isCallExpression(node.parent) || ts.isNewExpression(node.parent) ? '&' : '';
}
