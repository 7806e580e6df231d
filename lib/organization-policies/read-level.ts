/**
 * Finds the policies of one level of an organization in a file: a policy document, what `aws organizations describe-policy` answers, or a
 * list of these.
 *
 * Invariant: a value that is none of them is an error. No policy is left out silently.
 */
import { ControlLevel, ControlPolicy, ControlPolicyError } from './control-policy';
import { MAX_FILE_CHARACTERS, MAX_POLICIES } from './limits';
import { positionInJson, positionOf } from '../util/json-position';
import { parseJson } from '../util/read-json';
import { isRecord } from '../util/records';

/** Reads the text of a file. @throws ControlPolicyError with the place in the file */
export function readLevel(text: string, file: string): ControlLevel {
  if (text.length > MAX_FILE_CHARACTERS) {
    throw new ControlPolicyError([`${file}: it has ${count(text.length)} characters, and files of up to ${count(MAX_FILE_CHARACTERS)} are read. `
      + 'Give the policies of one level of the organization only']);
  }
  const value = parseJson(text, ({ message }) => new ControlPolicyError([`${placeOfSyntaxError(text, file, message)}: not JSON: ${message}`]));
  return levelIn(value, text, file);
}

/** @param value what the text of the file is, parsed. @throws ControlPolicyError with the place in the file */
export function levelIn(value: unknown, text: string, file: string): ControlLevel {
  const placeAt = (path: string) => {
    const { line, column } = positionInJson(text, path);
    return `${file}:${line}:${column}`;
  };
  if (!Array.isArray(value)) { return { source: file, policies: [policyIn(value, file, '', placeAt)] }; }
  if (value.length === 0) { throw new ControlPolicyError([`${placeAt('')}: the list has no policies. Give the policies of one level of the organization, or leave the file out`]); }
  if (value.length > MAX_POLICIES) {
    throw new ControlPolicyError([`${placeAt(`[${MAX_POLICIES}]`)}: the list has ${count(value.length)} policies, and ${MAX_POLICIES} are read. AWS accepts fewer at one level of an organization`]);
  }
  return { source: file, policies: value.map((item, i) => policyIn(item, `${file}[${i}]`, `[${i}]`, placeAt)) };
}

function policyIn(value: unknown, name: string, path: string, placeAt: (path: string) => string): ControlPolicy {
  const fail = (at: string, message: string): never => { throw new ControlPolicyError([`${placeAt(`${path}${at}`)}: ${message}`]); };
  if (!isRecord(value)) { return fail('', 'not a policy. Write a policy document, or what `aws organizations describe-policy` answers, or a list of these'); }
  if ('Policies' in value && !('Statement' in value)) {
    return fail('', 'it lists policies without their documents. Give what `aws organizations describe-policy --policy-id ID` answers for each');
  }
  const { Policy: answer } = value;
  if ('Statement' in value || !isRecord(answer)) { return { name, document: value, placeOf: (where) => placeAt(join(path, where)) }; }
  const { Content: content, PolicySummary: summary } = answer;
  if (typeof content !== 'string') { return fail('.Policy', 'Policy has no Content. Give what `aws organizations describe-policy` answers, or the document alone'); }
  const { Name: called, Type: type } = isRecord(summary) ? summary : {};
  const place = placeAt(`${path}.Policy.Content`);
  return {
    name: typeof called === 'string' ? `'${called}' (${name})` : name,
    document: parseJson(content, ({ message }) => new ControlPolicyError([`${place}: Content is not JSON: ${message}`])),
    ...(typeof type === 'string' && { type }),
    placeOf: () => place,
  };
}

function join(path: string, where: string): string {
  return path === '' || where === '' || where.startsWith('[') ? `${path}${where}` : `${path}.${where}`;
}

/** The messages of `JSON.parse` have an offset in most versions of Node.js. */
function placeOfSyntaxError(text: string, file: string, message: string): string {
  const offset = /\bposition (\d+)/.exec(message)?.[1];
  if (offset === undefined) { return file; }
  const { line, column } = positionOf(text, Number(offset));
  return `${file}:${line}:${column}`;
}

function count(value: number): string {
  return value.toLocaleString('en-US');
}
