/**
 * Gives each name that CloudFormation generates a value that no other name has, for the evaluation of requests: evaluate-at.ts and
 * settle-principal.ts.
 * Invariant: only names whose form is known to differ, such as those of CloudFormation with a random part. All other values stay open.
 */
import { NarrowingOptions, SymbolicVariable } from '../../lib/engine';

export function distinctNames({ generatedNames }: Pick<NarrowingOptions, 'generatedNames'>): (variable: SymbolicVariable) => string | undefined {
  const values = new Map<string, string>();
  return ({ id, asPattern = id, kind: { generated, example } }) => {
    if (!generated || generatedNames === 'anything' || !example.includes('#')) { return undefined; }
    const value = values.get(asPattern) ?? example.replace('#', `9${values.size}`);
    values.set(asPattern, value);
    return value;
  };
}
