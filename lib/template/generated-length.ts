/**
 * Estimates how long a name is that CloudFormation or a service generates, by the forms of lib/reference/generated-names.ts.
 * `intrinsics/resource-text.ts` gives the estimate to the symbolic variable of the name.
 *
 * Rounds toward `undefined`: without the name of the stack, or if a property that the form needs is not known, nothing is expected.
 */
import { unlessOpen } from './cases';
import type { ResourceRef, StackTemplate, TemplateSet } from './template-set';
import type { TemplateValues } from './template-values';
import { exactly, REGION } from './value-kinds';
import { lengthOf, Unresolved, UsualLength } from '../engine';
import { GeneratedName, generatedName } from '../reference/generated-names';

/**
 * The random part of CloudFormation: 12 characters today, and 12 or 13 in names that it made some years ago.
 * @see https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-properties-name.html
 */
const RANDOM: UsualLength = { expected: 12, longest: 13 };

/**
 * Names of nested stacks are cut off at this length. AWS does not say so: the names of nested stacks in public stack outputs do
 * (test/template/generated-names.ts), and stacks may have 128 characters.
 */
const NESTED_STACK_MAX_LENGTH = 100;

/** The usual length of the name of a resource to which the template gives none. */
export function usualLengthOfName(ref: ResourceRef, values: TemplateValues): UsualLength | undefined {
  const row = generatedName(ref.resource.Type);
  return row && unlessOpen(() => usualLengthOf(row, ref, values));
}

/** The usual length of what the service generates beyond the name. */
export function usualLengthBeyondName({ resource }: ResourceRef): UsualLength | undefined {
  const generated = generatedName(resource.Type)?.beyondName;
  return generated === undefined ? undefined : exactly(generated.length);
}

/** The properties on which the lengths of a type's generated names depend. */
export function propertiesOfGeneratedName(type: string): readonly string[] {
  const { form = '', named, suffix, unless = [] } = generatedName(type) ?? {};
  const inForms = [form, named?.form ?? ''].flatMap((one) => one.split(PLACEHOLDER)).filter((piece) => piece?.startsWith('[')).map((piece) => piece.slice(1, -1));
  return [...inForms, ...named ? [named.property] : [], ...suffix ? [suffix.property] : [], ...unless];
}

function usualLengthOf(row: GeneratedName, ref: ResourceRef, values: TemplateValues): UsualLength | undefined {
  const property = (name: string) => ref.resource.Properties?.[name];
  const isGiven = (name: string) => !values.isAbsent(property(name), ref.stack);
  if (row.unless?.some(isGiven)) { return undefined; }
  const form = row.named && isGiven(row.named.property) ? row.named.form : row.form;
  const lengths = form?.split(PLACEHOLDER).map((piece, i) => (i % 2 === 0 ? exactly(piece.length) : lengthOfPiece(piece, ref, values)));
  return lengths && sumUnlessUnknown([...lengths, row.suffix ? lengthOfSuffix(row.suffix, ref, values) : exactly(0)], row.maxLength);
}

const PLACEHOLDER = /\$([SLXR]|\[\w+\])/;

function lengthOfPiece(piece: string, ref: ResourceRef, values: TemplateValues): UsualLength | undefined {
  switch (piece) {
    case 'S': return usualLengthOfStackName(ref.stack, values.templates);
    case 'L': return exactly(ref.logicalId.length);
    case 'X': return RANDOM;
    case 'R': return ref.stack.region === undefined ? REGION.usual : exactly(ref.stack.region.length);
    default: return lengthOfProperty(ref.resource.Properties?.[piece.slice(1, -1)], ref.stack, values);
  }
}

/** A name of which a part is not known has no usual length. */
function lengthOfProperty(written: unknown, stack: StackTemplate, values: TemplateValues): UsualLength | undefined {
  const text = written === undefined ? undefined : values.textOf(written, stack);
  const expected = text === undefined || text instanceof Unresolved ? undefined : lengthOf(text).expected;
  return expected === undefined ? undefined : exactly(expected);
}

function lengthOfSuffix({ property, text }: NonNullable<GeneratedName['suffix']>, { stack, resource }: ResourceRef, values: TemplateValues): UsualLength | undefined {
  const written = resource.Properties?.[property];
  if (values.isAbsent(written, stack)) { return exactly(0); }
  const value = values.textOf(written, stack);
  return typeof value === 'string' ? exactly(value === 'true' ? text.length : 0) : undefined;
}

/** A name that is too long is cut off before its random part, so that the longest one has room. */
function sumUnlessUnknown(lengths: ReadonlyArray<UsualLength | undefined>, maxLength = Infinity): UsualLength | undefined {
  let [expected, longest] = [0, 0];
  for (const length of lengths) {
    if (!length) { return undefined; }
    expected += length.expected;
    longest += length.longest;
  }
  return { expected: Math.min(expected, maxLength - (RANDOM.longest - RANDOM.expected)), longest: Math.min(longest, maxLength) };
}

/**
 * The usual length of the name of a stack. A nested stack is named after its parent and its logical id there.
 * @see https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/using-cfn-nested-stacks.html
 */
export function usualLengthOfStackName(stack: StackTemplate, templates: TemplateSet): UsualLength | undefined {
  const inside: string[] = [];
  let outer = stack;
  for (let parent = templates.parentOf(outer); parent; parent = templates.parentOf(outer)) {
    if (inside.push(outer.parent!.logicalId) > MAX_NESTED) { return undefined; }
    outer = parent;
  }
  if (outer.parent || outer.name === undefined) { return undefined; }
  return inside.reduceRight<UsualLength | undefined>(
    (name, logicalId) => sumUnlessUnknown([name, exactly(`-${logicalId}-`.length), RANDOM], NESTED_STACK_MAX_LENGTH), exactly(outer.name.length));
}

/** Stacks that contain each other have no name. Real ones are seldom more than three deep. */
const MAX_NESTED = 10;
