/** The session policies that compaction is tried with, each with the role that it is on. */
import * as fc from 'fast-check';
import { documentOf } from './equality';
import { grantedStatements } from './grant-statements';
import { actionFacts, actionsMatching } from '../../../lib/reference/action-facts';
import { serviceNamed } from '../../../lib/reference/services';
import { minimize, ResolvedStatement } from '../../../lib/session-policy/minimize';
import { cutPolicies } from '../../cut-policies';
import { Dice } from '../../dice';
import { parse } from '../../engine/laws/question';
import { questions } from '../../engine/laws/questions';
import { managedPolicy } from '../../managed-policies';
import { PolicyDocument, StatementDocument } from '../../oracle/evaluate';
import { listOf, statementsOf } from '../../oracle/readings';
import { REAL_POLICIES } from '../../real-policies';
import { SEED } from '../../runs';

export interface CorpusEntry {
  readonly name: string;
  readonly written: readonly ResolvedStatement[];
  readonly identity: readonly PolicyDocument[];
  readonly boundary?: PolicyDocument;
}

/** Each grant of the CDK, as deployed, on a role that has it and others, as a role that several service accounts share. */
export function grantsOnSharedRole(sharing = 10): CorpusEntry[] {
  const grants = grantedStatements();
  return grants.map(({ name, deployed }, i) => {
    const others = Array.from({ length: sharing - 1 }, (_, k) => grants[(i + 1 + k) % grants.length].deployed);
    return { name, written: deployed, identity: [documentOf(minimize([deployed, ...others].flat()))] };
  });
}

/** Session policies cut from AWS's managed policies, on roles with these. */
export function cutFromManagedPolicies(count: number, most?: number): CorpusEntry[] {
  return cutPolicies(count, SEED, most)
    .map(({ name, session, identity }) => ({ name, written: statements(session), identity }));
}

/** The same without actions that AWS does not have: names that stand for any name, and what AWS no longer documents. */
export function realCuts(count: number, most?: number): CorpusEntry[] {
  return cutFromManagedPolicies(count, most)
    .map((entry) => ({ ...entry, written: entry.written.flatMap(withRealActions) }))
    .filter(({ written }) => written.length > 0);
}

function withRealActions(statement: ResolvedStatement): ResolvedStatement[] {
  const Action = listOf(statement.Action as string | string[]).filter((pattern) => actionsMatching(pattern).length > 0);
  return Action.length === 0 ? [] : [{ ...statement, Action }];
}

/** What users write for pods, on roles with policies that AWS maintains. */
export function handWritten(): CorpusEntry[] {
  return REAL_POLICIES.flatMap(({ policy, narrows, exceeds }) => ('file' in policy ? [] : [narrows, exceeds].map(
    ({ words, statements: written }): CorpusEntry => ({
      name: `${policy.managed}: ${words}`,
      written: written as readonly ResolvedStatement[],
      identity: [managedPolicy(policy.managed.replace(/^service-role\//, '')).document],
    }),
  )));
}

/** Anything that IAM accepts: Deny statements, conditions, NotAction, NotResource, and wildcards everywhere. */
export function randomQuestions(count: number): CorpusEntry[] {
  return fc.sample(questions, { seed: SEED, numRuns: count })
    .map((question) => ({ ...question, session: { ...question.session, Version: '2012-10-17' } }))
    .filter((question) => parse(question) !== undefined)
    .map(({ session, identity, boundary }, i) => ({
      name: `random ${i}`, written: statements(session), identity, ...(boundary && { boundary }),
    }));
}

const SERVICES = [
  's3', 'dynamodb', 'sqs', 'sns', 'kms', 'ec2', 'iam', 'logs', 'secretsmanager', 'ecr', 'states', 'lambda', 'glue',
];
const NAMES = ['one', 'two', 'one/a', 'one*', '*', 'data-1', 'data-2', '${aws:username}'];
const FIELDS: { readonly [name: string]: string } = { Partition: 'aws', Region: 'us-east-1', Account: '111122223333' };
const CONDITIONS: readonly unknown[] = [
  { StringEquals: { 'aws:SourceVpc': 'vpc-1' } }, { StringEquals: { 'aws:ResourceTag/team': 'orders' } },
  { StringLike: { 's3:prefix': ['a/*', 'b/*'] } },
];

/** Actions that AWS has, many of one family, on resources of the right and of wrong types: what catalogs and wildcards are about. */
export function randomActions(count: number): CorpusEntry[] {
  const dice = new Dice(SEED);
  return Array.from({ length: count }, (_, i) => {
    const services = dice.sample(SERVICES, 1 + dice.below(3));
    const some = (most: number, actions: number): ResolvedStatement[] => Array.from(
      { length: 1 + dice.below(most) },
      (_s, j) => ({ ...dice.chance(10) && { Sid: `S${j}` }, ...randomStatement(dice.pick(services), dice, actions) }),
    );
    const written = some(5, 12);
    const own = dice.chance(70) ? written.filter(({ Effect, Sid }) => Effect === 'Allow' && Sid === undefined) : [];
    const identity = [documentOf([...own, ...some(6, 30)])];
    const everything = services.map((service) => ({ Effect: 'Allow', Action: `${service}:*`, Resource: '*' }));
    return { name: `actions ${i}`, written, identity, ...(dice.chance(20) && { boundary: documentOf(everything) }) };
  });
}

function randomStatement(prefix: string, dice: Dice, mostActions: number): ResolvedStatement {
  const { actions } = serviceNamed(prefix)!;
  const start = dice.below(actions.length); // neighbors in the reference have similar names
  const near = actions.slice(start, start + 40);
  const names = dice.sample(near, 1 + dice.below(mostActions)).map(({ name }) => {
    const written = dice.chance(10) ? name.toLowerCase() : dice.chance(8) ? `${name}X` : name;
    return dice.chance(15) ? `${prefix}:${written.slice(0, 3 + dice.below(6))}*` : `${prefix}:${written}`;
  });
  const condition = dice.chance(20) ? { Condition: dice.pick(CONDITIONS) } : {};
  return {
    Effect: dice.chance(90) ? 'Allow' : 'Deny',
    Action: names,
    Resource: Array.from({ length: 1 + dice.below(4) }, () => randomResource(dice.pick(names), dice)),
    ...condition,
  };
}

function randomResource(action: string, dice: Dice): string {
  const forms = actionFacts(action)?.types.flatMap((type) => type.forms) ?? [];
  if (forms.length === 0 || dice.chance(15)) { return dice.pick(['*', 'arn:aws:s3:::data', 'arn:aws:s3:::data/*']); }
  return dice.pick(forms).replace(/\$\{(\*|\w+)(\^\/)?\}/g, (_, name: string) => (
    name === '*' ? '*' : FIELDS[name] ?? dice.pick(NAMES)));
}

function statements(document: PolicyDocument): ResolvedStatement[] {
  return statementsOf(document).map((statement: StatementDocument) => ({ ...statement }));
}
