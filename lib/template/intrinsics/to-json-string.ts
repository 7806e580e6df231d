/** `Fn::ToJsonString`: the text of a value as JSON, with its intrinsics evaluated. A value that is too deep or too large is `Unresolved`. */
import { intrinsicOf } from './intrinsic';
import { IntrinsicFunction } from './intrinsic-function';
import { isList } from './split';
import { partsOf, SymbolicString, Unresolved } from '../../engine';
import { isRecord } from '../../util/records';
import { StackTemplate } from '../template-set';
import { TemplateValues } from '../template-values';
import { joinValues, Value } from '../value';

/** Maximum depth of the value. */
const MAX_DEPTH = 100;

/** Maximum number of values in it. */
const MAX_VALUES = 100_000;

/** @see https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/intrinsic-function-reference-ToJsonString.html */
export const TO_JSON_STRING: IntrinsicFunction = {
  text: (argument, stack, values) => new JsonWriter(values).write(argument, stack),
};

class JsonWriter {
  private count = 0;

  public constructor(private readonly values: TemplateValues) {}

  public write(written: unknown, from: StackTemplate, depth = 0): Value {
    if (depth > MAX_DEPTH) { return new Unresolved('a value that is nested too deeply'); }
    if (++this.count > MAX_VALUES) { return new Unresolved('a text that is too long'); }
    const { value, stack } = this.values.locate(written, from);
    const inner = (item: unknown, at = stack) => this.write(item, at, depth + 1);
    if (value === null || typeof value === 'number' || typeof value === 'boolean') { return JSON.stringify(value); }
    const items = isList(value) ? this.values.listAt(value, stack) : undefined;
    if (items) { return joinValues(['[', joinValues(items.map((item) => inner(item.value, item.stack)), ','), ']'], ''); }
    if (isRecord(value) && !intrinsicOf(value) && !(value instanceof Unresolved)) {
      const members = Object.entries(value).filter(([, member]) => !this.values.isAbsent(member, stack));
      return joinValues(['{', joinValues(members.map(([key, member]) => joinValues([JSON.stringify(key), inner(member)], ':')), ','), '}'], '');
    }
    const text = this.values.textOf(value, stack);
    if (text instanceof Unresolved) { return text; }
    return SymbolicString.of('"', ...partsOf(text).map((part) => (typeof part === 'string' ? JSON.stringify(part).slice(1, -1) : part)), '"');
  }
}
