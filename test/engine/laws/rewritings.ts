/**
 * Other ways to write the same question: each changes how its policies are written, and nothing that they mean. Dice choose the
 * details, so a seed gives the same question again.
 */
import { Conditions } from './conditions';
import { Question } from './question';
import { Dice } from '../../dice';
import { PolicyDocument, StatementDocument } from '../../oracle/evaluate';
import { listOf, statementsOf } from '../../oracle/readings';

type Rewriting = (question: Question, dice: Dice) => Question;
type Statements = readonly StatementDocument[];
type RewriteList = <T>(items: readonly T[]) => readonly T[];

function shuffled<T>(items: readonly T[], dice: Dice): T[] {
  return dice.sample(items, items.length);
}

function insertAt<T>(items: readonly T[], index: number, added: T): T[] {
  return [...items.slice(0, index), added, ...items.slice(index)];
}

function mapDocuments(question: Question, of: (document: PolicyDocument) => PolicyDocument): Question {
  const { session, identity, boundary } = question;
  return { session: of(session), identity: identity.map(of), ...(boundary && { boundary: of(boundary) }) };
}

/** The question with the statements of each policy rewritten. */
function mapPolicies(question: Question, of: (statements: Statements) => Statements): Question {
  return mapDocuments(question, (document) => ({ ...document, Statement: of(statementsOf(document)) }));
}

function mapStatements(question: Question, of: (statement: StatementDocument) => StatementDocument): Question {
  return mapPolicies(question, (statements) => statements.map(of));
}

const LISTS = ['Action', 'NotAction', 'Resource', 'NotResource'] as const;

/** The statement with each of its lists rewritten: actions, resources, and values of conditions. */
function mapLists(statement: StatementDocument, of: RewriteList): StatementDocument {
  const lists = LISTS.filter((element) => statement[element] !== undefined)
    .map((element) => [element, of(listOf(statement[element]))]);
  const { Condition } = statement;
  return {
    ...statement,
    ...Object.fromEntries(lists),
    ...(Condition && { Condition: mapConditions(Condition, (key, values) => [key, of(listOf(values))]) }),
  };
}

type KeyAndValues = [key: string, values: Conditions[string][string]];

function mapConditions(condition: Conditions, of: (...entry: KeyAndValues) => KeyAndValues): Conditions {
  return Object.fromEntries(Object.entries(condition).map(([operator, keys]) => [
    operator, Object.fromEntries(Object.entries(keys).map((entry) => of(...entry))),
  ]));
}

/** A copy has no Sid: a Sid is unique in its policy. */
function withoutSid({ Sid, ...rest }: StatementDocument): StatementDocument {
  return rest;
}

/** A statement for each item of the list. `NotAction` and `NotResource` stay whole: they are not unions. */
function divide(statement: StatementDocument, element: 'Action' | 'Resource'): StatementDocument[] {
  const items = listOf(statement[element]);
  return items.length < 2 ? [statement] : items.map((item) => ({ ...withoutSid(statement), [element]: item }));
}

/** One statement instead of several that differ in the list only. */
function join(statements: Statements, element: 'Action' | 'Resource'): StatementDocument[] {
  const groups = new Map<string, StatementDocument>();
  for (const statement of statements) {
    const { [element]: items, ...rest } = withoutSid(statement);
    const key = JSON.stringify([items === undefined, Object.entries(rest).sort()]);
    const first = groups.get(key);
    groups.set(key, first && items !== undefined
      ? { ...withoutSid(first), [element]: [...listOf(first[element]), ...listOf(items)] }
      : statement);
  }
  return [...groups.values()];
}

/** Two policies instead of one. */
function dividePolicy(document: PolicyDocument, dice: Dice): PolicyDocument[] {
  const statements = statementsOf(document);
  if (statements.length < 2) { return [document]; }
  const index = 1 + dice.below(statements.length - 1);
  return [statements.slice(0, index), statements.slice(index)].map((Statement) => ({ ...document, Statement }));
}

