import { jsonErrorIn } from './json-error';
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
  const error = jsonErrorIn(text);
  return error && new Unreadable(file, `not JSON: ${error.what}`, error.line, error.column);
}
