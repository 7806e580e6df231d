/** How Go names the types of jsii. */
/* eslint-disable no-bitwise */ // flags of TypeScript
import * as ts from 'typescript';
import { jsiiSymbolOf } from './rosetta';

/** A struct of jsii is an interface whose name does not begin as that of `IRole`. */
export function isStruct(symbol: ts.Symbol): boolean {
  return symbol.declarations?.some(ts.isInterfaceDeclaration) === true && !/^I[A-Z]/.test(symbol.name);
}

/** The class or interface that declares the property or method of `a.b`; undefined where `b` is static, or `a` an enum or a module. */
export function ownerOf(node: ts.PropertyAccessExpression, typeChecker: ts.TypeChecker): ts.Symbol | undefined {
  const declaration = typeChecker.getSymbolAtLocation(node.name)?.valueDeclaration;
  if (declaration === undefined || (ts.getCombinedModifierFlags(declaration) & ts.ModifierFlags.Static) !== 0) { return undefined; }
  const { parent } = declaration;
  return ts.isClassDeclaration(parent) || ts.isInterfaceDeclaration(parent) ? typeChecker.getSymbolAtLocation(parent.name!) : undefined;
}

/** The type of elements of lists and maps, such as `*string` and `iam.PolicyDocument`. */
export function goType(node: ts.Node, type: ts.Type, typeChecker: ts.TypeChecker): string {
  const plain = type.getNonNullableType();
  if ((plain.flags & ts.TypeFlags.StringLike) !== 0) { return '*string'; }
  if ((plain.flags & ts.TypeFlags.NumberLike) !== 0 && (plain.flags & ts.TypeFlags.EnumLike) === 0) { return '*float64'; }
  if ((plain.flags & ts.TypeFlags.BooleanLike) !== 0) { return '*bool'; }
  const symbol = plain.aliasSymbol ?? plain.symbol;
  if (symbol === undefined || jsiiSymbolOf(typeChecker, symbol) === undefined) { return 'interface{}'; }
  return `${isStruct(symbol) ? '*' : ''}${qualifiedName(node, symbol, typeChecker)}`;
}

/** Such as `iam.PolicyStatement`: with the name by which the example imports the module, or else with that of its package. */
export function qualifiedName(node: ts.Node, symbol: ts.Symbol, typeChecker: ts.TypeChecker): string {
  const resolved = (symbol.flags & ts.SymbolFlags.Alias) === 0 ? symbol : typeChecker.getAliasedSymbol(symbol);
  const jsii = jsiiSymbolOf(typeChecker, resolved);
  if (jsii === undefined) { throw new Error(`'${symbol.name}' is not a type of jsii.`); }
  const [, ...submodule] = jsii.fqn.split('.').slice(0, -1);
  const root = jsii.sourceAssembly?.packageJson.jsii?.targets?.go?.packageName ?? jsii.fqn.split('.')[0].replace(/\W/g, '');
  const packageName = importedAs(node.getSourceFile(), submodule) ?? (submodule.length === 0 ? root : submodule.join('').replace(/_/g, ''));
  return `${packageName}.${resolved.name}`;
}

/** `iam` for `import * as iam from 'aws-cdk-lib/aws-iam'` and the submodule `aws_iam`. */
function importedAs(file: ts.SourceFile, submodule: readonly string[]): string | undefined {
  const name = submodule.join('/').replace(/_/g, '-');
  for (const statement of file.statements.filter(ts.isImportDeclaration)) {
    const bindings = statement.importClause?.namedBindings;
    const [, ...rest] = (statement.moduleSpecifier as ts.StringLiteral).text.split('/');
    if (bindings !== undefined && ts.isNamespaceImport(bindings) && rest.join('/') === name) { return bindings.name.text; }
  }
  return undefined;
}
