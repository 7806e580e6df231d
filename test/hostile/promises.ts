/** What SECURITY.md promises about hostile input, checked on the outcome of a run. */
import { DOMParser, onErrorStopParsing } from '@xmldom/xmldom';
import { Attack, HostileFile, Outcome } from './attack';
import { CREDENTIALS, FOREIGN } from './run-attack';
import { dangersIn } from '../cli/hostile-text';
import { sarifErrors } from '../cli/sarif-schema';

/** The time of a run without its input, and for each megabyte of input, in milliseconds. */
export interface Pace {
  readonly base: number;
  readonly perMegabyte: number;
}

/** What is wrong with an outcome: nothing, if the promises hold. */
export function brokenPromises(attack: Attack, outcome: Outcome, pace: Pace): string[] {
  const { status, signal, stdout, stderr, milliseconds } = outcome;
  const [out, err] = [stdout.toString('utf-8'), stderr.toString('utf-8')];
  const limit = pace.base + pace.perMegabyte * sizeOf(attack) / 1e6;
  return [
    ...(signal ? [`ended by ${signal}`] : []),
    ...(status === null || ![0, 1, 2].includes(status) ? [`exit code ${String(status)}`] : []),
    ...(milliseconds > limit ? [`took ${Math.round(milliseconds)} ms, more than ${Math.round(limit)}`] : []),
    ...(/which is a bug|\n {4}at |Maximum call stack|heap out of memory|Unhandled/.test(err) ? ['an unexpected error'] : []),
    ...(/\[object Object\]/.test(out + err) ? ['[object Object]'] : []),
    ...(status === 2 && err === '' && !SAYS_WHY.test(out) && attack.output === undefined
      ? ['exit code 2 without a word'] : []),
    ...dangersIn(out).map((danger) => `${danger} in stdout`),
    ...dangersIn(err).map((danger) => `${danger} in stderr`),
    ...leaksIn(out + err, attack),
    ...(attack.output === undefined && status !== 2 ? unparsable(attack, out) : []),
    ...hiddenFindings(attack, outcome, out),
  ];
}

function sizeOf({ files, input }: Attack): number {
  const all = [...Object.values(files), ...(input ? [input] : [])];
  return all.reduce(
    (sum: number, file) => sum + (typeof file === 'string' || Buffer.isBuffer(file) ? file.length : 0), 0,
  );
}

/** What stands in the output itself: lines of `compare --pairs`, and what `audit` could not read. */
const SAYS_WHY = /"error":|not read/;

function leaksIn(text: string, { files, args }: Attack): string[] {
  // Who names a link on the command line means the file that it leads to.
  const isNamed = args.some((arg) => isLinkToForeign(files[arg]));
  return [
    ...Object.entries(CREDENTIALS).filter(([, value]) => text.includes(value)).map(([name]) => `${name} is printed`),
    ...(/Signature=[0-9a-f]{16}/.test(text) ? ['a signature is printed'] : []),
    ...(!isNamed && text.includes(FOREIGN) || /root:x:0/.test(text) ? ['a foreign file is printed'] : []),
  ];
}

function isLinkToForeign(file: HostileFile | undefined): boolean {
  return typeof file === 'object' && 'link' in file && file.link === '../foreign.json';
}

function unparsable({ format, args }: Attack, out: string): string[] {
  try {
    switch (format) {
      case 'json': JSON.parse(out); break;
      case 'sarif': return sarifErrors(JSON.parse(out))?.length ? ['SARIF against its schema'] : [];
      case 'json lines': out.split('\n').filter((line) => line !== '').forEach((line) => JSON.parse(line)); break;
      case 'junit': return unparsableXml(out);
      case 'html': return (out.match(/<script/g) ?? []).length > SCRIPTS || out.includes('<img src=x') ? ['markup of the input in the page'] : [];
      case 'text': return [];
    }
    return [];
  } catch (e) {
    return out === '' && args[0] === 'explain' ? [] : [`${format} that cannot be parsed: ${(e as Error).message.slice(0, 100)}`];
  }
}

/** Scripts that the page has of its own. */
const SCRIPTS = 3;

function unparsableXml(out: string): string[] {
  const parser = new DOMParser({ onError: onErrorStopParsing });
  const root = parser.parseFromString(out, 'text/xml').documentElement!; // throws if it is not well-formed
  const [cases, told] = [root.getElementsByTagName('testcase').length, root.getAttribute('tests')];
  return told === String(cases) ? [] : [`JUnit with ${cases} test cases that counts ${told}`];
}

function hiddenFindings({ planted, failsOnFindings, output, format }: Attack, { status }: Outcome,
  out: string): string[] {
  const writes = format !== 'json lines' || planted !== undefined; // an empty file of pairs has no answers
  if (output === 'full disk') { return status !== 2 && writes ? ['a full disk is not told'] : []; }
  if (planted === undefined) { return []; }
  return [
    ...(failsOnFindings && status === 0 ? ['exit code 0 despite a finding'] : []),
    ...(output === undefined && !out.includes(planted) ? [`${format} without the finding that is beside the hostile input`] : []),
  ];
}
