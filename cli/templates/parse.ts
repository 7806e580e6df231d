/**
 * Parses the text of a template, or of another file of a cloud assembly: JSON if it starts with a brace, YAML otherwise.
 * A name that an object contains twice is an error, as it is in YAML: CloudFormation does not say which of the two it reads.
 * Invariant: every failure is an `Unreadable` with the file, and with the position if it is known. Input that is nested too
 * deeply, or has too many values, is such a failure, not a crash: it is measured before it is parsed.
 */
import { jsonErrorIn } from './json-error';
import { parseYaml } from './parse-yaml';
import { describeRepeatedName, repeatedNameIn } from '../../lib/util/repeated-name';
import { jsonExcess } from '../files/json-bounds';
import { Unreadable } from '../files/unreadable';

/** Returns the value of the text. @throws Unreadable */
export function parse(text: string, file: string): unknown {
  return isJson(text) ? parseJson(text, file) : parseYaml(text, file);
}

/** Whether the text is JSON: a template is an object, which starts with a brace in JSON. */
export function isJson(text: string): boolean {
  return /^\s*\{/.test(text);
}

function parseJson(text: string, file: string): unknown {
  const excess = jsonExcess(text);
  if (excess) { throw new Unreadable(file, excess.what, excess.line, excess.column); }
  const value = parseJsonText(text, file);
  const repeated = repeatedNameIn(text);
  if (repeated) { throw new Unreadable(file, describeRepeatedName(repeated), repeated.line, repeated.column); }
  return value;
}

/** @throws Unreadable with the position of the error */
export function parseJsonText(text: string, file: string): unknown {
  try {
    return JSON.parse(text);
  } catch (e) {
    if (!(e instanceof SyntaxError)) { throw e; }
    throw jsonProblem(text, file) ?? new Unreadable(file, `not JSON: ${e.message}`);
  }
}

/** Finds the position of the error, which `JSON.parse` does not always give. */
function jsonProblem(text: string, file: string): Unreadable | undefined {
  const error = jsonErrorIn(text);
  return error && new Unreadable(file, `not JSON: ${error.what}`, error.line, error.column);
}
