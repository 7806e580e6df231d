/**
 * The parameters of a template: the values that a parent gives to a nested stack, and the allowed values of the others.
 * Invariant: a default is not a value unless the template is of a nested stack, because a deployment may override it.
 */
import { branchOf } from './if';
import { intrinsicOf, isNoValue } from './intrinsic';
import { VariableKind } from '../../engine';
import { isRecord, memberOf } from '../../util/records';
import { StackTemplate } from '../template-set';
import { TemplateValues } from '../template-values';
import { LocatedValue } from '../value';
import { ANY_TEXT, USUAL_NAME, within } from '../value-kinds';

/**
 * The value that the parent of a nested stack gives to a parameter, or else its default. A parameter of a Systems Manager type is
 * given the key of its value, so it has none here.
 * @see https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/systems-manager-parameter-types.html
 */
export function parameterFromParent(name: unknown, stack: StackTemplate, values: TemplateValues): LocatedValue | undefined {
  const { templates } = values;
  const parent = templates.parentOf(stack);
  if (!parent || typeof name !== 'string' || templates.resource(stack, name)) { return undefined; }
  const parameter = memberOf(stack.template.Parameters, name);
  const type = memberOf(parameter, 'Type');
  if (isKeyType(type)) { return undefined; }
  const all = memberOf(templates.resource(parent, stack.parent!.logicalId)?.resource.Properties, 'Parameters');
  if (all !== undefined && (!isRecord(all) || intrinsicOf(all))) { return undefined; }
  const given = branchOf(memberOf(all, name), parent, values);
  const fallback = memberOf(parameter, 'Default');
  const at = given === undefined || isNoValue(given) ? { value: fallback, stack } : { value: given, stack: parent };
  if (at.value === undefined) { return undefined; }
  return isListType(type) && !Array.isArray(at.value) ? { value: { 'Fn::Split': [',', at.value] }, stack: at.stack } : at;
}

/**
 * The values that a parameter may have. The allowed values and the lengths of a Systems Manager type are those of the key, not of
 * the value.
 * @see https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/parameters-section-structure.html
 * @see https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/systems-manager-parameter-types.html
 */
export function parameterKind(parameter: unknown): VariableKind {
  if (isKeyType(memberOf(parameter, 'Type'))) { return ANY_TEXT; }
  const allowed = memberOf(parameter, 'AllowedValues');
  const initial = lengthOfDefault(memberOf(parameter, 'Default'));
  if (!Array.isArray(allowed) || allowed.length === 0) { return textOfLength(memberOf(parameter, 'MinLength'), memberOf(parameter, 'MaxLength'), initial); }
  const oneOf = [...new Set(allowed.map(String))];
  const lengths = oneOf.map((value) => value.length);
  return {
    name: 'parameter',
    characters: [...new Set(oneOf.join(''))].join(''),
    minLength: Math.min(...lengths),
    maxLength: Math.max(...lengths),
    usual: within({ expected: initial ?? Infinity, longest: Infinity }, Math.min(...lengths), Math.max(...lengths)),
    oneOf,
    generated: false,
    example: oneOf[0],
  };
}

/** Any text between the lengths that are given. A parameter with a default usually has it, and at most the length of a name otherwise. */
function textOfLength(least: unknown, most: unknown, initial: number | undefined): VariableKind {
  const [minLength = 0, maxLength] = [lengthGiven(least), lengthGiven(most)];
  if (minLength === 0 && maxLength === undefined && initial === undefined) { return ANY_TEXT; }
  const usual = initial === undefined ? undefined : within({ expected: initial, longest: Math.max(initial, USUAL_NAME) }, minLength, maxLength);
  return { ...ANY_TEXT, minLength, maxLength, usual, example: ANY_TEXT.example.padEnd(minLength, 'x').slice(0, maxLength) };
}

/** An empty default stands for a value that is to be given. */
function lengthOfDefault(value: unknown): number | undefined {
  const length = typeof value === 'string' || typeof value === 'number' ? String(value).length : 0;
  return length === 0 ? undefined : length;
}

/** CloudFormation also takes numbers as strings. */
function lengthGiven(value: unknown): number | undefined {
  const length = typeof value === 'string' && /^\d+$/.test(value) ? Number(value) : value;
  return typeof length === 'number' && Number.isInteger(length) && length >= 0 ? length : undefined;
}

export function isListType(type: unknown): boolean {
  return typeof type === 'string' && /^(CommaDelimitedList|List<|AWS::SSM::Parameter::Value<(List<|CommaDelimitedList))/.test(type);
}

/** Whether a parameter is given the key of its value in Systems Manager. */
function isKeyType(type: unknown): boolean {
  return typeof type === 'string' && type.startsWith('AWS::SSM::Parameter::Value<');
}
