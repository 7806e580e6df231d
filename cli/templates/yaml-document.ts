/**
 * Parses YAML to nodes with positions, for parse-yaml.ts and positions.ts. The library's lexer, parser and composer run one after
 * the other, as in its `parseDocument`.
 * Invariant: the composer, which is recursive and needs much memory, never sees text that is nested more deeply than `MAX_LEVELS` or
 * has more than `MAX_YAML_TOKENS`. The lexer and the parser are loops, and are watched.
 * For speed, the first error ends it. A text may have an error for each character, and each would be an object with a stack trace.
 */
import type { Alias, CST, Document, LineCounter, Node, Pair } from 'yaml';
import { onDemand } from './on-demand';
import { TOO_DEEP } from '../files/json-bounds';
import { MAX_LEVELS, MAX_YAML_TOKENS } from '../files/limits';
import { Unreadable } from '../files/unreadable';

/**
 * Parses a text of one document. Numbers with a leading zero, such as account ids, and dates stay strings. Names may be repeated.
 * @throws Unreadable if it is not YAML, is nested too deeply, or has too many tokens
 */
export function yamlDocument(text: string, file: string, lines = new (onDemand.yaml().LineCounter)()): Document.Parsed {
  const { Composer } = onDemand.yaml();
  const source = new Source(text, file, lines);
  const composer = new Composer({
    schema: 'core',
    lineCounter: lines,
    logLevel: 'error', // do not warn about unknown tags: they are CloudFormation's
    uniqueKeys: false,
    customTags: (tags) => [{ tag: 'tag:yaml.org,2002:str', default: true, test: /^[-+]?0\d+$/, resolve: (written: string) => written }, ...tags],
  });
  let first: Unreadable | undefined;
  const onError: ComposeErrorHandler = (at, _, message, warning) => {
    if (!warning) { throw first ??= source.notYaml(offsetOf(at), message); } // the composer catches it, and reports it again, on each level
  };
  Object.assign(composer, { onError });
  const [document] = composer.compose(source.tokens(), true, text.length);
  const [error] = document.errors;
  if (error) { throw source.notYaml(error.pos[0], error.message); }
  return document;
}

/** How the composer reports an error or a warning. The library does not export the type. */
type ComposeErrorHandler = (at: number | readonly number[] | { readonly offset: number }, code: string, message: string, warning?: boolean) => void;

function offsetOf(at: Parameters<ComposeErrorHandler>[0]): number {
  return typeof at === 'number' ? at : 'offset' in at ? at.offset : at[0];
}

/** A text that is parsed. */
class Source {
  public constructor(private readonly text: string, private readonly file: string, private readonly lines: LineCounter) {}

  /** Yields the document, with what is before and after it. @throws Unreadable if there is an error, or a limit is exceeded */
  public* tokens(): Generator<CST.Token> {
    let documents = 0;
    for (const token of this.parsed()) {
      if (token.type === 'error') { throw this.notYaml(token.offset, token.source ? `${token.message}: ${JSON.stringify(token.source)}` : token.message); }
      if (token.type === 'document' && ++documents > 1) {
        throw this.notYaml(token.offset, 'the file contains several documents (---), and a template is one document. Write each template to a file of its own');
      }
      yield token;
    }
  }

  public notYaml(offset: number, message: string): Unreadable {
    return this.at(offset, `not YAML: ${message}`);
  }

  private* parsed(): Generator<CST.Token> {
    const { Lexer, Parser } = onDemand.yaml();
    const parser = new Parser(this.lines.addNewLine);
    this.lines.addNewLine(0);
    let count = 0;
    for (const lexeme of new Lexer().lex(this.text)) {
      yield* parser.next(lexeme);
      if (parser.stack.length > MAX_LEVELS && levelsOf(parser.stack) > MAX_LEVELS) { throw this.at(parser.offset - lexeme.length, TOO_DEEP); }
      if (++count > MAX_YAML_TOKENS) { throw this.at(parser.offset - lexeme.length, TOO_MANY_TOKENS); }
    }
    yield* parser.end();
  }

  private at(offset: number, reason: string): Unreadable {
    const { line, col } = this.lines.linePos(offset);
    return new Unreadable(this.file, reason, line, col);
  }
}

const TOO_MANY_TOKENS = `it has more than ${MAX_YAML_TOKENS.toLocaleString('en-US')} tokens (names, values, punctuation, line ends), which is the limit for YAML`;

/** The stack begins with the document. Only its last entry may be something else than a list or a map. */
function levelsOf(stack: ReadonlyArray<{ readonly type: string }>): number {
  const isCollection = /^(?:block-map|block-seq|flow-collection)$/.test(stack[stack.length - 1].type);
  return stack.length - (isCollection ? 1 : 2);
}

/**
 * Returns the node that each alias stands for: the last node before it with its anchor. Aliases without an anchor are absent.
 * @see https://yaml.org/spec/1.2.2/#71-alias-nodes
 */
export function targetsOfAliases(document: Document.Parsed): ReadonlyMap<Alias, Node> {
  const { isAlias, isCollection, isPair } = onDemand.yaml();
  const anchors = new Map<string, Node>();
  const targets = new Map<Alias, Node>();
  const visit = (node: unknown): void => {
    if (isPair(node)) {
      visit((node as Pair).key);
      visit((node as Pair).value);
    } else if (isAlias(node)) {
      const target = anchors.get(node.source);
      if (target) { targets.set(node, target); }
    } else if (node) {
      const { anchor } = node as { readonly anchor?: string };
      if (anchor !== undefined) { anchors.set(anchor, node as Node); }
      if (isCollection(node)) { node.items.forEach(visit); }
    }
  };
  visit(document.contents);
  return targets;
}
