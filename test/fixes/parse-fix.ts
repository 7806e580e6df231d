/** Reads the advice in a printed fix: each sentence has to be one that has an applier, and each statement has to be JSON. */
import { ADVICE, Advice } from './advice';
import { Written } from './app-under-fix';
import { Finding } from '../../lib/analysis/finding';

export interface ParsedAdvice {
  readonly advice: Advice;
  readonly match: RegExpExecArray;
  /** The statements that are printed in it, by their placeholder. */
  readonly json: readonly Written[];
}

/** @throws if a part of the fix is not known */
export function parseFix({ rule, fix }: Pick<Finding, 'rule' | 'fix'>): ParsedAdvice[] {
  const { text, json } = takeJson(fix);
  const found: ParsedAdvice[] = [];
  let rest = text;
  while (rest !== '') {
    const matches = ADVICE.map((advice) => ({
      advice, match: new RegExp(`^(?:${advice.says.source})(?: |$)`, 's').exec(rest),
    }));
    const next = matches.find(({ advice: { rules }, match }) => match && (rules === undefined || rules.includes(rule)));
    if (!next) { throw new Error(`${rule}: no applier for this advice: ${rest}`); }
    found.push({ advice: next.advice, match: next.match!, json });
    rest = rest.slice(next.match![0].length);
  }
  return found;
}

/** Replaces each JSON object by a placeholder. @throws if one is not JSON */
function takeJson(fix: string): { readonly text: string; readonly json: Written[] } {
  const json: Written[] = [];
  let text = '';
  for (let at = 0; at < fix.length; at++) {
    if (!fix.startsWith('{"', at)) {
      text += fix[at];
      continue;
    }
    const end = endOf(fix, at);
    json.push(JSON.parse(fix.slice(at, end)));
    text += `⟦${json.length - 1}⟧`;
    at = end - 1;
  }
  return { text, json };
}

/** Where the object that starts here ends. */
function endOf(text: string, start: number): number {
  let depth = 0;
  let quoted = false;
  for (let at = start; at < text.length; at++) {
    const char = text[at];
    if (char === '\\') { at++; }
    if (char === '"') { quoted = !quoted; }
    if (!quoted && char === '{') { depth++; }
    if (!quoted && char === '}' && --depth === 0) { return at + 1; }
  }
  throw new Error(`no JSON: ${text.slice(start)}`);
}
