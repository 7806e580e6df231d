import { describeStatement, Layer, Reason, Statement } from './policy';
import { Box } from './targets';

/** Named reasons for `undetermined`: what is in doubt, and what resolves it. */

export const TOO_LARGE: Reason = {
  code: 'Budget',
  message: 'the policies are too large to compare completely',
  resolution: 'split the session policy, or write broader patterns in it',
};

export function denyMayApply(statement: Statement, deny: Statement, box: Box): Reason {
  return {
    code: 'Deny',
    message: `${describeStatement(deny)} denies requests that may be among those that ${describeStatement(statement)} allows (${describeBox(box)})`,
    resolution: 'name in the session policy only what that statement leaves alone, or repeat the deny statement in the session policy',
  };
}

/** `overlapping`: the statements of the layer that may allow a part of the box; `covering`: those that allow it all, conditions aside. */
export function notAllowed(statement: Statement, box: Box, layer: Layer, covering: readonly Statement[], overlapping: readonly Statement[]): Reason {
  if (covering.length > 0) {
    return {
      code: 'Condition',
      message: `${describeStatement(covering[0])} allows ${describeBox(box)} under conditions that ${describeStatement(statement)} may not keep`,
      resolution: 'repeat the conditions of that statement in the session policy',
    };
  }
  const atoms = [box, ...overlapping].flatMap(atomLabels);
  if (overlapping.length > 0 && atoms.length > 0) {
    return {
      code: 'UnknownValue',
      message: `whether the ${layer.name} allow ${describeBox(box)} depends on ${[...new Set(atoms)].sort().join(', ')}, known at deployment only`,
      resolution: 'give the stack an explicit env, or name the resource in the session policy and in the role in the same way',
    };
  }
  if (overlapping.length === 0) {
    return {
      code: 'PartialOverlap',
      message: `no statement of the ${layer.name} allows ${describeBox(box)}, but no request was found that AWS would make and the role would not allow`,
      resolution: 'leave that action or resource out of the session policy, or allow it in the role',
    };
  }
  return {
    code: 'PartialOverlap',
    message: `the ${layer.name} allow a part of ${describeBox(box)}`
      + ` (${overlapping.slice(0, 3).map(describeStatement).join(', ')}), and for the rest no request was found that AWS would make`,
    resolution: 'name in the session policy only what these statements name',
  };
}

export function describeBox(box: Box): string {
  const list = (name: string, targets: Box['action']) =>
    `${targets.negated ? `Not${name} ` : ''}${targets.patterns.map((p) => p.source.toString()).join(', ')}`;
  return `${list('Action', box.action)} on ${list('Resource', box.resource)}`;
}

function atomLabels(about: Box | Statement): string[] {
  const targets = 'effect' in about ? [about.actions, about.resources] : [about.action, about.resource];
  return targets.flatMap((t) => t.patterns).flatMap((p) => p.elements).flatMap((e) => (e.type === 'atom' ? [e.atom.label] : []));
}
