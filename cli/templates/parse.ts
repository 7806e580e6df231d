import type { ParseError } from 'jsonc-parser';
import { onDemand } from './on-demand';
import { parseYaml } from './parse-yaml';
import { Unreadable } from './unreadable';

/** What the text of a template, or of another JSON or YAML file, says. @throws Unreadable */
export function parse(text: string, file: string): unknown {
  try {
    return isJson(text) ? parseJson(text, file) : parseYaml(text, file);
  } catch (e) {
    if (e instanceof RangeError) { throw new Unreadable(file, 'it is nested too deeply'); }
    throw e;
  }
}

/** A template is an object, and JSON begins one with a brace. */
export function isJson(text: string): boolean {
  return /^\s*\{/.test(text);
}

function parseJson(text: string, file: string): unknown {
  try {
    return JSON.parse(text);
  } catch (e) {
    if (!(e instanceof SyntaxError)) { throw e; }
    throw jsonProblem(text, file) ?? new Unreadable(file, `not JSON: ${e.message}`);
  }
}

/** JSON.parse does not always say where. */
function jsonProblem(text: string, file: string): Unreadable | undefined {
  const jsonc = onDemand.jsonc();
  const errors: ParseError[] = [];
  jsonc.visit(text, {
    onError: (error, offset, length) => { errors.push({ error, offset, length }); },
  }, { disallowComments: true, allowTrailingComma: false });
  const [first] = errors;
  if (!first) { return undefined; }
  const { line, column } = lineAt(text, first.offset);
  return new Unreadable(file, `not JSON: ${words(jsonc.printParseErrorCode(first.error))}`, line, column);
}

/** `CommaExpected` → `comma expected` */
function words(code: string): string {
  return code.replace(/(?!^)[A-Z]/g, (letter) => ` ${letter}`).toLowerCase();
}

export function lineAt(text: string, offset: number): { readonly line: number; readonly column: number } {
  const before = text.slice(0, offset);
  const lines = before.split('\n');
  return { line: lines.length, column: lines[lines.length - 1].length + 1 };
}
