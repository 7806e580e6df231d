import { parseOperator } from './condition-operators';
import { AtomValues } from './evaluate';
import { actionPattern, Element, hasWildcard, Pattern, resourcePattern } from './pattern';
import { ConditionEntry, Statement } from './policy';
import { Box } from './targets';
import { Atom, partsOf, Text } from './text';

/** An action that exists, and a resource that it is used on. Names witnesses; no proof depends on it. */
export interface KnownAction {
  readonly action: string;
  readonly resource: string;
}

/** A request of a box with its atoms still open. */
export interface Candidate {
  readonly action: Pattern;
  /** Its source has its policy variables as atoms. */
  readonly resource: Pattern;
}

const VARIANTS = 3;
const SAMPLES = {
  partition: ['aws', 'aws-cn', 'aws-us-gov'],
  service: ['s3', 'sqs', 'sns'],
  region: ['us-east-1', 'eu-west-1', 'ap-southeast-2'],
  account: ['111122223333', '444455556666', '123456789012'],
  resource: ['example', 'another-example', 'x'],
  action: ['Example', 'AnotherExample', 'X'],
};
const SAMPLE_ARN = 'arn:aws:example:us-east-1:111122223333:example';
const ARN_FIELD_SAMPLES = [['arn', 'arn', 'arn'], SAMPLES.partition, SAMPLES.service, SAMPLES.region, SAMPLES.account, SAMPLES.resource];

/**
 * Requests that are probably in the box, the likeliest to mean something to people first. `denies` are statements whose
 * actions and resources are worth trying. The caller makes sure that a candidate is in the box.
 */
export function* candidatesOf(box: Box, known: readonly KnownAction[], denies: readonly Statement[]): Generator<Candidate> {
  if (box.action.negated || box.resource.negated) { return; }
  const [action, resource] = [box.action.patterns[0], box.resource.patterns[0]];
  const resources = [resource, ...denies.flatMap((s) => (s.resources.negated ? [] : s.resources.patterns))];
  const named = denies.flatMap((s) => (s.actions.negated ? [] : s.actions.patterns)).filter((p) => !hasWildcard(p)).map((p) => p.source);
  for (const name of [...actionsOf(action, known), ...(hasWildcard(action) ? named : [])]) {
    for (const pattern of resources.filter((r) => r.unknown === undefined)) {
      for (const filled of resourcesOf(pattern, name, known)) {
        yield { action: actionPattern(name), resource: filled };
      }
    }
  }
}

function* actionsOf(pattern: Pattern, known: readonly KnownAction[]): Generator<string | Text> {
  if (!hasWildcard(pattern)) {
    yield pattern.source;
    return;
  }
  const regex = globRegExp(pattern.elements, 'i');
  for (const { action } of regex ? known : []) {
    if (regex!.test(action)) { yield action; }
  }
  if (pattern.source === '*') { return; }
  for (let variant = 0; variant < VARIANTS; variant++) {
    yield Text.of(...partsOf(pattern.source).map((part) => (typeof part === 'string'
      ? part.replace(/\*+/g, SAMPLES.action[variant]).replace(/\?/g, 'x')
      : part)));
  }
}

function* resourcesOf(pattern: Pattern, action: string | Text, known: readonly KnownAction[]): Generator<Pattern> {
  if (!hasWildcard(pattern)) {
    yield { source: sourceOf(pattern.elements), elements: pattern.elements };
    return;
  }
  const name = action.toString().toLowerCase();
  const usual = known.filter((k) => k.action.toLowerCase() === name).map((k) => k.resource);
  const regex = globRegExp(pattern.elements, '');
  for (const resource of usual) {
    if (regex?.test(resource)) { yield resourcePattern(resource, false); }
  }
  for (let variant = 0; variant < VARIANTS; variant++) {
    const elements = fillWildcards(pattern.elements, name.split(':')[0], variant);
    yield { source: sourceOf(elements), elements };
  }
}

