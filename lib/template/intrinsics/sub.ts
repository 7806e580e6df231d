/** `Fn::Sub`: a template that is a single name is that value, of any type; any other template is a text. */
import { withDynamicReferences } from './dynamic-references';
import { IntrinsicFunction } from './intrinsic-function';
import { isRecord } from '../../util/records';
import { joinValues, Value } from '../value';

const SINGLE_NAME = /^\$\{([^}!]+)\}$/;
const NAMES = /\$\{([^{}]*)\}/;

/** @see https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/intrinsic-function-reference-sub.html */
export const SUB: IntrinsicFunction = {
  follow: (argument, stack) => {
    const single = typeof argument === 'string' ? SINGLE_NAME.exec(argument)?.[1] : undefined;
    return single === undefined ? undefined : { value: valueNamed(single), stack };
  },
  text: (argument, stack, values) => {
    const [template, map] = Array.isArray(argument) ? argument : [argument, {}];
    if (typeof template !== 'string' || !isRecord(map)) { return undefined; }
    return joinValues(template.split(NAMES).map((piece, i): Value => {
      if (i % 2 === 0) { return withDynamicReferences(piece, stack); }
      if (piece.startsWith('!')) { return `\${${piece.slice(1)}}`; }
      const name = piece.trim();
      return values.textOf(Object.hasOwn(map, name) ? map[name] : valueNamed(name), stack);
    }), '');
  },
};

function valueNamed(name: string): unknown {
  return name.includes('.') ? { 'Fn::GetAtt': name } : { Ref: name };
}
