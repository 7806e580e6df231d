import { and, AtomValues, evaluate, Match, matchAction, matchCondition, matchResources, Outcome, Request } from './evaluate';
import { ConditionEntry, Layer, Statement } from './policy';

/** Why a statement matches a request, or does not. */
export interface StatementExplanation {
  readonly statement: Statement;
  readonly match: Match;
  readonly action: Match;
  readonly resource: Match;
  readonly conditions: ReadonlyArray<{ readonly entry: ConditionEntry; readonly match: Match }>;
}

/** What a layer says to a request, and why. */
export interface LayerExplanation {
  readonly layer: Layer['name'];
  readonly outcome: Outcome;
  readonly statements: readonly StatementExplanation[];
}

export interface RequestExplanation {
  readonly outcome: Outcome;
  readonly layers: readonly LayerExplanation[];
}

/** What the layers say to a request together: it needs the allowance of each, and any denial wins. */
export function explainRequest(layers: readonly Layer[], request: Request, values: AtomValues): RequestExplanation {
  const explained = layers.map((layer) => explainLayer(layer, request, values));
  const outcomes = explained.map(({ outcome }) => outcome);
  const outcome = (['explicitDeny', 'implicitDeny', 'unclear'] as const).find((o) => outcomes.includes(o)) ?? 'allowed';
  return { outcome, layers: explained };
}

function explainLayer({ name, policies, unknown }: Layer, request: Request, values: AtomValues): LayerExplanation {
  const [crosses, stays] = (['crosses', 'stays'] as const).map((reading) => evaluate(policies, request, values, reading));
  const outcome = crosses === stays ? crosses : 'unclear';
  return {
    layer: name,
    // What is missing may deny anything, and allow anything.
    outcome: unknown.length > 0 && outcome !== 'explicitDeny' ? 'unclear' : outcome,
    statements: policies.flatMap(({ statements }) => statements.map((s) => explainStatement(s, request, values))),
  };
}

/** `unclear` also where two readings of IAM's documents differ. */
export function explainStatement(statement: Statement, request: Request, values: AtomValues): StatementExplanation {
  const action = matchAction(statement, request, values);
  const [crosses, stays] = (['crosses', 'stays'] as const).map((reading) => matchResources(statement, request, values, reading));
  const resource = crosses === stays ? crosses : 'unclear';
  const conditions = statement.conditions.map((entry) => ({ entry, match: matchCondition(entry, statement.variables, request, values) }));
  return { statement, match: and([action, resource, ...conditions.map(({ match }) => match)]), action, resource, conditions };
}
