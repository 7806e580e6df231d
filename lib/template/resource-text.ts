import { partsOf, SymbolicString, SymbolicVariable, Unresolved, VariableKind } from '../engine';
import { isNoValue } from './intrinsics';
import { resourceFormat } from './resource-formats';
import { keyOf, ResourceRef, StackTemplate } from './template-set';
import { TemplateValues } from './template-values';
import { Value } from './value';
import { ACCOUNT, ANY_TEXT, PARTITION, REGION, STACK_NAME, URL_SUFFIX } from './value-kinds';
import type { KnownFormat } from '../reference/resource-formats';

export function symbolicString(id: string, label: string, kind: VariableKind): SymbolicString {
  return SymbolicString.of({ id, label, kind } as SymbolicVariable) as SymbolicString;
}

/**
 * Pseudo parameters are as concrete as the stack's environment. Stacks without one are taken to be deployed to the same
 * account and region, as the CDK does when it lets them refer to each other.
 * @see https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/pseudo-parameter-reference.html
 */
export function pseudoParameter(name: string, stack: StackTemplate): string | SymbolicString | undefined {
  switch (name) {
    case 'AWS::AccountId': return stack.account ?? symbolicString('AWS::AccountId', '${AWS::AccountId}', ACCOUNT);
    case 'AWS::Region': return stack.region ?? symbolicString('AWS::Region', '${AWS::Region}', REGION);
    case 'AWS::Partition': return partitionOf(stack.region) ?? symbolicString(`AWS::Partition ${stack.region ?? ''}`, '${AWS::Partition}', PARTITION);
    case 'AWS::URLSuffix': return symbolicString(`AWS::URLSuffix ${stack.region ?? ''}`, '${AWS::URLSuffix}', URL_SUFFIX);
    case 'AWS::StackName': return stack.name ?? symbolicString(`AWS::StackName ${stack.id}`, '${AWS::StackName}', STACK_NAME);
    case 'AWS::StackId': return symbolicString(`AWS::StackId ${stack.id}`, '${AWS::StackId}', ANY_TEXT);
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

/** What `Ref` of a resource gives, where its format is known. */
export function refOf(ref: ResourceRef, values: TemplateValues): Value | undefined {
  const format = resourceFormat(ref.resource.Type);
  return format?.ref === undefined ? undefined : formattedText(format.ref, format, ref, values);
}

/** What `Fn::GetAtt` of a resource gives, where its format is known. */
export function attributeOf(ref: ResourceRef, attribute: string, values: TemplateValues): Value | undefined {
  const format = resourceFormat(ref.resource.Type);
  return format && Object.hasOwn(format.attributes, attribute)
    ? formattedText(format.attributes[attribute], format, ref, values)
    : undefined;
}

/** A name or ARN of a known format: literal, but for the environment, what is generated and the names of other resources. */
function formattedText(text: string, format: KnownFormat, ref: ResourceRef, values: TemplateValues): Value | undefined {
  const pieces = text.split(/\$([PRANHG]|\[\w+\])/).map((piece, i): Value | undefined => {
    if (i % 2 === 0) { return piece; }
    switch (piece) {
      case 'P': return pseudoParameter('AWS::Partition', ref.stack)!;
      case 'R': return pseudoParameter('AWS::Region', ref.stack)!;
      case 'A': return pseudoParameter('AWS::AccountId', ref.stack)!;
      case 'H': return givenOr('/', ref.resource.Properties?.Path, ref, values);
      case 'N': return nameOf(ref, format, values);
      case 'G': return generatedOf(ref, format);
      default: return nameOfAnother(ref, piece.slice(1, -1), values);
    }
  });
  return pieces.includes(undefined) ? undefined : joinValues(pieces as Value[], '');
}

function nameOf(ref: ResourceRef, format: KnownFormat, values: TemplateValues): Value | undefined {
  const written = format.nameProperty === undefined ? undefined : ref.resource.Properties?.[format.nameProperty];
  const given = givenOr(undefined, written, ref, values);
  if (given !== undefined) { return format.lowerCase && given !== given.toString().toLowerCase() ? undefined : given; }
  return symbolicString(`name of ${keyOf(ref)}`, `\${${ref.logicalId}}`, {
    name: `name of ${ref.resource.Type}`,
    characters: format.nameCharacters,
    minLength: format.minLength,
    maxLength: format.maxLength,
    generated: true,
    example: format.exampleName,
  });
}

function generatedOf(ref: ResourceRef, { generated }: KnownFormat): SymbolicString | undefined {
  return generated && symbolicString(`generated for ${keyOf(ref)}`, `\${${ref.logicalId}} (generated)`, {
    name: `generated for ${ref.resource.Type}`,
    characters: generated.characters,
    minLength: 1,
    maxLength: GENERATED_MAX_LENGTH,
    generated: true,
    example: generated.example,
  });
}

const GENERATED_MAX_LENGTH = 40;

/** `undefined` where it is not certainly a name: a function, for one, may be given by its ARN. */
function nameOfAnother(ref: ResourceRef, property: string, values: TemplateValues): Value | undefined {
  const given = givenOr(undefined, ref.resource.Properties?.[property], ref, values);
  return given !== undefined && !(given instanceof Unresolved) && partsOf(given).every(isName) ? given : undefined;
}

function isName(part: string | SymbolicVariable): boolean {
  return typeof part === 'string' ? !/[:/]/.test(part) : part.kind.characters !== undefined && !/[:/]/.test(part.kind.characters);
}

function givenOr<T>(otherwise: T, written: unknown, { stack }: ResourceRef, values: TemplateValues): Value | T {
  const at = values.locate(written, stack);
  return at.value === undefined || isNoValue(at.value) ? otherwise : values.textOf(at.value, at.stack);
}

/** `Fn::Join`: not known where one of the values is not. */
export function joinValues(values: readonly Value[], delimiter: string): Value {
  const known: Array<string | SymbolicString> = [];
  for (const value of values) {
    if (typeof value !== 'string' && !(value instanceof SymbolicString)) { return value; }
    known.push(...(known.length === 0 ? [value] : [delimiter, value]));
  }
  return SymbolicString.of(...known);
}
