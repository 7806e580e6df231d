import { Atom, AtomKind, partsOf, Text, TextPart, Unknown } from '../engine';
import { RESOURCE_FORMATS } from './resource-formats';
import { keyOf, ResourceRef, StackTemplate, TemplateSet } from './template-set';
import { ACCOUNT, ANY_TEXT, PARTITION, REGION, STACK_NAME, URL_SUFFIX } from './value-kinds';

export type Value = string | Text | Unknown;

/** How far references are followed; a template that goes deeper refers to itself. */
const MAX_DEPTH = 50;

/** The one intrinsic that `value` is, if it is one. */
export function intrinsicOf(value: unknown): { readonly name: string; readonly argument: unknown } | undefined {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) { return undefined; }
  const keys = Object.keys(value);
  return keys.length === 1 && (keys[0] === 'Ref' || keys[0].startsWith('Fn::'))
    ? { name: keys[0], argument: (value as Record<string, unknown>)[keys[0]] }
    : undefined;
}

export function isNoValue(value: unknown): boolean {
  const intrinsic = intrinsicOf(value);
  return intrinsic?.name === 'Ref' && intrinsic.argument === 'AWS::NoValue';
}

/**
 * A string property as it will be deployed, with an atom for each value that is known at deployment only. What may be
 * absent altogether (`Fn::If`), or is no string, is `Unknown`.
 * @see https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/intrinsic-function-reference.html
 */
export function textOf(value: unknown, stack: StackTemplate, templates: TemplateSet, depth = 0): Value {
  if (typeof value === 'string') { return withDynamicReferences(value, stack); }
  if (typeof value === 'number' || typeof value === 'boolean') { return String(value); }
  const intrinsic = intrinsicOf(value);
  if (!intrinsic) { return new Unknown('a string was expected'); }
  if (depth > MAX_DEPTH) { return new Unknown('references that lead in a circle'); }
  const { name, argument } = intrinsic;
  const opaque = () => opaqueAtom(value, stack);
  const inner = (v: unknown) => textOf(v, stack, templates, depth + 1);
  switch (name) {
    case 'Ref':
      return typeof argument === 'string' ? refText(argument, stack, templates, depth) : opaque();
    case 'Fn::GetAtt': {
      const [logicalId, attribute] = getAttParts(argument);
      return attribute === undefined ? opaque() : attributeText(logicalId, attribute, stack, templates, depth);
    }
    case 'Fn::Join': {
      if (!Array.isArray(argument) || typeof argument[0] !== 'string' || !Array.isArray(argument[1])) { return opaque(); }
      const [delimiter, list] = argument as [string, unknown[]];
      return join(list.filter((item) => !isNoValue(item)).map(inner), delimiter);
    }
    case 'Fn::Sub':
      return subText(argument, stack, templates, depth) ?? opaque();
    case 'Fn::ImportValue': {
      const exportName = inner(argument);
      const found = typeof exportName === 'string' ? templates.exported(exportName, stack) : undefined;
      return found ? textOf(found.value, found.stack, templates, depth + 1) : opaque();
    }
    case 'Fn::Select':
      return selectText(argument, inner) ?? opaque();
    case 'Fn::If':
    case 'Fn::Transform':
      return new Unknown(`${name}, whose value depends on the deployment`);
    default:
      return opaque();
  }
}

function refText(logicalId: string, stack: StackTemplate, templates: TemplateSet, depth: number): Value {
  const pseudo = pseudoParameter(logicalId, stack);
  if (pseudo !== undefined) { return pseudo; }
  const ref = templates.resource(stack, logicalId);
  if (ref) {
    return formattedText(RESOURCE_FORMATS.get(ref.resource.Type)?.ref, ref, templates, depth) ?? opaqueAtom({ Ref: logicalId }, stack);
  }
  if (isListType(parameterType(logicalId, stack))) { return new Unknown(`the list parameter ${logicalId}`); }
  // A parameter of a nested stack has the value that its parent gives it. Other parameters: a default is not trusted.
  const parent = templates.parentOf(stack);
  const given = parent && templates.resource(parent, stack.parent!.logicalId)?.resource.Properties?.Parameters;
  return isRecord(given) && Object.hasOwn(given, logicalId)
    ? textOf(given[logicalId], parent!, templates, depth + 1)
    : opaqueAtom({ Ref: logicalId }, stack);
}

