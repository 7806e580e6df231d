/** The table of the intrinsic functions that are evaluated. The values of all others are opaque. */
import { FIND_IN_MAP } from './find-in-map';
import { GET_ATT } from './get-att';
import { GET_STACK_OUTPUT } from './get-stack-output';
import { IF } from './if';
import { IMPORT_VALUE } from './import-value';
import { IntrinsicFunction } from './intrinsic-function';
import { JOIN } from './join';
import { REF } from './ref';
import { SELECT } from './select';
import { SUB } from './sub';
import { TO_JSON_STRING } from './to-json-string';
import { VALUE_OF_STACK, VALUE_OF_STACK_FUNCTION } from './value-of-stack';
import { Unresolved } from '../../engine';

export const INTRINSIC_FUNCTIONS: ReadonlyMap<string, IntrinsicFunction> = new Map<string, IntrinsicFunction>([
  ['Condition', deployTimeValue('Condition')],
  ['Fn::Cidr', list('Fn::Cidr')],
  ['Fn::FindInMap', FIND_IN_MAP],
  ['Fn::GetAtt', GET_ATT],
  ['Fn::GetAZs', list('Fn::GetAZs')],
  ['Fn::GetStackOutput', GET_STACK_OUTPUT],
  ['Fn::If', IF],
  ['Fn::ImportValue', IMPORT_VALUE],
  ['Fn::Join', JOIN],
  ['Fn::Select', SELECT],
  ['Fn::Split', list('Fn::Split')],
  ['Fn::Sub', SUB],
  ['Fn::ToJsonString', TO_JSON_STRING],
  ['Fn::Transform', deployTimeValue('Fn::Transform')],
  ['Ref', REF],
  [VALUE_OF_STACK, VALUE_OF_STACK_FUNCTION],
]);

function list(name: string): IntrinsicFunction {
  return { text: () => new Unresolved(`${name}, a list`) };
}

function deployTimeValue(name: string): IntrinsicFunction {
  return { text: () => new Unresolved(`${name}, whose value depends on the deployment`) };
}
