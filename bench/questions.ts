/** What bench/decide.ts asks: each is a session policy, and the policies of the role that it is compared with. */
import { Dice } from '../test/dice';
import { ManagedPolicy, managedPolicies } from '../test/managed-policies';
import { BASES, comparedIn, pairsWith } from '../test/managed-policy-verdicts';
import { PolicyDocument, StatementDocument } from '../test/oracle/evaluate';
import { Compared, listOf, statementsOf } from '../test/oracle/readings';

export interface Question extends Compared {
  readonly name: string;
}

/** What EKS Pod Identity takes. */
export const MOST_CHARACTERS = 2048;

// ---- AWS's managed policies ----

/** Every managed policy as the session policy of roles with each of the bases. */
export function managedQuestions(): Question[] {
  return BASES.flatMap((base) => pairsWith(base).map((pair) => ({ name: `${pair.policy.name} / ${base}`, ...comparedIn(pair) })));
}

// ---- Roles of several policies, and session policies as long as they may be ----

/** Roles with 1 to 10 managed policies, and session policies of statements cut from those. */
export function roleQuestions(count: number, seed: number): Question[] {
  const dice = new Dice(seed);
  const candidates = managedPolicies().filter(({ document }) => cuttable(document).length > 0);
  return Array.from({ length: count }, () => {
    const role = dice.sample(candidates, 1 + dice.below(10));
    // Half of the session policies have something that the role was not given.
    const others = dice.chance(50) ? [dice.pick(candidates)] : [];
    return {
      name: `session policy cut from ${names([...role, ...others])} / ${names(role)}`,
      session: sessionPolicy([...role, ...others], dice),
      identity: role.map(({ document }) => document),
    };
  });
}

function names(policies: readonly ManagedPolicy[]): string {
  return policies.map(({ name }) => name).join(' + ');
}

function cuttable(document: PolicyDocument): StatementDocument[] {
  return statementsOf(document).filter(({ Effect, Action, Resource }) => Effect === 'Allow' && Action && Resource);
}

/** As many statements as fit: when several in a row do not, the policy is nearly full. */
function sessionPolicy(policies: readonly ManagedPolicy[], dice: Dice): PolicyDocument {
  const statements = policies.flatMap(({ document }) => cuttable(document));
  let policy: { Version: string; Statement: StatementDocument[] } = { Version: '2012-10-17', Statement: [] };
  for (let failures = 0; failures < 20;) {
    const longer = { ...policy, Statement: [...policy.Statement, narrowed(dice.pick(statements), dice)] };
    if (fits(longer)) { policy = longer; } else { failures++; }
  }
  return policy;
}

function fits(policy: PolicyDocument): boolean {
  return JSON.stringify(policy).length <= MOST_CHARACTERS;
}

/** Some of its actions on some of its resources, with what wildcards stand for written out now and then. */
function narrowed(statement: StatementDocument, dice: Dice): StatementDocument {
  const some = (list: StatementDocument['Action'], most: number) => dice.sample(listOf(list), 1 + dice.below(most));
  const actions = some(statement.Action, 8).map((pattern) => (dice.chance(40) ? written(pattern, ['Item', 'Item*'], dice) : pattern));
  const resources = some(statement.Resource, 3).map((pattern) => narrowedResource(pattern, actions[0], dice));
  const tagged = dice.chance(20) ? { ...statement.Condition, StringLike: { ...statement.Condition?.StringLike, 'aws:ResourceTag/tenant': 'one*' } } : undefined;
  const Condition = tagged ?? statement.Condition;
  return { Effect: 'Allow', Action: actions, Resource: resources, ...(Condition ? { Condition } : {}) };
}

function narrowedResource(pattern: string, action: string, dice: Dice): string {
  if (dice.chance(40)) { return pattern; }
  const service = action.split(':')[0];
  if (pattern === '*') { return /[*?]/.test(service) ? pattern : `arn:aws:${service}:us-east-1:111122223333:${dice.pick(['tenant/one', 'tenant/one/*', '*'])}`; }
  return written(pattern, ['one', 'one/*', 'tenant-*'], dice);
}

/** Without its last wildcard. */
function written(pattern: string, words: readonly string[], dice: Dice): string {
  const at = pattern.lastIndexOf('*');
  return pattern === '*' || at < 0 ? pattern : `${pattern.slice(0, at)}${dice.pick(words)}${pattern.slice(at + 1)}`;
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
