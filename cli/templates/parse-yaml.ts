/**
 * Parses a YAML template, with the short forms of CloudFormation's functions: first fast (parse-plain-yaml.ts), then completely,
 * with the position of an error.
 * Invariant: account ids with a leading zero, and dates such as the Version of a policy, stay strings. Aliases cannot exhaust the
 * memory.
 */
import type { Document, LineCounter, Node, Pair } from 'yaml';
import { onDemand } from './on-demand';
import { parsePlainYaml } from './parse-plain-yaml';
import { taggedValue } from './short-forms';
import { Unreadable } from './unreadable';

/**
 * Maximum number of values that the aliases of a file may repeat. A few lines of nested aliases would otherwise exhaust the
 * memory.
 */
const MAX_REPEATED = 100_000;

/** Parses YAML. @throws Unreadable */
export function parseYaml(text: string, file: string): unknown {
  return parsePlainYaml(text) ?? parseAnyYaml(text, file);
}

/** Parses all of YAML: slower, and reports what is wrong and where. @throws Unreadable */
export function parseAnyYaml(text: string, file: string): unknown {
  const lines = new (onDemand.yaml().LineCounter)();
  const document = yamlDocument(text, lines);
  const [error] = document.errors;
  if (error) {
    const [start] = error.linePos ?? [];
    throw new Unreadable(file, `not YAML: ${error.message.replace(/ at line \d+, column \d+:[^]*$/, '')}`, start?.line, start?.col);
  }
  return new Reader(document, file, lines).read(document.contents as Node | null);
}

/** Parses to nodes with positions. Numbers with a leading zero, such as account ids, and dates stay strings. */
export function yamlDocument(text: string, lineCounter?: LineCounter): Document.Parsed {
  const { parseDocument } = onDemand.yaml();
  return parseDocument(text, {
    schema: 'core',
    lineCounter,
    logLevel: 'error', // do not warn about unknown tags: they are CloudFormation's
    customTags: (tags) => [{ tag: 'tag:yaml.org,2002:str', default: true, test: /^[-+]?0\d+$/, resolve: (written: string) => written }, ...tags],
  });
}

/** A name such as `__proto__` is a member, too. */
function setMember(members: Record<string, unknown>, name: string, value: unknown): void {
  Object.defineProperty(members, name, { value, enumerable: true, configurable: true, writable: true });
}

/**
 * Converts nodes to values, as `toJS` does, and also converts tags. Aliases and merge keys are read as `aws cloudformation package`
 * writes them out. CloudFormation itself takes neither.
 * @see https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/template-formats.html
 * @see https://github.com/aws/aws-cli/pull/3827
 */
class Reader {
  private repeated = 0;
  private inAlias = 0;

  public constructor(private readonly document: Document.Parsed, private readonly file: string, private readonly lines: LineCounter) {}

  public read(node: Node | null): unknown {
    const { isAlias, isMap, isScalar, isSeq } = onDemand.yaml();
    if (this.inAlias > 0 && ++this.repeated > MAX_REPEATED) { throw new Unreadable(this.file, 'its aliases repeat too much'); }
    if (isAlias(node)) {
      const target = node.resolve(this.document);
      if (!target) { throw new Unreadable(this.file, `the alias *${node.source} has no anchor`); }
      if (this.inAlias > 50) { throw new Unreadable(this.file, 'its aliases are nested too deeply'); }
      this.inAlias++;
      try {
        return this.read(target);
      } finally {
        this.inAlias--;
      }
    }
    if (isScalar(node)) { return taggedValue(node.tag, node.value); }
    if (isSeq(node)) { return taggedValue(node.tag, node.items.map((item) => this.read(item as Node))); }
    if (!isMap(node)) { return node === null ? null : undefined; }
    const merged: Record<string, unknown> = {};
    const members: Record<string, unknown> = {};
    for (const { key, value } of node.items as Array<Pair<Node, Node | null>>) {
      if (isScalar(key) && key.value === '<<' && key.type === 'PLAIN') {
        this.mapsToMerge(value).reverse().forEach((map) => Object.entries(map).forEach(([name, member]) => setMember(merged, name, member)));
      } else {
        setMember(members, String(this.read(key)), this.read(value));
      }
    }
    Object.entries(members).forEach(([name, member]) => setMember(merged, name, member));
    return taggedValue(node.tag, merged);
  }

  /** The maps of a merge key, `<<`: one, or a list of which the first counts most. @see https://yaml.org/type/merge.html */
  private mapsToMerge(value: Node | null): Array<Record<string, unknown>> {
    const { isAlias, isMap, isSeq } = onDemand.yaml();
    const target = (node: unknown) => (isAlias(node) ? node.resolve(this.document) : node);
    const list = target(value);
    const nodes = isSeq(list) && !list.tag?.startsWith('!') ? list.items as Node[] : [value];
    if (!nodes.every((node) => isMap(target(node)) && !(target(node) as Node).tag?.startsWith('!'))) {
      const { line, col } = this.lines.linePos(value?.range?.[0] ?? 0);
      throw new Unreadable(this.file, 'the merge key << needs a map, or a list of maps', line, col);
    }
    return nodes.map((node) => this.read(node) as Record<string, unknown>);
  }
}
