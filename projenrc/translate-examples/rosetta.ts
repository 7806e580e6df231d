/** What jsii-rosetta uses and does not export: the trees that its visitors return, and its look-up of types of jsii. */
import * as path from 'path';
import * as ts from 'typescript';

export interface Tree {
  readonly isEmpty: boolean;
}

type Part = Tree | string;

interface TreeOptions {
  readonly indent?: number;
  readonly separator?: string;
  readonly suffix?: string;
  readonly canBreakLine?: boolean;
  readonly trailingSeparator?: boolean;
}

/** What visitors use of the renderer. `C` is the context of a language. */
export interface Renderer<C> {
  readonly typeChecker: ts.TypeChecker;
  readonly currentContext: C;
  convert(node: ts.Node | undefined): Tree;
  convertAll(nodes: readonly ts.Node[]): Tree[];
  updateContext(update: Partial<C>): Renderer<C>;
  textOf(node: ts.Node): string;
}

interface JsiiSymbol {
  /** Such as `aws-cdk-lib.aws_iam.PolicyStatementProps`. */
  readonly fqn: string;
  readonly sourceAssembly?: { readonly packageJson: { readonly jsii?: { readonly targets?: { readonly go?: { readonly packageName?: string } } } } };
}

const folder = path.dirname(require.resolve('jsii-rosetta/package.json'));
const load = (file: string): any => require(path.join(folder, 'lib', file)); // eslint-disable-line @typescript-eslint/no-require-imports

const { OTree } = load('o-tree.js');
const { lookupJsiiSymbol } = load('jsii/jsii-utils.js');

export function tree(prefix: readonly Part[], children: readonly Part[] = [], options: TreeOptions = {}): Tree {
  return new OTree(prefix, children, options);
}

/** The type of jsii that a symbol of TypeScript stands for; undefined for those that a snippet declares itself. */
export function jsiiSymbolOf(typeChecker: ts.TypeChecker, symbol: ts.Symbol): JsiiSymbol | undefined {
  return lookupJsiiSymbol(typeChecker, symbol);
}
