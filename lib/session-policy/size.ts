/**
 * Measures a session policy before synthesis, for `SessionPolicy.size`. It renders the policy, and evaluates the text as the checks
 * evaluate the template.
 *
 * Invariant: the deployed policy is at least as long as the minimum and at most as long as the maximum. It freezes nothing.
 */
import { ResolutionTypeHint, Stack, Token } from 'aws-cdk-lib';
import { Construct, IConstruct } from 'constructs';
import { minimize, ResolvedStatement } from './minimize';
import { ReferencedElements } from './referenced-elements';
import { TextLength } from '../engine';
import { SessionPolicySize } from '../session-policy-size';
import { inEveryCase } from '../template/cases';
import { Evaluator } from '../template/evaluator';
import { intrinsicOf } from '../template/intrinsics/intrinsic';
import { lengthOfText } from '../template/text-length';
import { isRecord } from '../util/records';

/** Makes the statements that are printed of resolved ones. */
export type Shorten = (statements: readonly ResolvedStatement[]) => readonly ResolvedStatement[];

/**
 * The length of the document that the session policy of `owner` renders. Without an owner, that of a stack about which nothing is known.
 * To measure statements as they are, give a `shorten` that returns them.
 */
export function renderedLength(
  statements: readonly ResolvedStatement[], owner: IConstruct = unknownStack(), shorten: Shorten = minimize,
): SessionPolicySize {
  const stack = Stack.of(owner);
  const elements = new ReferencedElements();
  const document = { Version: '2012-10-17', Statement: shorten(elements.resolve(statements, owner)) };
  const text = elements.resolve(stack.toJsonString(withoutLists(document)), owner);
  const templates = elements.templates(stack);
  const there = templates.stackWithId(stack.node.path)!;
  return sizeInEveryCase(inEveryCase((assumptions) => lengthOfText(text, there, new Evaluator(templates, assumptions))).map(({ value }) => value));
}

/** @param lengths one for each case of the conditions */
export function sizeInEveryCase(lengths: readonly TextLength[]): SessionPolicySize {
  return {
    minimum: Math.min(...lengths.map(({ min }) => min)),
    maximum: largest(lengths.map(({ max }) => max)),
    expected: largest(lengths.map(({ expected }) => expected)),
  };
}

function largest(lengths: ReadonlyArray<number | undefined>): number | undefined {
  return lengths.reduce((most, length) => (most === undefined || length === undefined ? undefined : Math.max(most, length)), 0);
}

/** Not part of an app, and without an environment. */
function unknownStack(): IConstruct {
  return new Stack(new Construct(undefined as any, ''), 'Stack');
}

/** The symbol under which the CDK notes whether a resolved intrinsic is a string, a number or a list. */
const TYPE_HINT = Symbol.for('@aws-cdk/core.resolvedTypeHint');

/** The CDK converts a list to a custom resource that prints it as JSON: a text of unknown length, without quotes. Here it must make none. */
function withoutLists(value: unknown): unknown {
  if (Array.isArray(value)) { return value.map(withoutLists); }
  if (!isRecord(value)) { return value; }
  if (intrinsicOf(value)) {
    const isList = (value as any)[TYPE_HINT] === ResolutionTypeHint.STRING_LIST;
    return isList ? Token.asNumber({ Ref: 'the list' }) : value;
  }
  return Object.fromEntries(Object.entries(value).map(([key, member]) => [key, withoutLists(member)]));
}
