/**
 * Requests near the boundaries of the policies of a question. Most of what goes wrong in a comparison of patterns goes wrong
 * there; requests at random would hardly ever match a pattern.
 */
import { Question } from './question';
import { Dice } from '../../dice';
import { ContextValue, Reading, Request, StatementDocument } from '../../oracle/evaluate';
import { documentsOf, exceedsFor, isRequestResource, listOf, readingsFor, statementsOf } from '../../oracle/readings';

export const SAMPLES = 150;

/** What wildcards are replaced by: nothing, a letter, a word, and what has a meaning in an ARN or a pattern. */
const FILLERS = ['', 'a', 'data', 'logs', '/', ':', 'a/b', 'a:b', 'a:b:c', '*', '?', 'x'.repeat(40)];
const ACTION_FILLERS = ['', 'e', 'Get', 'Object', 'ObjectVersion', 'Item', 'Anything'];
const CONTEXT_VALUES = ['red', 'blue', 'bob', 'a', 'data', '111122223333', 'true', ''];
const ACTIONS = [
  's3:GetObject', 's3:PutObject', 's3:ListBucket', 'dynamodb:GetItem', 'dynamodb:PutItem', 'sqs:SendMessage',
  'iam:CreateUser',
];

function actionsIn(list: readonly StatementDocument[]): readonly string[] {
  return list.flatMap((s) => [...listOf(s.Action), ...listOf(s.NotAction)]);
}

function resourcesOf(list: readonly StatementDocument[]): readonly string[] {
  return list.flatMap((s) => [...listOf(s.Resource), ...listOf(s.NotResource)]);
}

function resourcesIn(question: Question): readonly string[] {
  return resourcesOf(documentsOf(question).flatMap(statementsOf));
}

/** Makes requests near the boundaries of the policies of a question. */
class RequestSampler {
  private readonly all: readonly StatementDocument[];
  private readonly session: readonly StatementDocument[];
  private readonly keys: ReadonlyMap<string, readonly string[]>;

  public constructor(private readonly question: Question, private readonly dice: Dice) {
    this.all = documentsOf(question).flatMap(statementsOf);
    this.session = statementsOf(question.session);
    this.keys = contextKeys(question);
  }

  public request(): Request {
    const context = this.context();
    return { action: this.action(), resource: this.resource(context), context };
  }

  public reading(request: Request): Reading {
    return this.dice.pick(readingsFor(this.question, request).filter((reading) => this.isPlausible(reading)));
  }

  /** If Resource were ignored for a Deny as well, one denial of any resource would make every comparison fail. */
  private isPlausible(reading: Reading): boolean {
    return reading.starResource === 'as text' || this.all.every((statement) => statement.Effect === 'Allow');
  }

  /** The session's own patterns half of the time: only what it allows can exceed. */
  private statements(): readonly StatementDocument[] {
    return this.dice.chance(50) ? this.session : this.all;
  }

  private action(): string {
    const patterns = actionsIn(this.statements()).filter((pattern) => pattern !== '*');
    const pattern = patterns.length === 0 || this.dice.chance(15) ? this.dice.pick(ACTIONS) : this.dice.pick(patterns);
    const action = this.fill(pattern, ACTION_FILLERS);
    return /^[A-Za-z0-9-]+:[A-Za-z0-9]+$/.test(action) ? action : this.dice.pick(ACTIONS);
  }

  private resource(context: Request['context']): string {
    for (let attempt = 0; attempt < 8; attempt++) {
      const filled = this.mutated(this.fill(this.withVariables(this.pattern(), context), FILLERS));
      if (isRequestResource(filled)) { return filled; }
    }
    return '*';
  }

