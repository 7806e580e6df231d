import { Budget } from './budget';
import { parseOperator } from './condition-operators';
import { actionCovers, resourceCovers } from './covers';
import { AtomValues } from './evaluate';
import { actionPattern, arnFields, Element, hasWildcard, Pattern, resourcePattern } from './pattern';
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
  /** The resource is made up from a wildcard that says nothing of its form: it may be none that the action is used on. */
  readonly resourceInvented: boolean;
  readonly action: Pattern;
  /** Its source has its policy variables as atoms. */
  readonly resource: Pattern;
}

const VARIANTS = 3;
const SAMPLES = {
  partition: ['aws', 'aws-cn', 'aws-us-gov'],
  region: ['us-east-1', 'eu-west-1', 'ap-southeast-2'],
  account: ['111122223333', '444455556666', '123456789012'],
  resource: ['example', 'another-example', 'x'],
  action: ['Example', 'AnotherExample', 'X'],
};
const SAMPLE_ARN = 'arn:aws:example:us-east-1:111122223333:example';

/**
 * Requests that are probably in the box, the likeliest to mean something to people first. `denies` are statements whose
 * actions and resources are worth trying. The caller makes sure that a candidate is in the box.
 */
export function* candidatesOf(box: Box, known: readonly KnownAction[], denies: readonly Statement[], budget: Budget): Generator<Candidate> {
  if (box.action.negated || box.resource.negated) { return; }
  const [action, resource] = [box.action.patterns[0], box.resource.patterns[0]];
  const resources = [resource, ...denies.flatMap((s) => (s.resources.negated ? [] : s.resources.patterns))];
  const named = denies.flatMap((s) => (s.actions.negated ? [] : s.actions.patterns)).filter((p) => !hasWildcard(p)).map((p) => p.source);
  for (const name of [...actionsOf(action, known, budget), ...(hasWildcard(action) ? named : [])]) {
    const usual = known.filter((k) => k.action.toLowerCase() === name.toString().toLowerCase()).map((k) => k.resource);
    for (const pattern of resources.filter((r) => r.unknown === undefined)) {
      for (const { resource: filled, invented } of resourcesOf(pattern, name, usual, budget)) {
        if (usual.length > 0 && !usual.some((u) => sameKind(u, filled))) { continue; }
        yield { action: actionPattern(name), resource: filled, resourceInvented: invented };
      }
    }
  }
}

/** Well-known actions that match; only where there is none, names that are made up. */
function actionsOf(pattern: Pattern, known: readonly KnownAction[], budget: Budget): Array<string | Text> {
  if (!hasWildcard(pattern)) { return [pattern.source]; }
  const real = known.map((k) => k.action).filter((action) => actionCovers(pattern, actionPattern(action), budget));
  if (real.length > 0 || pattern.source === '*') { return real; }
  return SAMPLES.action.map((sample) => Text.of(...partsOf(pattern.source).map((part) => (typeof part === 'string'
    ? part.replace(/\*+/g, sample).replace(/\?/g, 'x')
    : part))));
}

function* resourcesOf(
  pattern: Pattern, action: string | Text, usual: readonly string[], budget: Budget,
): Generator<{ resource: Pattern; invented: boolean }> {
  if (!hasWildcard(pattern)) {
    yield { resource: { source: sourceOf(pattern.elements), elements: pattern.elements }, invented: false };
    return;
  }
  for (const resource of usual.map((text) => resourcePattern(text, false))) {
    if (resourceCovers(pattern, resource, budget)) { yield { resource, invented: false }; }
  }
  const fields = arnFields(pattern.elements);
  const service = action.toString().toLowerCase().split(':')[0];
  for (let variant = 0; variant < VARIANTS; variant++) {
    const elements = fillWildcards(pattern.elements, service, variant);
    // Where the resource part begins with a wildcard, nothing says what kind of resource it is (except in S3, which has no kinds).
    yield { resource: { source: sourceOf(elements), elements }, invented: !fields || (service !== 's3' && isWildcard(fields[5][0])) };
  }
}

/** Whether two resources look like the same kind, as far as ARNs show it: buckets and objects, `table/…`, `role/…`. */
function sameKind(usual: string, resource: Pattern): boolean {
  const fields = arnFields(resource.elements);
  if (usual === '*' || !fields) { return true; }
  const [, , service, , , ...rest] = usual.split(':');
  const [usualPart, ownPart] = [rest.join(':'), fields[5].map(asPlainChar).join('')];
  if (ownPart.includes(OPEN_CHAR)) { return true; }
  const kind = (part: string) => (service === 's3' ? part.includes('/') : /^([a-z-]+)[/:]/.exec(part)?.[1]);
  return kind(ownPart) === kind(usualPart);
}

/** Stands for an atom that may hold a separator. */
const OPEN_CHAR = '\uFFFF';

function asPlainChar(element: Element): string {
  if (element.type === 'char') { return element.char; }
  const characters = element.type === 'atom' ? element.atom.kind.characters : undefined;
  return characters === undefined || /[/:]/.test(characters) ? OPEN_CHAR : 'x';
}

function isWildcard(element: Element | undefined): boolean {
  return element?.type === 'many' || element?.type === 'one';
}

/** The ARNs of these services have no region, and of those marked so no account. */
const GLOBAL_SERVICES: ReadonlyMap<string, { readonly account: boolean }> = new Map([
  ['s3', { account: false }], ['iam', { account: true }], ['cloudfront', { account: true }], ['route53', { account: false }],
  ['organizations', { account: true }],
]);

/** Puts samples where the wildcards stand, so that the result is a well-formed ARN where the pattern is one. */
function fillWildcards(elements: readonly Element[], service: string, variant: number): Element[] {
  const global = GLOBAL_SERVICES.get(service);
  const samples = ['arn', SAMPLES.partition[variant], service, global ? '' : SAMPLES.region[variant],
    global?.account === false ? '' : SAMPLES.account[variant], SAMPLES.resource[variant]];
  if (elements.every((e) => e.type === 'many')) { return chars(samples.join(':')); }
  let field = 0;
  return elements.flatMap((element): Element[] => {
    if (element.type === 'char' && element.char === ':' && field < samples.length - 1) { field++; }
    if (element.type === 'many') { return chars(samples[field]); }
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
    const label = (this.assumed.get(atom.label) ?? value) === value ? atom.label : `${atom.label} of another stack`;
    this.assumed.set(label, value);
    return value;
  }
}