/** The same letters, some of them in the other case. */
function otherCase(text: string, dice: Dice): string {
  return [...text].map((char) => (dice.chance(50) ? char.toUpperCase() : char.toLowerCase())).join('');
}

function withOtherCase(statement: StatementDocument, dice: Dice): StatementDocument {
  const { Action, NotAction, Condition } = statement;
  const actions = (list: StatementDocument['Action']) => listOf(list).map((action) => otherCase(action, dice));
  return {
    ...statement,
    ...(Action !== undefined && { Action: actions(Action) }),
    ...(NotAction !== undefined && { NotAction: actions(NotAction) }),
    ...(Condition && { Condition: mapConditions(Condition, (key, values) => [otherCase(key, dice), values]) }),
  };
}

/** A policy variable, with or without a default. */
const VARIABLE = /\$\{[\w.+=@/:-]+(?:, *'[^'\r\n]*')?\}/g;

/** Whether IAM documents what all `${…}` of the text mean. In the first five fields of an ARN, it does not. */
function hasDocumentedVariables(text: string): boolean {
  return !text.replace(VARIABLE, '').replace(/\$\{[*?$]\}/g, '').includes('${')
    && !/^arn(:[^:$]*){0,3}:[^:]*\$/i.test(text);
}

/** In the old language, `${…}` is literal text. */
function withVariablesInOtherCase(document: PolicyDocument, dice: Dice): PolicyDocument {
  if (document.Version !== '2012-10-17') { return document; }
  const inOtherCase = <T>(item: T): T => (typeof item === 'string' && hasDocumentedVariables(item)
    ? item.replace(VARIABLE, (variable) => variable.replace(/^[^,]*/, (key) => otherCase(key, dice))) as T
    : item);
  const Statement = statementsOf(document).map((s) => mapLists(s, (items) => items.map(inOtherCase)));
  return { ...document, Statement };
}

/** A statement that allows a part of what the statement allows. */
function subsetOf(statement: StatementDocument, dice: Dice): StatementDocument {
  const { Action, Resource, Condition } = statement;
  const some = (list: StatementDocument['Action'], narrow: (item: string) => string) => (
    dice.sample(listOf(list), 1 + dice.below(2)).map((item) => (dice.chance(30) ? narrow(item) : item)));
  return {
    ...withoutSid(statement),
    ...(Action !== undefined && { Action: some(Action, (action) => action.replace(/(?<=:.*)\*/, 'Get')) }),
    ...(Resource !== undefined && { Resource: some(Resource, fillLastWildcard) }),
    ...(dice.chance(50) && { Condition: withAnother(Condition, dice) }),
  };
}

/** Only in the resource part: a partition or an account that is written out tells something about the role. */
function fillLastWildcard(arn: string): string {
  return arn.includes('${') ? arn : arn.replace(/^((?:[^:]*:){5}.*)\*/s, '$1narrower');
}

const OTHER_CONDITIONS = [
  ['Bool', 'aws:SecureTransport', 'true'], ['StringEquals', 'aws:ResourceTag/rewritten', 'a'],
  ['StringLike', 'aws:RequestedRegion', 'eu-*'], ['Null', 'aws:ResourceTag/rewritten', 'true'],
] as const;

function withAnother(condition: Conditions = {}, dice: Dice): Conditions {
  const [operator, key, value] = dice.pick(OTHER_CONDITIONS);
  const isTaken = Object.keys(condition[operator] ?? {}).some((taken) => taken.toLowerCase() === key.toLowerCase());
  return isTaken ? condition : { ...condition, [operator]: { ...condition[operator], [key]: value } };
}

/** Another order of the session policy, in which the deny statements keep the order that they have among themselves. */
export function reorderAllows(question: Question, dice: Dice): Question {
  const isDeny = ({ Effect }: StatementDocument) => Effect === 'Deny';
  const denies = statementsOf(question.session).filter(isDeny);
  const Statement = shuffled(statementsOf(question.session), dice).map((s) => (isDeny(s) ? denies.shift()! : s));
  return { ...question, session: { ...question.session, Statement } };
}

/** The ways to write the same question, by name. */
export const REWRITINGS: { readonly [name: string]: Rewriting } = {
  'the statements of the session policy in another order': (question, dice) => ({
    ...question, session: { ...question.session, Statement: shuffled(statementsOf(question.session), dice) },
  }),

  'the statements and policies of the role in another order': (question, dice) => {
    const role = mapPolicies(question, (statements) => shuffled(statements, dice));
    return { ...role, session: question.session, identity: shuffled(role.identity, dice) };
  },

  'actions, resources and values in another order': (question, dice) => (
    mapStatements(question, (s) => mapLists(s, (items) => shuffled(items, dice)))),

  'operators and keys of conditions in another order': (question, dice) => {
    const reorder = <T>(object: { readonly [name: string]: T }) => (
      Object.fromEntries(shuffled(Object.entries(object), dice)));
    const reorderAll = (condition: Conditions) => reorder(Object.fromEntries(
      Object.entries(condition).map(([operator, keys]) => [operator, reorder(keys)]),
    ));
    return mapStatements(question, (s) => (s.Condition ? { ...s, Condition: reorderAll(s.Condition) } : s));
  },

  'actions, resources and values repeated': (question, dice) => (
    mapStatements(question, (s) => mapLists(s, (items) => (
      items.length > 0 && dice.chance(50) ? insertAt(items, dice.below(items.length + 1), dice.pick(items)) : items)))),

  'a statement of each policy repeated': (question, dice) => (
    mapPolicies(question, (all) => insertAt(all, dice.below(all.length + 1), withoutSid(dice.pick(all))))),

  'a policy of the role repeated': (question, dice) => (
    { ...question, identity: [...question.identity, dice.pick(question.identity)] }),

  'statements divided by actions': (question, dice) => (
    mapPolicies(question, (all) => all.flatMap((s) => (dice.chance(70) ? divide(s, 'Action') : [s])))),

  'statements divided by resources': (question, dice) => (
    mapPolicies(question, (all) => all.flatMap((s) => (dice.chance(70) ? divide(s, 'Resource') : [s])))),

  'statements joined by actions': (question) => mapPolicies(question, (all) => join(all, 'Action')),

  'statements joined by resources': (question) => mapPolicies(question, (all) => join(all, 'Resource')),

  'an identity policy divided in two': (question, dice) => (
    { ...question, identity: question.identity.flatMap((document) => dividePolicy(document, dice)) }),

  'identity policies joined': (question) => {
    const versions = [...new Set(question.identity.map(({ Version }) => Version))];
    const identity = versions.map((Version): PolicyDocument => ({
      ...(Version !== undefined && { Version }),
      Statement: question.identity.filter((d) => d.Version === Version).flatMap(statementsOf).map(withoutSid),
    }));
    return { ...question, identity };
  },

  'a part of a statement of the role allowed once more': (question, dice) => {
    const chosen = dice.pick(question.identity);
    const statements = statementsOf(chosen);
    const allows = statements.filter(({ Effect }) => Effect === 'Allow');
    if (allows.length === 0) { return question; }
    const added = subsetOf(dice.pick(allows), dice);
    const Statement = insertAt(statements, dice.below(statements.length + 1), added);
    return { ...question, identity: question.identity.map((d) => (d === chosen ? { ...d, Statement } : d)) };
  },

  'Sids added': (question) => (
    mapPolicies(question, (all) => all.map((s, i) => ({ ...s, Sid: `Statement${i}` })))),

  'actions and condition keys in another letter case': (question, dice) => (
    mapStatements(question, (s) => withOtherCase(s, dice))),

  'keys of policy variables in another letter case': (question, dice) => (
    mapDocuments(question, (document) => withVariablesInOtherCase(document, dice))),
};

/** One rewriting, with the seed of its dice. */
export interface Step {
  readonly name: string;
  readonly seed: number;
}

export function rewrite(question: Question, steps: readonly Step[]): Question {
  return steps.reduce((written, { name, seed }) => REWRITINGS[name](written, new Dice(seed)), question);
}
