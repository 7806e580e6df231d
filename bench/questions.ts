/** What bench/decide.ts asks: each is a session policy, and the policies of the role that it is compared with. */
import { fits } from '../test/cut-policies';
import { BASES, comparedIn, pairsWith } from '../test/managed-policy-verdicts';
import { PolicyDocument, StatementDocument } from '../test/oracle/evaluate';
import { Compared } from '../test/oracle/readings';

export interface Question extends Compared {
  readonly name: string;
}

// ---- AWS's managed policies ----

/** Every managed policy as the session policy of roles with each of the bases. */
export function managedQuestions(): Question[] {
  return BASES.flatMap((base) => pairsWith(base).map((pair) => ({ name: `${pair.policy.name} / ${base}`, ...comparedIn(pair) })));
}

// ---- Growth ----

/** Questions that are alike but for one size. */
export interface Series {
  readonly name: string;
  /** The question of each size from 1 up, as long as the session policy fits. */
  readonly questions: readonly Question[];
}

export function growthSeries(): Series[] {
  const verdicts: Array<{ suffix: string; last: 'inside' | 'outside' }> = [{ suffix: 'inside', last: 'inside' }, { suffix: 'exceeding', last: 'outside' }];
  return verdicts.flatMap(({ suffix, last }) => [
    { name: `statements, ${suffix}`, questions: whileFitting((n) => statementsQuestion(n, last)) },
    { name: `wildcards per pattern, ${suffix}`, questions: whileFitting((n) => wildcardsQuestion(n, last)) },
    { name: `conditions per statement, ${suffix}`, questions: whileFitting((n) => conditionsQuestion(n, last)) },
  ]);
}

function whileFitting(question: (size: number) => Question): Question[] {
  const questions: Question[] = [];
  for (let size = 1; ; size++) {
    const next = question(size);
    if (!fits(next.session)) { return questions; }
    questions.push(next);
  }
}

type Last = 'inside' | 'outside';

function oneStatement(Resource: string, Condition?: StatementDocument['Condition']): StatementDocument {
  return { Effect: 'Allow', Action: 's3:*', Resource, ...(Condition ? { Condition } : {}) };
}

function policyOf(Statement: StatementDocument[]): PolicyDocument {
  return { Version: '2012-10-17', Statement };
}

/** Each statement of the session policy needs one of the role's, the last of them the last. */
function statementsQuestion(size: number, last: Last): Question {
  const bucket = (i: number) => `arn:aws:s3:::data-${i}`;
  const numbers = Array.from({ length: size }, (_, i) => i);
  const given = last === 'inside' ? numbers : numbers.slice(0, -1);
  return {
    name: `${size} statements`,
    session: policyOf(numbers.map((i) => oneStatement(`${bucket(i)}/one/*`))),
    identity: [policyOf([...given.map((i) => oneStatement(`${bucket(i)}*`)), oneStatement('arn:aws:s3:::logs*')])],
  };
}

/** Patterns with the same word again and again between their wildcards: whatever tries all ways to match takes long. */
function wildcardsQuestion(size: number, last: Last): Question {
  const words = (count: number) => `arn:aws:s3:::data/${'*ab'.repeat(count)}*`;
  return {
    name: `${size} wildcards per pattern`,
    session: policyOf([oneStatement(words(size))]),
    identity: [policyOf([oneStatement(words(last === 'inside' ? size : size + 1))])],
  };
}

/** The session policy names one value for each key, the role a pattern; the last may be another. */
function conditionsQuestion(size: number, last: Last): Question {
  const conditions = (value: (i: number) => string) => ({
    StringLike: Object.fromEntries(Array.from({ length: size }, (_, i) => [`aws:ResourceTag/k${i}`, value(i)])),
  });
  const given = (i: number) => (i === size - 1 && last === 'outside' ? 'two*' : 'one*');
  return {
    name: `${size} conditions per statement`,
    session: policyOf([oneStatement('arn:aws:s3:::data/*', conditions(() => 'one'))]),
    identity: [policyOf([oneStatement('arn:aws:s3:::data/*', conditions(given))])],
  };
}
