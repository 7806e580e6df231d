/**
 * Evaluates a property that is a JSON document, such as a policy, for the layers of roles and for trust policies.
 *
 * Invariant: a part that cannot be read, or that is too deep or too large, is `Unresolved` in its place. So a policy is never
 * silently smaller than the deployed one.
 */
import { Json, SymbolicString, Unresolved } from '../engine';
import { Evaluator } from './evaluator';
import { isLoop } from './for-each';
import { intrinsicOf, labelOf } from './intrinsics/intrinsic';
import { isListType } from './intrinsics/parameters';
import { isList } from './intrinsics/split';
import { symbolicString } from './intrinsics/symbolic-strings';
import { StackTemplate } from './template-set';
import { TRANSFORM } from './transforms';
import { ANY_TEXT } from './value-kinds';
import { isRecord, memberOf } from '../util/records';

/** A property of a template that is a JSON document, such as a `PolicyDocument`, with its intrinsics evaluated. */
export function documentOf(written: unknown, from: StackTemplate, evaluator: Evaluator): Json {
  return new DocumentReader(evaluator).read(written, from, 0);
}

/** Maximum depth of a document; policies need far fewer levels. */
const MAX_NESTING = 50;

/** Maximum number of values. A template has at most 1 MB, but its text may double with each reference. */
const MAX_VALUES = 1_000_000;

class DocumentReader {
  private values = 0;

  public constructor(private readonly evaluator: Evaluator) {}

  /** @param where the element of the policy that the value is in */
  public read(written: unknown, from: StackTemplate, depth: number, where = ''): Json {
    if (depth > MAX_NESTING) { return new Unresolved('a value that is nested too deeply'); }
    if (++this.values > MAX_VALUES) { return new Unresolved('a value that is too large'); }
    const { value, stack } = this.evaluator.locate(written, from);
    if (value === null || typeof value === 'boolean' || typeof value === 'number') { return value; }
    const items = isList(value) ? this.evaluator.listAt(value, stack) : undefined;
    if (items) { return items.map((item) => this.read(item.value, item.stack, depth + 1, where)); }
    if (isUnknownList(value, stack)) { return symbolicString(`${stack.id} ${JSON.stringify(value)} as ${where}`, labelOf(value), ANY_TEXT); }
    if (!isRecord(value) || value instanceof SymbolicString || value instanceof Unresolved || intrinsicOf(value)) {
      return value === undefined ? new Unresolved('nothing') : this.evaluator.textOf(value, stack);
    }
    const rewriter = Object.keys(value).find((key) => key === TRANSFORM || isLoop(key));
    if (rewriter !== undefined) { return new Unresolved(`what ${rewriter} makes at deployment`); } // it may add statements
    const entries = Object.entries(value).filter(([, v]) => !this.evaluator.isAbsent(v, stack));
    return Object.fromEntries(entries.map(([key, v]) => [key, this.read(v, stack, depth + 1, elementOf(key, where))]));
  }
}

/** `Resource` and `NotResource` compare their values with the same part of a request. */
function elementOf(key: string, where: string): string {
  return where.startsWith('Condition') ? `${where} ${key}` : key.replace(/^Not(?=Action|Resource)/, '');
}

/**
 * Whether the value is a list of strings that is a deploy-time value. One symbolic variable stands for all its items: a policy
 * that treats every possible item right treats all of them right, as long as they are compared with one part of a request only.
 * So each element of a policy has a variable of its own.
 */
function isUnknownList(value: unknown, stack: StackTemplate): boolean {
  const intrinsic = intrinsicOf(value);
  switch (intrinsic?.name) {
    case 'Fn::Split': case 'Fn::Cidr': case 'Fn::GetAZs': return true;
    case 'Ref': return isListType(memberOf(memberOf(stack.template.Parameters, String(intrinsic.argument)), 'Type'));
    default: return false;
  }
}