function attributeText(logicalId: string, attribute: string, stack: StackTemplate, templates: TemplateSet, depth: number): Value {
  const nested = templates.nestedStack(stack, logicalId);
  const output = attribute.startsWith('Outputs.') ? nested?.template.Outputs?.[attribute.slice('Outputs.'.length)] : undefined;
  if (nested && output) { return textOf(output.Value, nested, templates, depth + 1); }
  const ref = templates.resource(stack, logicalId);
  const format = ref && RESOURCE_FORMATS.get(ref.resource.Type)?.attributes;
  return (format && Object.hasOwn(format, attribute) && formattedText(format[attribute], ref, templates, depth))
    || opaqueAtom({ 'Fn::GetAtt': [logicalId, attribute] }, stack);
}

/** A name or ARN of a known format: literal, but for the environment and a generated name. */
function formattedText(format: string | undefined, ref: ResourceRef, templates: TemplateSet, depth: number): Value | undefined {
  if (format === undefined) { return undefined; }
  const parts = format.split(/\$([PRANH])/).map((piece, i): Value => {
    if (i % 2 === 0) { return piece; }
    switch (piece) {
      case 'P': return pseudoParameter('AWS::Partition', ref.stack)!;
      case 'R': return pseudoParameter('AWS::Region', ref.stack)!;
      case 'A': return pseudoParameter('AWS::AccountId', ref.stack)!;
      case 'H': return textOf(ref.resource.Properties?.Path ?? '/', ref.stack, templates, depth + 1);
      default: return nameOf(ref, templates, depth);
    }
  });
  return join(parts, '');
}

function nameOf(ref: ResourceRef, templates: TemplateSet, depth: number): Value {
  const format = RESOURCE_FORMATS.get(ref.resource.Type)!;
  const given = format.nameProperty === undefined ? undefined : ref.resource.Properties?.[format.nameProperty];
  if (given !== undefined && !isNoValue(given)) { return textOf(given, ref.stack, templates, depth + 1); }
  const kind: AtomKind = {
    name: `name of ${ref.resource.Type}`,
    characters: format.nameCharacters,
    minLength: format.minLength,
    maxLength: format.maxLength,
    generated: true,
    example: format.exampleName,
  };
  return atom(`name of ${keyOf(ref)}`, `\${${ref.logicalId}}`, kind);
}

/**
 * Pseudo parameters are as concrete as the stack's environment. Stacks without one are taken to be deployed to the same
 * account and region, as the CDK does when it lets them refer to each other.
 */
function pseudoParameter(name: string, stack: StackTemplate): Value | undefined {
  switch (name) {
    case 'AWS::AccountId': return stack.account ?? atom('AWS::AccountId', '${AWS::AccountId}', ACCOUNT);
    case 'AWS::Region': return stack.region ?? atom('AWS::Region', '${AWS::Region}', REGION);
    case 'AWS::Partition': return partitionOf(stack.region) ?? atom(`AWS::Partition ${stack.region ?? ''}`, '${AWS::Partition}', PARTITION);
    case 'AWS::URLSuffix': return atom(`AWS::URLSuffix ${stack.region ?? ''}`, '${AWS::URLSuffix}', URL_SUFFIX);
    case 'AWS::StackName': return atom(`AWS::StackName ${stack.id}`, '${AWS::StackName}', STACK_NAME);
    case 'AWS::StackId': return atom(`AWS::StackId ${stack.id}`, '${AWS::StackId}', ANY_TEXT);
    default: return undefined;
  }
}

const PARTITIONS: ReadonlyArray<[RegExp, string]> = [
  [/^(us|eu|ap|ca|sa|af|me|il|mx)-(central|(north|south)?(east|west)?)-\d$/, 'aws'],
  [/^cn-/, 'aws-cn'],
  [/^us-gov-/, 'aws-us-gov'],
];

function partitionOf(region: string | undefined): string | undefined {
  return region === undefined ? undefined : PARTITIONS.find(([pattern]) => pattern.test(region))?.[1];
}

/** @see https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/intrinsic-function-reference-sub.html */
function subText(argument: unknown, stack: StackTemplate, templates: TemplateSet, depth: number): Value | undefined {
  const [template, map] = Array.isArray(argument) ? argument : [argument, {}];
  if (typeof template !== 'string' || !isRecord(map)) { return undefined; }
  const pieces = template.split(/\$\{([^}]*)\}/).map((piece, i): Value => {
    if (i % 2 === 0) { return withDynamicReferences(piece, stack); }
    if (piece.startsWith('!')) { return `\${${piece.slice(1)}}`; }
    const name = piece.trim();
    if (Object.hasOwn(map, name)) { return textOf(map[name], stack, templates, depth + 1); }
    const dot = name.indexOf('.');
    return dot < 0
      ? refText(name, stack, templates, depth + 1)
      : attributeText(name.slice(0, dot), name.slice(dot + 1), stack, templates, depth + 1);
  });
  return join(pieces, '');
}

