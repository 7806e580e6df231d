import { lengthOf, partsOf, SymbolicString, Unresolved, VariableKind } from '../engine';
import { follow, isKeyType, isListType } from './follow';
import { getAttParts, Intrinsic, intrinsicOf, isNoValue, labelOf } from './intrinsics';
import { itemsOf } from './items-of';
import { attributeOf, joinValues, pseudoParameter, refOf, symbolicString } from './resource-text';
import { StackTemplate, TemplateSet } from './template-set';
import { LocatedValue, Value } from './value';
import { ANY_TEXT } from './value-kinds';
import { isRecord, memberOf } from '../util/records';

/** Where a value comes from; see `follow`. */
export function locate(value: unknown, stack: StackTemplate, templates: TemplateSet): LocatedValue {
  return follow(value, stack, templates, textOf);
}

/** Whether a property is not there. */
export function isAbsent(value: unknown, stack: StackTemplate, templates: TemplateSet): boolean {
  if (typeof value === 'string') { return false; }
  return value === undefined || isNoValue(locate(value, stack, templates).value);
}

/** The items of a list, `undefined` where it cannot be told what they are. No value: no items. */
export function listAt(value: unknown, stack: StackTemplate, templates: TemplateSet): readonly LocatedValue[] | undefined {
  const at = locate(value, stack, templates);
  if (at.value === undefined || isNoValue(at.value)) { return []; }
  return itemsOf(at, templates, textOf)?.filter((item) => !isAbsent(item.value, item.stack, templates));
}

/** As deep may values be put together from others. */
const MAX_DEPTH = 100;

/** A policy has 10,240 characters at most, an output 4,096: https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/cloudformation-limits.html */
const MAX_CHARACTERS = 100_000;

/** As many pieces: what is known at deployment only may be empty. */
const MAX_PARTS = 10_000;

/** The values of the intrinsics of one set of templates. Most of them stand in few places and are asked for many times. */
class Evaluation {
  public readonly values = new WeakMap<StackTemplate, Map<unknown, Value | 'being evaluated'>>();
  public depth = 0;

  public valuesIn(stack: StackTemplate): Map<unknown, Value | 'being evaluated'> {
    let known = this.values.get(stack);
    if (!known) {
      known = new Map();
      this.values.set(stack, known);
    }
    return known;
  }
}

/** The same for intrinsics that have the same value everywhere in a stack: references stand in many places. */
function keyOf(written: unknown, { name, argument }: Intrinsic): unknown {
  if (name === 'Ref' && typeof argument === 'string') { return `Ref ${argument}`; }
  if (name !== 'Fn::GetAtt') { return written; }
  const [logicalId, attribute] = getAttParts(argument);
  return attribute === undefined ? written : JSON.stringify([logicalId, attribute]);
}

const EVALUATIONS = new WeakMap<TemplateSet, Evaluation>();

/**
 * A string property as it will be deployed, with a symbolic variable for each value that is known at deployment only. What may be
 * absent altogether, or is no string, is `Unknown`.
 * @throws OpenQuestion where it depends on a condition
 * @see https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/intrinsic-function-reference.html
 */
export function textOf(value: unknown, stack: StackTemplate, templates: TemplateSet): Value {
  if (typeof value === 'string') { return withDynamicReferences(value, stack); }
  if (typeof value === 'number' || typeof value === 'boolean') { return String(value); }
  if (value instanceof SymbolicString || value instanceof Unresolved) { return value; }
  const intrinsic = intrinsicOf(value);
  if (!intrinsic) { return new Unresolved('a string was expected'); }
  const evaluation = EVALUATIONS.get(templates) ?? new Evaluation();
  EVALUATIONS.set(templates, evaluation);
  const values = evaluation.valuesIn(stack);
  const key = keyOf(value, intrinsic);
  const known = values.get(key);
  if (known === 'being evaluated' || evaluation.depth > MAX_DEPTH) { return new Unresolved('references that lead in a circle'); }
  if (known !== undefined) { return known; }
  values.set(key, 'being evaluated');
  evaluation.depth++;
  let result: Value | undefined;
  try {
    result = limitLength(evaluate(value, stack, templates));
    return result;
  } finally { // an open question leaves nothing behind
    evaluation.depth--;
    if (result === undefined) { values.delete(key); } else { values.set(key, result); }
  }
}

function limitLength(value: Value): Value {
  if (value instanceof Unresolved) { return value; }
  return lengthOf(value).min > MAX_CHARACTERS || partsOf(value).length > MAX_PARTS ? new Unresolved('a text that is too long') : value;
}

