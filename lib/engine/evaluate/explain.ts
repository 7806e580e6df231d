/**
 * Explains what each layer and statement does with one request, for people who ask (`cdk-pod-identity explain`).
 * It evaluates deploy-time values as open values, so an outcome holds for all of them.
 *
 * Invariant: an outcome that two readings of IAM's documents disagree on, or that a gap of a layer may change, is `unclear`.
 */
import { and, evaluate, matchAction, matchCondition, matchResources, Outcome, Request } from './evaluate';
import { Match } from './match';
import { isOpen, OpenValues } from './open-values';
import { ConditionEntry, Layer, Statement } from '../policy/policy';
import { SymbolicString } from '../strings/symbolic-string';

/** Why a statement matches a request, or does not. */
export interface StatementExplanation {
  readonly statement: Statement;
  readonly match: Match;
  readonly action: Match;
  readonly resource: Match;
  readonly conditions: ReadonlyArray<{ readonly entry: ConditionEntry; readonly match: Match }>;
  /** The labels of the deploy-time values that decide whether it matches. */
  readonly dependsOn: readonly string[];
}

/** The outcome of a request in a layer, and why. */
export interface LayerExplanation {
  readonly layer: Layer['name'];
  readonly outcome: Outcome;
  readonly statements: readonly StatementExplanation[];
  /** The labels of the deploy-time values that decide the outcome of the layer. */
  readonly dependsOn: readonly string[];
}

export interface RequestExplanation {
  readonly outcome: Outcome;
  readonly layers: readonly LayerExplanation[];
}

/** The outcome of a request in all layers together: each must allow it, and any denial wins. */
export function explainRequest(layers: readonly Layer[], request: Request, values: OpenValues): RequestExplanation {
  const explained = layers.map((layer) => explainLayer(layer, request, values));
  const outcomes = explained.map(({ outcome }) => outcome);
  const outcome = (['explicitDeny', 'implicitDeny', 'unclear'] as const).find((o) => outcomes.includes(o)) ?? 'allowed';
  return { outcome, layers: explained };
}

function explainLayer({ name, policies, gaps }: Layer, request: Request, values: OpenValues): LayerExplanation {
  const [crosses, stays] = (['crosses', 'stays'] as const).map((reading) => evaluate(policies, request, values.valueOf, reading));
  const outcome = crosses === stays ? crosses : 'unclear';
  const statements = policies.flatMap((policy) => policy.statements.map((s) => explainStatement(s, request, values)));
  return {
    layer: name,
    // A missing policy may deny anything, and allow anything.
    outcome: gaps.length > 0 && outcome !== 'explicitDeny' ? 'unclear' : outcome,
    statements,
    dependsOn: outcome === 'unclear' ? unique(decisiveStatements(statements).flatMap(({ dependsOn }) => dependsOn)) : [],
  };
}

/** The unclear statements that decide: if a statement certainly allows the request, only unclear denials do. */
function decisiveStatements(statements: readonly StatementExplanation[]): StatementExplanation[] {
  const isAllowed = statements.some(({ statement, match }) => statement.effect === 'Allow' && match === 'yes');
  return statements.filter(({ statement, match }) => match === 'unclear' && (statement.effect === 'Deny' || !isAllowed));
}

/** The match is also `unclear` if two readings of IAM's documents differ. */
export function explainStatement(statement: Statement, request: Request, values: OpenValues): StatementExplanation {
  const { valueOf } = values;
  const action = matchAction(statement, request, valueOf);
  const resource = matchResource(statement, request, values);
  const conditions = statement.conditions.map((entry) => ({ entry, match: matchCondition(entry, statement.policyVariables, request, valueOf) }));
  const match = and([action, resource, ...conditions.map((condition) => condition.match)]);
  return {
    statement,
    match,
    action,
    resource,
    conditions,
    dependsOn: match === 'unclear' ? unique([
      ...(action === 'unclear' ? openIn(statement.actions.patterns.map(({ source }) => source), values) : []),
      ...(resource === 'unclear' ? openResources(statement, request, values) : []),
      ...conditions.flatMap(({ entry, match: holds }) => (holds === 'unclear' ? [
        ...openIn([entry.keyName, ...entry.values, ...[request.context.get(entry.key) ?? []].flat()], values),
        ...openPolicyVariables(entry.values, request, values),
      ] : [])),
    ]) : [],
  };
}

function matchResource(statement: Statement, request: Request, values: OpenValues): Match {
  const [crosses, stays] = (['crosses', 'stays'] as const).map((reading) => matchResources(statement, request, values.valueOf, reading));
  return crosses === stays ? crosses : 'unclear';
}

/** The labels of the open values in the resource patterns that may match the request. */
function openResources(statement: Statement, request: Request, values: OpenValues): string[] {
  return statement.resources.patterns.flatMap((pattern) => {
    const match = matchResource({ ...statement, resources: { negated: false, patterns: [pattern] } }, request, values);
    const own = [...openIn([pattern.source], values), ...openPolicyVariables([pattern.source], request, values)];
    return match === 'unclear' && (own.length > 0 || isOpen(request.resource)) ? [...own, ...values.labelsIn(request.resource)] : [];
  });
}

/** The labels of the open values in the request that policy variables stand for. */
function openPolicyVariables(texts: ReadonlyArray<string | SymbolicString>, { context }: Request, values: OpenValues): string[] {
  const written = texts.map((text) => values.textOf(text).toLowerCase()).join(' ');
  return [...context].flatMap(([key, value]) => (written.includes(`\${${key}`) ? openIn([value].flat(), values) : []));
}

function openIn(texts: ReadonlyArray<string | SymbolicString>, values: OpenValues): string[] {
  return texts.flatMap((text) => values.labelsIn(values.textOf(text)));
}

function unique(labels: readonly string[]): string[] {
  return [...new Set(labels)].sort();
}
