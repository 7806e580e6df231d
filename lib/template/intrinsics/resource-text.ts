/**
 * Evaluates `Ref` and `Fn::GetAtt` of a resource by the formats of its type: literal names and ARNs, with symbolic variables for the
 * environment, generated parts and the names of other resources.
 * Invariant: a value that is not certain is `undefined`.
 */
import { isNoValue } from './intrinsic';
import { pseudoParameter } from './pseudo-parameters';
import { labelByPath, symbolicString } from './symbolic-strings';
import { partsOf, SymbolicString, SymbolicVariable, Unresolved } from '../../engine';
import type { KnownFormat } from '../../reference/resource-formats';
import { usualLengthBeyondName, usualLengthOfName } from '../generated-length';
import { resourceFormat } from '../resource-formats';
import { keyOf, ResourceRef } from '../template-set';
import { TemplateValues } from '../template-values';
import { joinValues, Value } from '../value';
import { within } from '../value-kinds';

/** The value of `Ref` of a resource, if its format is known. */
export function refOf(ref: ResourceRef, values: TemplateValues): Value | undefined {
  const format = resourceFormat(ref.resource.Type);
  return format?.ref === undefined ? undefined : formattedText(format.ref, format, ref, values);
}

/** The value of `Fn::GetAtt` of a resource, if its format is known. */
export function attributeOf(ref: ResourceRef, attribute: string, values: TemplateValues): Value | undefined {
  const format = resourceFormat(ref.resource.Type);
  return format && Object.hasOwn(format.attributes, attribute)
    ? formattedText(format.attributes[attribute], format, ref, values)
    : undefined;
}

/** Fills in a name or ARN of a known format. */
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
  const usual = usualLengthOfName(ref, values);
  return symbolicString(`name of ${keyOf(ref)}`, `\${${ref.logicalId}}`, {
    name: `name of ${ref.resource.Type}`,
    characters: format.nameCharacters,
    minLength: format.minLength,
    maxLength: format.maxLength,
    usual: usual && within(usual, format.minLength, format.maxLength),
    generated: true,
    example: format.exampleName,
  }, labelByPath(ref.stack, ref.logicalId));
}

function generatedOf(ref: ResourceRef, { generated }: KnownFormat): SymbolicString | undefined {
  return generated && symbolicString(`generated for ${keyOf(ref)}`, `\${${ref.logicalId}} (generated)`, {
    name: `generated for ${ref.resource.Type}`,
    characters: generated.characters,
    minLength: 1,
    maxLength: GENERATED_MAX_LENGTH,
    usual: usualLengthBeyondName(ref),
    generated: true,
    example: generated.example,
  }, labelByPath(ref.stack, ref.logicalId, '', ' (generated)'));
}

const GENERATED_MAX_LENGTH = 40;

/** `undefined` if it is not certainly a name: the property may contain an ARN, as for a function. */
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
