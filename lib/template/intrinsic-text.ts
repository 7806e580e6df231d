import { partsOf, SymbolicString, Unresolved, VariableKind } from '../engine';
import { isKeyType, isListType } from './follow';
import { getAttParts, Intrinsic, intrinsicOf, labelOf } from './intrinsics';
import { attributeOf, joinValues, pseudoParameter, refOf, symbolicString } from './resource-text';
import { StackTemplate } from './template-set';
import { TemplateValues } from './template-values';
import { Value } from './value';
import { ANY_TEXT } from './value-kinds';
import { isRecord, memberOf } from '../util/records';

/** Maximum nesting of a value that is written as JSON. */
const MAX_DEPTH = 100;

/** Maximum number of values that are written as JSON. */
const MAX_VALUES = 100_000;

/** The text of an intrinsic that leads nowhere else. */
export function textOfIntrinsic({ name, argument }: Intrinsic, value: unknown, stack: StackTemplate, values: TemplateValues): Value {
  const opaque = () => opaqueString(value, stack);
  switch (name) {
    case 'Ref':
      return typeof argument === 'string' ? refText(argument, stack, values) : opaque();
    case 'Fn::GetAtt': {
      const [logicalId, attribute] = getAttParts(argument);
      const ref = values.templates.resource(stack, logicalId);
      return (ref && attribute !== undefined && attributeOf(ref, attribute, values)) || opaque();
    }
    case 'Fn::Join': {
      if (!Array.isArray(argument) || typeof argument[0] !== 'string') { return opaque(); }
      const items = values.listAt(argument[1], stack);
      return items ? joinValues(items.map((item) => values.textOf(item.value, item.stack)), argument[0]) : opaque();
    }
    case 'Fn::Sub':
      return subText(argument, stack, values) ?? opaque();
    case 'Fn::ToJsonString':
      return new JsonWriter(values).write(argument, stack);
    case 'Fn::Split':
    case 'Fn::GetAZs':
    case 'Fn::Cidr':
      return new Unresolved(`${name}, a list`);
    case 'Fn::If':
    case 'Fn::Transform':
    case 'Condition':
      return new Unresolved(`${name}, whose value depends on the deployment`);
    default:
      return opaque();
  }
}

function refText(name: string, stack: StackTemplate, values: TemplateValues): Value {
  if (name === 'AWS::NoValue') { return new Unresolved('a value that is not there'); }
  const pseudo = pseudoParameter(name, stack);
  if (pseudo !== undefined) { return values.assumptions.valueOf(pseudo) ?? pseudo; }
  const ref = values.templates.resource(stack, name);
  if (ref) { return refOf(ref, values) ?? opaqueString({ Ref: name }, stack); }
  const parameter = memberOf(stack.template.Parameters, name);
  if (isListType(memberOf(parameter, 'Type'))) { return new Unresolved(`the list parameter ${name}`); }
  const value = opaqueString({ Ref: name }, stack, parameterKind(parameter));
  return values.assumptions.valueOf(value) ?? value;
}

/**
 * The allowed values of a Systems Manager type are those of the key, not of the value.
 * @see https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/parameters-section-structure.html
 * @see https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/systems-manager-parameter-types.html
 */
function parameterKind(parameter: unknown): VariableKind {
  const allowed = isKeyType(memberOf(parameter, 'Type')) ? undefined : memberOf(parameter, 'AllowedValues');
  if (!Array.isArray(allowed) || allowed.length === 0) { return ANY_TEXT; }
  const oneOf = [...new Set(allowed.map(String))];
  const lengths = oneOf.map((value) => value.length);
  return {
    name: 'parameter',
    characters: [...new Set(oneOf.join(''))].join(''),
    minLength: Math.min(...lengths),
    maxLength: Math.max(...lengths),
    oneOf,
    generated: false,
    example: oneOf[0],
  };
}

/** @see https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/intrinsic-function-reference-sub.html */
function subText(argument: unknown, stack: StackTemplate, values: TemplateValues): Value | undefined {
  const [template, map] = Array.isArray(argument) ? argument : [argument, {}];
  if (typeof template !== 'string' || !isRecord(map)) { return undefined; }
  return joinValues(template.split(/\$\{([^{}]*)\}/).map((piece, i): Value => {
    if (i % 2 === 0) { return withDynamicReferences(piece, stack); }
    if (piece.startsWith('!')) { return `\${${piece.slice(1)}}`; }
    const name = piece.trim();
    if (Object.hasOwn(map, name)) { return values.textOf(map[name], stack); }
    return values.textOf(name.includes('.') ? { 'Fn::GetAtt': name } : { Ref: name }, stack);
  }), '');
}

/** @see https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/intrinsic-function-reference-ToJsonString.html */
class JsonWriter {
  private count = 0;

  public constructor(private readonly values: TemplateValues) {}

  public write(written: unknown, from: StackTemplate, depth = 0): Value {
    if (depth > MAX_DEPTH) { return new Unresolved('a value that is nested too deeply'); }
    if (++this.count > MAX_VALUES) { return new Unresolved('a text that is too long'); }
    const { value, stack } = this.values.locate(written, from);
    const inner = (item: unknown, at = stack) => this.write(item, at, depth + 1);
    if (value === null || typeof value === 'number' || typeof value === 'boolean') { return JSON.stringify(value); }
    const items = Array.isArray(value) || intrinsicOf(value)?.name === 'Fn::Split' ? this.values.listAt(value, stack) : undefined;
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

/**
 * `{{resolve:ssm:…}}` and the like are replaced at deployment.
 * @see https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/dynamic-references.html
 */
export function withDynamicReferences(text: string, stack: StackTemplate): Value {
  if (!text.includes('{{resolve:')) { return text; }
  const pieces = text.split(/(\{\{resolve:[^{}]*\}\})/);
  const unclosed = pieces.some((piece, i) => i % 2 === 0 && piece.includes('{{resolve:'));
  if (unclosed) { return new Unresolved('a dynamic reference that is put together at deployment'); }
  return SymbolicString.of(...pieces.map((piece, i) => (i % 2 === 0
    ? piece
    : symbolicString(`${stack.account} ${stack.region} ${stack.account && stack.region ? '' : stack.assembly} ${piece}`, `\${${piece.slice(2, -2)}}`, ANY_TEXT))));
}

/** A value that nothing is known of, but that is the same wherever this intrinsic stands in this stack. */
function opaqueString(intrinsic: unknown, stack: StackTemplate, kind: VariableKind = ANY_TEXT): SymbolicString {
  return symbolicString(`${stack.id} ${JSON.stringify(intrinsic)}`, labelOf(intrinsic), kind);
}
