/**
 * Words the reasons for `undetermined`: what is in doubt, and what resolves it. `decide-pair.ts` picks them.
 */
import { describeStatement, Layer, Reason, Statement } from '../policy/policy';
import { CompletePrincipal } from '../regions/key-facts';
import { PatternPair } from '../regions/targets';
import { inProse, proseNameOf, SymbolicVariable } from '../strings/symbolic-string';

export const TOO_LARGE: Reason = {
  code: 'Budget',
  message: 'the policies are too large to compare completely',
  resolution: 'split the session policy, or write broader patterns in it',
};

/** The session policy allows the action on ARNs, and nothing documents that AWS asks about them. */
export function mayBeAskedOnArn(action: string, asOf: string): Reason {
  return {
    code: 'UndocumentedRequest',
    message: `the service authorization reference of ${asOf} does not document that AWS asks about such ARNs for ${action}, and it may do so`,
    resolution: `allow ${action} on the same resources in the role, or remove it from the session policy`,
  };
}

export function unknownAction(action: string, asOf: string): Reason {
  return {
    code: 'UndocumentedRequest',
    message: `the service authorization reference of ${asOf} does not have ${action}, so it is misspelled, or newer`,
    resolution: 'correct the name, or allow the action in the role, too',
  };
}

export function denyMayApply(statement: Statement, deny: Statement, pair: PatternPair, principal: CompletePrincipal | undefined): Reason {
  const unknown = unknownRole(deny, principal);
  if (unknown) { return { ...unknown, message: `whether ${describeStatement(deny)} denies ${describePair(pair)} ${unknown.message}` }; }
  return {
    code: 'Deny',
    message: `${describeStatement(deny)} denies requests that may be among those that ${describeStatement(statement)} allows (${describePair(pair)})`,
    resolution: 'name in the session policy only what that statement leaves alone, or repeat the deny statement in the session policy',
  };
}

/** `overlapping`: the statements of the layer that may allow a part of the pair; `covering`: those that allow it all, conditions aside. */
export function notAllowed(
  statement: Statement, pair: PatternPair, layer: Layer, covering: readonly Statement[], overlapping: readonly Statement[],
  principal: CompletePrincipal | undefined,
): Reason {
  const unknown = covering.length > 0 ? unknownRole(covering[0], principal) : undefined;
  if (unknown) { return { ...unknown, message: `whether ${describeStatement(covering[0])} allows ${describePair(pair)} ${unknown.message}` }; }
  if (covering.length > 0) {
    return {
      code: 'Condition',
      message: `${describeStatement(covering[0])} allows ${describePair(pair)} under conditions that ${describeStatement(statement)} may not keep`,
      resolution: 'repeat the conditions of that statement in the session policy',
    };
  }
  const variables = [pair, ...overlapping].flatMap(variablesIn);
  if (overlapping.length > 0 && variables.length > 0) { return unknownValue(`whether the ${layer.name} allow ${describePair(pair)}`, variables); }
  if (overlapping.length === 0) {
    return {
      code: 'PartialOverlap',
      message: `no statement of the ${layer.name} allows ${describePair(pair)}, but no request was found that AWS would make and the role would not allow`,
      resolution: 'leave that action or resource out of the session policy, or allow it in the role',
    };
  }
  return {
    code: 'PartialOverlap',
    message: `the ${layer.name} allow a part of ${describePair(pair)}`
      + ` (${overlapping.slice(0, 3).map(describeStatement).join(', ')}), and for the rest no request was found that AWS would make`,
    resolution: 'name in the session policy only what these statements name',
  };
}

export function describePair(pair: PatternPair): string {
  const list = (name: string, targets: PatternPair['action']) =>
    `${targets.negated ? `Not${name} ` : ''}${targets.patterns.map((p) => inProse(p.source)).join(', ')}`;
  return `${list('Action', pair.action)} on ${list('Resource', pair.resource)}`;
}

/** The statement depends on a role that is not known. */
function unknownRole({ conditions }: Statement, principal: CompletePrincipal | undefined): Reason | undefined {
  const keys = conditions.filter(({ key, values }) => (
    principal?.unknownKeys.some((unknown) => key === unknown || values.some((value) => value.toString().toLowerCase().includes(`\${${unknown}}`)))));
  return keys.length === 0 ? undefined : {
    code: 'UnknownValue',
    message: `depends on the role, which is unknown (${keys.map(({ operator, keyName }) => `${operator} ${keyName}`).join(', ')})`,
    resolution: 'give the ARN of the role',
    need: 'role ARN',
  };
}

/** The values that are known as soon as the account and the region are. */
const OF_ENVIRONMENT: ReadonlySet<string> = new Set(['AccountId', 'Partition', 'Region', 'URLSuffix'].map((name) => `\${AWS::${name}}`));

/** Policy variables have their value in the request; other values are deploy-time values. */
function unknownValue(what: string, variables: readonly SymbolicVariable[]): Reason {
  const labels = (some: readonly SymbolicVariable[]) => [...new Set(some.map(proseNameOf))].sort();
  const deployed = variables.filter(({ conditionKey }) => conditionKey === undefined);
  return deployed.length > 0
    ? {
      code: 'UnknownValue',
      message: `${what} depends on the deploy-time ${labels(deployed).length > 1 ? 'values' : 'value'} ${labels(deployed).join(', ')}`,
      resolution: 'name the resource in the session policy and in the role in the same way',
      ...(deployed.some(({ label }) => OF_ENVIRONMENT.has(label)) && { need: 'environment' }),
    }
    : {
      code: 'UnknownValue',
      message: `${what} depends on the value of ${labels(variables).join(', ')} in the request`,
      resolution: 'limit the key of the variable by a condition of the session policy, or write the same variable in both policies',
    };
}

function variablesIn(about: PatternPair | Statement): SymbolicVariable[] {
  const targets = 'effect' in about ? [about.actions, about.resources] : [about.action, about.resource];
  return targets.flatMap((t) => t.patterns).flatMap((p) => p.elements).flatMap((e) => (e.type === 'variable' ? [e.variable] : []));
}
