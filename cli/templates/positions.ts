/**
 * Finds the position of a property in the text of a template, for findings (check/report-on.ts) and for drift
 * (live/drift/expected.ts). It parses the text again, so it is created only if a position is needed.
 * Invariant: if the property is not written, the position is that of the innermost property around it.
 */
import type { Node as JsonNode } from 'jsonc-parser';
import type { Node as YamlNode, Pair } from 'yaml';
import { onDemand } from './on-demand';
import { isJson } from './parse';
import { targetsOfAliases, yamlDocument } from './yaml-document';
import { Unreadable } from '../files/unreadable';

/** A range of a text. Lines and columns start at 1; the end is after the last character. */
export interface Region {
  readonly line: number;
  readonly column: number;
  readonly endLine: number;
  readonly endColumn: number;
}

export class Positions {
  private readonly lineStarts: readonly number[];
  private readonly find: (path: readonly string[]) => readonly [number, number] | undefined;

  public constructor(text: string) {
    this.lineStarts = [0, ...[...text.matchAll(/\n/g)].map((match) => match.index + 1)];
    this.find = isJson(text) ? inJson(text) : inYaml(text);
  }

  /** Returns the range of the member at the path, or of the innermost member around it. */
  public at(path: readonly string[]): Region | undefined {
    for (let length = path.length; length > 0; length--) {
      const range = this.find(path.slice(0, length));
      if (range) { return this.region(...range); }
    }
    return undefined;
  }

  private region(start: number, end: number): Region {
    const [from, to] = [this.place(start), this.place(end)];
    return { line: from.line, column: from.column, endLine: to.line, endColumn: to.column };
  }

  private place(offset: number): { readonly line: number; readonly column: number } {
    let [low, high] = [0, this.lineStarts.length - 1];
    while (low < high) {
      const middle = Math.ceil((low + high) / 2);
      if (this.lineStarts[middle] <= offset) { low = middle; } else { high = middle - 1; }
    }
    return { line: low + 1, column: offset - this.lineStarts[low] + 1 };
  }
}

/** The range of a member includes its name and its value. An item of a list is named by its index. */
function inJson(text: string): (path: readonly string[]) => readonly [number, number] | undefined {
  const root = onDemand.jsonc().parseTree(text);
  return (path) => {
    let node: JsonNode | undefined = root;
    let found: JsonNode | undefined;
    for (const name of path) {
      const members: readonly JsonNode[] = node?.children ?? [];
      found = node?.type === 'array' ? members[Number(name)] : members.find(({ children }) => children?.[0].value === name);
      node = found?.type === 'property' ? found.children?.[1] : found;
    }
    return found && [found.offset, found.offset + found.length];
  };
}

type Member = Pair<YamlNode, YamlNode | null>;

function inYaml(text: string): (path: readonly string[]) => readonly [number, number] | undefined {
  const { isAlias, isMap, isSeq } = onDemand.yaml();
  const document = documentOf(text);
  if (!document) { return () => undefined; }
  const targets = targetsOfAliases(document);
  return (path) => {
    let node: YamlNode | null | undefined = document.contents;
    let range: readonly [number, number] | undefined;
    for (const name of path) {
      if (isAlias(node)) { node = targets.get(node); }
      if (node?.tag === `!${name.replace('Fn::', '')}`) { continue; } // the short form of a function
      if (isSeq(node)) {
        node = node.items[Number(name)] as YamlNode | undefined;
        range = node?.range ? [node.range[0], node.range[1]] : undefined;
      } else {
        const pair: Member | undefined = isMap(node)
          ? (node.items as Member[]).find(({ key }) => String((key as { value?: unknown }).value) === name)
          : undefined;
        node = pair?.value;
        range = pair?.key.range ? [pair.key.range[0], (pair.value?.range ?? pair.key.range)[1]] : undefined;
      }
      if (!range) { return undefined; }
    }
    return range;
  };
}

/** The fast parser reads some text that the complete one refuses, such as a name of more than 1,024 characters: it has no positions. */
function documentOf(text: string): ReturnType<typeof yamlDocument> | undefined {
  try {
    return yamlDocument(text, '');
  } catch (e) {
    if (e instanceof Unreadable) { return undefined; }
    throw e;
  }
}
