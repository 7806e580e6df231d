/**
 * The engine decides what IAM policies allow. All other rooms of the library import from this file only (projenrc/rooms.cjs).
 *
 * - Read policies: `parsePolicy`, `statementAsJson`. Strings may contain symbolic variables (`SymbolicString`); a value that could
 *   not be read is `Unresolved`.
 * - Ask about a session policy: `decideNarrowing`, `classifyExcesses`, the comparisons of `decide/compare-permissions.ts`,
 *   `suggestFix`, `effectivePermissions`.
 * - Ask about one request: `explainRequest`. It shares no matcher with the decisions.
 * - Ask about patterns and actions: `actionMatches`, `resourceCovers`, `mayBeEqual`, `isEverAsked`.
 *
 * Every answer is synchronous and deterministic, and errs on one side only: it is a proof, a replayed witness, or not certain.
 */
export { expressionOfForm, patternOfForm, piecesOfForm, splitArn } from './strings/arn';
export { Budget, withinBudget } from './strings/budget';
export { actionCovers, actionMatches, resourceCovers } from './strings/covers';
export { mayBeEqual, mayMatch, mayOverlap } from './strings/overlaps';
export { actionPattern, type Pattern, resourcePattern } from './strings/pattern';
export * from './strings/symbolic-string';
export { servicePrefixOf, splitAction } from './policy/action-name';
export { keyOfCondition, readCondition } from './policy/condition-entry';
export { isJsonObject, type Json, type JsonObject, itemsOf, SymbolicMember, Unresolved } from './policy/json';
export {
  type ParsedPolicy, parsePolicy, parseStatement, POLICY_VERSIONS, policyDocument, type Problem,
} from './policy/parse-policy';
export { parseSessionPolicy } from './policy/parse-session-policy';
export * from './policy/policy';
export type { PolicyKind } from './policy/policy-kinds';
export type { Assumption, AssumptionCode, Principal } from './policy/principal';
export { isGuardrail } from './policy/guardrail';
export { statementAsJson, type StatementJson } from './policy/print-statement';
export { serviceOf } from './policy/service-index';
export * from './policy/verdict';
export { globMatches, type Outcome, type Request } from './evaluate/evaluate';
export * from './evaluate/explain';
export type { Match } from './evaluate/match';
export { OpenValues } from './evaluate/open-values';
export type { ActionsByService, AwsAction, RequestCatalog } from './regions/catalog';
export { isKeyOfOtherPrincipals, type Presence } from './regions/key-facts';
export { actionsEverAsked, isEverAsked } from './regions/is-ever-asked';
export { holdsForMissingKey } from './regions/key-states';
export { mayMatchAction } from './regions/targets';
export type { KnownAction } from './witness/candidates';
export * from './intersect/effective-permissions';
export * from './decide/compare-permissions';
export { decideNarrowing } from './decide/decide-narrowing';
export { dependenciesOf } from './decide/dependencies';
export type { NarrowingOptions } from './decide/decision';
export { impliedContext } from './decide/implied-context';
export { deniedBy, type DeniedStatement } from './decide/denied-by';
export {
  allowsNoRequest, type ClassifiedExcess, type ClassifiedExcesses, classifyExcesses, conditionalStatements, type ExcessKind, excessOf, onlyAllowing,
  questionOfFix,
} from './decide/excess-kinds';
export * from './decide/suggest-fix';