  private pattern(): string {
    const patterns = resourcesOf(this.statements());
    const one = this.dice.pick(patterns);
    if (one === '*' || one === undefined) {
      return this.dice.pick(['*', 'arn:aws:s3:::data', 'arn:aws:dynamodb:us-east-1:111122223333:table/data']);
    }
    if (!this.dice.chance(30)) { return one; }
    // Fields of different patterns together are where unions and intersections go wrong.
    const other = this.dice.pick(resourcesIn(this.question)).split(':');
    return one.split(':').map((field, i) => (i < 5 && this.dice.chance(50) ? other[i] ?? field : field)).join(':');
  }

  private withVariables(pattern: string, context: Request['context']): string {
    return pattern.replace(/\$\{([^{}]*)\}/g, (whole, variable: string) => {
      if ('*?$'.includes(variable)) { return variable; }
      const value = context.get(variable.split(',')[0].toLowerCase());
      return typeof value === 'string' ? value : this.dice.pick([whole, 'none', 'bob']);
    });
  }

  private fill(pattern: string, fillers: readonly string[]): string {
    return pattern.replace(/\*|\?/g, (wildcard) => (wildcard === '?' && this.dice.chance(90)
      ? this.dice.pick(['a', 'e', ':', '/', '*'])
      : this.dice.pick(fillers)));
  }

  private mutated(resource: string): string {
    if (resource.length < 2 || this.dice.chance(75)) { return resource; }
    const at = this.dice.below(resource.length);
    const letter = resource.charAt(at);
    const toggled = letter === letter.toUpperCase() ? letter.toLowerCase() : letter.toUpperCase();
    return this.dice.pick([
      `${resource}a`, `${resource}/`, `${resource}:`, resource.slice(0, -1),
      resource.slice(0, at) + toggled + resource.slice(at + 1), resource.slice(0, at) + resource.slice(at + 1),
    ]);
  }

  private context(): Map<string, ContextValue> {
    const context = new Map<string, ContextValue>();
    for (const [key, values] of this.keys) {
      const value = () => this.fill(this.dice.pick([...values, ...values, ...CONTEXT_VALUES]), FILLERS);
      if (this.dice.chance(30)) { continue; }
      const several = hasSeveralValues(key, this.question) && this.dice.chance(30);
      context.set(key, several ? [[], [value()], [value(), value()]][this.dice.below(3)] : value());
    }
    return context;
  }
}

/** Other keys have one value: set operators are for keys with several, and only they are. */
function hasSeveralValues(key: string, question: Question): boolean {
  return key === 'aws:tagkeys'
    || documentsOf(question).flatMap(statementsOf).some((s) => Object.entries(s.Condition ?? {})
      .some(([operator, keys]) => operator.includes(':') && Object.keys(keys).some((k) => k.toLowerCase() === key)));
}

/** The condition keys and variables that the policies of a question name, with the values that they are compared with. */
function contextKeys(question: Question): ReadonlyMap<string, readonly string[]> {
  const keys = new Map<string, string[]>();
  const add = (key: string, values: readonly string[]) => keys.set(
    key.toLowerCase(), [...keys.get(key.toLowerCase()) ?? [], ...values],
  );
  for (const statement of documentsOf(question).flatMap(statementsOf)) {
    for (const [key, values] of Object.values(statement.Condition ?? {}).flatMap((entry) => Object.entries(entry))) {
      add(key, [values].flat().map(String).filter((value) => !value.includes('${')));
    }
  }
  for (const [, variable] of JSON.stringify(question).matchAll(/\$\{([a-zA-Z][^{},]*)[^{}]*\}/g)) { add(variable, []); }
  return keys;
}

/** A request that the session allows and the role does not, if sampling finds one. */
export function sampleExcess(question: Question, seed: number, samples = SAMPLES): {
  request: Request; reading: Reading;
} | undefined {
  const sampler = new RequestSampler(question, new Dice(seed));
  for (let i = 0; i < samples; i++) {
    const request = sampler.request();
    const reading = sampler.reading(request);
    if (exceedsFor(question, request, reading)) { return { request, reading }; }
  }
  return undefined;
}