/** Puts samples where the wildcards stand, so that the result is a well-formed ARN where the pattern is one. */
function fillWildcards(elements: readonly Element[], service: string, variant: number): Element[] {
  if (elements.every((e) => e.type === 'many')) {
    return chars(`arn:aws:${service}:${SAMPLES.region[variant]}:${SAMPLES.account[variant]}:${SAMPLES.resource[variant]}`);
  }
  let field = 0;
  return elements.flatMap((element): Element[] => {
    if (element.type === 'char' && element.char === ':' && field < ARN_FIELD_SAMPLES.length - 1) { field++; }
    if (element.type === 'many') { return chars(field === 2 ? service : ARN_FIELD_SAMPLES[field][variant]); }
    if (element.type === 'one') { return chars(field === 4 ? String(variant + 1) : 'x'); }
    return [element];
  });
}

function chars(text: string): Element[] {
  return [...text].map((char) => ({ type: 'char', char, anyCase: false }));
}

function sourceOf(elements: readonly Element[]): string | Text {
  return Text.of(...elements.map((e) => (e.type === 'char' ? e.char : e.type === 'atom' ? e.atom : '')));
}

/** A regular expression for a pattern without atoms. */
function globRegExp(elements: readonly Element[], flags: string): RegExp | undefined {
  if (elements.some((e) => e.type === 'atom')) { return undefined; }
  const body = elements.map((e) => (e.type === 'char' ? e.char.replace(/[^A-Za-z0-9]/g, '\\$&') : e.type === 'one' ? '.' : '.*'));
  return new RegExp(`^${body.join('')}$`, flags);
}

/**
 * A context that satisfies the conditions, one sample a key; `undefined` where none comes to mind. The caller replays
 * it, so this may guess.
 */
export function satisfyingContext(conditions: readonly ConditionEntry[]): Map<string, string> | undefined {
  const context = new Map<string, string>();
  for (const entry of conditions) {
    const { set, base, ifExists } = parseOperator(entry.operator)!;
    const holdsWhenMissing = (ifExists && set !== 'ForAnyValue') || set === 'ForAllValues' || (base.includes('Not') && set === undefined)
      || (base === 'Null' && entry.values.every((v) => v.toString() === 'true'));
    if (holdsWhenMissing || context.has(entry.key)) { continue; }
    const value = entry.values[0];
    if (base === 'Null') {
      context.set(entry.key, 'example');
    } else if (typeof value === 'string' && !value.includes('${')) {
      context.set(entry.key, base === 'StringLike' ? value.replace(/\*+/g, 'example').replace(/\?/g, 'x') : value);
    } else {
      return undefined;
    }
  }
  return context;
}

/** Gives every atom a value of its kind, and different generated names to different resources. */
export class Assignment {
  /** By label. */
  public readonly assumed = new Map<string, string>();
  private readonly values = new Map<string, string>();
  private readonly generated = new Map<string, number>();

  public readonly valueOf: AtomValues = (atom: Atom) => {
    const known = this.values.get(atom.id);
    if (known !== undefined) { return known; }
    const count = (this.generated.get(atom.kind.example) ?? 0) + 1;
    this.generated.set(atom.kind.example, count);
    const value = atom.kind.example.replace('#', String(count));
    this.values.set(atom.id, value);
    return value;
  };

  /** The text of an action with its atoms replaced. */
  public fillAction(text: string | Text): string {
    return partsOf(text).map((part) => (typeof part === 'string' ? part : this.assume(part))).join('');
  }

  /** The text of a resource with its atoms replaced. Policy variables take their value from `context`, which is added to. */
  public fillResource(text: string | Text, context: Map<string, string>): string {
    return partsOf(text).map((part, i) => {
      if (typeof part === 'string') { return part; }
      if (i === 0 && part.kind.characters === undefined && !this.values.has(part.id)) { this.values.set(part.id, SAMPLE_ARN); } // it begins an ARN
      if (part.variable !== undefined) {
        const value = context.get(part.variable) ?? part.kind.example;
        context.set(part.variable, value);
        return value;
      }
      return this.assume(part);
    }).join('');
  }

  private assume(atom: Atom): string {
    const value = this.valueOf(atom);
    this.assumed.set(atom.label, value);
    return value;
  }
}