function evaluate(written: unknown, from: StackTemplate, templates: TemplateSet): Value {
  const { value, stack } = locate(written, from, templates);
  const intrinsic = intrinsicOf(value);
  if (!intrinsic || value !== written) { return textOf(value, stack, templates); } // where it stands, it may be known
  const { name, argument } = intrinsic;
  const opaque = () => opaqueString(value, stack);
  switch (name) {
    case 'Ref':
      return typeof argument === 'string' ? refText(argument, stack, templates) : opaque();
    case 'Fn::GetAtt': {
      const [logicalId, attribute] = getAttParts(argument);
      const ref = templates.resource(stack, logicalId);
      return (ref && attribute !== undefined && attributeOf(ref, attribute, templates, textOf)) || opaque();
    }
    case 'Fn::Join': {
      if (!Array.isArray(argument) || typeof argument[0] !== 'string') { return opaque(); }
      const items = listAt(argument[1], stack, templates);
      return items ? joinValues(items.map((item) => textOf(item.value, item.stack, templates)), argument[0]) : opaque();
    }
    case 'Fn::Sub':
      return subText(argument, stack, templates) ?? opaque();
    case 'Fn::ToJsonString':
      return new JsonWriter(templates).write(argument, stack);
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

function refText(name: string, stack: StackTemplate, templates: TemplateSet): Value {
  if (name === 'AWS::NoValue') { return new Unresolved('a value that is not there'); }
  const pseudo = pseudoParameter(name, stack);
  if (pseudo !== undefined) { return templates.assumptions.valueOf(pseudo) ?? pseudo; }
  const ref = templates.resource(stack, name);
  if (ref) { return refOf(ref, templates, textOf) ?? opaqueString({ Ref: name }, stack); }
  const parameter = memberOf(stack.template.Parameters, name);
  if (isListType(memberOf(parameter, 'Type'))) { return new Unresolved(`the list parameter ${name}`); }
  const value = opaqueString({ Ref: name }, stack, parameterKind(parameter));
  return templates.assumptions.valueOf(value) ?? value;
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
function subText(argument: unknown, stack: StackTemplate, templates: TemplateSet): Value | undefined {
  const [template, map] = Array.isArray(argument) ? argument : [argument, {}];
  if (typeof template !== 'string' || !isRecord(map)) { return undefined; }
  return joinValues(template.split(/\$\{([^{}]*)\}/).map((piece, i): Value => {
    if (i % 2 === 0) { return withDynamicReferences(piece, stack); }
    if (piece.startsWith('!')) { return `\${${piece.slice(1)}}`; }
    const name = piece.trim();
    if (Object.hasOwn(map, name)) { return textOf(map[name], stack, templates); }
    return textOf(name.includes('.') ? { 'Fn::GetAtt': name } : { Ref: name }, stack, templates);
  }), '');
}

/** @see https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/intrinsic-function-reference-ToJsonString.html */
class JsonWriter {
  private values = 0;

  public constructor(private readonly templates: TemplateSet) {}

  public write(written: unknown, from: StackTemplate, depth = 0): Value {
    if (depth > MAX_DEPTH) { return new Unresolved('a value that is nested too deeply'); }
    if (++this.values > MAX_CHARACTERS) { return new Unresolved('a text that is too long'); }
    const { value, stack } = locate(written, from, this.templates);
    const inner = (item: unknown, at = stack) => this.write(item, at, depth + 1);
    if (value === null || typeof value === 'number' || typeof value === 'boolean') { return JSON.stringify(value); }
    const items = Array.isArray(value) || intrinsicOf(value)?.name === 'Fn::Split' ? listAt(value, stack, this.templates) : undefined;
    if (items) { return joinValues(['[', joinValues(items.map((item) => inner(item.value, item.stack)), ','), ']'], ''); }
    if (isRecord(value) && !intrinsicOf(value) && !(value instanceof Unresolved)) {
      const members = Object.entries(value).filter(([, member]) => !isAbsent(member, stack, this.templates));
      return joinValues(['{', joinValues(members.map(([key, member]) => joinValues([JSON.stringify(key), inner(member)], ':')), ','), '}'], '');
    }
    const text = textOf(value, stack, this.templates);
    if (text instanceof Unresolved) { return text; }
    return SymbolicString.of('"', ...partsOf(text).map((part) => (typeof part === 'string' ? JSON.stringify(part).slice(1, -1) : part)), '"');
  }
}

/**
 * `{{resolve:ssm:…}}` and the like are replaced at deployment.
 * @see https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/dynamic-references.html
 */
function withDynamicReferences(text: string, stack: StackTemplate): Value {
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
