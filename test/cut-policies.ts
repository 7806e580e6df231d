/** Roles with several of AWS's managed policies, and session policies that are cut from these, for tests and benchmarks. */
import { Dice } from './dice';
import { ManagedPolicy, managedPolicies } from './managed-policies';
import { PolicyDocument, StatementDocument } from './oracle/evaluate';
import { Compared, listOf, statementsOf } from './oracle/readings';

export interface CutPolicy extends Compared {
  readonly name: string;
}

/** The longest policy that EKS Pod Identity accepts. */
export const MOST_CHARACTERS = 2048;

/** Roles with 1 to 10 managed policies, and session policies of statements cut from those. */
export function cutPolicies(count: number, seed: number, most = MOST_CHARACTERS): CutPolicy[] {
  const dice = new Dice(seed);
  const candidates = managedPolicies().filter(({ document }) => cuttable(document).length > 0);
  return Array.from({ length: count }, () => {
    const role = dice.sample(candidates, 1 + dice.below(10));
    // Half of the session policies have something that the role was not given.
    const others = dice.chance(50) ? [dice.pick(candidates)] : [];
    return {
      name: `session policy cut from ${names([...role, ...others])} / ${names(role)}`,
      session: sessionPolicy([...role, ...others], most, dice),
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

/** Adds statements until several in a row do not fit: the policy is then nearly full. */
function sessionPolicy(policies: readonly ManagedPolicy[], most: number, dice: Dice): PolicyDocument {
  const statements = policies.flatMap(({ document }) => cuttable(document));
  let policy: { Version: string; Statement: StatementDocument[] } = { Version: '2012-10-17', Statement: [] };
  for (let failures = 0; failures < 20;) {
    const longer = { ...policy, Statement: [...policy.Statement, narrowed(dice.pick(statements), dice)] };
    if (fits(longer, most)) { policy = longer; } else { failures++; }
  }
  return policy;
}

export function fits(policy: PolicyDocument, most = MOST_CHARACTERS): boolean {
  return JSON.stringify(policy).length <= most;
}

/** Some of its actions on some of its resources, with what wildcards stand for written out now and then. */
function narrowed(statement: StatementDocument, dice: Dice): StatementDocument {
  const some = (list: StatementDocument['Action'], most: number) => dice.sample(listOf(list), 1 + dice.below(most));
  const actions = some(statement.Action, 8)
    .map((pattern) => (dice.chance(40) ? written(pattern, ['Item', 'Item*'], dice) : pattern));
  const resources = some(statement.Resource, 3).map((pattern) => narrowedResource(pattern, actions[0], dice));
  const tagged = dice.chance(20)
    ? { ...statement.Condition, StringLike: { ...statement.Condition?.StringLike, 'aws:ResourceTag/tenant': 'one*' } }
    : undefined;
  const Condition = tagged ?? statement.Condition;
  return { Effect: 'Allow', Action: actions, Resource: resources, ...(Condition ? { Condition } : {}) };
}

function narrowedResource(pattern: string, action: string, dice: Dice): string {
  if (dice.chance(40)) { return pattern; }
  const service = action.split(':')[0];
  if (pattern === '*') {
    return /[*?]/.test(service)
      ? pattern
      : `arn:aws:${service}:us-east-1:111122223333:${dice.pick(['tenant/one', 'tenant/one/*', '*'])}`;
  }
  return written(pattern, ['one', 'one/*', 'tenant-*'], dice);
}

/** Writes a word in place of the last wildcard. */
function written(pattern: string, words: readonly string[], dice: Dice): string {
  const at = pattern.lastIndexOf('*');
  return pattern === '*' || at < 0 ? pattern : `${pattern.slice(0, at)}${dice.pick(words)}${pattern.slice(at + 1)}`;
}
