/**
 * Parses the XML of an answer of IAM to a tree, so that fits-model.ts sees what was sent: the SDK reads text in the place of a list
 * as an empty list, and takes the first of several.
 * Invariant: linear in the length, without recursion, and strict. IAM sends no document types, CDATA, comments or attributes (except
 * for the namespace of the root), in which two parsers could see different things: they are errors.
 */
import { MAX_XML_DEPTH, MAX_XML_ELEMENTS } from './limits';

export interface XmlElement {
  readonly name: string;
  readonly children: readonly XmlElement[];
  /** The text that is directly in the element, without the blanks around it. Entities stay as they are. */
  readonly text: string;
}

interface Open {
  readonly name: string;
  readonly children: XmlElement[];
  text: string;
}

/** Parses a document. @throws Error if it is not the XML that AWS sends */
export function parseXmlTree(xml: string): XmlElement {
  const document: Open = { name: '', children: [], text: '' };
  const open = [document];
  let elements = 0;
  let at = xml.startsWith('\uFEFF') ? 1 : 0;
  while (at < xml.length) {
    const current = open[open.length - 1];
    const tagAt = xml.indexOf('<', at);
    current.text += xml.slice(at, tagAt < 0 ? xml.length : tagAt);
    if (tagAt < 0) { break; }
    const end = xml.indexOf('>', tagAt);
    if (end < 0) { throw new Error('the XML ends within a tag'); }
    const tag = xml.slice(tagAt + 1, end);
    at = end + 1;
    if (tag.startsWith('?') && open.length === 1 && document.children.length === 0) { continue; } // <?xml version="1.0"?>
    if (tag.startsWith('/')) {
      if (open.length === 1 || tag.slice(1).trim() !== current.name) { throw new Error('the XML has an end tag without its start tag'); }
      open.pop();
      open[open.length - 1].children.push({ ...current, text: current.text.trim() });
      continue;
    }
    const isEmpty = tag.endsWith('/');
    const [, name, attributes] = /^([A-Za-z_][\w.:-]*)([^]*)$/.exec(isEmpty ? tag.slice(0, -1) : tag) ?? [];
    if (name === undefined) { throw new Error('the XML has something other than elements'); }
    const isNamespace = /^\s+xmlns\s*=\s*("[^"]*"|'[^']*')\s*$/.test(attributes) && open.length === 1;
    if (attributes.trim() !== '' && !isNamespace) { throw new Error('the XML has attributes'); }
    if (++elements > MAX_XML_ELEMENTS) { throw new Error(`the XML has more than ${MAX_XML_ELEMENTS} elements`); }
    if (isEmpty) {
      current.children.push({ name, children: [], text: '' });
    } else {
      if (open.length > MAX_XML_DEPTH) { throw new Error(`the XML has more than ${MAX_XML_DEPTH} levels`); }
      open.push({ name, children: [], text: '' });
    }
  }
  if (open.length > 1) { throw new Error('the XML ends before its last end tag'); }
  const [root, ...others] = document.children;
  if (root === undefined || others.length > 0 || document.text.trim() !== '') { throw new Error('the XML has not one root element'); }
  return root;
}
