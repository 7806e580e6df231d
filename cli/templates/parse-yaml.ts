/**
 * Parses a YAML template, with the short forms of CloudFormation's functions: first fast (parse-plain-yaml.ts), then completely,
 * with the position of an error.
 * Invariant: account ids with a leading zero, and dates such as the Version of a policy, stay strings. Aliases cannot exhaust the
 * memory, and nesting cannot overflow the stack.
 * For speed, a repeated name and the anchor of an alias are found here: the library compares each with all others.
 */
import type { Alias, Document, LineCounter, Node, Pair } from 'yaml';
import { onDemand } from './on-demand';
import { parsePlainYaml } from './parse-plain-yaml';
import { taggedValue } from './short-forms';
import { targetsOfAliases, yamlDocument } from './yaml-document';
import { inMegabytes, MAX_YAML_CHARACTERS } from '../files/limits';
import { Unreadable } from '../files/unreadable';

/**
 * Maximum number of values that the aliases of a file may repeat. A few lines of nested aliases would otherwise exhaust the
 * memory.
 */
const MAX_REPEATED = 100_000;

/** Parses YAML. @throws Unreadable */
export function parseYaml(text: string, file: string): unknown {
  if (text.length > MAX_YAML_CHARACTERS) {
    throw new Unreadable(file, `it has ${inMegabytes(text.length)}; at most ${inMegabytes(MAX_YAML_CHARACTERS)} are read of YAML. CloudFormation accepts templates of up to 1 MB`);
  }
  return parsePlainYaml(text) ?? parseAnyYaml(text, file);
}

/** Parses all of YAML: slower, and reports what is wrong and where. @throws Unreadable */
export function parseAnyYaml(text: string, file: string): unknown {
  const lines = new (onDemand.yaml().LineCounter)();
  const document = yamlDocument(text, file, lines);
  return new Reader(document, file, lines).read(document.contents as Node | null);
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

  private readonly targets: ReadonlyMap<Alias, Node>;

  public constructor(document: Document.Parsed, private readonly file: string, private readonly lines: LineCounter) {
    this.targets = targetsOfAliases(document);
  }

  public read(node: Node | null): unknown {
    const { isAlias, isMap, isScalar, isSeq } = onDemand.yaml();
    if (this.inAlias > 0 && ++this.repeated > MAX_REPEATED) { throw new Unreadable(this.file, `its YAML aliases repeat more than ${MAX_REPEATED.toLocaleString('en-US')} values`); }
    if (isAlias(node)) {
      const target = this.targets.get(node);
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
    const names = new Set<string>();
    for (const { key, value } of node.items as Array<Pair<Node, Node | null>>) {
      const name = String(this.read(key));
      if (names.has(name)) { throw this.at(key, 'not YAML: Map keys must be unique'); }
      names.add(name);
      if (isScalar(key) && key.value === '<<' && key.type === 'PLAIN') {
        this.mapsToMerge(value).reverse().forEach((map) => Object.entries(map).forEach(([other, member]) => setMember(merged, other, member)));
      } else {
        setMember(members, name, this.read(value));
      }
    }
    Object.entries(members).forEach(([name, member]) => setMember(merged, name, member));
    return taggedValue(node.tag, merged);
  }

  private at(node: Node | null, reason: string): Unreadable {
    const { line, col } = this.lines.linePos(node?.range?.[0] ?? 0);
    return new Unreadable(this.file, reason, line, col);
  }

  /** The maps of a merge key, `<<`: one, or a list of which the first counts most. @see https://yaml.org/type/merge.html */
  private mapsToMerge(value: Node | null): Array<Record<string, unknown>> {
    const { isAlias, isMap, isSeq } = onDemand.yaml();
    const target = (node: unknown) => (isAlias(node) ? this.targets.get(node) : node);
    const list = target(value);
    const nodes = isSeq(list) && !list.tag?.startsWith('!') ? list.items as Node[] : [value];
    if (!nodes.every((node) => isMap(target(node)) && !(target(node) as Node).tag?.startsWith('!'))) {
      throw this.at(value, 'the merge key << needs a map, or a list of maps');
    }
    return nodes.map((node) => this.read(node) as Record<string, unknown>);
  }
}
