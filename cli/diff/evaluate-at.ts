/**
 * Evaluates one request on one side: what each layer of the pods says to it. compare-permissions.ts confirms each gain by it, and causes.ts
 * names the statements.
 * Invariant: the same evaluator as `explain`. Deploy-time values that the request does not contain stay open, so an outcome holds for all of
 * them, but that a generated name differs from every other name, unless the settings say otherwise.
 */
import { distinctNames } from './distinct-names';
import { BoundedLayer, PodAccess } from './pod-access';
import { KnownKeys } from './settle-principal';
import { explainRequest, impliedContext, OpenValues, Outcome, proseNameOf, Statement, SymbolicVariable, Witness } from '../../lib/engine';
import { requestCatalog } from '../../lib/reference/request-catalog';
import { PARTITION } from '../../lib/template/value-kinds';

export interface LayerOutcome {
  readonly layer: BoundedLayer;
  readonly outcome: Outcome;
  /** The first statement that allows it, and the first that denies it. */
  readonly allowing?: Statement;
  readonly denying?: Statement;
}

/** @param keys what the side knows of the principal and the other side does not: these take the place of the values of the request */
export function evaluateAt(access: PodAccess, bound: 'least' | 'most', witness: Witness, keys: KnownKeys): LayerOutcome[] {
  const values = valuesFor(witness, access);
  const layers = access.layers.map((layer) => layer[bound]);
  const { action, resource } = witness;
  const missing = new Set(witness.missing);
  const context = new Map([...witness.context].filter(([key]) => !keys.has(key)));
  for (const [key, value] of impliedContext(layers, action, resource, requestCatalog(), access.options.principal ?? {})) {
    if (!context.has(key) && (keys.has(key) || !missing.has(key))) { context.set(key, values.textOf(value)); }
  }
  return explainRequest(layers, { action, resource, context }, values).layers.map(({ outcome, statements }, i) => {
    const first = (effect: Statement['effect']) => statements.find(({ statement, match }) => statement.effect === effect && match === 'yes')?.statement;
    return { layer: access.layers[i], outcome, allowing: first('Allow'), denying: first('Deny') };
  });
}

export function isAllowed(outcomes: readonly LayerOutcome[]): boolean {
  return outcomes.every(({ outcome }) => outcome === 'allowed');
}

export function denyingLayers(outcomes: readonly LayerOutcome[]): LayerOutcome[] {
  return outcomes.filter(({ outcome }) => outcome === 'explicitDeny' || outcome === 'implicitDeny');
}

/** The values that the request assumes. Names that CloudFormation generates are others than those. */
function valuesFor({ assumed, resource }: Witness, { options }: PodAccess): OpenValues {
  const nameOf = distinctNames(options);
  const [, partition] = /^arn:([a-z-]{1,20}):/.exec(resource) ?? [];
  return new OpenValues((variable: SymbolicVariable) => {
    const name = proseNameOf(variable);
    const value = assumed.has(`${name} of another stack`) ? undefined : assumed.get(name);
    return value ?? (variable.kind === PARTITION ? partition : nameOf(variable));
  });
}
