/**
 * Generates random requests near the boundaries of two policies, for tests that compare the engine with the oracle.
 * Invariant: the same dice give the same requests.
 */
import { Dice } from './dice';
import { ConditionValue, ContextValue, Request, StatementDocument } from './oracle/evaluate';
import { Compared, isRequestResource, listOf, statementsOf } from './oracle/readings';

/** What wildcards are replaced by: nothing, a letter, a word, and what has a meaning in an ARN or a pattern. */
const FILLERS = ['', '', 'a', 'Z', '0', 'data', '/', ':', 'a/b', 'a:b', '*', '?', 'x'.repeat(40)];
const ACTION_FILLERS = ['', '', 'e', 's', 'Get', 'Item', 'Anything'];
const ACTIONS = ['s3:GetObject', 'ec2:RunInstances', 'iam:PassRole', 'sts:AssumeRole', 'new-service:NewAction'];
const CONTEXT_VALUES = ['a', 'data', '111122223333', 'true', 'false', 'ec2.amazonaws.com', ''];

/**
 * Requests near the boundaries of two policies: most that the session policy allows, or nearly so, with something in them
 * that the role's policies mention, or nearly so.
 */
export class BoundaryRequests {
  private readonly allows: readonly StatementDocument[];
  private readonly all: readonly StatementDocument[];

  public constructor({ session, identity }: Compared, private readonly dice: Dice) {
    this.allows = statementsOf(session).filter(({ Effect }) => Effect === 'Allow');
    this.all = [session, ...identity].flatMap(statementsOf);
  }

  /** Only for a session policy that allows something. */
  public request(): Request {
    const statement = this.dice.pick(this.allows);
    const other = this.dice.pick(this.all);
    const mostly = () => (this.dice.chance(80) ? statement : other);
    const context = this.context(statement, other);
    return { action: this.action(mostly()), resource: this.resource(mostly(), other, context), context };
  }

  // ---- Actions ----

  private action(statement: StatementDocument): string {
    const patterns = listOf(statement.Action);
    // For NotAction: what it excludes, and what any other statement mentions.
    const pattern = patterns.length > 0
      ? this.dice.pick(patterns)
      : this.dice.pick([...listOf(statement.NotAction), this.anyAction()]);
    const action = this.mutated(this.filled(pattern, ACTION_FILLERS), 5);
    return /^[A-Za-z0-9-]+:[A-Za-z0-9]+$/.test(action) ? action : this.dice.pick(ACTIONS);
  }

  private anyAction(): string {
    const { Action, NotAction } = this.dice.pick(this.all);
    return this.dice.pick([...listOf(Action), ...listOf(NotAction)]);
  }

  // ---- Resources ----

  private resource(statement: StatementDocument, other: StatementDocument, context: Request['context']): string {
    for (let attempt = 0; attempt < 8; attempt++) {
      const pattern = this.withFieldsOf(this.resourcePattern(statement), this.resourcePattern(other));
      const resource = this.mutated(this.filled(this.withVariables(pattern, context), FILLERS), 15);
      if (isRequestResource(resource)) { return resource; }
    }
    return '*';
  }

  private resourcePattern({ Resource, NotResource }: StatementDocument): string {
    const pattern = this.dice.pick([...listOf(Resource), ...listOf(NotResource)]);
    return pattern === '*'
      ? this.dice.pick(['*', 'arn:aws:s3:::data/a', 'arn:aws:ec2:us-east-1:111122223333:instance/i-0'])
      : pattern;
  }

  /** Fields of different patterns together are where unions and intersections go wrong. */
  private withFieldsOf(pattern: string, other: string): string {
    if (this.dice.chance(85)) { return pattern; }
    const others = other.split(':');
    return pattern.split(':').map((field, i) => (this.dice.chance(50) ? others[i] ?? field : field)).join(':');
  }

  // ---- Context ----

  private context(...statements: readonly StatementDocument[]): Map<string, ContextValue> {
    const context = new Map<string, ContextValue>();
    // What variables stand for comes first: other values may be compared with it.
    for (const [key, values] of [...contextKeys(statements)].sort(([, a], [, b]) => a.length - b.length)) {
      if (this.dice.chance(10)) { continue; }
      const value = () => this.contextValue(values, context);
      context.set(key, this.dice.chance(15) ? this.dice.pick([[], [value()], [value(), value()]]) : value());
    }
    return context;
  }

  private contextValue(values: readonly string[], context: Request['context']): string {
    const value = this.dice.pick(values.length > 0 && this.dice.chance(85) ? values : CONTEXT_VALUES);
    if (/^\d+(\.\d+)?$/.test(value) && this.dice.chance(30)) {
      return String(Number(value) + this.dice.pick([-1, -0.1, 0.1, 1]));
    }
    return this.mutated(this.filled(this.withVariables(value, context), FILLERS), 10);
  }

  // ---- Text ----

  private withVariables(pattern: string, context: Request['context']): string {
    return pattern.replace(/\$\{([^{}]*)\}/g, (whole, variable: string) => {
      if ('*?$'.includes(variable)) { return variable; }
      const value = context.get(variable.split(',')[0].toLowerCase());
      return typeof value === 'string' ? value : this.dice.pick([whole, 'none', '111122223333']);
    });
  }

  private filled(pattern: string, fillers: readonly string[]): string {
    return pattern.replace(
      /\*|\?/g, (wildcard) => (wildcard === '?' ? this.dice.pick(['a', 'e', '0', ':', '/']) : this.dice.pick(fillers)),
    );
  }

  /** A neighbor: one character more or less, or in the other case. */
  private mutated(text: string, percent: number): string {
    if (text.length < 2 || !this.dice.chance(percent)) { return text; }
    const at = this.dice.below(text.length);
    const letter = text.charAt(at);
    const toggled = letter === letter.toUpperCase() ? letter.toLowerCase() : letter.toUpperCase();
    return this.dice.pick([
      `${text}a`, `${text}/`, `${text}:`, text.slice(0, -1),
      text.slice(0, at) + toggled + text.slice(at + 1), text.slice(0, at) + text.slice(at + 1),
    ]);
  }
}

const KEYS = new WeakMap<StatementDocument, ReadonlyMap<string, readonly string[]>>();

/** The condition keys and variables that statements name, in lower case, with the values that they are compared with. */
function contextKeys(statements: readonly StatementDocument[]): ReadonlyMap<string, readonly string[]> {
  const all = new Map<string, readonly string[]>();
  for (const [key, values] of statements.flatMap((statement) => [...keysOf(statement)])) {
    all.set(key, [...all.get(key) ?? [], ...values]);
  }
  return all;
}

/** Computed once a statement: there are thousands of requests for each. */
function keysOf(statement: StatementDocument): ReadonlyMap<string, readonly string[]> {
  const known = KEYS.get(statement);
  if (known) { return known; }
  const keys = new Map<string, string[]>();
  KEYS.set(statement, keys);
  const add = (key: string, values: readonly string[]) => keys.set(
    key.toLowerCase(), [...keys.get(key.toLowerCase()) ?? [], ...values],
  );
  for (const [operator, entry] of Object.entries(statement.Condition ?? {})) {
    for (const [key, values] of Object.entries(entry)) {
      // The values of Null apply to the key, and are not values of it.
      add(key, operator.startsWith('Null') ? [] : listOf<ConditionValue>(values).map(String));
    }
  }
  for (const [, variable] of JSON.stringify(statement).matchAll(/\$\{([a-zA-Z][^{},]*)[^{}]*\}/g)) {
    add(variable, []);
  }
  return keys;
}
