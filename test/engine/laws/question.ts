/**
 * What the laws ask the engine: a question as plain JSON, read and decided.
 */
import * as fc from 'fast-check';
import {
  decideNarrowing, Json, KnownAction, NarrowingOptions, NarrowingQuestion, parsePolicy, Verdict,
} from '../../../lib/engine';
import { PolicyDocument, StatementDocument } from '../../oracle/evaluate';
import { runs, SEED } from '../../runs';

/** How many cases a law tries whose share is 1. */
const RUNS = runs(40, 400);

export function check<T>(arbitrary: fc.Arbitrary<T>, property: (value: T) => void, share = 1): void {
  fc.assert(fc.property(arbitrary, property), { seed: SEED, numRuns: Math.ceil(RUNS * share) });
}

/** What a narrowing question is about, as plain JSON. */
export interface Question {
  readonly session: PolicyDocument;
  readonly identity: readonly PolicyDocument[];
  readonly boundary?: PolicyDocument;
}

export const KNOWN_ACTIONS: readonly KnownAction[] = [
  { action: 's3:GetObject', resource: 'arn:aws:s3:::data/key' },
  { action: 's3:ListBucket', resource: 'arn:aws:s3:::data' },
  { action: 'dynamodb:GetItem', resource: 'arn:aws:dynamodb:us-east-1:111122223333:table/data' },
  { action: 'sqs:SendMessage', resource: 'arn:aws:sqs:us-east-1:111122223333:data' },
];

export type Translation = (document: PolicyDocument) => Json;
const asIs: Translation = (document) => document as unknown as Json;

/** `undefined` where IAM would not take one of the documents. */
export function parse(question: Question, translate: Translation = asIs): NarrowingQuestion | undefined {
  const read = (list: readonly PolicyDocument[], name: string) => list.map(
    (d, i) => parsePolicy(translate(d), `${name} ${i}`),
  );
  const session = parsePolicy(translate(question.session), 'session policy 0', 'session');
  const identity = read(question.identity, 'role policy');
  const boundary = question.boundary && read([question.boundary], 'boundary');
  if ([session, ...identity, ...(boundary ?? [])].some((r) => r.problems.length > 0)) { return undefined; }
  return {
    session: session.policy,
    layers: [
      { name: 'identity policies', policies: identity.map((r) => r.policy), gaps: [] },
      ...(boundary
        ? [{ name: 'permissions boundary' as const, policies: boundary.map((r) => r.policy), gaps: [] }]
        : []),
    ],
  };
}

export function decide(question: Question, options: NarrowingOptions = {}): Verdict | undefined {
  const parsed = parse(question);
  return parsed && decideNarrowing(parsed, { knownActions: KNOWN_ACTIONS, ...options });
}

export function kindOf(question: Question): Verdict['kind'] | undefined {
  return decide(question)?.kind;
}

export const ALLOW_ALL: StatementDocument = { Effect: 'Allow', Action: '*', Resource: '*' };

export const seeds = fc.nat(2 ** 31);