/** `Fn::Select` of a written list or of an `Fn::Split` whose text has all its delimiters in plain sight. */
function selectText(argument: unknown, inner: (v: unknown) => Value): Value | undefined {
  if (!Array.isArray(argument)) { return undefined; }
  const index = Number(argument[0]);
  if (Array.isArray(argument[1])) { return index in argument[1] ? inner(argument[1][index]) : undefined; }
  const split = intrinsicOf(argument[1]);
  if (split?.name !== 'Fn::Split' || !Array.isArray(split.argument) || typeof split.argument[0] !== 'string') { return undefined; }
  const [delimiter, source] = split.argument as [string, unknown];
  const text = inner(source);
  if (text instanceof Unknown || delimiter.length !== 1) { return undefined; }
  const pieces: TextPart[][] = [[]];
  for (const part of partsOf(text)) {
    if (typeof part !== 'string') {
      if (part.kind.characters === undefined || part.kind.characters.includes(delimiter)) { return undefined; }
      pieces[pieces.length - 1].push(part);
      continue;
    }
    const [first, ...rest] = part.split(delimiter);
    pieces[pieces.length - 1].push(first);
    pieces.push(...rest.map((piece) => [piece]));
  }
  return index in pieces ? Text.of(...pieces[index]) : undefined;
}

/**
 * `{{resolve:ssm:…}}` and the like are replaced at deployment.
 * @see https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/dynamic-references.html
 */
function withDynamicReferences(text: string, stack: StackTemplate): Value {
  if (!text.includes('{{resolve:')) { return text; }
  const pieces = text.split(/(\{\{resolve:[^{}]*\}\})/);
  const unclosed = pieces.some((piece, i) => i % 2 === 0 && piece.includes('{{resolve:'));
  if (unclosed) { return new Unknown('a dynamic reference that is put together at deployment'); }
  return Text.of(...pieces.map((piece, i) => (i % 2 === 0
    ? piece
    : atom(`${stack.account} ${stack.region} ${stack.account && stack.region ? '' : stack.assembly} ${piece}`, `\${${piece.slice(2, -2)}}`, ANY_TEXT))));
}

function parameterType(name: string, stack: StackTemplate): unknown {
  const parameters = stack.template.Parameters;
  return parameters && Object.hasOwn(parameters, name) ? parameters[name]?.Type : undefined;
}

function isListType(type: unknown): boolean {
  return typeof type === 'string' && /^(CommaDelimitedList|List<|AWS::SSM::Parameter::Value<(List<|CommaDelimitedList))/.test(type);
}

/** A value that nothing is known of, but that is the same wherever this intrinsic stands in this stack. */
function opaqueAtom(intrinsic: unknown, stack: StackTemplate): Text {
  return atom(`${stack.id} ${JSON.stringify(intrinsic)}`, labelOf(intrinsic), ANY_TEXT);
}

function atom(id: string, label: string, kind: AtomKind): Text {
  return Text.of({ id, label, kind } as Atom) as Text;
}

function labelOf(intrinsic: unknown): string {
  const { name, argument } = intrinsicOf(intrinsic)!;
  if (name === 'Ref') { return `\${${argument}}`; }
  if (name === 'Fn::GetAtt') { return `\${${getAttParts(argument).join('.')}}`; }
  return `\${${name} ${JSON.stringify(argument)}}`;
}

/** `['Id', 'Attribute']` and `'Id.Attribute'`. */
export function getAttParts(argument: unknown): [string, string | undefined] {
  const parts = Array.isArray(argument) ? argument : String(argument).split('.');
  const rest = parts.slice(1);
  return [String(parts[0]), rest.length > 0 && rest.every((p) => typeof p === 'string') ? rest.join('.') : undefined];
}

function join(values: readonly Value[], delimiter: string): Value {
  const unknown = values.find((v) => v instanceof Unknown);
  if (unknown) { return unknown; }
  return Text.of(...(values as ReadonlyArray<string | Text>).flatMap((v, i) => (i === 0 ? [v] : [delimiter, v])));
}

export function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
