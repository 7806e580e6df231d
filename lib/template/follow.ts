import { SymbolicString, Unresolved } from '../engine';
import { getAttParts, intrinsicOf, isNoValue } from './intrinsics';
import { itemsOf } from './items-of';
import { exportedAs, outputOfStack } from './outputs';
import { StackTemplate } from './template-set';
import { TemplateValues } from './template-values';
import { LocatedValue, VALUE_OF_STACK } from './value';
import { isRecord, memberOf } from '../util/records';

/** As many references are followed; what leads further refers to itself. */
const MAX_STEPS = 50;

/**
 * Where a value comes from: through parameters and outputs of nested stacks, exports and outputs of other stacks, the branch of
 * an `Fn::If`, mappings, and lists. What leads nowhere else is left as it is.
 */
export function follow(value: unknown, stack: StackTemplate, values: TemplateValues): LocatedValue {
  let at: LocatedValue = { value, stack };
  for (let step = 0; step < MAX_STEPS; step++) {
    const next = oneStep(at, values);
    if (!next) { return at; }
    at = next;
  }
  return { value: new Unresolved('references that lead in a circle'), stack };
}

function oneStep({ value, stack }: LocatedValue, values: TemplateValues): LocatedValue | undefined {
  const intrinsic = intrinsicOf(value);
  if (!intrinsic) { return undefined; }
  const { name, argument } = intrinsic;
  switch (name) {
    case 'Ref':
      return parameterFromParent(argument, stack, values);
    case 'Fn::GetAtt': {
      const [logicalId, attribute = ''] = getAttParts(argument);
      const nested = attribute.startsWith('Outputs.') ? values.templates.nestedStack(stack, logicalId) : undefined;
      return nested && outputOfStack(nested, attribute.slice('Outputs.'.length));
    }
    case 'Fn::ImportValue':
      return exportedAs(values.textOf(argument, stack), stack, values);
    case 'Fn::GetStackOutput':
      return weakReference(argument, stack, values);
    case 'Fn::Sub': {
      const single = typeof argument === 'string' ? /^\$\{([^}!]+)\}$/.exec(argument)?.[1] : undefined;
      return single === undefined ? undefined : { value: single.includes('.') ? { 'Fn::GetAtt': single } : { Ref: single }, stack };
    }
    case 'Fn::If': {
      const branch = branchOf(value, stack, values);
      return branch === value ? undefined : { value: branch, stack };
    }
    case 'Fn::FindInMap':
      return findInMap(argument, stack, values);
    case 'Fn::Select': {
      if (!Array.isArray(argument)) { return undefined; }
      const index = Number(argument[0]);
      return itemsOf(values.locate(argument[1], stack), values)?.[index];
    }
    case VALUE_OF_STACK: {
      const [stackId, inner] = Array.isArray(argument) ? argument : [];
      const owner = values.templates.stackWithId(stackId);
      return owner && { value: inner, stack: owner };
    }
    default:
      return undefined;
  }
}

/**
 * A parameter of a nested stack has the value that its parent gives it, or its default. Other parameters: a default is not trusted.
 * What is given to one of a Systems Manager type is the key of its value.
 * @see https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/systems-manager-parameter-types.html
 */
function parameterFromParent(name: unknown, stack: StackTemplate, values: TemplateValues): LocatedValue | undefined {
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

/** What an `Fn::If` chooses, as far as that can be told. */
function branchOf(value: unknown, stack: StackTemplate, values: TemplateValues): unknown {
  const intrinsic = intrinsicOf(value);
  if (intrinsic?.name !== 'Fn::If' || !Array.isArray(intrinsic.argument) || intrinsic.argument.length !== 3) { return value; }
  const [condition, ...branches] = intrinsic.argument;
  const holds = values.conditionHolds(condition, stack);
  return holds === undefined ? value : branchOf(branches[holds ? 0 : 1], stack, values);
}

/** Whether a parameter is given the key of its value in Systems Manager. */
export function isKeyType(type: unknown): boolean {
  return typeof type === 'string' && type.startsWith('AWS::SSM::Parameter::Value<');
}

export function isListType(type: unknown): boolean {
  return typeof type === 'string' && /^(CommaDelimitedList|List<|AWS::SSM::Parameter::Value<(List<|CommaDelimitedList))/.test(type);
}

/** @see https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/intrinsic-function-reference-getstackoutput.html */
function weakReference(argument: unknown, stack: StackTemplate, values: TemplateValues): LocatedValue | undefined {
  const given = (name: string) => {
    const value = memberOf(argument, name);
    const text = value === undefined ? undefined : values.textOf(value, stack);
    return typeof text === 'string' ? text : undefined;
  };
  const [stackName, outputName, region] = [given('StackName'), given('OutputName'), given('Region')];
  const ownRegion = memberOf(argument, 'Region') === undefined;
  const ownAccount = memberOf(argument, 'RoleArn') === undefined;
  const found = values.templates.stacks.filter((s) => stackName !== undefined && s.name === stackName
    && s.region === (ownRegion ? stack.region : region) && (!ownAccount || s.account === stack.account));
  const near = found.filter((s) => s.assembly === stack.assembly);
  const [only, ...others] = near.length > 0 ? near : found;
  return only && others.length === 0 && outputName !== undefined ? outputOfStack(only, outputName) : undefined;
}

/** @see https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/intrinsic-function-reference-findinmap.html */
function findInMap(argument: unknown, stack: StackTemplate, values: TemplateValues): LocatedValue | undefined {
  if (!Array.isArray(argument)) { return undefined; }
  const [mapName, ...keys] = argument.slice(0, 3).map((part) => values.textOf(part, stack));
  let at: unknown = typeof mapName === 'string' ? memberOf(stack.template.Mappings, mapName) : undefined;
  for (const key of keys) {
    if (key instanceof Unresolved || !isRecord(at)) { return undefined; }
    const fallback = memberOf(argument[3], 'DefaultValue');
    const name = oneOf(Object.keys(at), key, fallback !== undefined, values);
    if (name === 'open') { return undefined; }
    if (name === undefined) { return fallback === undefined ? undefined : { value: fallback, stack }; }
    at = at[name];
  }
  return at === undefined ? undefined : { value: at, stack };
}

/** The name that a key is; `undefined` for none of them. */
function oneOf(names: readonly string[], key: string | SymbolicString, mayBeAnother: boolean, values: TemplateValues): string | 'open' | undefined {
  for (const [i, name] of names.entries()) {
    // The deployment fails where the key is none of them, so that the last one needs no question.
    if (typeof key !== 'string' && !mayBeAnother && i === names.length - 1) { return name; }
    const equal = values.assumptions.areEqual(key, name);
    if (equal !== false) { return equal ? name : 'open'; }
  }
  return undefined;
}
