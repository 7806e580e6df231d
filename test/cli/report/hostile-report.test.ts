import { Document, DOMParser } from '@xmldom/xmldom';
import fc from 'fast-check';
import { Unreadable } from '../../../cli/files/unreadable';
import { jsonReport } from '../../../cli/report/json';
import { junitReport } from '../../../cli/report/junit';
import { Report, ReportedFinding } from '../../../cli/report/report';
import { sarifReport } from '../../../cli/report/sarif';
import { textReport } from '../../../cli/report/text';
import { oneLine, visible } from '../../../cli/visible';
import { dangersIn, HOSTILE } from '../hostile-text';

/** Each format of a report, whatever text it contains. */

Object.assign(globalThis, { RULE_SENTENCES: {} }); // which the bundle has

const PARTS = [
  ...HOSTILE.split(' '), '<![CDATA[', ']]>', '&#0;', '&', '\n', ' ', '-->', '{{', '$&', '\u0000', '\ufffe', '\ufffd',
  'true', '',
];
const part = fc.oneof(fc.constantFrom(...PARTS), fc.string({ unit: 'binary', maxLength: 4 }));
const text = fc.array(part, { maxLength: 8 })
  .map((parts) => parts.join(''));

const finding: fc.Arbitrary<ReportedFinding> = fc.record({
  rule: fc.constantFrom('SessionPolicyExceedsRole', 'InvalidKubernetesName', 'UnscopedAssociation'),
  severity: fc.constantFrom('error', 'warning'),
  code: fc.constant('Code'),
  message: text,
  fix: text,
  property: fc.constant('Policy'),
  fingerprint: fc.constant('f'),
  acknowledged: fc.option(text, { nil: undefined }),
});

const report: fc.Arbitrary<Report> = fc.record({
  templates: fc.constant(7),
  associations: fc.array(fc.record({
    path: text,
    cluster: text,
    namespace: text,
    serviceAccount: text,
    stack: text,
    logicalId: text,
    file: text,
    findings: fc.array(finding, { maxLength: 3 }),
  }), { maxLength: 3 }),
  unreadable: fc.array(fc.tuple(text, text).map(([file, reason]) => new Unreadable(file, reason)), { maxLength: 2 }),
});

/** The document, and what the parser reports but for its warning about U+FFFD, which is a character like any other. */
function parse(xml: string): { document: Document; errors: string[] } {
  const errors: string[] = [];
  const onError = (_: string, message: string) => {
    if (!message.startsWith('Unicode replacement character')) { errors.push(message); }
  };
  return { document: new DOMParser({ onError }).parseFromString(xml, 'text/xml'), errors };
}

const check = (property: (given: Report) => void) => fc.assert(fc.property(report, property), { numRuns: 300 });

test('text has the lines that the command writes, and no others', () => check((given) => {
  const plain = visible(textReport(given, { colors: false, width: 80 }));
  expect(dangersIn(plain)).toEqual([]);
  expect(dangersIn(visible(textReport(given, { colors: true, width: 80 }), true), true)).toEqual([]);
  const rules = plain.split('\n').filter((line) => /^ {4}(error|warning|acknowledged) {2}[A-Z]\w+ {2}/.test(line));
  expect(rules.length).toBeLessThanOrEqual(given.associations.flatMap(({ findings }) => findings).length);
}));

test('JSON and SARIF have the values of the report', () => check((given) => {
  const [json, sarif] = [jsonReport(given), sarifReport(given)].map((one) => visible(one));
  expect([...dangersIn(json), ...dangersIn(sarif)]).toEqual([]);
  expect(JSON.parse(json).associations.map(({ path }: { path: string }) => path)).toEqual(
    given.associations.map(({ path }) => path),
  );
  const [{ results, invocations = [] }] = JSON.parse(sarif).runs;
  const findings = given.associations.flatMap((one) => one.findings);
  expect(results.map(({ message }: { message: { text: string } }) => message.text)).toEqual(
    findings.map(({ message, fix }) => `${message} Fix: ${fix}`),
  );
  expect(invocations.flatMap((one: { toolExecutionNotifications: unknown[] }) => one.toolExecutionNotifications))
    .toHaveLength(given.unreadable!.length);
}));

test('JUnit has the tests of the report, with their names in visible text', () => check((given) => {
  const xml = junitReport(given, ({ severity }) => severity === 'error');
  expect(dangersIn(xml)).toEqual([]);
  expect(visible(xml)).toBe(xml);
  const { document, errors } = parse(xml);
  expect(errors).toEqual([]);
  const names = [...document.getElementsByTagName('testcase')].map((one) => one.getAttribute('name')!);
  const expected = [
    ...given.associations.flatMap(({ path }) => Array(6).fill(oneLine(path))),
    ...given.unreadable!.map(() => 'can be read'),
  ];
  expect(names.map((name) => name.replace(/: [a-z ]+$/, '')).sort()).toEqual(expected.sort());
  const failures = [...document.getElementsByTagName('failure')]
    .map(({ textContent }) => textContent!.split('\n').length);
  expect(failures.reduce((sum, lines) => sum + lines, 0)).toBe(
    given.associations.flatMap(({ findings }) => findings).filter(({ severity }) => severity === 'error').length,
  );
}));
