import {
  decideNarrowing, Json, Layer, NarrowingOptions, NarrowingQuestion, parsePolicy, Policy, PolicyKind, Statement,
  SymbolicString, SymbolicVariable, VariableKind, Verdict,
} from '../../lib/engine';
import { meaningOf } from '../../lib/engine/policy/condition-meaning';
import { parseOperator } from '../../lib/engine/policy/condition-operators';
import { Literal } from '../../lib/engine/regions/key-states';
import { Budget } from '../../lib/engine/strings/budget';
import { Element, patternElement } from '../../lib/engine/strings/pattern';
import { ANY_TEXT } from '../../lib/template/value-kinds';
import * as make from '../make';

/** What the tests of the engine are written in. */

export const UNLIMITED = new Budget(Infinity);

/** The name of a bucket that the app defines. */
export const BUCKET: VariableKind = {
  name: 'bucket',
  characters: 'abcdefghijklmnopqrstuvwxyz0123456789-',
  minLength: 3,
  maxLength: 63,
  generated: true,
  example: 'example-#',
};

export function variable(id: string, kind: VariableKind = ANY_TEXT): SymbolicVariable {
  return { id, label: `\${${id}}`, kind };
}

export type Target = string | SymbolicString | ReadonlyArray<string | SymbolicString>;
export type StatementJson = { readonly [element: string]: Json };

export const allow: (Action: Target, Resource?: Target, Condition?: Json) => StatementJson = make.allow;
export const deny: typeof allow = make.deny;

export function policy(
  statements: readonly StatementJson[], name = 'P', Version = '2012-10-17', kind?: PolicyKind,
): Policy {
  if (statements.length === 0) { return { name, statements: [] }; }
  const { policy: read, problems } = parsePolicy({ Version, Statement: statements }, name, kind);
  expect(problems).toEqual([]);
  return read;
}

export function statement(json: StatementJson, Version?: string): Statement {
  return policy([json], 'P', Version).statements[0];
}

/** A session policy against a role with one policy and, perhaps, a boundary. `unknown` is what nobody knows of the role. */
export function ask(
  session: readonly StatementJson[], role: readonly StatementJson[], boundary?: readonly StatementJson[],
  gaps: Layer['gaps'] = [],
): NarrowingQuestion {
  const layers: Layer[] = [{ name: 'identity policies', policies: [policy(role, 'the role')], gaps }];
  if (boundary) {
    layers.push({ name: 'permissions boundary', policies: [policy(boundary, 'the boundary')], gaps: [] });
  }
  return { session: policy(session, 'the session policy', undefined, 'session'), layers };
}

/** The verdict for a session policy and a role with one policy and, perhaps, a boundary. */
export function decide(
  session: readonly StatementJson[], role: readonly StatementJson[], boundary?: readonly StatementJson[],
  options?: NarrowingOptions,
): Verdict {
  return decideNarrowing(ask(session, role, boundary), options);
}

/** What `run` spends of its budgets. It is the same on every machine, and in whatever order tests run. */
export function stepsOf(run: () => unknown): number {
  const counted = Budget.prototype;
  const uncounted = counted.spend;
  let steps = 0;
  counted.spend = function (spent) {
    steps += spent;
    uncounted.call(this, spent);
  };
  try { run(); } finally { counted.spend = uncounted; }
  return steps;
}

/** `narrows`, `undetermined`, or `exceeds` with the request that shows it. */
export function show(verdict: Verdict): string {
  if (verdict.kind === 'narrows') { return verdict.asOf === undefined ? 'narrows' : `narrows as of ${verdict.asOf}`; }
  if (verdict.kind === 'undetermined') { return `undetermined: ${verdict.reasons.map((r) => r.code).join(', ')}`; }
  return verdict.excesses.map(({ witness }) =>
    ['exceeds:', witness.action, witness.resource, showContext(witness.context)].filter((s) => s).join(' ')).join('; ');
}

export function showContext(context: ReadonlyMap<string, string | readonly string[]>): string {
  return [...context].map(([key, value]) => `${key}=${typeof value === 'string' ? value : `[${value.join(' ')}]`}`)
    .join(' ');
}

// ---- Conditions ----

/** `StringEquals k a|b`: the operator, the key, and the values, of which one is to be met. `''` is the empty string. */
export function operatorKeyValues(
  text: string,
): { readonly operator: string; readonly key: string; readonly values: string[] } {
  const [operator, key, ...rest] = text.trim().split(' ');
  return { operator, key, values: rest.join(' ').split('|').map((value) => (value === "''" ? '' : value)) };
}

/** A Condition block from `StringEquals k a|b & Bool l true`. */
export function condition(text: string): Json {
  const block: Record<string, Record<string, Json>> = {};
  for (const { operator, key, values } of text.split('&').map(operatorKeyValues)) {
    block[operator] = { ...block[operator], [key]: values };
  }
  return block;
}

/** What `StringEquals k a & not Bool k true` asks of the key `k`: conditions that hold, and conditions that do not. */
export function literals(text: string): Literal[] {
  return text.split('&').map((one) => {
    const { operator, key, values } = operatorKeyValues(one.trim().replace(/^not /, ''));
    const meaning = meaningOf(parseOperator(operator)!, values, true);
    return {
      entry: { operator, keyName: key, key, values, id: JSON.stringify([operator, values]), meaning },
      holds: !one.trim().startsWith('not '),
    };
  });
}

// ---- Patterns ----

/**
 * A pattern: `*` and `?` are wildcards, `%` and `_` the same without colons, Greek letters are symbolic variables (small ones of
 * unknown text, capital ones names of buckets), and what stands in angle brackets (`<ab>`) matches in any case.
 */
export function glob(text: string): Element[] {
  let anyCase = false;
  return [...text].flatMap((char): Element[] => {
    if (char === '<' || char === '>') {
      anyCase = char === '<';
      return [];
    }
    if (char === '%') { return [{ type: 'many', except: ':' }]; }
    if (char === '_') { return [{ type: 'one', except: ':' }]; }
    if (/[Α-Ωα-ω]/.test(char)) {
      return [{ type: 'variable', variable: variable(char, char < 'α' ? BUCKET : ANY_TEXT) }];
    }
    return [patternElement(char, anyCase ? 'ignored' : 'significant')];
  });
}
