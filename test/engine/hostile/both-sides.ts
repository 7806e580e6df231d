/** Patterns that stand in the session policy and in the role's policies, in every position of a statement. */
import { bucket, document, EVERYTHING, JsonObject, shuffled } from './documents';
import { HostileInput } from './input';
import { Json } from '../../../lib/engine';
import { Dice } from '../../dice';

/** Where in a statement patterns stand. */
export type Position = (effect: 'Allow' | 'Deny', patterns: readonly string[], negated: boolean) => JsonObject;

export const ofResources = (arn: (pattern: string) => string): Position => (Effect, patterns, negated) => (
  {
    Effect,
    Action: Effect === 'Deny' ? 's3:*' : 's3:GetObject',
    [negated ? 'NotResource' : 'Resource']: patterns.map(arn),
  });

const ofActions: Position = (Effect, patterns, negated) => (
  { Effect, [negated ? 'NotAction' : 'Action']: patterns.map((p) => `s3:${p}`), Resource: '*' });

export const ofValues = (operator: string, negatedOperator: string, key: string): Position =>
  (Effect, patterns, negated) => (
    { Effect, ...EVERYTHING, Condition: { [negated ? negatedOperator : operator]: { [key]: patterns } } });

const POSITIONS: readonly Position[] = [
  ofResources(bucket), ofResources(bucket), ofResources(bucket),
  ofResources((pattern) => pattern),
  ofResources((pattern) => `arn:aws:sqs:${pattern}:111122223333:${pattern}`),
  ofActions, ofActions,
  ofValues('StringLike', 'StringNotLike', 'aws:ResourceTag/team'),
  ofValues('ArnLike', 'ArnNotLike', 'aws:SourceArn'),
  ofValues('StringLikeIfExists', 'StringNotLike', 'aws:ResourceTag/team'),
  ofValues('ForAnyValue:StringLike', 'ForAnyValue:StringNotLike', 'aws:TagKeys'),
  ofValues('ForAllValues:StringLike', 'ForAllValues:StringNotLike', 'aws:TagKeys'),
];

/** Documents in which the patterns stand on both sides, together and each for itself, allowed, denied and left out. */
export function onBothSides(dice: Dice, patterns: readonly string[], positions = POSITIONS): HostileInput {
  const at = dice.pick(positions);
  const others = dice.sample(patterns, 1 + dice.below(patterns.length));
  const all = { Effect: 'Allow', ...EVERYTHING };
  const each = (effect: 'Allow' | 'Deny', negated = false) => shuffled(dice, patterns).map(
    (p) => at(effect, [p], negated),
  );
  const [session, role] = dice.pick<() => [Json, Json]>([
    () => [document(at('Allow', others, false)), document(at('Allow', patterns, false))],
    () => [document(at('Allow', patterns, false)), document(at('Allow', others, false))],
    () => [document(at('Allow', patterns, false)), document(...each('Allow'))],
    () => [document(at('Allow', patterns, false)), document(all, at('Deny', others, false))],
    () => [document(all), document(all, ...each('Deny'))],
    () => [document(all), document(all, ...each('Deny', true))],
    () => [document(all, ...each('Deny', true)), document(at('Allow', others, false))],
    () => [document(at('Allow', patterns, false), at('Deny', others, false)), document(...each('Allow'))],
    () => [document(all, at('Deny', patterns, false)), document(all, ...each('Deny'))],
    () => [document(at('Allow', patterns, true)), document(all, at('Deny', others, false))],
    () => [document(at('Allow', patterns, true)), document(at('Allow', others, true))],
    () => [document(all), document(at('Allow', patterns, false), at('Allow', others, true))],
    () => [document(at('Allow', patterns, false)), document(at('Deny', others, true), at('Allow', others, false))],
  ])();
  return { session, identity: dice.chance(20) ? [role, document(at('Allow', [dice.pick(patterns)], false))] : [role] };
}
