/**
 * Proves that two lists of statements have the same effect, with the engine, in both directions: all that one matches, the other
 * matches. `compact.ts` takes no step without it.
 *
 * Invariant: a proof holds in every case of the template's conditions, and for every value of what is unknown at synth. Whatever
 * cannot be read or decided is not proven.
 */
import {
  Assumption, Budget, decideNarrowing, intersectPermissions, Json, Layer, parsePolicy, Policy, policyDocument, RequestCatalog,
} from '../../engine';
import { ResolvedStatement } from '../minimize';
import { meaningOf } from './catalog';
import { Read } from './readings';
import { itemsOf } from './relation';

/** What a proof takes for granted. */
export type Proof = readonly Assumption[];

/** Steps for each pair of an action and a resource; more than ten resources share ten times as many. Proofs of compacted grants need a hundredth. */
const STEPS = 200_000;

export interface Terms {
  /** Counts the requests that AWS makes only. @default - all requests that policies can speak of */
  readonly catalog?: RequestCatalog;
  /** Counts the requests that each of the layers allows only. @default - all requests */
  readonly layers?: readonly Layer[];
  /** What remains of the questions to the engine. @default - no limit */
  readonly budget?: Budget;
}

/** @returns undefined if it is not proven. @throws BudgetExceeded */
export function proveEqual(
  a: readonly ResolvedStatement[], b: readonly ResolvedStatement[], readings: readonly Read[], terms: Terms = {},
): Proof | undefined {
  const assumptions = new Map<string, Assumption>();
  for (const effect of ['Allow', 'Deny']) {
    const [left, right] = [a, b].map((statements) => statements.filter(({ Effect }) => Effect === effect));
    // What is denied is compared under the terms of the language alone.
    const proof = proveBothWays(left, right, readings, effect === 'Allow' ? terms : { budget: terms.budget });
    if (!proof) { return undefined; }
    proof.forEach((one) => assumptions.set(one.message, one));
  }
  const isKnown = ({ Effect }: ResolvedStatement) => Effect === 'Allow' || Effect === 'Deny';
  const strange = (statements: readonly ResolvedStatement[]) => JSON.stringify(statements.filter((s) => !isKnown(s)));
  return strange(a) === strange(b) ? [...assumptions.values()] : undefined;
}

function proveBothWays(a: readonly ResolvedStatement[], b: readonly ResolvedStatement[], readings: readonly Read[], terms: Terms): Proof | undefined {
  const [inA, inB] = [a, b].map((statements) => new Set(statements.map((s) => JSON.stringify(s))));
  const onlyA = a.filter((s) => !inB.has(JSON.stringify(s)));
  const onlyB = b.filter((s) => !inA.has(JSON.stringify(s)));
  const proofs = readings.flatMap((read) => [proveInside(onlyA, b, read, terms), proveInside(onlyB, a, read, terms)]);
  return proofs.includes(undefined) ? undefined : proofs.flatMap((proof) => proof!);
}

/** Whether all that the statements match is matched by the others. Effects do not count. */
function proveInside(
  narrow: readonly ResolvedStatement[], wide: readonly ResolvedStatement[], read: Read, { catalog, layers = [], budget }: Terms,
): Proof | undefined {
  const whole = policyOf(wide, read);
  if (narrow.length === 0 || !whole) { return whole || narrow.length === 0 ? [] : undefined; }
  const proofs: Proof[] = [];
  for (const part of narrow.flatMap((statement) => inParts(statement, catalog !== undefined))) {
    budget?.spend(1);
    const session = policyOf([part], read);
    const proof = session && (proveNarrowing(session, whole, catalog)
      ?? (layers.length > 0 ? proveInsideUnder(session, whole, layers, catalog) : undefined));
    if (!proof) { return undefined; }
    proofs.push(proof);
  }
  return proofs.flat();
}

/**
 * Statements of a few actions: a decision shares its steps among all that it is asked about. If only requests count that the catalog
 * has, a wildcard is the actions that it matches there, and each is quickly decided.
 */
function inParts(statement: ResolvedStatement, onlyKnown: boolean): ResolvedStatement[] {
  const { Action } = statement;
  if (Action === undefined) { return [statement]; }
  const actions = itemsOf(Action).flatMap((action) => (onlyKnown ? knownActions(action) : [action]));
  const starts = actions.flatMap((_, i) => (i % ACTIONS_AT_ONCE === 0 ? [i] : []));
  return starts.map((i) => ({ ...statement, Action: actions.slice(i, i + ACTIONS_AT_ONCE) }));
}

const ACTIONS_AT_ONCE = 5;

function knownActions(action: unknown): readonly unknown[] {
  const known = meaningOf(action);
  return known ? known.names.map((name) => `${known.service}:${name}`) : [action];
}

function proveNarrowing(session: Policy, whole: Policy, catalog: RequestCatalog | undefined): Proof | undefined {
  const layer: Layer = { name: 'session policy', policies: [whole], gaps: [] };
  const verdict = decideNarrowing({ session, layers: [layer] }, { catalog, budget: STEPS, firstExcessOnly: true });
  return verdict.kind === 'narrows' ? verdict.assumptions ?? [] : undefined;
}

/** Whether all that the policy and the layers allow is inside. */
export function proveInsideUnder(session: Policy, whole: Policy, layers: readonly Layer[], catalog: RequestCatalog | undefined): Proof | undefined {
  const { document, omitted } = intersectPermissions([[session], ...layers.map(({ policies }) => policies)], { budget: STEPS });
  if (omitted.length > 0) { return undefined; }
  if (document.Statement.length === 0) { return []; } // all layers together allow nothing of it
  const { policy, problems } = parsePolicy(document as unknown as Json, 'what the role allows of the session policy');
  return problems.length === 0 ? proveNarrowing(policy, whole, catalog) : undefined;
}

/** The statements as statements that allow; `undefined` if one of them cannot be read. */
export function policyOf(statements: readonly ResolvedStatement[], read: Read): Policy | undefined {
  const allowing = statements.map((statement) => ({ ...statement, Effect: 'Allow' }));
  const { policy, problems } = parsePolicy(policyDocument(read(allowing)) as Json, 'the session policy', 'session');
  return problems.length === 0 && policy.statements.length > 0 ? policy : undefined;
}

