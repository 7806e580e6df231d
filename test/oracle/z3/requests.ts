/** Random requests near what the policies of a question name, with values of the types that the keys have. */

import * as fc from 'fast-check';
import { ContextValue, PolicyDocument, Request, StatementDocument } from '../evaluate';
import { Question } from './encode';

interface Named {
  readonly key: string;
  readonly operator: string;
  readonly values: readonly string[];
}

const FILLERS = ['', '', 'a', 'data', '/', '/logs', 'x/logs'];
const ACTION_FILLERS = ['', 'Get', 'Object', 'e', 'x'];

function fill(pattern: string, fillers: readonly string[]): fc.Arbitrary<string> {
  return fc.array(fc.nat(fillers.length - 1), { minLength: 4, maxLength: 4 }).map((picks) => {
    let at = 0;
    return pattern.replace(
      /[*?]/g, (wildcard) => (wildcard === '?' ? 'aeGx'.charAt(picks[at++ % 4] % 4) : fillers[picks[at++ % 4]]),
    );
  });
}

export function requestsNear(question: Question): fc.Arbitrary<Request> {
  const all = [question.session, ...question.identity, ...(question.boundary ? [question.boundary] : [])].flatMap(
    statementsOf,
  );
  const actions = [...all.flatMap((s) => [s.Action ?? [], s.NotAction ?? []].flat()), 's3:GetObject'].filter(
    (pattern) => pattern !== '*',
  );
  const resources = [
    ...all.flatMap((s) => [s.Resource ?? [], s.NotResource ?? []].flat()), 'arn:aws:s3:::data',
  ] as string[];
  const context = contextNear(all.flatMap(namedIn), /\$\{aws:username/.test(JSON.stringify(question)));
  return fc.record({
    action: fc.constantFrom(...(actions as string[])).chain((pattern) => fill(pattern, ACTION_FILLERS)).map(
      (action) => (action.endsWith(':') ? `${action}Get` : action),
    ),
    resource: fc.constantFrom(...resources).chain(
      (pattern) => (pattern === '*' ? fc.constantFrom('*', 'arn:aws:s3:::data') : fill(named(pattern), FILLERS)),
    ),
    context,
  });
}

function named(pattern: string): string {
  return pattern.replace(/\$\{aws:username\}/g, 'bob');
}

function statementsOf(policy: PolicyDocument): StatementDocument[] {
  return [policy.Statement].flat() as StatementDocument[];
}

function namedIn(statement: StatementDocument): Named[] {
  return Object.entries(statement.Condition ?? {}).flatMap(([operator, keys]) => Object.entries(keys).map(
    ([key, values]) => ({ key: key.toLowerCase(), operator, values: [values].flat().map(String) })));
}

function contextNear(all: readonly Named[], user: boolean): fc.Arbitrary<Map<string, ContextValue>> {
  const keys = [...new Set(all.map((one) => one.key))];
  const values = keys.map(
    (key) => valuesNear(all.filter((one) => one.key === key)).map((value): [string, ContextValue] => [key, value]),
  );
  const users = user
    ? [fc.constantFrom('bob', 'red', 'alice').map((name): [string, ContextValue] => ['aws:username', name])]
    : [];
  const entries = [...values, ...users].map((entry) => fc.option(entry, { freq: 4 }));
  return fc.tuple(...entries).map((drawn) => new Map(drawn.filter((entry) => entry !== null)));
}

function valuesNear(all: readonly Named[]): fc.Arbitrary<ContextValue> {
  const tests = all.filter((one) => one.operator !== 'Null');
  if (tests.length === 0) { return fc.constant('x'); }
  const one = fc.constantFrom(...tests.flatMap((test) => test.values.map((value) => nearValue(test.operator, value))))
    .chain((near) => near);
  return tests.some((test) => test.operator.startsWith('For')) ? fc.array(one, { minLength: 1, maxLength: 3 }) : one;
}

function nearValue(operator: string, value: string): fc.Arbitrary<string> {
  if (/Numeric/.test(operator)) {
    return fc.constantFrom(0, 0, 0.25, 1, -0.25, -1).map((by) => String(Number(value) + by));
  }
  if (/Date/.test(operator)) {
    return fc.constantFrom(0, 0, 1, -1).map(
      (by) => new Date((/^\d+$/.test(value) ? Number(value) * 1000 : Date.parse(value)) + by * 1000).toISOString(),
    );
  }
  if (/Bool/.test(operator)) { return fc.constantFrom('true', 'false'); }
  if (/IpAddress/.test(operator)) {
    return fc.constantFrom(
      value.split('/')[0].replace(/::$/, '::1'), '10.1.2.4', '10.200.0.1', '9.0.0.1', '2001:db8:8000::1', '2001:db9::',
    );
  }
  if (/Binary/.test(operator)) { return fc.constantFrom(value, 'AAAA'); }
  return fill(named(value), FILLERS);
}
